"""HTML of a case book that is being written: cards, quotes with their marks, one's own wording. All text is escaped."""

from __future__ import annotations

from collections.abc import Collection
from html import escape

from interfaces.web import html
from kb.model import FACT_KIND_NAMES, STATUS_NAMES
from kb.store import StoredFact
from search.casebook import ROLE_NAMES, CaseBook, CaseCard, CaseQuote
from search.citations import official
from search.export.report import Numbering


def casebook(book: CaseBook, chosen: Collection[str]) -> str:
    """The cards in their order; those not chosen are dimmed and take part in no export.

    :param chosen: ids of the documents whose cards are exported.
    """
    notes = "".join(html.notice(note, "hint") for note in book.notes)
    if not book.cards:
        return notes + html.notice(
            "没有找到这个主题的案例。可以换个说法，或去掉地区和“要有数字”的条件。", "empty"
        )
    numbering = Numbering({card.document.id: card.document for card in book.cards})
    shown = []
    for place, card in enumerate(book.cards):
        there = card.document.id in chosen
        shown.append(_card(card, numbering if there else None, first=not place, chosen=there,
                           last=place == len(book.cards) - 1))  # fmt: skip
    used = sum(card.document.id in chosen for card in book.cards)
    head = f'<p class="pk-count">“{escape(book.topic)}”：{len(book.cards)} 个案例，选用 {used} 个。引文与原文逐字一致。</p>'
    return notes + head + "".join(shown) + _references(numbering)


def _references(numbering: Numbering) -> str:
    entries = "".join(f"<li value='{number}'>{escape(text)}</li>" for number, text in numbering.entries())
    if not entries:
        return ""
    return f'<h4 class="pk-sub">参考文献</h4><ol class="pk-sources pk-refs">{entries}</ol>'


def _card(card: CaseCard, numbering: Numbering | None, *, first: bool, last: bool, chosen: bool) -> str:
    document = card.document
    about = [document.published or document.issued]
    about.append(STATUS_NAMES[document.status] if document.status not in ("effective", "unknown") else "")
    digest = '<span class="pk-digest">摘编</span>' if document.is_digest else ""
    meta = "　".join(escape(part) for part in (*about, document.issuer, document.source) if part)
    body = ""
    at = 0
    for role, quotes in (("measure", card.measures), ("result", card.results)):
        if quotes:
            lines = "".join(_quote(quote, at + i, numbering) for i, quote in enumerate(quotes))
            body += f"<h5>{ROLE_NAMES[role]}</h5>{lines}"
        at += len(quotes)
    return (
        f'<article class="pk-case{"" if chosen else " pk-off"}" data-card="{escape(document.id, quote=True)}">'
        f'<div class="pk-foot"><label class="pk-choose"><input type="checkbox" data-act="choose"'
        f"{' checked' if chosen else ''}> 选用</label>"
        f'<span class="pk-region">{escape(card.region)}</span><span class="pk-end">{_move("up", "上移", first)}'
        f"{_move('down', '下移', last)}</span></div>"
        f'<h4><button class="pk-source" data-act="open" data-document="{escape(document.id, quote=True)}" '
        f'data-start="{card.quotes[0].citation.start}" data-end="{card.quotes[0].citation.end}">'
        f'<span class="pk-title">{escape(card.heading)}</span></button></h4>'
        f'<p class="pk-meta">出处：{escape(official(document))}{digest}　{meta}</p>{body}{_facts(card)}'
        f'<label class="pk-own">案例标题（可改）<input data-act="title" value="{escape(card.heading, quote=True)}">'
        f"</label>"
        f'<label class="pk-own">自己的话（写在引文旁边，不带引文编号）'
        f'<textarea data-act="wording" rows="2" placeholder="可以不写；导出时放在引文之前">'
        f"{escape(card.wording)}</textarea></label></article>"
    )


def _move(act: str, label: str, disabled: bool) -> str:
    off = " disabled" if disabled else ""
    return f'<button class="pk-small" data-act="{act}" aria-label="把这个案例{label}"{off}>{label}</button>'


def _quote(quote: CaseQuote, index: int, numbering: Numbering | None) -> str:
    source = escape(quote.citation.quote)
    if quote.exact:
        mark = escape(numbering.mark(quote.citation)) if numbering else "原文"
        shown = (
            f'<span class="pk-quote">{source}</span><button class="pk-cite" '
            f'{html.open_attributes(quote.citation)} aria-label="打开引文">{mark}</button>'
        )
        restore = ""
    else:
        shown = (
            f'<span class="pk-edited">{escape(quote.edited)}</span> '
            f'<span class="pk-lost">已改写，不再作引文</span>'
            f'<span class="pk-original">原文：{source}</span>'
        )
        restore = f'<button class="pk-small" data-act="restore" data-quote="{index}">恢复原文</button>'
    return (
        f'<div class="pk-line"><div class="pk-shown">{shown}<span class="pk-tools">'
        f'<button class="pk-small" data-act="edit">改写</button>{restore}'
        f'<button class="pk-small" data-act="drop" data-quote="{index}" title="这个案例里不用这一句">删去</button>'
        f'</span></div><div class="pk-editor" hidden><textarea rows="3" aria-label="改写这一句">'
        f'{escape(quote.text)}</textarea><p class="pk-place">改动后就不再是引文，引文编号会去掉。</p>'
        f'<button class="pk-small" data-act="reword" data-quote="{index}">保存改写</button> '
        f'<button class="pk-small" data-act="cancel">取消</button></div></div>'
    )


def _facts(card: CaseCard) -> str:
    if not card.facts:
        return ""
    return f'<h5>数据</h5><div class="pk-facts">{"".join(map(_fact, card.facts))}</div>'


def _fact(item: StoredFact) -> str:
    fact = item.fact
    about = [fact.time, "" if fact.kind == "achieved" else FACT_KIND_NAMES[fact.kind]]
    inside = "，".join(part for part in about if part)
    time = f"（{escape(inside)}）" if inside else ""
    return (
        f'<span class="pk-fact">{escape(" ".join(fact.indicator.split()))} <button class="pk-value" '
        f'data-act="open" data-document="{escape(item.document, quote=True)}" data-start="{fact.quote_start}" '
        f'data-end="{fact.quote_start + len(fact.quote)}" title="{escape(fact.quote, quote=True)}">'
        f"{escape(fact.surface)}</button>{time}</span>"
    )
