"""Ruled tables of a page: pdfplumber finds the cells, PDFium's glyphs fill them."""

from __future__ import annotations

import io
import logging

from ingest.loaders.base import RawFile
from ingest.loaders.paged.glyphs import Glyph, Page, Table, joined, read_lines

logger = logging.getLogger(__name__)

_Box = tuple[float, float, float, float]


def read_tables(raw: RawFile, page: Page) -> None:
    """Move the glyphs that stand in ruled tables from ``page.glyphs`` into ``page.tables``.

    A frame around a text is no table. Where the ruling can't be followed, the page stays as it is.
    """
    if not page.as_shown:
        return
    for cells in _cell_boxes(raw, page.number):
        boxes = [box for row in cells for box in row if box is not None]
        if len(cells) < 2 or max(sum(box is not None for box in row) for row in cells) < 2:
            continue
        area = _hull(boxes)
        inside = [glyph for glyph in page.glyphs if _holds(area, glyph)]
        rows = _filled(cells, inside, page.number)
        if sum(1 for row in rows if sum(map(bool, row)) >= 2) < 2:
            continue
        taken = set(map(id, inside))
        page.glyphs = [glyph for glyph in page.glyphs if id(glyph) not in taken]
        page.tables.append(Table(rows, area[1], area[3], area[0], area[2], page.number))


def _cell_boxes(raw: RawFile, number: int) -> list[list[list[_Box | None]]]:
    """For each table of the page its rows of cell boxes (left, top, right, bottom); None where a cell goes on."""
    import pdfplumber

    # pdfplumber raises whatever its parser meets in a damaged file; its own errors have no common base.
    try:
        with pdfplumber.open(io.BytesIO(raw.data), pages=[number + 1], password="") as document:
            page = document.pages[0]
            found = [[list(row.cells) for row in table.rows] for table in page.find_tables()]
            page.close()
            return found
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        OSError,
        RuntimeError,
        TypeError,
        ValueError,
    ) as error:
        logger.warning("%s 第 %d 页的表格线无法识别：%s", raw.name, number + 1, error)
        return []


def _hull(boxes: list[_Box]) -> _Box:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _holds(box: _Box, glyph: Glyph) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _filled(cells: list[list[_Box | None]], glyphs: list[Glyph], page: int) -> list[list[str]]:
    """The texts of the cells; each glyph goes to one cell, those on no cell to the nearest one."""
    places = [(r, c, box) for r, row in enumerate(cells) for c, box in enumerate(row) if box is not None]
    contents: dict[tuple[int, int], list[Glyph]] = {(r, c): [] for r, c, _ in places}
    for glyph in glyphs:
        r, c, _ = min(places, key=lambda place: _distance(place[2], glyph))
        contents[r, c].append(glyph)
    return [[_text(contents.get((r, c), []), page) for c in range(len(row))] for r, row in enumerate(cells)]


def _distance(box: _Box, glyph: Glyph) -> float:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return max(box[0] - x, x - box[2], 0.0) + max(box[1] - y, y - box[3], 0.0)


def _text(glyphs: list[Glyph], page: int) -> str:
    text = ""
    for line in read_lines(glyphs, page) if glyphs else []:
        text = joined(text, line.text)
    return text
