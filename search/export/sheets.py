"""A workbook as .xlsx or, its first sheet, as .csv."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from search.export.report import printable
from search.export.workbook import Cell, Sheet, Workbook, harmless

_WIDEST = 60
_CELL_LIMIT = 32_000  # characters that a cell of .xlsx holds, a little less than 32,767
_NAME = re.compile(r"[\\/*?:\[\]]")


def write_xlsx(workbook: Workbook, path: Path) -> None:
    """Write all sheets.

    :raises OSError: the file cannot be written.
    """
    book = openpyxl.Workbook()
    book.properties.title = printable(workbook.title)[:250]
    book.properties.creator = ""
    if book.active is not None:
        book.remove(book.active)
    for sheet in workbook.sheets:
        _sheet(book, sheet)
    book.save(path)


def _sheet(book: openpyxl.Workbook, sheet: Sheet) -> None:
    page = book.create_sheet(_NAME.sub("", printable(sheet.name))[:31])
    page.append([harmless(name) for name in sheet.head])
    for cell in page[1]:
        cell.font = Font(bold=True)
    for row in sheet.rows:
        page.append([_fitting(cell) for cell in row])
    for column, name in enumerate(sheet.head, 1):
        texts = [name, *(str(row[column - 1] or "") for row in sheet.rows)]
        # A Chinese character is as wide as two digits.
        width = max(min(_WIDEST, sum(2 if ord(char) > 0x2E7F else 1 for char in text)) for text in texts)
        page.column_dimensions[get_column_letter(column)].width = width + 2
    for cells in page.iter_rows(min_row=2):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    page.freeze_panes = "A2"


def _fitting(cell: Cell) -> Cell:
    safe = harmless(cell)
    return safe[:_CELL_LIMIT] if isinstance(safe, str) else safe


def write_csv(workbook: Workbook, path: Path) -> None:
    """Write the first sheet; UTF-8 with a mark at the front, without which Excel reads it as gibberish.

    :raises OSError: the file cannot be written.
    """
    sheet = workbook.sheets[0]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([harmless(name) for name in sheet.head])
        writer.writerows([harmless(cell) for cell in row] for row in sheet.rows)
