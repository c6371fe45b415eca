"""问答: a question, the answer with numbered citations, and the source beside it."""

from __future__ import annotations

from interfaces.web import answer_html, drafting
from interfaces.web.examples import Welcome
from interfaces.web.permalink import Asked
from interfaces.web.question import QuestionTab
from interfaces.workspace import Workspace


def build(workspace: Workspace) -> QuestionTab:
    """The tab 问答."""

    def render(asked: Asked) -> str:
        value = workspace.ask(asked.question, filters=asked.filters, dismissed=asked.dismissed)
        ids = {item.citation.document for item in value.citations}
        return answer_html.answer(value, asked, workspace.store.documents_by_id(ids))

    tab = QuestionTab(
        workspace,
        name="问题",
        placeholder="例如：各地集团化办学怎么做？",
        button="提问",
        welcome=Welcome(workspace),
        render=render,
        prefix="ask",
    )
    drafting.build(workspace, tab)
    return tab
