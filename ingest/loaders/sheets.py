"""Spreadsheets as tables: .xlsx through openpyxl, .csv and .tsv as they are."""

from __future__ import annotations

import csv
import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from ingest.loaders.base import Loaded, RawFile, TextBuilder
from ingest.loaders.container import Container
from ingest.loaders.encoding import decode
from ingest.loaders.paged.write import looks_like_header
from kb.errors import UnreadableSource
from kb.model import Block

_KIND = "Excel "
_MOST_ROWS = 200_000
_MOST_COLUMNS = 200
_XML = re.compile(r"\.(?:xml|rels)$")
# A field of a CSV line: quoted (with "" for a quotation mark) or bare, and the mark after it.
_FIELDS = {
    mark: re.compile(
        rf'(?:"(?P<quoted>(?:[^"]|"")*)"|(?P<bare>[^{re.escape(mark)}\r\n]*))(?P<end>{re.escape(mark)}|\r?\n|\r|\Z)'
    )
    for mark in ",;\t|"
}


def load_xlsx(raw: RawFile) -> Loaded:
    """Read the visible sheets of a workbook: the sheet's name as a heading, a line for each row.

    Values appear as the sheet shows them (20%, a date); formulas by the value that was stored with them.

    :raises kb.errors.UnreadableSource: when the file is damaged, too large, or has no values.
    """
    with Container(raw, _KIND) as package:
        for name in package.names:
            if _XML.search(name) and not name.startswith("xl/worksheets/"):
                package.xml(name)  # refuses entities before another parser sees them
        damaged = package.damaged()
    builder = TextBuilder()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _read_workbook(raw, builder)
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
    ) as error:
        raise damaged from error
    if not any(block.kind == "row" for block in builder.blocks) and not builder.text().strip():
        raise UnreadableSource("表格里没有内容", source=raw.name, remedy="请检查文件是否保存完整")
    return Loaded("xlsx", builder.text(), blocks=tuple(builder.blocks))


def _read_workbook(raw: RawFile, builder: TextBuilder) -> None:
    from openpyxl import load_workbook

    workbook = load_workbook(io.BytesIO(raw.data), read_only=True, data_only=True, keep_links=False)
    try:
        for number, sheet in enumerate(workbook.worksheets):
            if sheet.sheet_state == "visible":
                _read_sheet(sheet, number, builder)
    finally:
        workbook.close()


def _read_sheet(sheet: Any, number: int, builder: TextBuilder) -> None:
    """Lines above the header with one cell are titles; the first row with several is the header."""
    rows = list(_filled_rows(sheet))
    if not rows:
        return
    builder.heading(sheet.title, 1, "工作表")
    first = min(next(i for i, cell in enumerate(row) if cell) for row in rows)
    header_seen = False
    for row in rows:
        cells = row[first:]
        if sum(map(bool, cells)) == 1 and not header_seen:
            builder.line(next(cell for cell in cells if cell))
            continue
        header = not header_seen and looks_like_header(cells)
        header_seen = True
        builder.row(cells, number, header=header)


def _filled_rows(sheet: Any) -> Iterator[list[str]]:
    for count, row in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS)):
        if count >= _MOST_ROWS:
            return
        cells = [_shown(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield cells


def _shown(cell: Any) -> str:
    """The value as the sheet shows it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.strftime("%Y-%m-%d" if midnight else "%Y-%m-%d %H:%M")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, (int, float)):
        return _number(float(value), str(getattr(cell, "number_format", "") or ""))
    return " ".join(str(value).split())


def _number(value: float, pattern: str) -> str:
    places = re.search(r"0\.(0+)", pattern)
    if "%" in pattern:
        digits = len(places.group(1)) if places else 0
        return f"{value * 100:.{digits}f}%"
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return repr(round(value, 10)).rstrip("0").rstrip(".")


def load_csv(raw: RawFile) -> Loaded:
    """Read a .csv or .tsv file: the decoded text, unchanged, with the cells of each row marked.

    :raises kb.errors.UnreadableSource: when it is no text.
    """
    text, _ = decode(raw.data, raw.name)
    mark = _separator(text, "\t" if raw.suffix == ".tsv" else ",")
    blocks: list[Block] = []
    at = 0
    while at < len(text):
        start = at
        cells: list[tuple[int, int]] = []
        while match := _FIELDS[mark].match(text, at):
            group = "quoted" if match.group("quoted") is not None else "bare"
            cells.append(match.span(group))
            at = match.end()
            if match.group("end") != mark:
                break
        else:  # a stray quotation mark: the rest of the line is one cell
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            cells.append((at, end))
            at = end + 1
        if any(text[left:right].strip() for left, right in cells):
            row = [text[left:right].strip() for left, right in cells]
            header = not blocks and looks_like_header(row)
            blocks.append(
                Block(start, _line_end(text, start, at), "row", cells=tuple(cells), header=header, table=0)
            )
    return Loaded("csv", text, blocks=tuple(blocks))


def _line_end(text: str, start: int, at: int) -> int:
    return start + len(text[start:at].rstrip("\r\n"))


def _separator(text: str, usual: str) -> str:
    """The mark between the cells, told by the first lines."""
    try:
        found = csv.Sniffer().sniff(text[:4000], delimiters="".join(_FIELDS)).delimiter
    except csv.Error:
        return usual
    return found if found in _FIELDS else usual
