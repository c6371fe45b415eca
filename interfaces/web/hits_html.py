"""HTML of a search: the facets, the hits in their groups, and why each stands where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape

from interfaces.web import html
from interfaces.web.permalink import FIRST, MOST, Asked, to_query
from kb.model import PASSAGE_TYPE_NAMES, Filters
from kb.regions import tree
from search.explain import explain
from search.facets import Facet, Facets, FacetValue
from search.grouping import GROUPING_NAMES, HitGroup, group_hits
from search.hits import Hit, SearchResult

_VALUES_SHOWN = 8  # of a facet; the rest is folded away


def result(value: SearchResult, asked: Asked, facets: Facets, more: Mapping[int, Sequence[Hit]]) -> str:
    """A search as it is shown.

    :param more: for the keys of hits that were unfolded, further passages of their documents.
    """
    head = html.understood(value.query) + html.notes(value.notes) + facet_rows(facets, asked.filters)
    if not value.hits:
        return head + html.notice(_nothing(asked), "empty")
    shown = Counter(item.document.id for item in value.hits)
    related = dict(facets.by_document)
    body = []
    for group in group_hits(value.hits, asked.grouping):
        body.append(_group_head(group))
        for item in group.hits:
            left = max(0, related.get(item.document.id, 0) - shown[item.document.id])
            further = more.get(item.key)
            beside, below = (_more(item, left), "") if further is None else ("", _below(further))
            body.append(hit(item, beside=beside, below=below))
    longer = ""
    if len(value.hits) >= asked.count and asked.count < MOST:
        longer = f'<button class="pk-wide" data-act="longer">再看 {FIRST} 段</button>'
    return head + _toolbar(value, asked, facets) + "".join(body) + longer


def _nothing(asked: Asked) -> str:
    if asked.filters != Filters():
        return "没有符合条件的段落。点“清除筛选”或去掉上面的一个条件再试。"
    return "没有找到有关的段落。可以换个说法，写得短一些，或到“资料库”页看看收录了哪些文献。"


def _toolbar(value: SearchResult, asked: Asked, facets: Facets) -> str:
    buttons = "".join(
        f'<button class="pk-switch" data-act="group" data-key="{by}" '
        f'aria-pressed="{str(by == asked.grouping).lower()}">{name}</button>'
        for by, name in GROUPING_NAMES.items()
    )
    related = f"，关系密切的共 {facets.related} 段，其余供参考" if facets.related else ""
    return (
        f'<div class="pk-toolbar"><span class="pk-count">列出 {len(value.hits)} 段{related}</span>'
        f'<span class="pk-switches" role="group" aria-label="分组">{buttons}</span>'
        f"{html.link_button(to_query('search', asked))}"
        '<span class="pk-keys">↑ ↓ 选段落，回车看原文</span></div>'
    )


def _group_head(group: HitGroup) -> str:
    if not group.name:
        return ""
    return f'<h4 class="pk-group">{escape(group.name)}<span>{len(group.hits)} 段</span></h4>'


def facet_rows(facets: Facets, filters: Filters) -> str:
    """The facets, a row each; what is chosen can be taken out, what isn't can be added."""
    if not facets.facets:
        return ""
    rows = "".join(map(_facet, facets.facets))
    clear = ""
    if filters != Filters():
        clear = '<button class="pk-small" data-act="clear">清除筛选</button>'
    return (
        '<details class="pk-facets" open><summary>按条件缩小范围'
        f'<span class="pk-label">数字是关系密切的段落数</span>{clear}</summary>{rows}</details>'
    )


def _facet(facet: Facet) -> str:
    names = _short_names(facet)
    first = [v for place, v in enumerate(facet.values) if place < _VALUES_SHOWN or v.chosen]
    rest = [v for v in facet.values if v not in first]
    buttons = "".join(_value(facet, value, names[value.value]) for value in first)
    if rest:
        hidden = "".join(_value(facet, value, names[value.value]) for value in rest)
        buttons += f'<details class="pk-rest"><summary>其余 {len(rest)} 项</summary>{hidden}</details>'
    return f'<div class="pk-facet"><span class="pk-label">{facet.name}</span><div>{buttons}</div></div>'


