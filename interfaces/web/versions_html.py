"""HTML of two versions side by side: the numbers that moved, then each clause with the words that differ marked."""

from __future__ import annotations

from html import escape

from interfaces.reviewing import VersionReview
from interfaces.web import html
from kb.model import Citation
from kb.store import StoredFact
from search.compare import (
    CHANGE_NAMES,
    NUMBER_CHANGE_NAMES,
    ClauseChange,
    NumberChange,
    versions_line,
    wording_changes,
)


def versions(value: VersionReview) -> str:
    """The whole comparison; clauses that did not change are folded."""
    changes = value.comparison.changes
    differing = [change for change in changes if change.change != "same"]
    same = [change for change in changes if change.change == "same"]
    body = "".join(_clause(value, change) for change in differing)
    if not differing:
        body = html.notice("两个版本的条款没有不同。", "plain")
    if same:
        rest = "".join(_clause(value, change) for change in same)
        body += f'<details class="pk-more"><summary>未变的 {len(same)} 条</summary>{rest}</details>'
    return (
        f'<p class="pk-lead">{escape(value.new.document.title)}</p>'
        f'<div class="pk-meta">旧版：{escape(value.old.document.title)}</div>'
        f"{html.notice(versions_line(value.comparison), 'hint')}{_numbers(value)}"
        f'<h4 class="pk-sub">条款的增删改（{len(differing)} 条）</h4>{body}'
    )


def _numbers(value: VersionReview) -> str:
    found = [number for change in value.comparison.changes for number in change.numbers]
    if not found:
        return ""
    heads = "".join(f"<th scope='col'>{name}</th>" for name in ("指标", "旧版", "新版", "变化"))
    rows = "".join(map(_number, found))
    return (
        f'<h4 class="pk-sub">改动的数值（{len(found)} 项）</h4>'
        f'<div class="pk-scroll"><table class="pk-table pk-numbers"><tr>{heads}</tr>{rows}</table></div>'
    )


def _number(number: NumberChange) -> str:
    stage = f'<span class="pk-type">{escape(number.stage)}</span>' if number.stage else ""
    return (
        f"<tr><th scope='row'>{escape(number.indicator)} {stage}</th><td>{_fact(number.old)}</td>"
        f"<td>{_fact(number.new)}</td><td>{NUMBER_CHANGE_NAMES[number.change]}</td></tr>"
    )


def _fact(value: StoredFact) -> str:
    fact = value.fact
    return (
        f'<button class="pk-value" data-act="open" data-document="{html.attribute(value.document)}" '
        f'data-start="{fact.quote_start}" data-end="{fact.quote_start + len(fact.quote)}" '
        f'title="{html.attribute(fact.quote)}">{escape(fact.surface)}</button>'
    )


def _clause(value: VersionReview, change: ClauseChange) -> str:
    sides = [side.citation for side in (change.old, change.new) if side is not None]
    if not all(_holds(value, citation) for citation in sides):
        return ""
    path = " › ".join(sides[-1].section)
    return (
        f'<article class="pk-clause pk-c-{change.change}"><div class="pk-foot">'
        f'<span class="pk-state">{CHANGE_NAMES[change.change]}</span><span class="pk-path">{escape(path)}</span>'
        f"{_open(change.old.citation, '看旧版') if change.old else ''}"
        f"{_open(change.new.citation, '看新版') if change.new else ''}</div>"
        f'<p class="pk-wording">{_wording(change)}</p></article>'
    )


def _wording(change: ClauseChange) -> str:
    if change.old is None or change.new is None:
        shown = change.new or change.old
        assert shown is not None
        mark = "ins" if change.new else "del"
        return f"<{mark}>{escape(shown.citation.quote)}</{mark}>"
    marks = {"same": "{}", "dropped": "<del>{}</del>", "added": "<ins>{}</ins>"}
    pieces = wording_changes(change.old.citation.quote, change.new.citation.quote)
    return "".join(marks[piece.kind].format(escape(piece.text)) for piece in pieces)


def _open(citation: Citation, label: str) -> str:
    return f'<button class="pk-small" {html.open_attributes(citation)}>{label}</button>'


def _holds(value: VersionReview, citation: Citation) -> bool:
    """Whether the quote stands in its text; what does not is never shown."""
    material = value.material(citation.document)
    return material is not None and material.text[citation.start : citation.end] == citation.quote
