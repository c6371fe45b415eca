"""HTML of a document as it stands in its source: its text with what is known of it, its outline, its facts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from ingest.cleaning.model import Reason
from interfaces.web import html
from interfaces.web.opened import OpenDocument, Span
from kb.model import FACT_KIND_NAMES, LEVEL_NAMES, STATUS_NAMES, Document, Section
from kb.regions import tree
from kb.store import StoredFact

_COMPARATORS = {"=": "", ">": "＞", ">=": "≥", "<": "＜", "<=": "≤", "≈": "约 ", "range": ""}
_DAMAGE = "这里的文字在来源中有损坏，数字请核对原件"


def reader(found: OpenDocument, *, highlight: Span | None = None, link: str = "") -> str:
    """A document for the panel beside a result, opened at the highlight.

    :param link: the address of the document in the full reader; empty where it isn't in the library.
    """
    full = ""
    if link:
        full = (
            f'<a class="pk-small" href="{html.attribute(link)}" target="_blank" rel="noopener" '
            'title="在新窗口里看目录、原件页面和数据表">在“文献阅读”中打开</a>'
        )
    body = text_html(found, highlight=highlight)
    return f'<div class="pk-reader">{heading(found.document, full)}{body}</div>'


def heading(document: Document, tools: str = "") -> str:
    """Title and metadata of a document."""
    parts = [html.region_name(document.region_code), document.issuer, document.number]
    parts += [document.published or document.issued, STATUS_NAMES[document.status]]
    parts.append(LEVEL_NAMES.get(document.level, ""))
    meta = "　".join(escape(part) for part in parts if part)
    old = ""
    if document.status not in ("effective", "unknown"):
        old = html.notice(f"这份文献{STATUS_NAMES[document.status]}，引用前请核对现行文件。", "refusal")
    return (
        f'<h3>{escape(document.title)}{html.digest(document)}</h3><p class="pk-meta">{meta}</p>'
        f'<p class="pk-meta">来源文件：{escape(document.source)} {tools}</p>{old}'
    )


@dataclass(frozen=True, slots=True)
class _Spans:
    """Spans that don't overlap, by place: which of them holds a piece of text."""

    spans: Sequence[Span]

    @classmethod
    def of(cls, spans: Iterable[Span]) -> _Spans:
        return cls(sorted(spans))

    def holding(self, start: int, end: int) -> int:
        """The place of the span that holds ``start:end``; -1 for none."""
        at = bisect_right(self.spans, (start, 1 << 60)) - 1
        return at if at >= 0 and self.spans[at][0] <= start and end <= self.spans[at][1] else -1


def text_html(found: OpenDocument, *, highlight: Span | None = None) -> str:
    """The text, headings set off, what cleaning left out dimmed, damage underlined, the quote marked.

    Every piece says in ``data-at`` at which source offset it begins, so that the page can mark other spans.
    """
    inside = (found.document.start, found.document.end)
    levels = {(s.start, s.end): s.level for s in found.sections}
    headings = _Spans.of(levels)
    left_out = sorted(
        (r for r in found.removals if r.start < inside[1] and r.end > inside[0]), key=lambda r: r.start
    )
    removed = _Spans([(r.start, r.end) for r in left_out])
    broken = _Spans.of(found.damaged)
    breaks = {at: number for number, at in enumerate(found.pages, 1) if inside[0] <= at < inside[1]}
    edges = {*inside, *breaks, *(highlight or ())}
    for spans in (headings, removed, broken):
        edges.update(edge for span in spans.spans for edge in span)
    body: list[str] = []
    for start, end in pairwise(sorted(edge for edge in edges if inside[0] <= edge <= inside[1])):
        if start in breaks:
            body.append(f'<span class="pk-page" aria-hidden="true" data-page="第 {breaks[start]} 页"></span>')
        piece = f'<span data-at="{start}">{_visible(found.text[start:end])}</span>'
        at = headings.holding(start, end)
        if at >= 0:
            piece = f'<b class="pk-h pk-h{min(levels[headings.spans[at]], 4)}">{piece}</b>'
        out = removed.holding(start, end)
        if out >= 0 and at < 0:
            reason = left_out[out].reason
            # Signs of markup are kept for the offsets and not shown; what is left out of the search is dimmed.
            name = "pk-markup" if reason == Reason.MARKUP else "pk-removed"
            title = html.attribute(f"不参加检索：{reason}")
            piece = f'<span class="{name}" title="{title}">{piece}</span>'
        if broken.holding(start, end) >= 0:
            piece = f'<span class="pk-damaged" title="{_DAMAGE}">{piece}</span>'
        if highlight and highlight[0] <= start and end <= highlight[1]:
            piece = f'<mark class="pk-here">{piece}</mark>'
        body.append(piece)
    return f'<div class="pk-text" tabindex="0">{"".join(body)}</div>'


