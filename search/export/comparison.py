"""A comparison as a report and as a workbook: what is not met first, then clause by clause, both sides quoted."""

from __future__ import annotations

from collections.abc import Mapping

from kb.model import Citation, Document
from kb.store import StoredFact
from search.compare.model import (
    CLAUSE_KIND_NAMES,
    CLAUSE_STATUS_NAMES,
    VERDICT_NAMES,
    ClauseResult,
    Comparison,
    NumberResult,
)
from search.compare.summary import chapters, numbers_first, summary_line
from search.export.report import Block, Grid, Heading, Numbering, Paragraph, Quote, Report
from search.export.workbook import Cell, Sheet, Workbook, citation_sheet, value_cells


def _documents(comparison: Comparison) -> dict[str, Document]:
    return {document.id: document for document in (comparison.local, *comparison.references)}


def _title(comparison: Comparison) -> str:
    return f"对标审查：{comparison.local.title}"


def comparison_report(comparison: Comparison) -> Report:
    """The summary, the numbers, the clauses by reference, the local additions, and the reference list."""
    documents = _documents(comparison)
    numbering = Numbering(documents)
    titles = "、".join(f"《{document.title.strip('《》')}》" for document in comparison.references)
    blocks: list[Block] = [
        Paragraph(titles, "对照文献："),
        Paragraph(summary_line(comparison), "概况："),
        Heading("覆盖情况"),
        Grid(
            ("文献", "章节", "已回应", "部分回应", "未回应", "搁置", "覆盖率"),
            _coverage(comparison, documents),
            (4, 3, 1.2, 1.4, 1.2, 1, 1.2),
        ),
    ]
    numbers = numbers_first(comparison)
    if numbers:
        blocks.append(Heading("数值与时间"))
        rows = tuple(_number_row(item.result, item.number, numbering) for item in numbers)
        blocks.append(Grid(("指标", "学段", "要求", "本地", "结论", "说明"), rows, (3, 1, 3, 3, 1.2, 3)))
    for document in comparison.references:
        blocks.append(Heading(f"逐条对照：{document.title}"))
        for result in comparison.results:
            if result.clause.citation.document == document.id:
                blocks.extend(_clause(result, numbering))
    if comparison.additions:
        blocks.append(Heading("本地另有的内容"))
        blocks.extend(Quote(c.citation.quote, numbering.mark(c.citation)) for c in comparison.additions)
    return Report(_title(comparison), tuple(blocks), numbering.entries())


def _coverage(comparison: Comparison, documents: Mapping[str, Document]) -> tuple[tuple[str, ...], ...]:
    """A row a chapter; a reference's title stands at its first one."""
    rows = []
    last = ""
    for c in chapters(comparison):
        title = documents[c.document].title if c.document != last else ""
        last = c.document
        counts = (str(c.answered), str(c.partial), str(c.missing), str(c.set_aside))
        rows.append((title, c.chapter, *counts, f"{c.share:.0%}" if c.clauses else "—"))
    return tuple(rows)


def _number_row(result: ClauseResult, number: NumberResult, numbering: Numbering) -> tuple[str, ...]:
    local = next((m for m in result.matches if m.start <= number.local.fact.start < m.end), None)
    mark = numbering.mark(local) if local else ""
    reported = "（已实现的数）" if number.reported else ""
    return (
        number.indicator,
        number.stage,
        f"{number.reference.fact.quote.strip()}{numbering.mark(result.clause.citation)}",
        f"{number.local.fact.quote.strip()}{mark}",
        VERDICT_NAMES[number.verdict],
        f"{number.reason}{reported}",
    )


def _clause(result: ClauseResult, numbering: Numbering) -> list[Block]:
    clause = result.clause
    status = "搁置" if result.set_aside else CLAUSE_STATUS_NAMES[result.status]
    path = " › ".join(clause.citation.section)
    blocks: list[Block] = [
        Heading(f"【{status}】{path}", 2),
        Quote(clause.citation.quote, numbering.mark(clause.citation)),
        Paragraph(result.reason, "判断："),
    ]
    if result.matches:
        blocks.append(Paragraph("", "本地文本："))
        blocks.extend(Quote(match.quote, numbering.mark(match)) for match in result.matches)
    return blocks


def comparison_workbook(comparison: Comparison) -> Workbook:
    """Clauses, numbers as real numbers, local additions, coverage, and every citation."""
    documents = _documents(comparison)
    numbering = Numbering(documents)
    clauses: list[tuple[Cell, ...]] = []
    citations: list[Citation] = []
    for result in comparison.results:
        citations.extend((result.clause.citation, *result.matches))
        clauses.append(
            (
                documents[result.clause.citation.document].title,
                " › ".join(result.clause.citation.section),
                CLAUSE_KIND_NAMES[result.clause.kind],
                result.clause.citation.quote,
                CLAUSE_STATUS_NAMES[result.status],
                "是" if result.set_aside else "",
                result.reason,
                "\n".join(match.quote for match in result.matches),
            )
        )
    citations.extend(clause.citation for clause in comparison.additions)
    numbers = tuple(
        (
            item.number.indicator,
            item.number.stage,
            *_side(item.number.reference),
            *_side(item.number.local),
            VERDICT_NAMES[item.number.verdict],
            item.number.reason,
            "是" if item.number.reported else "",
        )
        for item in numbers_first(comparison)
    )
    coverage = tuple(
        (documents[c.document].title, c.chapter, c.answered, c.partial, c.missing, c.set_aside, c.share)
        for c in chapters(comparison)
    )
    additions = tuple(
        (" › ".join(c.citation.section), CLAUSE_KIND_NAMES[c.kind], c.citation.quote)
        for c in comparison.additions
    )
    number_head = (
        "指标", "学段",
        "要求比较", "要求数值", "要求上限", "要求（非数值）", "要求单位", "要求原句",
        "本地比较", "本地数值", "本地上限", "本地（非数值）", "本地单位", "本地原句",
        "结论", "说明", "已实现的数",
    )  # fmt: skip
    clause_head = ("文献", "章节", "类别", "条款", "状态", "搁置", "判断", "本地文本")
    coverage_head = ("文献", "章节", "已回应", "部分回应", "未回应", "搁置", "覆盖率")
    return Workbook(
        _title(comparison),
        (
            Sheet("条款", clause_head, tuple(clauses)),
            Sheet("数值", number_head, numbers),
            Sheet("本地新增", ("章节", "类别", "内容"), additions),
            Sheet("覆盖情况", coverage_head, coverage),
            citation_sheet(citations, numbering),
        ),
    )


def _side(item: StoredFact) -> tuple[Cell, ...]:
    return (item.fact.comparator, *value_cells(item.fact), item.fact.unit, item.fact.quote)
