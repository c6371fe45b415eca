"""HTML of what the workbench shows. Everything that comes from a text or a person is escaped here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise

from kb.model import LEVEL_NAMES, PASSAGE_TYPE_NAMES, STATUS_NAMES, Citation, Document, Removal, Section
from kb.regions import tree
from search.answer.model import Answer, Statement
from search.citations import gb7714, official
from search.hits import Hit, Note, SearchResult
from search.query.model import Chip


def region_name(code: str) -> str:
    """A region's full name, or a word for its absence."""
    return tree().get(code).full_name if code else "地区不明"


def marked(text: str, words: Iterable[str]) -> str:
    """``text`` escaped, with the ``words`` in it marked; longer words first, without overlap."""
    wanted = sorted({word for word in words if word.strip()}, key=len, reverse=True)
    if not wanted:
        return escape(text)
    pattern = re.compile("|".join(map(re.escape, wanted)), re.IGNORECASE)
    pieces: list[str] = []
    at = 0
    for match in pattern.finditer(text):
        pieces += [escape(text[at : match.start()]), f"<mark>{escape(match.group())}</mark>"]
        at = match.end()
    pieces.append(escape(text[at:]))
    return "".join(pieces)


def notice(text: str, kind: str = "plain") -> str:
    """A line that explains a state: empty, refused, failed."""
    return f'<div class="pk-notice pk-{kind}" role="status">{escape(text)}</div>'


def chips(values: Sequence[Chip]) -> str:
    """What was understood of a question; each part can be taken out again."""
    if not values:
        return ""
    buttons = "".join(
        f'<button class="pk-chip" data-act="dismiss" data-key="{escape(chip.key, quote=True)}" '
        f'title="来自问题中的“{escape(chip.surface, quote=True)}”，点击取消这一条">'
        f"{escape(chip.label)}<span aria-hidden='true'> ×</span></button>"
        for chip in values
    )
    return f'<div class="pk-chips"><span class="pk-label">理解为</span>{buttons}</div>'


def notes(values: Sequence[Note]) -> str:
    """What a person should know about a result."""
    pieces = []
    for note in values:
        nearby = "".join(
            f'<button class="pk-chip" data-act="region" data-key="{escape(near.code, quote=True)}">'
            f"{escape(near.name)}（{near.documents} 篇）</button>"
            for near in note.nearby
        )
        pieces.append(
            notice(note.message, "hint") + (f'<div class="pk-chips">{nearby}</div>' if nearby else "")
        )
    return "".join(pieces)


def open_attributes(citation: Citation) -> str:
    """Attributes of an element that opens the citation's place when it is clicked."""
    return (
        f'data-act="open" data-document="{escape(citation.document, quote=True)}" '
        f'data-start="{citation.start}" data-end="{citation.end}"'
    )


def place(citation: Citation, document: Document) -> str:
    """Where a quote stands: region, title, heading path, page, date, status."""
    parts = [f'<span class="pk-region">{escape(region_name(citation.region_code))}</span>']
    parts.append(f'<span class="pk-title">{escape(citation.title)}</span>')
    if citation.section:
        parts.append(f'<span class="pk-path">{escape(" › ".join(citation.section))}</span>')
    if citation.page is not None:
        parts.append(f"<span>第 {citation.page} 页</span>")
    date = document.published or document.issued
    if date:
        parts.append(f"<span>{escape(date)}</span>")
    if document.status not in ("effective", "unknown"):
        parts.append(f'<span class="pk-status">{escape(STATUS_NAMES[document.status])}</span>')
    if document.is_digest:
        parts.append('<span class="pk-digest">摘编</span>')
    return f'<div class="pk-place">{" ".join(parts)}</div>'


def _statement(statement: Statement, citation: Citation) -> str:
    return (
        f'<li><span class="pk-quote">{escape(citation.quote)}</span>'
        f'<button class="pk-cite" {open_attributes(citation)} '
        f'aria-label="打开引文 {statement.number}">[{statement.number}]</button></li>'
    )


def answer(value: Answer, documents: dict[str, Document]) -> str:
    """An answer with its numbered citations, or the refusal with its reason and the nearest material."""
    head = chips(value.query.chips) + notes(value.notes)
    if not value.answered:
        nearest = "".join(hit(item) for item in value.nearest)
        offered = f'<h4 class="pk-sub">最接近的材料（不是答案）</h4>{nearest}' if nearest else ""
        return head + notice(value.text, "refusal") + offered
    by_number = {item.number: item.citation for item in value.citations}
    body: list[str] = []
    for group in value.groups:
        lead = f'<p class="pk-lead">{escape(group.lead)}</p>' if group.lead else ""
        items = "".join(_statement(s, by_number[s.number]) for s in group.statements if s.number in by_number)
        body.append(f"{lead}<ul class='pk-answer'>{items}</ul>")
    conflict = "".join(
        notice(
            f"不同材料对“{item.indicator}”说法不一："
            + "；".join(f"{fact.fact.surface}（{date or '日期不明'}）" for fact, date in item.facts),
            "hint",
        )
        for item in value.conflicts
    )
    return head + "".join(body) + conflict + _references(value, documents)


