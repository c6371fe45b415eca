"""A workbook between its making and its writing: sheets of texts and real numbers, and the cells made harmless."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.model import Citation, Document, Fact
from kb.regions import tree
from search.citations import gb7714
from search.export.report import Numbering, printable

Cell = str | float | int | None

_ACTIVE = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, the heads of its columns, its rows. Numbers are numbers; units stand in the heads."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Workbook:
    """Sheets in order; the first is what a format with one sheet (.csv) holds."""

    title: str
    sheets: tuple[Sheet, ...]


def harmless(cell: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula: a text that could be one gets an apostrophe before it."""
    if not isinstance(cell, str):
        return cell
    text = printable(cell)
    return f"'{text}" if text.startswith(_ACTIVE) else text


def value_cells(fact: Fact) -> tuple[Cell, Cell, Cell]:
    """A fact's value as two numbers (the second for ranges) and a text where it is no number, such as a ratio."""
    if isinstance(fact.value, str):
        return None, None, fact.value
    if isinstance(fact.value, tuple):
        return fact.value[0], fact.value[1], None
    return fact.value, None, None


CITATION_HEAD = (
    "编号", "文献", "地区", "章节", "页", "起", "止", "原文", "来源文件", "参考文献（GB/T 7714）",
)  # fmt: skip


def citation_sheet(citations: Iterable[Citation], numbering: Numbering) -> Sheet:
    """Every citation with its place and its exact text."""
    rows = []
    for citation in dict.fromkeys(citations):
        document = numbering.documents.get(citation.document)
        rows.append(_citation_row(citation, numbering, document))
    return Sheet("引文", CITATION_HEAD, tuple(rows))


def _citation_row(citation: Citation, numbering: Numbering, document: Document | None) -> tuple[Cell, ...]:
    return (
        numbering.number(citation),
        citation.title,
        region_name(citation.region_code),
        " › ".join(citation.section),
        citation.page,
        citation.start,
        citation.end,
        citation.quote,
        citation.source,
        gb7714(document, page=citation.page) if document else citation.title,
    )


def region_name(code: str) -> str:
    """The full name of a region; 地区不明 where it is unknown."""
    return tree().full_name(code) if code and code in tree() else "地区不明"
