"""专题: collections made, renamed and undone by hand; documents put in and taken out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradio as gr

from interfaces.web import html
from interfaces.workspace import Workspace
from kb.errors import PolicyKBError, QueryError

_HINT = (
    "在文献目录里勾选文献，选一个专题（或写一个新名称），再点“归入”。"
    "一篇文献可以在几个专题里；检索、问答、指标和案例都可以只看一个专题。"
)


def listed(workspace: Workspace) -> str:
    """The collections with the numbers of their documents."""
    found = workspace.store.collections()
    if not found:
        return html.notice(f"还没有专题。{_HINT}", "empty")
    chips = "".join(
        f"<span class='pk-chip'>{html.marked(name, ())}（{len(ids)} 篇）</span>"
        for name, ids in found.items()
    )
    return f"<div class='pk-chips'>{chips}</div>" + html.notice(_HINT)


class Shelves:
    """The controls of the collections. ``picked`` holds the ids of the documents that are ticked."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.view = gr.HTML(listed(workspace), elem_id="shelves")
        with gr.Row():
            self.name = gr.Dropdown(
                list(workspace.store.collections()),
                label="专题（可以写新的名称）",
                allow_custom_value=True,
                value=None,
                elem_id="shelves-name",
                min_width=180,
            )
            self.new = gr.Textbox(
                label="新名称（改名时写）", max_lines=1, elem_id="shelves-new", min_width=160
            )
        with gr.Row():
            self.add = gr.Button(
                "归入勾选的文献", variant="primary", size="sm", elem_id="shelves-add", min_width=120
            )
            self.take = gr.Button("移出勾选的文献", size="sm", elem_id="shelves-take", min_width=120)
            self.create = gr.Button("新建", size="sm", elem_id="shelves-create", min_width=80)
            self.rename = gr.Button("改名", size="sm", elem_id="shelves-rename", min_width=80)
            self.delete = gr.Button(
                "取消专题", variant="stop", size="sm", elem_id="shelves-delete", min_width=80
            )
        self.said = gr.HTML("", elem_id="shelves-said")

    def wire(
        self,
        picked: gr.Textbox,
        after: Callable[..., Any],
        inputs: list[gr.components.Component],
        outputs: list[gr.components.Component],
    ) -> None:
        """Connect the buttons; ``after(*inputs)`` gives the values of ``outputs`` once something has changed."""
        for button, act in (
            (self.add, self._add),
            (self.take, self._take),
            (self.create, self._create),
            (self.rename, self._rename),
            (self.delete, self._delete),
        ):
            button.click(
                self._doing(act),
                [self.name, self.new, picked],
                [self.said, self.name],
                api_visibility="private",
            ).then(after, inputs, outputs, api_visibility="private")

    def _doing(self, act: Callable[[str, str, list[str]], tuple[str, str]]) -> Callable[..., tuple[str, Any]]:
        def run(name: str | None, new: str, picked: str) -> tuple[str, Any]:
            try:
                said, name = act(name or "", new or "", [one for one in (picked or "").split(",") if one])
            except PolicyKBError as error:
                return html.notice(str(error), "error"), gr.skip()
            names = list(self._workspace.store.collections())
            return html.notice(said), gr.update(choices=names, value=name or None)

        return run

    def _add(self, name: str, _: str, picked: list[str]) -> tuple[str, str]:
        number = self._workspace.store.put_into_collection(name, _some(picked))
        return f"“{name.strip()}”里新归入 {number} 篇。", name.strip()

    def _take(self, name: str, _: str, picked: list[str]) -> tuple[str, str]:
        number = self._workspace.store.take_out_of_collection(name, _some(picked))
        return f"从“{name}”里移出 {number} 篇；文献仍在库里。", name

    def _create(self, name: str, _: str, __: list[str]) -> tuple[str, str]:
        made = self._workspace.store.create_collection(name)
        return f"已新建专题“{made}”。", made

    def _rename(self, name: str, new: str, _: list[str]) -> tuple[str, str]:
        made = self._workspace.store.rename_collection(name, new)
        return f"“{name}”已改名为“{made}”。", made

    def _delete(self, name: str, _: str, __: list[str]) -> tuple[str, str]:
        self._workspace.store.delete_collection(name)
        return f"已取消专题“{name}”；其中的文献仍在库里。", ""


def _some(picked: list[str]) -> list[str]:
    if not picked:
        raise QueryError("还没有勾选文献", remedy="请先在文献目录里勾选")
    return picked
