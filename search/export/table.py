"""A table region × indicator as a workbook and as a report."""

from __future__ import annotations

from collections.abc import Mapping

from kb.model import FACT_KIND_NAMES, Document
from search.export.report import Block, Grid, Numbering, Paragraph, Report
from search.export.workbook import Cell, Sheet, Workbook, citation_sheet, value_cells
from search.series import kinds_of, number_text
from search.table import Cell as TableCell
from search.table import Entry, Table

MISSING = "缺"


def table_workbook(table: Table, documents: Mapping[str, Document]) -> Workbook:
    """The matrix with real numbers, all facts with their sentences, and every citation.

    A column of the matrix holds one kind of values: what is planned never stands among what is reached. Where
    documents contradict each other, the region has a second row.
    """
    numbering = Numbering(documents)
    columns = [
        (place, kind) for place in range(len(table.indicators)) for kind in (kinds_of(table, place) or ("",))
    ]
    head = tuple(_head(table.indicators[place], table.units[place], kind) for place, kind in columns)
    matrix: list[tuple[Cell, ...]] = []
    facts: list[tuple[Cell, ...]] = []
    for row in table.rows:
        stacks = [_values(row.cells[place], kind, table.units[place]) for place, kind in columns]
        for line in range(max((len(stack) for stack in stacks), default=1)):
            name = row.name if not line else f"{row.name}（另一说法）"
            missing = MISSING if not line else None
            matrix.append((name, *(stack[line] if line < len(stack) else missing for stack in stacks)))
        for cell in row.cells:
            facts.extend(_fact(row.name, cell, entry, numbering) for entry in cell.entries)
    citations = [
        citation
        for row in table.rows
        for cell in row.cells
        for entry in cell.entries
        for citation in (entry.citation, *entry.also)
    ]
    fact_head = (
        "地区", "指标", "原指标名", "数值", "数值上限", "非数值", "单位", "换算后数值", "换算后单位", "比较", "时间",
        "性质", "成文日期", "有冲突", "原文数字", "原句", "引文编号",
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


def _head(indicator: str, unit: str, kind: str) -> str:
    inside = "，".join(part for part in (unit, FACT_KIND_NAMES.get(kind, "")) if part)
    return f"{indicator}（{inside}）" if inside else indicator


def _values(cell: TableCell, kind: str, unit: str) -> list[Cell]:
    """The values of a kind: the first, and where documents contradict each other all the different ones."""
    entries = [entry for entry in cell.entries if entry.kind == kind]
    shown = entries if cell.conflicting else entries[:1]
    return list(dict.fromkeys(_value(entry, unit) for entry in shown))


def _value(entry: Entry, unit: str) -> Cell:
    """A number in the unit of the column, else a text with its own unit."""
    number = entry.number
    if number is None or not unit or entry.unit != unit:
        return _text(entry)
    return int(number) if float(number).is_integer() else number


def _text(entry: Entry) -> str:
    if isinstance(entry.value, tuple):
        return f"{'—'.join(map(number_text, entry.value))}{entry.unit}"
    value = entry.value if isinstance(entry.value, str) else number_text(entry.value)
    return f"{value}{entry.unit}"


def _fact(region: str, cell: TableCell, entry: Entry, numbering: Numbering) -> tuple[Cell, ...]:
    fact = entry.fact.fact
    return (
        region,
        cell.indicator,
        fact.indicator,
        *value_cells(fact),
        fact.unit,
        entry.number,
        entry.unit,
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
