"""HTML of a review: the summary, the numbers, the clauses with both sides. All text is escaped here."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from html import escape
from typing import Literal

from interfaces.reviewing import Review
from interfaces.web import html
from kb.model import Citation
from kb.store import StoredFact
from search.compare import (
    CLAUSE_KIND_NAMES,
    CLAUSE_STATUS_NAMES,
    VERDICT_NAMES,
    ChapterCoverage,
    ClauseResult,
    NumberResult,
    by_attention,
    chapters,
    numbers_first,
    summary_line,
)

Shown = Literal["attention", "order", "missing", "partial", "answered", "set_aside"]
SHOWN: dict[Shown, str] = {
    "attention": "先看问题",
    "order": "按原文顺序",
    "missing": "未回应",
    "partial": "部分回应",
    "answered": "已回应",
    "set_aside": "已搁置",
}
_PASSED = ("met", "same", "earlier")
_LOG = logging.getLogger(__name__)


def review(value: Review, shown: Shown = "attention") -> str:
    """The whole review: what was compared, coverage by chapter, numbers, clauses, what only the local text has."""
    return "".join(
        (
            _compared(value),
            html.notice(summary_line(value.comparison), "hint"),
            _chapters(value, chapters(value.comparison)),
            _numbers(value),
            _clauses(value, shown),
            _additions(value),
        )
    )


def _compared(value: Review) -> str:
    names = "".join(f"<li>{escape(item.document.title)}</li>" for item in value.references)
    note = "" if value.stored else '<span class="pk-digest">只用于本次审查，未入库</span>'
    return (
        f'<p class="pk-lead">{escape(value.local.document.title)} {note}</p>'
        f'<div class="pk-meta">参照文献：<ol class="pk-sources">{names}</ol></div>'
    )


def _chapters(value: Review, found: Sequence[ChapterCoverage]) -> str:
    titles = {item.document.id: item.document.title for item in value.references}
    rows: list[str] = []
    before = ""
    for item in found:
        if item.document != before and len(titles) > 1:
            rows.append(f"<tr><th colspan='6' scope='rowgroup'>{escape(titles[item.document])}</th></tr>")
        before = item.document
        share = f"{item.share:.0%}" if item.clauses else "—"
        bar = f'<span class="pk-bar"><i style="width:{item.share * 100:.0f}%"></i></span>'
        rows.append(
            f"<tr><th scope='row'>{escape(item.chapter or '（无章节）')}</th>"
            f"<td class='pk-num'>{item.answered}</td><td class='pk-num'>{item.partial}</td>"
            f"<td class='pk-num'>{item.missing}</td><td class='pk-num'>{item.set_aside or ''}</td>"
            f"<td>{bar} {share}</td></tr>"
        )
    heads = "".join(
        f"<th scope='col'>{name}</th>"
        for name in ("章节", "已回应", "部分回应", "未回应", "已搁置", "覆盖率")
    )
    return (
        '<h4 class="pk-sub">各章覆盖情况（部分回应按半数计）</h4><div class="pk-scroll"><table class="pk-table pk-chapters">'
        f"<tr>{heads}</tr>{''.join(rows)}</table></div>"
    )


def _numbers(value: Review) -> str:
    found = numbers_first(value.comparison)
    if not found:
        return html.notice("两边没有同一指标的数值可比。", "empty")
    passed = [item.number for item in found if item.number.verdict in _PASSED]
    rows = "".join(_number_row(item.number) for item in found if item.number.verdict not in _PASSED)
    head = f'<h4 class="pk-sub">数值对照（{len(found)} 项，未达到的在前）</h4>'
    body = _number_table(rows) if rows else html.notice("没有未达到、推迟或不可比的数值。", "plain")
    if passed:
        more = "".join(map(_number_row, passed))
        body += (
            f'<details class="pk-more"><summary>已达到、提前或相同的 {len(passed)} 项</summary>'
            f"{_number_table(more)}</details>"
        )
    return head + body


def _number_table(rows: str) -> str:
    heads = "".join(f"<th scope='col'>{name}</th>" for name in ("指标", "参照", "本地", "结论"))
    return f'<div class="pk-scroll"><table class="pk-table pk-numbers"><tr>{heads}</tr>{rows}</table></div>'


def _number_row(number: NumberResult) -> str:
    stage = f'<span class="pk-type">{escape(number.stage)}</span>' if number.stage else ""
    indicator = escape(" ".join(number.indicator.split()))
    return (
        f"<tr><th scope='row'>{indicator} {stage}</th><td>{_fact(number.reference)}</td>"
        f"<td>{_fact(number.local)}{_time(number)}</td><td>{verdict(number.verdict)}"
        f'<div class="pk-place">{escape(number.reason)}</div></td></tr>'
    )


def _number_line(number: NumberResult) -> str:
    stage = f"（{escape(number.stage)}）" if number.stage else ""
    why = f'<div class="pk-place">{escape(number.reason)}</div>' if number.verdict == "incomparable" else ""
    return (
        f"<li>{verdict(number.verdict)} {escape(' '.join(number.indicator.split()))}{stage}："
        f"参照 {_fact(number.reference)}，本地 {_fact(number.local)}{why}</li>"
    )


def _time(number: NumberResult) -> str:
    said = [number.local.fact.time, "已实现的成效" if number.reported else ""]
    text = "，".join(part for part in said if part)
    return f'<div class="pk-place">{escape(text)}</div>' if text else ""


def verdict(name: str) -> str:
    """The badge of a verdict."""
    return f'<span class="pk-verdict pk-v-{name}">{VERDICT_NAMES[name]}</span>'


def _fact(value: StoredFact) -> str:
    fact = value.fact
    return (
        f'<button class="pk-value" data-act="open" data-document="{escape(value.document, quote=True)}" '
        f'data-start="{fact.quote_start}" data-end="{fact.quote_start + len(fact.quote)}" '
        f'title="{escape(fact.quote, quote=True)}">{escape(fact.surface)}</button>'
    )


def _clauses(value: Review, shown: Shown) -> str:
    results = value.comparison.results
    if shown == "attention":
        results = by_attention(value.comparison)
    elif shown == "set_aside":
        results = tuple(r for r in results if r.set_aside)
    elif shown != "order":
        results = tuple(r for r in results if r.status == shown and not r.set_aside)
    head = f'<h4 class="pk-sub">逐条对照：{escape(SHOWN[shown])}（{len(results)} 条）</h4>'
    if not results:
        return head + html.notice("没有这一类条款。", "empty")
    if shown != "attention":
        return head + "".join(_clause(value, result) for result in results)
    urgent = [result for result in results if _needs_attention(result)]
    rest = [result for result in results if not _needs_attention(result)]
    body = "".join(_clause(value, result) for result in urgent)
    if rest:
        others = "".join(_clause(value, result) for result in rest)
        body += (
            f'<details class="pk-more"><summary>其余 {len(rest)} 条：已回应且没有未达到的数值，或已搁置'
            f"</summary>{others}</details>"
        )
    return head + body


def _needs_attention(result: ClauseResult) -> bool:
    failed = any(number.verdict in ("unmet", "later") for number in result.numbers)
    return not result.set_aside and (failed or result.status != "answered")


def _clause(value: Review, result: ClauseResult) -> str:
    citation = result.clause.citation
    quote = _quote(value, citation)
    if not quote:
        return ""
    matches = "".join(_quote(value, match) for match in result.matches)
    said = escape(" ".join(result.reason.split()))
    # Where nothing local is shown, the reason stands in its place.
    local = matches or f'<p class="pk-missing">{said or "本地文本没有相应的内容"}</p>'
    reason = f'<p class="pk-reason">{said}</p>' if matches else ""
    numbers = "".join(_number_line(number) for number in result.numbers)
    aside = "restore" if result.set_aside else "aside"
    label = "恢复这一条" if result.set_aside else "搁置（与本级无关）"
    status = "set_aside" if result.set_aside else result.status
    name = "已搁置" if result.set_aside else CLAUSE_STATUS_NAMES[result.status]
    path = " › ".join(citation.section)
    return (
        f'<article class="pk-clause pk-s-{status}"><div class="pk-foot">'
        f'<span class="pk-state">{name}</span><span class="pk-type">{CLAUSE_KIND_NAMES[result.clause.kind]}</span>'
        f'<span class="pk-path">{escape(path)}</span>'
        f'<button class="pk-small pk-end" data-act="{aside}" data-key="{escape(result.clause.key, quote=True)}">'
        f'{label}</button></div><div class="pk-sides"><section><h5>参照条款</h5>{quote}</section>'
        f"<section><h5>本地文本</h5>{local}</section></div>"
        f"{f'<ul class=pk-lines>{numbers}</ul>' if numbers else ''}"
        f"{reason}</article>"
    )


def _quote(value: Review, citation: Citation) -> str:
    """A quote that opens its place; nothing where it is not what stands there."""
    material = value.material(citation.document)
    if material is None or material.text[citation.start : citation.end] != citation.quote:
        _LOG.error("citation dropped: %s [%d:%d]", citation.source, citation.start, citation.end)
        return ""
    where = " › ".join((citation.title, *citation.section))
    page = f"　第 {citation.page} 页" if citation.page is not None else ""
    return (
        f'<button class="pk-source pk-both" {html.open_attributes(citation)} title="打开原文">'
        f'<span class="pk-quote">{escape(citation.quote)}</span>'
        f'<span class="pk-place">{escape(where)}{page}</span></button>'
    )


def _additions(value: Review) -> str:
    found = value.comparison.additions
    if not found:
        return ""
    items = "".join(f"<li>{_quote(value, clause.citation)}</li>" for clause in found)
    return (
        f'<h4 class="pk-sub">本地另有、参照文献没有的内容（{len(found)} 条）</h4>'
        f'<ol class="pk-sources">{items}</ol>'
    )
