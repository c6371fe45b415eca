"""更正: what the program read of a document, set right by hand; kept when the file is read in again."""

from __future__ import annotations

from typing import Any

import gradio as gr

from interfaces.web import html
from interfaces.workspace import Workspace
from kb.errors import PolicyKBError, QueryError
from kb.model import LEVEL_NAMES, STATUS_NAMES, Document
from kb.regions import resolve_name, tree

FIELDS: dict[str, str] = {
    "title": "标题",
    "region_code": "地区",
    "level": "层级",
    "kind": "文种",
    "issuer": "发文机关",
    "number": "文号",
    "published": "成文或发布日期",
    "effective_from": "生效日期",
    "expires": "失效日期",
    "status": "时效",
}
"""The fields of the form, in order."""

_HINTS = {
    "region_code": "写全称或代码，例如 河北省保定市；不明则留空",
    "published": "例如 2024-05-31",
    "effective_from": "例如 2024-05-31",
    "expires": "例如 2029-12-31",
}
_NONE = "在上面的表里点一篇文献，可以更正它的信息。更正会一直保留，文件重新读入后仍然有效。"


def current(document: Document) -> dict[str, str]:
    """The values of the form's fields; the region by its full name."""
    values = {name: str(getattr(document, name)) for name in FIELDS}
    code = values["region_code"]
    values["region_code"] = tree().get(code).full_name if code else ""
    return values


def parsed(values: dict[str, str]) -> dict[str, str]:
    """The form's values as the store takes them.

    :raises QueryError: the region is unknown or ambiguous, or the title is empty.
    """
    found = {name: (value or "").strip() for name, value in values.items()}
    if not found.get("title", "-"):
        raise QueryError("标题不能为空", remedy="请写上标题")
    if found.get("region_code"):
        found["region_code"] = resolve_name(found["region_code"])
    return found


def state_html(workspace: Workspace, document: str) -> str:
    """What of a document was corrected, and what the program had read there."""
    made = [item for item in workspace.store.corrections() if item.document == document]
    shown = [item for item in made if item.field in FIELDS]
    if not shown:
        return html.notice("这篇文献还没有更正。改动下面的栏目后点“保存更正”。")
    said = "；".join(f"{FIELDS[item.field]}（原读作“{_said(item.field, item.read)}”）" for item in shown)
    return html.notice(f"已更正：{said}。", "hint")


def _said(field: str, value: str) -> str:
    if not value:
        return "空"
    if field == "region_code":
        return html.region_name(value)
    return {"level": LEVEL_NAMES, "status": STATUS_NAMES}.get(field, {}).get(value, value)


class CorrectionForm:
    """The form below the list of documents."""

    def __init__(self, workspace: Workspace, chosen: gr.Textbox, *, prefix: str, label: str) -> None:
        self._workspace = workspace
        self._chosen = chosen
        self._prefix = prefix
        with gr.Accordion(label, open=False, elem_id=prefix) as self.box:
            self.state = gr.HTML(html.notice(_NONE), elem_id=f"{prefix}-state")
            with gr.Row():
                self._fields = {name: self._field(name) for name in FIELDS}
            with gr.Row():
                self.save = gr.Button("保存更正", variant="primary", elem_id=f"{prefix}-save")
                self.restore = gr.Button("恢复程序读出的信息", elem_id=f"{prefix}-restore")

    def _field(self, name: str) -> gr.components.Component:
        ident = f"{self._prefix}-{name.replace('_', '-')}"
        if name in ("level", "status"):
            names = LEVEL_NAMES if name == "level" else STATUS_NAMES
            offered = [(chinese, key) for key, chinese in names.items()]
            offered = [("不明", ""), *offered] if name == "level" else offered
            value = "" if name == "level" else "unknown"
            return gr.Dropdown(offered, label=FIELDS[name], value=value, elem_id=ident, min_width=200)
        return gr.Textbox(
            label=FIELDS[name], placeholder=_HINTS.get(name, ""), elem_id=ident, min_width=200, max_lines=1
        )

    def wire(
        self, after: Any, inputs: list[gr.components.Component], outputs: list[gr.components.Component]
    ) -> None:
        """Connect the form; ``after(*inputs)`` gives the values of ``outputs`` once something was corrected."""
        fields = list(self._fields.values())
        private: dict[str, Any] = {"api_visibility": "private"}
        self._chosen.change(self._load, [self._chosen], [self.state, *fields], **private)
        for button, act in ((self.save, self._save), (self.restore, self._restore)):
            done = button.click(act, [self._chosen, *fields], [self.state], **private)
            shown = done.then(after, inputs, outputs, **private)
            if button is self.restore:
                shown.then(self._load, [self._chosen], [self.state, *fields], **private)

    def _load(self, document: str) -> tuple[Any, ...]:
        keep = [gr.skip() for _ in FIELDS]
        if not document:
            return (html.notice(_NONE), *keep)
        try:
            found = self._workspace.store.document(document.strip())
        except PolicyKBError as error:
            return (html.notice(str(error), "error"), *keep)
        values = current(found)
        return (state_html(self._workspace, found.id), *(values[name] for name in FIELDS))

    def _save(self, document: str, *values: str) -> str:
        try:
            found = self._workspace.store.document((document or "").strip())
            # What still reads as it did is compared as it is shown: a region by its name.
            before = current(found)
            given = {
                name: value
                for name, value in zip(FIELDS, values, strict=True)
                if (value or "").strip() != before[name]
            }
            self._workspace.correct(found.id, parsed(given))
        except PolicyKBError as error:
            return html.notice(str(error), "error")
        if not given:
            return html.notice("没有改动。")
        return state_html(self._workspace, found.id)

    def _restore(self, document: str, *_: str) -> str:
        try:
            found = self._workspace.store.document((document or "").strip())
            made = [c.field for c in self._workspace.store.corrections() if c.document == found.id]
            self._workspace.correct(found.id, dict.fromkeys(made, None))
        except PolicyKBError as error:
            return html.notice(str(error), "error")
        return state_html(self._workspace, found.id)


def build(
    workspace: Workspace, chosen: gr.Textbox, *, prefix: str = "correct", label: str = "更正打开的文献的信息"
) -> CorrectionForm:
    """The form, for the document whose id stands in ``chosen``.

    :param prefix: what the element ids begin with.
    """
    return CorrectionForm(workspace, chosen, prefix=prefix, label=label)