def _references(value: Answer, documents: dict[str, Document]) -> str:
    rows = []
    for item in value.citations:
        document = documents.get(item.citation.document)
        if document is None:
            continue
        rows.append(
            f'<li value="{item.number}"><button class="pk-source" {open_attributes(item.citation)}>'
            f"{place(item.citation, document)}</button>"
            f"{_copy('复制引文', citation_text(item.citation, document))}</li>"
        )
    return f'<h4 class="pk-sub">出处</h4><ol class="pk-sources">{"".join(rows)}</ol>'


def citation_text(citation: Citation, document: Document) -> str:
    """What is copied: the quote with the reference in both styles."""
    return f"“{citation.quote}”——{official(document)}\n{gb7714(document, page=citation.page)}"


def _copy(label: str, text: str) -> str:
    return f'<button class="pk-small" data-act="copy" data-text="{escape(text, quote=True)}">{escape(label)}</button>'


def result(value: SearchResult) -> str:
    """The hits of a search, best first."""
    head = chips(value.query.chips) + notes(value.notes)
    if not value.hits:
        return head + notice("没有找到符合条件的段落。可以换个说法，或去掉一些条件。", "empty")
    count = f'<p class="pk-count">最相关的 {len(value.hits)} 段（↑ ↓ 键在结果间移动，回车打开原文）</p>'
    return head + count + "".join(hit(item) for item in value.hits)


def hit(value: Hit) -> str:
    """One passage with its place, the matched words marked, and its scores."""
    citation = value.citation
    types = "".join(
        f'<span class="pk-type">{PASSAGE_TYPE_NAMES[name]}</span>'
        for name in value.types
        if name != "background"
    )
    damaged = '<span class="pk-status">文字有损坏，请核对原件</span>' if value.damaged else ""
    copies = "".join(
        f'<button class="pk-small" {open_attributes(copy)}>{escape(copy.title)}</button>'
        for copy in value.copies
    )
    same = f'<div class="pk-copies">同一段文字另见：{copies}</div>' if copies else ""
    explained = "".join(
        f"<tr><td>{escape(name)}</td><td>{share:+.3f}</td></tr>" for name, share in value.explanation.items()
    )
    scores = (
        f'<details class="pk-scores"><summary>综合 {value.score:.3f}　词面 {value.lexical:.2f}　'
        f"语义 {value.semantic:.2f}</summary><table>{explained}</table></details>"
    )
    return (
        f'<article class="pk-hit" tabindex="0" {open_attributes(citation)}>'
        f'<div class="pk-rank">{value.rank}</div><div class="pk-body">{place(citation, value.document)}'
        f'<p class="pk-quote">{marked(citation.quote, value.matched)}</p>'
        f'<div class="pk-foot">{types}{damaged}{scores}'
        f"{_copy('复制引文', citation_text(citation, value.document))}</div>{same}</div></article>"
    )


def reader(
    document: Document,
    text: str,
    sections: Sequence[Section],
    *,
    pages: Sequence[int] = (),
    removals: Sequence[Removal] = (),
    highlight: tuple[int, int] | None = None,
) -> str:
    """A document as it stands in its source, headings set off, what cleaning left out dimmed, the quote marked.

    :param text: the whole source text; offsets of ``sections``, ``pages`` and ``highlight`` point into it.
    """
    facts = [region_name(document.region_code), document.issuer, document.number]
    facts += [document.published or document.issued, STATUS_NAMES[document.status]]
    facts.append(LEVEL_NAMES.get(document.level, ""))
    meta = "　".join(escape(fact) for fact in facts if fact)
    headings = {(s.start, s.end): s.level for s in sections}
    edges = {document.start, document.end}
    for start, end in headings:
        edges |= {start, end}
    left_out = [r for r in removals if r.start < document.end and r.end > document.start]
    for removal in left_out:
        edges |= {removal.start, removal.end}
    if highlight:
        edges |= set(highlight)
    breaks = {at: number for number, at in enumerate(pages, 1) if document.start <= at < document.end}
    edges |= set(breaks)
    cuts = sorted(edge for edge in edges if document.start <= edge <= document.end)
    starts = sorted(headings)
    body: list[str] = []
    for start, end in pairwise(cuts):
        if start in breaks:
            body.append(f'<span class="pk-page">第 {breaks[start]} 页</span>')
        piece = escape(text[start:end])
        level = next((headings[h] for h in starts if h[0] <= start and end <= h[1]), 0)
        if level:
            piece = f'<b class="pk-h pk-h{min(level, 4)}">{piece}</b>'
        reason = next((r.reason for r in left_out if r.start <= start and end <= r.end), "")
        if reason and not level:
            piece = f'<span class="pk-removed" title="{escape(reason, quote=True)}">{piece}</span>'
        if highlight and highlight[0] <= start and end <= highlight[1]:
            piece = f'<mark class="pk-here">{piece}</mark>'
        body.append(piece)
    digest = '<span class="pk-digest">摘编</span>' if document.is_digest else ""
    return (
        f'<div class="pk-reader"><h3>{escape(document.title)}{digest}</h3><p class="pk-meta">{meta}</p>'
        f'<p class="pk-meta">来源文件：{escape(document.source)}</p>'
        f'<div class="pk-text" tabindex="0">{"".join(body)}</div></div>'
    )
