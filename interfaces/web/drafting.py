"""生成草稿 under an answer: there only when an endpoint is set, and it says where the passages are sent."""

from __future__ import annotations

import re
from html import escape
from typing import Any

import gradio as gr

from interfaces.drafting import draft_question
from interfaces.web import html
from interfaces.web.permalink import Asked
from interfaces.web.question import QuestionTab
from interfaces.web.theme import asset
from interfaces.workspace import Workspace
from kb.errors import PolicyKBError, SettingsError
from search.drafting import Draft, Endpoint, Source, endpoint_of

_MARK = re.compile(r"\[(\d+)\]")


def build(workspace: Workspace, tab: QuestionTab) -> None:
    """Add drafting to the tab 问答; nothing where it is not set up."""
    try:
        endpoint = endpoint_of(workspace.settings)
    except SettingsError as error:
        gr.HTML(html.notice(f"起草没有启用：{error}", "error"), elem_id="draft-off")
        return
    if endpoint is not None:
        _section(workspace, tab, endpoint)


def _section(workspace: Workspace, tab: QuestionTab, endpoint: Endpoint) -> None:
    with gr.Column(elem_id="draft"):
        gr.HTML(
            html.notice(
                f"点“生成草稿”，会把问题和答案里的引文（连同地区和标题）发送到 "
                f"{endpoint.host}（模型 {endpoint.model}），其他内容不发送。"
                "写回的每一句都与引文核对，核对不上的删去并列出。",
                "hint",
            )
        )
        button = gr.Button("生成草稿", elem_id="draft-go", scale=0)
        output = gr.HTML("", js_on_load=asset("actions.js"), apply_default_css=False, elem_id="draft-output")

    def write(asked: Asked) -> str:
        if not asked.question:
            return html.notice("请先提一个问题，有了答案再起草。", "error")
        try:
            return draft_html(draft_question(workspace, asked.question, asked.filters, asked.dismissed))
        except PolicyKBError as error:
            return html.notice(str(error), "error")

    def opened(event: gr.EventData) -> Any:
        data = event._data or {}
        if data.get("act") != "open":
            return gr.skip()
        return tab.panel.show(str(data["document"]), int(data["start"]), int(data["end"]))

    button.click(write, [tab.asked], [output], api_visibility="private")
    output.click(opened, None, [tab.panel.view], api_visibility="private")
    # A draft belongs to its question.
    tab.asked.change(lambda: "", None, [output], api_visibility="private")


def draft_html(draft: Draft) -> str:
    """The sentences that hold, their sources, and what was taken out. What the model wrote is escaped."""
    sources = {source.number: source for source in draft.sources}
    body = "".join(f"<p>{_linked(line, sources)}</p>" for line in draft.text.splitlines())
    notes = "".join(html.notice(note, "hint") for note in draft.notes)
    kept = (
        f'<p class="pk-lead">草稿（由 {escape(draft.model)} 起草，逐句核对过，请再通读）</p>'
        f'<div class="pk-draft">{body}</div>'
        f'<p class="pk-lead">草稿的出处</p><ol class="pk-sources">{"".join(map(_source, draft.sources))}</ol>'
        if draft.sentences
        else ""
    )
    return notes + kept + _removed(draft)


def _linked(line: str, sources: dict[int, Source]) -> str:
    """A line with its citation numbers as buttons that open the place."""
    pieces: list[str] = []
    at = 0
    for match in _MARK.finditer(line):
        source = sources.get(int(match[1]))
        pieces.append(escape(line[at : match.start()]))
        pieces.append(_button(source) if source else escape(match.group()))
        at = match.end()
    pieces.append(escape(line[at:]))
    return "".join(pieces)


def _button(source: Source) -> str:
    return (
        f'<button class="pk-cite" {html.open_attributes(source.citation)} '
        f'title="{html.attribute(source.citation.title)}">[{source.number}]</button>'
    )


def _source(source: Source) -> str:
    place = source.citation
    where = " › ".join((html.region_name(place.region_code), place.title, *place.section))
    return (
        f'<li value="{source.number}"><button class="pk-source pk-both" {html.open_attributes(place)}>'
        f'<span class="pk-quote">{escape(place.quote)}</span>'
        f'<span class="pk-place">{escape(where)}</span></button></li>'
    )


def _removed(draft: Draft) -> str:
    if not draft.removed:
        return ""
    items = "".join(
        f'<li>{escape(item.text)}<div class="pk-place">删去的原因：{escape(item.reason)}</div></li>'
        for item in draft.removed
    )
    return (
        f'<details class="pk-more" open><summary>核对不上、已删去的 {len(draft.removed)} 句</summary>'
        f'<ul class="pk-lines">{items}</ul></details>'
    )
