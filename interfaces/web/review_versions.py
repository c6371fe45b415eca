"""新旧对照: an old version of a text beside a new one, from the library or uploaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

from interfaces.reviewing import VersionReview, read_local, versions
from interfaces.web import html, reader_html, versions_html
from interfaces.web.download import download_button, file_name
from interfaces.web.opened import OpenDocument
from interfaces.web.reading import SourcePanel, source_panel
from interfaces.web.review_inputs import document_choices, upload_box
from interfaces.web.theme import asset
from interfaces.workspace import Workspace
from kb.errors import PolicyKBError
from kb.store import Reader
from search.compare import Material
from search.export import export_versions

_WELCOME = (
    "分别选旧版和新版（库里的文献，或上传的文件，上传的不入库），然后点“开始对照”："
    "新增、删去、改动的条款和改动的数值会逐条列出。"
)


class VersionsPart:
    """Two sides to choose, the changes on the left, the source on the right."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        choices = document_choices(workspace)
        with gr.Row():
            with gr.Column(min_width=300):
                self.old = gr.Dropdown(choices, label="旧版（在库里选）", value=None, elem_id="versions-old")
                self.old_file = upload_box("或上传旧版（不入库）", elem_id="versions-old-file")
            with gr.Column(min_width=300):
                self.new = gr.Dropdown(choices, label="新版（在库里选）", value=None, elem_id="versions-new")
                self.new_file = upload_box("或上传新版（不入库）", elem_id="versions-new-file")
        self.button = gr.Button("开始对照", variant="primary", elem_id="versions-go")
        self.state = gr.State(None)
        with gr.Row():
            with gr.Column(scale=7, min_width=360):
                with gr.Column(visible=False) as self.tools, gr.Row():
                    for label, suffix in (("Word", ".docx"), ("Excel", ".xlsx")):
                        download_button(
                            f"导出 {label}",
                            _writer(suffix),
                            [self.state],
                            elem_id=f"versions-{suffix[1:]}",
                        )
                self.output = gr.HTML(
                    html.notice(_WELCOME),
                    js_on_load=asset("actions.js"),
                    apply_default_css=False,
                    elem_id="versions-output",
                )
            with gr.Column(scale=5, min_width=340, elem_classes="pk-side"):
                self.panel: SourcePanel = source_panel(workspace, elem_id="versions-source")
        self._wire()

    def _wire(self) -> None:
        private: dict[str, Any] = {"api_visibility": "private"}
        for chosen, upload in ((self.old, self.old_file), (self.new, self.new_file)):
            upload.upload(lambda: None, None, [chosen], **private)
            chosen.input(lambda: None, None, [upload], **private)
        self.button.click(
            self._run,
            [self.old, self.old_file, self.new, self.new_file],
            [self.output, self.state, self.tools],
            **private,
        )
        self.output.click(self._open, [self.state], [self.panel.view], **private)

    def _run(
        self, old: str | None, old_file: str | None, new: str | None, new_file: str | None
    ) -> tuple[Any, ...]:
        try:
            before, after = _side(old, old_file, "旧版"), _side(new, new_file, "新版")
            if before is None or after is None:
                lacking = "旧版" if before is None else "新版"
                return html.notice(f"请先选{lacking}，或上传一份。", "error"), None, gr.update(visible=False)
            value = versions(self._workspace, before, after)
        except PolicyKBError as error:
            return html.notice(str(error), "error"), None, gr.update(visible=False)
        return versions_html.versions(value), value, gr.update(visible=True)

    def _open(self, event: gr.EventData, value: VersionReview | None) -> Any:
        data = event._data or {}
        if value is None or data.get("act") != "open":
            return gr.skip()
        start, end = int(data["start"]), int(data["end"])
        material = value.material(str(data["document"]))
        if material is None or _stored(self._workspace.store, material):
            return self.panel.show(str(data["document"]), start, end)
        found = OpenDocument(material.document, material.text, material.sections, material.pages)
        return reader_html.reader(found, highlight=(start, end))


def _side(chosen: str | None, upload: str | None, part: str) -> str | Material | None:
    if upload:
        return read_local(Path(upload), part=part)[0]
    return chosen or None


def _stored(store: Reader, material: Material) -> bool:
    return any(document.id == material.document.id for document in store.documents())


def _writer(suffix: str) -> Any:
    def write(folder: Path, value: VersionReview | None) -> Path | None:
        if value is None:
            return None
        path = folder / file_name(f"新旧对照：{value.new.document.title}", suffix)
        export_versions(value.comparison, path)
        return path

    return write
