"""A table region × indicator as a picture: the table itself and, below it, its bars. Drawn here, with no browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw

from kb.model import FACT_KIND_NAMES
from search.export.fonts import font
from search.export.report import printable
from search.series import Bar, bars, drawable, kinds_of, number_text, value_text
from search.table import Table

COLOURS = {"achieved": "#0072b2", "target": "#e69f00", "requirement": "#009e73", "input": "#cc79a7"}
"""One colour a kind, told apart also by those who see colours differently; targets are hatched besides."""

_INK, _GREY, _LINE, _HEAD = "#1f2937", "#6b7280", "#cbd5e1", "#f1f5f9"
_SCALE = 2  # pixels a point: sharp on screens and in print
_TEXT, _SMALL, _TITLE = 15, 13, 20
_PAD, _EDGE = 8, 24
_FIRST, _COLUMN = 190, 250
_ROWS = 150
_CLOSING = "），。、；：”》]"  # never at the head of a line
_BAR, _GAP, _PLOT = 18, 6, 420


@dataclass
class _Page:
    """What is drawn, collected first, since the height follows from the text."""

    width: int
    at: int = _EDGE
    texts: list[tuple[int, int, str, int, str]] = field(default_factory=list)
    boxes: list[tuple[int, int, int, int, str, str]] = field(default_factory=list)
    hatched: list[tuple[int, int, int, int]] = field(default_factory=list)

    def text(self, x: int, y: int, text: str, size: int = _TEXT, colour: str = _INK) -> None:
        self.texts.append((x, y, text, size, colour))

    def box(self, x: int, y: int, width: int, height: int, fill: str = "", outline: str = "") -> None:
        self.boxes.append((x, y, width, height, fill, outline))

    def draw(self) -> Image.Image:
        size = (self.width * _SCALE, (self.at + _EDGE) * _SCALE)
        image = Image.new("RGB", size, "white")
        pen = ImageDraw.Draw(image)
        for x, y, width, height, fill, outline in self.boxes:
            corners = [x * _SCALE, y * _SCALE, (x + width) * _SCALE, (y + height) * _SCALE]
            pen.rectangle(corners, fill=fill or None, outline=outline or None)
        for x, y, width, height in self.hatched:
            _hatch(image, x * _SCALE, y * _SCALE, width * _SCALE, height * _SCALE)
        for x, y, text, points, colour in self.texts:
            pen.text((x * _SCALE, y * _SCALE), text, font=font(points * _SCALE), fill=colour)
        return image


def write_picture(table: Table, path: Path) -> None:
    """Write the picture as .png.

    :raises ExportError: this machine has no Chinese font. :raises OSError: the file cannot be written.
    """
    widest = _FIRST + _COLUMN * len(table.indicators)
    page = _Page(max(widest, _FIRST + _PLOT + 160) + 2 * _EDGE)
    page.text(_EDGE, page.at, f"指标对比：{'、'.join(table.indicators)}", _TITLE)
    page.at += _TITLE + 18
    _grid(page, table)
    for place in drawable(table):
        _chart(page, table, place)
    left_out = len(table.rows) - _ROWS
    note = f"另有 {left_out} 个地区没有画出，全部数据见 Excel 导出。" if left_out > 0 else ""
    page.text(
        _EDGE, page.at + 6, f"{note}每个数值的原句和出处见 Excel 导出的“数据”“引文”两表。", _SMALL, _GREY
    )
    page.at += _SMALL + 14
    page.draw().save(path, "PNG")


def _grid(page: _Page, table: Table) -> None:
    heads = ["地区"]
    heads += [
        f"{name}（{unit}）" if unit else name
        for name, unit in zip(table.indicators, table.units, strict=True)
    ]
    widths = [_FIRST, *[_COLUMN] * len(table.indicators)]
    _row(page, [[(head, _INK)] for head in heads], widths, fill=_HEAD)
    for row in table.rows[:_ROWS]:
        cells: list[list[tuple[str, str]]] = [[(row.name, _INK)]]
        for cell, unit in zip(row.cells, table.units, strict=True):
            lines = [] if cell.entries else [("缺", _GREY)]
            for entry in cell.entries:
                time = entry.fact.fact.time
                about = "，".join(part for part in (FACT_KIND_NAMES[entry.kind], time) if part)
                lines.append((f"{value_text(entry, unit)}（{about}）", _INK))
            lines += [("说法不一", "#b45309")] if cell.conflicting else []
            cells.append(lines)
        _row(page, cells, widths)
    page.at += 14


def _row(page: _Page, cells: list[list[tuple[str, str]]], widths: list[int], fill: str = "") -> None:
    step = _TEXT + 7
    wrapped = [
        [(line, colour) for text, colour in cell for line in _wrapped(text, width - 2 * _PAD)]
        for cell, width in zip(cells, widths, strict=True)
    ]
    height = max(map(len, wrapped)) * step + 2 * _PAD
    x = _EDGE
    for lines, width in zip(wrapped, widths, strict=True):
        page.box(x, page.at, width, height, fill, _LINE)
        for number, (line, colour) in enumerate(lines):
            page.text(x + _PAD, page.at + _PAD + number * step, line, _TEXT, colour)
        x += width
    page.at += height


def _wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most ``width`` points."""
    face = font(_TEXT * _SCALE)
    lines, line = [], ""
    for char in printable(text).replace("\n", " "):
        if line and char not in _CLOSING and face.getlength(line + char) > width * _SCALE:
            lines.append(line)
            line = ""
        line += char
    return [*lines, line]


def _chart(page: _Page, table: Table, place: int) -> None:
    drawn = sorted(bars(table, place), key=lambda bar: -bar.value)[:_ROWS]
    unit = table.units[place]
    page.text(_EDGE, page.at, f"{table.indicators[place]}（{unit}）", _TEXT)
    x = _EDGE + _FIRST
    for kind in kinds_of(table, place):
        page.box(x, page.at + 2, 26, 14, COLOURS[kind])
        if kind == "target":
            page.hatched.append((x, page.at + 2, 26, 14))
        page.text(x + 32, page.at, FACT_KIND_NAMES[kind], _SMALL)
        x += 90
    page.at += _TEXT + 14
    top = max((abs(bar.value) for bar in drawn), default=0.0) or 1.0
    for bar in drawn:
        _bar(page, bar, top)
    page.at += 14


def _bar(page: _Page, bar: Bar, top: float) -> None:
    names = _wrapped(bar.region, _FIRST - _PAD)
    for number, name in enumerate(names):
        page.text(_EDGE, page.at + number * (_SMALL + 4), name, _SMALL)
    length = max(1, round(_PLOT * abs(bar.value) / top))
    page.box(_EDGE + _FIRST, page.at, length, _BAR, COLOURS[bar.kind])
    if bar.kind == "target":
        page.hatched.append((_EDGE + _FIRST, page.at, length, _BAR))
    page.text(_EDGE + _FIRST + length + 8, page.at, number_text(bar.value), _SMALL)
    page.at += max(_BAR, len(names) * (_SMALL + 4)) + _GAP


def _hatch(image: Image.Image, x: int, y: int, width: int, height: int) -> None:
    """White slanting lines over a box; they stay inside of it."""
    over = Image.new("L", (width, height), 0)
    pen = ImageDraw.Draw(over)
    for start in range(-height, width, 14):
        pen.line([(start, height), (start + height, 0)], fill=200, width=4)
    image.paste("white", (x, y), over)
