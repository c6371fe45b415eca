"""An old version beside a new one as a report and as a workbook: what was added, dropped, changed, and the numbers."""

from __future__ import annotations

from kb.model import Document
from search.citations import official
from search.compare.model import (
    CHANGE_NAMES,
    NUMBER_CHANGE_NAMES,
    ClauseChange,
    NumberChange,
    VersionComparison,
)
from search.compare.summary import versions_line
from search.compare.wording import wording_changes
from search.export.report import Block, Grid, Heading, Numbering, Paragraph, Quote, Report, Revision
from search.export.workbook import Cell, Sheet, Workbook, citation_sheet, value_cells


def _title(comparison: VersionComparison) -> str:
    return f"新旧对照：{comparison.new.title}"


def _numbering(comparison: VersionComparison) -> Numbering:
    documents: dict[str, Document] = {d.id: d for d in (comparison.old, comparison.new)}
    return Numbering(documents)


def versions_report(comparison: VersionComparison) -> Report:
    """The summary, the numbers that moved, and every clause that is not the same, in the order of the new text."""
    numbering = _numbering(comparison)
    blocks: list[Block] = [
        Paragraph(_named(comparison.old), "旧版："),
        Paragraph(_named(comparison.new), "新版："),
        Paragraph(versions_line(comparison), "概况："),
        Paragraph("删去的字加删除线，新增的字加下划线。", "标记："),
    ]
    numbers = [(change, number) for change in comparison.changes for number in change.numbers]
    if numbers:
        blocks.append(Heading("改动的数值"))
        rows = tuple(_number_row(change, number, numbering) for change, number in numbers)
        blocks.append(Grid(("指标", "学段", "旧版", "新版", "变化"), rows, (3, 1, 4, 4, 1.4)))
    differing = [change for change in comparison.changes if change.change != "same"]
    blocks.append(Heading("条款的增删改"))
    if not differing:
        blocks.append(Paragraph("两个版本的条款没有不同。"))
    for change in differing:
        blocks.extend(_clause(change, numbering))
    return Report(_title(comparison), tuple(blocks), numbering.entries())


def _named(document: Document) -> str:
    date = document.published or document.issued
    return f"{official(document)}{f'，{date}' if date else ''}"


def _number_row(change: ClauseChange, number: NumberChange, numbering: Numbering) -> tuple[str, ...]:
    old = numbering.mark(change.old.citation) if change.old else ""
    new = numbering.mark(change.new.citation) if change.new else ""
    return (
        number.indicator,
        number.stage,
        f"{number.old.fact.quote.strip()}{old}",
        f"{number.new.fact.quote.strip()}{new}",
        NUMBER_CHANGE_NAMES[number.change],
    )


def _clause(change: ClauseChange, numbering: Numbering) -> list[Block]:
    shown = change.new or change.old
    assert shown is not None
    blocks: list[Block] = [
        Heading(f"【{CHANGE_NAMES[change.change]}】{' › '.join(shown.citation.section)}", 2)
    ]
    if change.old and change.new:
        marks = numbering.mark(change.old.citation) + numbering.mark(change.new.citation)
        pieces = wording_changes(change.old.citation.quote, change.new.citation.quote)
        blocks.append(Revision(pieces, marks))
    else:
        blocks.append(Quote(shown.citation.quote, numbering.mark(shown.citation)))
    return blocks


def versions_workbook(comparison: VersionComparison) -> Workbook:
    """Clauses side by side, the numbers that moved as real numbers, and every citation."""
    numbering = _numbering(comparison)
    clauses: list[tuple[Cell, ...]] = []
    citations = []
    numbers: list[tuple[Cell, ...]] = []
    for change in comparison.changes:
        sides = [side.citation for side in (change.old, change.new) if side]
        citations.extend(sides)
        old = change.old.citation.quote if change.old else ""
        new = change.new.citation.quote if change.new else ""
        marked = _marked(old, new) if change.change == "changed" else ""
        clauses.append((CHANGE_NAMES[change.change], " › ".join(sides[-1].section), old, new, marked))
        numbers.extend(
            (
                number.indicator,
                number.stage,
                *(
                    cell
                    for side in (number.old, number.new)
                    for cell in (
                        side.fact.comparator,
                        *value_cells(side.fact),
                        side.fact.unit,
                        side.fact.quote,
                    )
                ),
                NUMBER_CHANGE_NAMES[number.change],
            )
            for number in change.numbers
        )
    head = tuple(
        f"{side}{name}"
        for side in ("旧版", "新版")
        for name in ("比较", "数值", "上限", "（非数值）", "单位", "原句")
    )
    return Workbook(
        _title(comparison),
        (
            Sheet("条款", ("变化", "章节", "旧版", "新版", "改动之处"), tuple(clauses)),
            Sheet("数值", ("指标", "学段", *head, "变化"), tuple(numbers)),
            citation_sheet(citations, numbering),
        ),
    )


def _marked(old: str, new: str) -> str:
    """A change in one cell, where nothing can be struck out."""
    signs = {"same": "{}", "dropped": "【删：{}】", "added": "【增：{}】"}
    return "".join(signs[piece.kind].format(piece.text) for piece in wording_changes(old, new))
