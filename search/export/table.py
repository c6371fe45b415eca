"""A table region × indicator as a workbook and as a report."""

from __future__ import annotations

from collections.abc import Mapping

from kb.model import FACT_KIND_NAMES, Document
from search.export.report import Block, Grid, Numbering, Paragraph, Report
from search.export.workbook import Cell, Sheet, Workbook, citation_sheet, value_cells
from search.table import Cell as TableCell
from search.table import Entry, Table

MISSING = "缺"


def table_workbook(table: Table, documents: Mapping[str, Document]) -> Workbook:
    """The matrix with real numbers, all facts with their sentences, and every citation."""
    numbering = Numbering(documents)
    head = tuple(_head(name, unit) for name, unit in zip(table.indicators, table.units, strict=True))
    matrix: list[tuple[Cell, ...]] = []
    facts: list[tuple[Cell, ...]] = []
    for row in table.rows:
        cells = [_value(cell, unit) for cell, unit in zip(row.cells, table.units, strict=True)]
        matrix.append((row.name, *cells))
        for cell in row.cells:
            facts.extend(_fact(row.name, cell, entry, numbering) for entry in cell.entries)
    citations = [entry.citation for row in table.rows for cell in row.cells for entry in cell.entries]
    fact_head = (
        "地区", "指标", "原指标名", "数值", "数值上限", "非数值", "单位", "比较", "时间", "类别",
        "成文日期", "有冲突", "原文数字", "原句", "引文编号",
    )  # fmt: skip
    return Workbook(
        _title(table),
        (
            Sheet("指标对比", ("地区", *head), tuple(matrix)),
            Sheet("数据", fact_head, tuple(facts)),
            citation_sheet(citations, numbering),
        ),
    )


def _title(table: Table) -> str:
    return f"指标对比：{'、'.join(table.indicators)}"


def _head(indicator: str, unit: str) -> str:
    return f"{indicator}（{unit}）" if unit else indicator


def _value(cell: TableCell, unit: str) -> Cell:
    """The first entry's value: a number in the unit of the column, else a text with its own unit."""
    if cell.missing:
        return MISSING
    entry = cell.entries[0]
    if isinstance(entry.value, float | int) and unit:
        return entry.value
    return _text(entry)


def _text(entry: Entry) -> str:
    if isinstance(entry.value, tuple):
        return f"{entry.value[0]:g}—{entry.value[1]:g}{entry.unit}"
    value = entry.value if isinstance(entry.value, str) else f"{entry.value:,.10g}"
    return f"{value}{entry.unit}"


def _fact(region: str, cell: TableCell, entry: Entry, numbering: Numbering) -> tuple[Cell, ...]:
    fact = entry.fact.fact
    return (
        region,
        cell.indicator,
        fact.indicator,
        *value_cells(fact),
        fact.unit,
        fact.comparator,
        fact.time,
        FACT_KIND_NAMES[fact.kind],
        entry.published,
        "是" if cell.conflicting else "",
        fact.surface,
        entry.citation.quote,
        numbering.number(entry.citation),
    )


def table_report(table: Table, documents: Mapping[str, Document]) -> Report:
    """The table with citation marks, and the reference list."""
    numbering = Numbering(documents)
    rows = tuple((row.name, *(_shown(cell, numbering) for cell in row.cells)) for row in table.rows)
    blocks: list[Block] = [Grid(("地区", *table.indicators), rows)]
    if any(cell.conflicting for row in table.rows for cell in row.cells):
        blocks.append(Paragraph("标“冲突”的格内，不同文献同一年的数值不一致，均已列出。"))
    return Report(_title(table), tuple(blocks), numbering.entries())


def _shown(cell: TableCell, numbering: Numbering) -> str:
    if cell.missing:
        return MISSING
    lines = []
    for entry in cell.entries:
        time = f"（{entry.fact.fact.time}）" if entry.fact.fact.time else ""
        lines.append(f"{entry.fact.fact.surface}{time}{numbering.mark(entry.citation)}")
    return "\n".join((["冲突："] if cell.conflicting else []) + lines)
