"""HTML of an answer: its sentences by region, each with its citation, or the refusal with what is nearest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from interfaces.web import hits_html, html
from interfaces.web.permalink import Asked, to_query
from kb.model import Citation, Document
from search.answer.model import Answer, Group, Statement

_TABLE_FROM = 3  # regions from which an answer is a table


def answer(value: Answer, asked: Asked, documents: Mapping[str, Document]) -> str:
    """An answer with its numbered citations, or the refusal with its reason and the nearest material."""
    head = html.understood(value.query)
    link = f'<div class="pk-toolbar">{html.link_button(to_query("ask", asked))}</div>'
    if not value.answered:
        # The first line is the refusal; the others say in words what is offered here to be pressed and read.
        said = html.notice(value.text.partition("\n")[0], "refusal")
        told = "".join(html.notice(n.message, "hint") for n in value.notes if n.message not in value.text)
        near = html.nearby_chips(value.nearby, "附近有资料的地区")
        nearest = "".join(hits_html.hit(item) for item in value.nearest)
        offered = f'<h4 class="pk-sub">最接近的材料（不是答案）</h4>{nearest}' if nearest else ""
        return head + said + told + near + offered + link
    head += html.notes(value.notes)
    by_number = {item.number: item.citation for item in value.citations}
    body = [
        (
            group,
            "".join(
                _statement(s, by_number[s.number], documents)
                for s in group.statements
                if s.number in by_number
            ),
        )
        for group in value.groups
    ]
    shown = _table(body) if len(body) >= _TABLE_FROM else _list(body)
    conflict = "".join(
        html.notice(
            f"不同材料对“{item.indicator}”说法不一："
            + "；".join(f"{fact.fact.surface}（{date or '日期不明'}）" for fact, date in item.facts),
            "hint",
        )
        for item in value.conflicts
    )
    return head + shown + conflict + _references(value, documents) + link


def _list(body: Sequence[tuple[Group, str]]) -> str:
    """The statements under the line that introduces each region."""
    pieces = []
    for group, items in body:
        lead = f'<p class="pk-lead">{escape(group.lead)}</p>' if group.lead else ""
        pieces.append(f"{lead}<ul class='pk-answer'>{items}</ul>")
    return "".join(pieces)


def _table(body: Sequence[tuple[Group, str]]) -> str:
    """Many regions one below the other: the region, the figure where one was asked for, the statements."""
    rows = []
    for group, items in body:
        name, _, figure = group.lead.partition("：")
        told = f'<p class="pk-lead">{escape(figure)}</p>' if figure else ""
        rows.append(
            f'<tr><th scope="row">{escape(name)}</th><td>{told}<ul class="pk-answer">{items}</ul></td></tr>'
        )
    head = '<thead><tr><th scope="col">地区</th><th scope="col">原文</th></tr></thead>'
    return (
        f'<p class="pk-lead">共 {len(body)} 个地区有相关材料</p>'
        f'<table class="pk-regions">{head}<tbody>{"".join(rows)}</tbody></table>'
    )


def _statement(statement: Statement, citation: Citation, documents: Mapping[str, Document]) -> str:
    document = documents.get(citation.document)
    old = "" if document is None or document.status in ("effective", "unknown") else html.state(document)
    return (
        f'<li><span class="pk-quote">{escape(citation.quote)}</span>'
        f'<button class="pk-cite" {html.open_attributes(citation)} '
        f'aria-label="打开引文 {statement.number}">[{statement.number}]</button>{old}</li>'
    )


def _references(value: Answer, documents: Mapping[str, Document]) -> str:
    rows = []
    for item in value.citations:
        document = documents.get(item.citation.document)
        if document is None:
            continue
        rows.append(
            f'<li value="{item.number}"><div class="pk-source" role="button" tabindex="0" '
            f"{html.open_attributes(item.citation)}>{html.place(item.citation, document)}</div>"
            f"{html.copy_buttons(item.citation, document)}</li>"
        )
    return f'<h4 class="pk-sub">出处</h4><ol class="pk-sources">{"".join(rows)}</ol>'
