"""对标审查: a local document clause by clause and number by number against its references."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

from interfaces.reviewing import Review, keep, read_local, set_aside
from interfaces.reviewing import review as run_review
from interfaces.web import html, reader_html, review_html
from interfaces.web.download import download_button, file_name
from interfaces.web.opened import OpenDocument
from interfaces.web.reading import SourcePanel, source_panel
from interfaces.web.review_inputs import UploadedRegion, document_choices, upload_box
from interfaces.web.review_versions import VersionsPart
from interfaces.web.theme import asset
from interfaces.workspace import Workspace
from kb.errors import PolicyKBError
from search.export import export_comparison

_WELCOME = (
    "选一份库里的地方文件，或上传一份只用于本次审查的文件，然后点“开始审查”。"
    "不选参照文献时，对照主题相近、现行有效的国家文件和上级省的文件。"
)


class ReviewTab:
    """The tab 对标审查: what to compare on top, the review on the left, the source on the right.

    A second mode sets an old version of a text beside a new one.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.mode = gr.Radio(
            [
                ("对标审查：地方文件对照国家和上级文件", "review"),
                ("新旧对照：同一文件的两个版本", "versions"),
            ],
            value="review",
            label="任务",
            elem_id="review-mode",
        )
        with gr.Column() as self.part:
            self._review_part()
        with gr.Column(visible=False) as other:
            self.versions = VersionsPart(workspace)
        self.mode.change(
            lambda mode: [gr.update(visible=mode == "review"), gr.update(visible=mode == "versions")],
            [self.mode],
            [self.part, other],
            api_visibility="private",
        )

    def _review_part(self) -> None:
        workspace = self._workspace
        choices = document_choices(workspace)
        with gr.Row():
            with gr.Column(scale=5, min_width=320):
                self.local = gr.Dropdown(
                    choices, label="地方文件（在库里选）", value=None, elem_id="review-local"
                )
                self.references = gr.Dropdown(
                    choices,
                    label="参照文献（不选则自动选现行有效的国家文件和上级省的文件；也可以选另一份地方文件）",
                    multiselect=True,
                    value=[],
                    elem_id="review-references",
                )
            with gr.Column(scale=4, min_width=300):
                self.upload = upload_box("或上传一份（只用于本次审查，不入库）", elem_id="review-upload")
                self.uploaded = UploadedRegion(workspace)
                self.button = gr.Button("开始审查", variant="primary", elem_id="review-go")
        self.state = gr.State(None)
        with gr.Row():
            with gr.Column(scale=7, min_width=360):
                with gr.Column(visible=False) as self.tools:
                    with gr.Row():
                        for label, suffix in (("Word", ".docx"), ("Excel", ".xlsx")):
                            download_button(
                                f"导出 {label}", _writer(suffix), [self.state], elem_id=f"review-{suffix[1:]}"
                            )
                    self.shown = gr.Radio(
                        [(name, key) for key, name in review_html.SHOWN.items()],
                        value="attention",
                        label="条款的显示",
                        elem_id="review-shown",
                    )
                self.output = gr.HTML(
                    html.notice(_WELCOME),
                    js_on_load=asset("actions.js"),
                    apply_default_css=False,
                    elem_id="review-output",
                )
            with gr.Column(scale=5, min_width=340, elem_classes="pk-side"):
                self.panel: SourcePanel = source_panel(workspace, elem_id="review-source")
        self._wire()

    def _wire(self) -> None:
        private: dict[str, Any] = {"api_visibility": "private"}
        self.upload.upload(
            lambda upload: [None, *self.uploaded.shown(upload)],
            [self.upload],
            [self.local, *self.uploaded.components],
            **private,
        )
        self.upload.clear(self.uploaded.hidden, None, self.uploaded.components, **private)
        # A document of the library takes the place of an upload.
        self.local.input(
            lambda: [None, *self.uploaded.hidden()], None, [self.upload, *self.uploaded.components], **private
        )
        self.button.click(
            self._run,
            [self.local, self.upload, self.references, self.shown, *self.uploaded.components],
            [self.output, self.state, self.tools, self.panel.view],
            **private,
        )
        self.shown.change(self._show, [self.state, self.shown], [self.output], **private)
        self.output.click(
            self._act, [self.state, self.shown], [self.output, self.state, self.panel.view], **private
        )

    @property
    def choosers(self) -> list[gr.components.Component]:
        """The components that offer documents of the library; outputs of :meth:`refresh`."""
        return [self.local, self.references, self.versions.old, self.versions.new]

    def refresh(self) -> list[Any]:
        """What can be chosen now; the library may have changed since the page was built."""
        choices = document_choices(self._workspace)
        return [gr.update(choices=choices) for _ in self.choosers]

    def _run(
        self,
        local: str | None,
        upload: str | None,
        references: list[str],
        shown: review_html.Shown,
        region: str | None,
        kept: bool,
    ) -> tuple[Any, ...]:
        if not local and not upload:
            return (
                html.notice("请先选一份地方文件，或上传一份。", "error"),
                None,
                gr.update(visible=False),
                gr.skip(),
            )
        note = ""
        try:
            if upload:
                value, note = self._run_upload(Path(upload), references, region or "", kept=kept)
            else:
                value = run_review(self._workspace, str(local), references or ())
        except PolicyKBError as error:
            return html.notice(str(error), "error"), None, gr.update(visible=False), gr.skip()
        return (
            note + review_html.review(value, shown),
            value,
            gr.update(visible=True),
            html.notice("点开一条条款、引文或数值，这里显示它在原文中的位置。"),
        )

    def _run_upload(
        self, path: Path, references: list[str], region: str, *, kept: bool
    ) -> tuple[Review, str]:
        """The review of an upload, and what a person should know of it."""
        material, count = read_local(path)
        notes = []
        if count > 1:
            notes.append(f"这个文件里有 {count} 篇文献，审查的是最长的一篇《{material.document.title}》。")
        if not region and not references:
            notes.append("没有选地区，只对照了国家文件。")
        if kept:
            local: Any = keep(self._workspace, path, region)
            notes.append("这份文件已收入资料库。")
            region = ""
        else:
            local = material
        value = run_review(self._workspace, local, references or (), region=region)
        return value, "".join(html.notice(text, "hint") for text in notes)

    @staticmethod
    def _show(value: Review | None, shown: review_html.Shown) -> Any:
        return gr.skip() if value is None else review_html.review(value, shown)

    def _act(self, event: gr.EventData, value: Review | None, shown: review_html.Shown) -> tuple[Any, ...]:
        data = event._data or {}
        act = data.get("act")
        if value is None:
            return gr.skip(), gr.skip(), gr.skip()
        if act == "open":
            return gr.skip(), gr.skip(), self._open(value, data)
        if act in ("aside", "restore"):
            try:
                value = set_aside(self._workspace, value, str(data["key"]), aside=act == "aside")
            except PolicyKBError as error:
                gr.Warning(str(error), title="没有记下")
                return gr.skip(), gr.skip(), gr.skip()
            return review_html.review(value, shown), value, gr.skip()
        return gr.skip(), gr.skip(), gr.skip()

    def _open(self, value: Review, data: dict[str, Any]) -> str:
        """The place in its source; a text that was uploaded for this review is shown from memory."""
        start, end = int(data["start"]), int(data["end"])
        local = value.local
        if value.stored or data["document"] != local.document.id:
            return self.panel.show(data["document"], start, end)
        found = OpenDocument(local.document, local.text, local.sections, local.pages)
        return reader_html.reader(found, highlight=(start, end))


def _writer(suffix: str) -> Any:
    def write(folder: Path, value: Review | None) -> Path | None:
        if value is None:
            return None
        path = folder / file_name(f"对标审查：{value.local.document.title}", suffix)
        export_comparison(value.comparison, path)
        return path

    return write


def build(workspace: Workspace) -> ReviewTab:
    """The tab 对标审查."""
    return ReviewTab(workspace)
