"""问答: a question, the answer with numbered citations, and the source beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradio as gr

from interfaces.web import html
from interfaces.web.filters import FilterRow, filter_row, to_filters
from interfaces.web.reading import SourcePanel, source_panel
from interfaces.web.theme import asset
from interfaces.workspace import Workspace
from kb.errors import PolicyKBError

EXAMPLES = (
    "厦门市“名校跨岛”战略行动是怎么做的？",
    "各地教师交流轮岗中骨干教师占比是多少？",
    "小学每百名学生应有多少名县级以上骨干教师？",
    "哪些地区开展了集团化办学？",
)
_WELCOME = "输入问题后回车。答案里的每一句都是原文，点句末的编号可以打开出处。"
Render = Callable[..., str]


class QuestionTab:
    """A question box with filters on the left, the source panel on the right; shared by 问答 and 检索."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        name: str,
        placeholder: str,
        button: str,
        welcome: str,
        render: Render,
        prefix: str,
    ) -> None:
        self._workspace = workspace
        self._render = render
        with gr.Row():
            with gr.Column(scale=6, min_width=360):
                with gr.Row():
                    self.question = gr.Textbox(
                        label=name, placeholder=placeholder, lines=1, scale=5, elem_id=f"{prefix}-question"
                    )
                    self.button = gr.Button(button, variant="primary", scale=1, elem_id=f"{prefix}-go")
                self.filters: FilterRow = filter_row(workspace)
                self.output = gr.HTML(
                    html.notice(welcome),
                    js_on_load=asset("actions.js"),
                    apply_default_css=False,
                    elem_id=f"{prefix}-output",
                )
            with gr.Column(scale=5, min_width=340, elem_classes="pk-side"):
                self.panel: SourcePanel = source_panel(workspace, elem_id=f"{prefix}-source")
        self._dismissed = gr.State([])
        self._asked = gr.State("")
        self._wire()

    def _wire(self) -> None:
        inputs = [self.question, *self.filters.components]
        outputs = [self.output, self._dismissed, self._asked]
        self.question.submit(self._run, inputs, outputs, api_visibility="private")
        self.button.click(self._run, inputs, outputs, api_visibility="private")
        clicked = [self.question, self._dismissed, *self.filters.components]
        self.output.click(
            self._act,
            clicked,
            [self.output, self._dismissed, self.filters.regions, self.panel.view],
            api_visibility="private",
        )

    def _run(self, question: str, *filters: Any) -> tuple[str, list[str], str]:
        return self._answer(question, [], filters), [], question

    def _answer(self, question: str, dismissed: list[str], filters: tuple[Any, ...]) -> str:
        try:
            return self._render(question or "", to_filters(*filters), frozenset(dismissed))
        except PolicyKBError as error:
            return html.notice(str(error), "error")

    def _act(
        self, event: gr.EventData, question: str, dismissed: list[str], *filters: Any
    ) -> tuple[Any, ...]:
        """What a click inside the answer asks for: open a source, take out a chip, choose a region."""
        data = event._data or {}
        keep = gr.skip()
        if data.get("act") == "open":
            return keep, keep, keep, self.panel.show(data["document"], int(data["start"]), int(data["end"]))
        if data.get("act") == "dismiss":
            dismissed = [*dismissed, str(data["key"])]
            return self._answer(question, dismissed, filters), dismissed, keep, keep
        if data.get("act") == "region":
            chosen = [str(data["key"])]
            # The question's own region stands in the way of the one that was chosen instead of it.
            dismissed = [*dismissed, *self._workspace.region_chips(question)]
            return self._answer(question, dismissed, (chosen, *filters[1:])), dismissed, chosen, keep
        return keep, keep, keep, keep


def build(workspace: Workspace) -> QuestionTab:
    """The tab 问答."""

    def render(question: str, filters: Any, dismissed: frozenset[str]) -> str:
        value = workspace.ask(question, filters=filters, dismissed=dismissed)
        ids = {item.citation.document for item in value.citations}
        return html.answer(value, workspace.store.documents_by_id(ids))

    tab = QuestionTab(
        workspace,
        name="问题",
        placeholder="例如：各地集团化办学怎么做？",
        button="提问",
        welcome=_WELCOME,
        render=render,
        prefix="ask",
    )
    gr.Examples(
        [[text] for text in EXAMPLES], inputs=[tab.question], label="可以这样问", api_visibility="private"
    )
    return tab