def _visible(text: str) -> str:
    """Escaped; a carriage return as a reference, because a browser would drop a plain one and count one less."""
    return escape(text).replace("\r", "&#13;")


def outline_html(sections: Sequence[Section]) -> str:
    """The heading tree; a click goes to the heading."""
    if not sections:
        return '<p class="pk-meta">这份文献没有分章节的标题。</p>'
    items = "".join(
        f'<li class="pk-o{min(section.level, 4)}"><button data-act="jump" data-start="{section.start}" '
        f'data-end="{section.end}">{escape(section.title)}</button></li>'
        for section in sections
    )
    return f'<ul class="pk-outline">{items}</ul>'


def facts_html(facts: Sequence[StoredFact]) -> str:
    """The numbers of a document; a click on one marks its sentence."""
    if not facts:
        return '<p class="pk-meta">这份文献里没有读出数据项。</p>'
    rows = "".join(map(_fact_row, facts))
    heads = "".join(f"<th scope='col'>{name}</th>" for name in ("指标", "数值", "时间", "地区", "性质"))
    return (
        f'<p class="pk-meta">共 {len(facts)} 项，点一行看它的原句。</p>'
        f'<div class="pk-scroll"><table class="pk-table pk-factlist"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _fact_row(item: StoredFact) -> str:
    fact = item.fact
    region = tree().get(fact.region_code).name if fact.region_code in tree() else ""
    time = f"{fact.time}（承上文）" if fact.time and fact.time_inherited else fact.time
    cells = (
        fact.indicator or "未指明",
        value_text(fact.value, fact.comparator, fact.unit),
        time,
        region,
        FACT_KIND_NAMES[fact.kind],
    )
    return (
        f'<tr tabindex="0" data-act="jump" data-start="{fact.quote_start}" '
        f'data-end="{fact.quote_start + len(fact.quote)}" title="原文写作“{html.attribute(fact.surface)}”">'
        + "".join(
            f"<td{' class=pk-num' if place == 1 else ''}>{escape(cell)}</td>"
            for place, cell in enumerate(cells)
        )
        + "</tr>"
    )


def value_text(value: float | tuple[float, float] | str, comparator: str, unit: str) -> str:
    """A fact's value as a person writes it: ≥30%, 3 至 5 所, 1:15, 300亿元."""
    sign = _COMPARATORS.get(comparator, "")
    if isinstance(value, str):
        return f"{sign}{value}"
    if isinstance(value, (tuple, list)):
        return f"{_number(value[0])} 至 {_number(value[1])}{unit}"
    return f"{sign}{_number(value)}{unit}"


def _number(value: float) -> str:
    for size, name in ((1e8, "亿"), (1e4, "万")):
        # Below a million the digits are still read at a glance.
        if abs(value) >= max(size, 1e6):
            return f"{value / size:,.6f}".rstrip("0").rstrip(".") + name
    return f"{value:,.6f}".rstrip("0").rstrip(".")
