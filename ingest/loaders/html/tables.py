"""Tables of a web page: which hold data, and their rows with merged cells read once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from ingest.loaders.paged.write import looks_like_header

_LONG = 400
_MOST_COLUMNS = 60


def _rows_of(table: etree._Element) -> list[etree._Element]:
    return [
        row
        for part in table
        for row in ([part] if part.tag == "tr" else part if part.tag in {"thead", "tbody", "tfoot"} else [])
        if row.tag == "tr"
    ]


def _cells_of(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row if cell.tag in {"td", "th"}]


def is_data_table(table: etree._Element) -> bool:
    """Whether ``table`` holds data; a table that only arranges the page holds tables or long texts."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = [_cells_of(row) for row in _rows_of(table)]
    wide = [row for row in rows if sum(bool("".join(cell.itertext()).strip()) for cell in row) >= 2]
    if len(wide) < 2 or 2 * len(wide) < len(rows):
        return False
    texts = ["".join(cell.itertext()).strip() for row in wide for cell in row]
    return sum(len(text) > _LONG for text in texts) * 5 <= len(texts)


def read_table(table: etree._Element, plain: Callable[[str], str]) -> Iterator[tuple[list[str], bool]]:
    """The rows as lists of cell texts, with whether each is a header row.

    A merged cell is read where it begins; the columns and rows that it covers besides are empty cells.
    """
    below: dict[int, int] = {}
    for number, row in enumerate(_rows_of(table)):
        cells: list[str] = []
        header = row.getparent().tag == "thead"
        tags = set()
        for cell in _cells_of(row):
            _skip_covered(cells, below)
            tags.add(cell.tag)
            span, depth = _span(cell, "colspan"), _span(cell, "rowspan")
            for offset in range(span):
                if depth > 1:
                    below[len(cells)] = depth - 1
                cells.append(plain(" ".join(cell.itertext())) if offset == 0 else "")
        _skip_covered(cells, below)
        header = header or tags == {"th"} or (number == 0 and looks_like_header(cells))
        yield cells, header


def _skip_covered(cells: list[str], below: dict[int, int]) -> None:
    """Add empty cells for the columns that a cell of an earlier row covers."""
    while below.get(len(cells), 0) > 0:
        below[len(cells)] -= 1
        cells.append("")


def _span(cell: etree._Element, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(max(int(value), 1), _MOST_COLUMNS) if value.isdecimal() else 1
