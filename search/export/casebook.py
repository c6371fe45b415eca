"""A case book as a report and as a workbook."""

from __future__ import annotations

from kb.model import FACT_KIND_NAMES, Fact
from search.casebook import ROLE_NAMES, CaseBook, CaseCard, CaseQuote
from search.citations import official
from search.export.report import Block, Heading, Numbering, Paragraph, Quote, Report
from search.export.workbook import Cell, Sheet, Workbook, citation_sheet, region_name, value_cells


def casebook_report(book: CaseBook) -> Report:
    """Cards with numbered references."""
    numbering = Numbering({card.document.id: card.document for card in book.cards})
    blocks: list[Block] = [Paragraph(note) for note in book.notes]
    for place, card in enumerate(book.cards, 1):
        blocks.extend(_card(place, card, numbering))
    return Report(f"{book.topic}案例汇编", tuple(blocks), numbering.entries())


def _card(place: int, card: CaseCard, numbering: Numbering) -> list[Block]:
    blocks: list[Block] = [
        Heading(f"{place}. {card.heading}"),
        Paragraph(_source(card), "来源："),
    ]
    if card.wording:
        blocks.append(Paragraph(card.wording))
    for role, quotes in (("measure", card.measures), ("result", card.results)):
        if quotes:
            blocks.append(Heading(ROLE_NAMES[role], 2))
            blocks.extend(_quote(quote, numbering) for quote in quotes)
    facts = [_fact(item.fact) for item in card.facts]
    if facts:
        blocks.append(Paragraph("；".join(dict.fromkeys(facts)), "数据："))
    return blocks


def _fact(fact: Fact) -> str:
    """An indicator with its number; what is not yet reached says so."""
    about = [fact.time, "" if fact.kind == "achieved" else FACT_KIND_NAMES[fact.kind]]
    inside = "，".join(part for part in about if part)
    return f"{' '.join(fact.indicator.split())} {fact.surface}{f'（{inside}）' if inside else ''}"


def _source(card: CaseCard) -> str:
    document = card.document
    parts = [card.region, official(document), document.issuer, document.published or document.issued]
    return "，".join(dict.fromkeys(part for part in parts if part))


def _quote(quote: CaseQuote, numbering: Numbering) -> Quote:
    return Quote(quote.text, numbering.mark(quote.citation) if quote.exact else "")


def casebook_workbook(book: CaseBook) -> Workbook:
    """The quotes, the facts as real numbers, and every citation."""
    numbering = Numbering({card.document.id: card.document for card in book.cards})
    quotes: list[tuple[Cell, ...]] = []
    facts: list[tuple[Cell, ...]] = []
    for place, card in enumerate(book.cards, 1):
        if card.wording:
            quotes.append((place, card.region, card.heading, "撰写者文字", card.wording, None))
        for quote in card.quotes:
            mark = numbering.number(quote.citation) if quote.exact else None
            label = ROLE_NAMES[quote.role] if quote.exact else f"{ROLE_NAMES[quote.role]}（经改写，非原文）"
            quotes.append((place, card.region, card.heading, label, quote.text, mark))
            if not quote.exact:
                continue
            for item in quote.facts:
                fact = item.fact
                facts.append(
                    (
                        place,
                        region_name(fact.region_code or card.document.region_code),
                        fact.indicator,
                        *value_cells(fact),
                        fact.unit,
                        fact.comparator,
                        fact.time,
                        FACT_KIND_NAMES[fact.kind],
                        fact.surface,
                        fact.quote,
                        numbering.number(quote.citation),
                    )
                )
    exact = [quote.citation for card in book.cards for quote in card.quotes if quote.exact]
    return Workbook(
        f"{book.topic}案例汇编",
        (
            Sheet("案例", ("序号", "地区", "案例", "类别", "内容", "引文编号"), tuple(quotes)),
            Sheet(
                "数据",
                (
                    "案例序号", "地区", "指标", "数值", "数值上限", "非数值", "单位", "比较",
                    "时间", "类别", "原文数字", "原句", "引文编号",
                ),
                tuple(facts),
            ),
            citation_sheet(exact, numbering),
        ),
    )  # fmt: skip
