"""检索: passages with heading path, region and both scores, matched words marked."""

from __future__ import annotations

from typing import Any

from interfaces.web import html
from interfaces.web.ask import QuestionTab
from interfaces.workspace import Workspace

HITS = 20


def build(workspace: Workspace) -> QuestionTab:
    """The tab 检索."""

    def render(question: str, filters: Any, dismissed: frozenset[str]) -> str:
        return html.result(workspace.search(question, k=HITS, filters=filters, dismissed=dismissed))

    return QuestionTab(
        workspace,
        name="检索词",
        placeholder="例如：教师交流轮岗 县管校聘",
        button="检索",
        welcome="输入检索词或问题后回车。结果按相关程度排列，点一段可以打开它的出处。",
        render=render,
        prefix="search",
    )