def _short_names(facet: Facet) -> dict[str, str]:
    """Names of the values; a region's own name where no other listed one has it."""
    names = {value.value: value.name for value in facet.values}
    if facet.field != "regions":
        return names
    short = {code: tree().get(code).name if code in tree() else name for code, name in names.items()}
    seen = Counter(short.values())
    return {code: short[code] if seen[short[code]] == 1 else name for code, name in names.items()}


def _value(facet: Facet, value: FacetValue, name: str) -> str:
    count = f'<span class="pk-tally">{value.count}</span>'
    if not value.usable:
        hint = ' title="国家文件请用“层级”里的“国家”筛选"' if value.value else ""
        return f'<span class="pk-choice pk-plain"{hint}>{escape(name)}{count}</span>'
    action = "取消" if value.chosen else "只看"
    return (
        f'<button class="pk-choice" data-act="facet" data-field="{facet.field}" '
        f'data-key="{html.attribute(value.value)}" aria-pressed="{str(value.chosen).lower()}" '
        f'title="{action}{html.attribute(value.name)}">{escape(name)}{count}</button>'
    )


def hit(value: Hit, *, beside: str = "", below: str = "") -> str:
    """One passage with its place, the matched words marked, its scores, a button ``beside`` them, and what is ``below``."""
    citation = value.citation
    types = "".join(
        f'<span class="pk-type">{PASSAGE_TYPE_NAMES[name]}</span>'
        for name in value.types
        if name != "background"
    )
    damaged = '<span class="pk-old">文字有损坏，请核对原件</span>' if value.damaged else ""
    copies = "".join(
        f'<button class="pk-small" {html.open_attributes(copy)}>{escape(copy.title)}</button>'
        for copy in value.copies
    )
    same = f'<div class="pk-copies">同一段文字另见：{copies}</div>' if copies else ""
    return (
        f'<article class="pk-hit" tabindex="0" data-hit="{value.key}" {html.open_attributes(citation)}>'
        f'<div class="pk-rank">{value.rank}</div><div class="pk-body">{html.place(citation, value.document)}'
        f'<p class="pk-quote">{html.marked(citation.quote, value.matched)}</p>'
        f'<div class="pk-foot">{types}{damaged}{html.copy_buttons(citation, value.document)}'
        f"{scores(value)}{beside}</div>{same}{below}</div></article>"
    )


def _more(value: Hit, left: int) -> str:
    """The button for more of a hit's document.

    :param left: related passages of the document that are not among the hits.
    """
    number = f"（还有 {left} 段关系密切）" if left else ""
    return f'<button class="pk-small" data-act="more" data-key="{value.key}">本文献更多段落{number}</button>'


def _below(more: Sequence[Hit]) -> str:
    """More passages of a hit's document."""
    if not more:
        return '<p class="pk-meta">本文献没有更多有关的段落了。</p>'
    return (
        f'<div class="pk-also"><p class="pk-meta">本文献的其他段落：</p>{"".join(map(_further, more))}</div>'
    )


def _further(value: Hit) -> str:
    citation = value.citation
    where = " › ".join(citation.section)
    return (
        f'<div class="pk-further" {html.open_attributes(citation)}>'
        f'<span class="pk-place">{escape(where)}</span>'
        f'<p class="pk-quote">{html.marked(citation.quote, value.matched)}</p></div>'
    )


def scores(value: Hit) -> str:
    """Both scores of a hit, and on demand what made its rank."""
    reasons = explain(value)
    top = max((abs(reason.points) for reason in reasons), default=0) or 1.0
    rows = "".join(
        f"<tr><th scope='row'>{escape(reason.name)}</th><td class='pk-num'>{reason.points:+.2f}</td>"
        f'<td><span class="pk-bar"><i style="width:{100 * abs(reason.points) / top:.0f}%"></i></span></td>'
        f"<td>{escape(reason.text)}</td></tr>"
        for reason in reasons
    )
    return (
        f'<details class="pk-scores"><summary>为什么排第 {value.rank}</summary>'
        f'<p class="pk-meta">综合得分 {value.score:.2f}，按它排序；其中字词匹配（词面）原始分 {value.lexical:.1f}，'
        f"意思相近（语义）相似度 {value.semantic:.2f}。各项加分如下：</p>"
        f"<table>{rows}</table></details>"
    )
