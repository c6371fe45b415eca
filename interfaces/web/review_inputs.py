"""What a review is made of: a local text from the library or uploaded, where it is from, and its references."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

from ingest.loaders import SUFFIXES
from interfaces.reviewing import read_local
from interfaces.web import html
from interfaces.workspace import Workspace
from kb.errors import PolicyKBError
from kb.model import LEVEL_NAMES, Document
from kb.regions import NATION, tree

_LOCAL_FIRST = ("规划", "方案", "计划", "意见", "办法", "通知", "细则", "解读")


def document_choices(workspace: Workspace) -> list[tuple[str, str]]:
    """The documents of the library as choices, plans and other policies first."""
    found = sorted(workspace.store.documents(), key=lambda d: d.kind not in _LOCAL_FIRST)
    return [(_label(document), document.id) for document in found]


def _label(document: Document) -> str:
    where = html.region_name(document.region_code)
    if not document.region_code:
        where = LEVEL_NAMES.get(document.level, where)
    year = (document.published or document.issued)[:4]
    return f"{document.title}（{'，'.join(part for part in (where, year) if part)}）"


def upload_box(label: str, *, elem_id: str) -> gr.File:
    """A box for one file of a kind that can be read."""
    return gr.File(label=label, file_count="single", file_types=sorted(SUFFIXES), height=180, elem_id=elem_id)


class UploadedRegion:
    """Where an uploaded text is from: what was read and why, to be set right; shown only with an upload."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.region = gr.Dropdown(
            [],
            label="这份文件是哪个地区的",
            value=None,
            allow_custom_value=True,
            visible=False,
            elem_id="review-region",
        )
        self.keep = gr.Checkbox(
            label="审查后收入资料库（不勾选则只用这一次，不保存）",
            value=False,
            visible=False,
            elem_id="review-keep",
        )

    @property
    def components(self) -> list[gr.components.Component]:
        """Both, as outputs of :meth:`shown` and :meth:`hidden`."""
        return [self.region, self.keep]

    def shown(self, upload: str) -> list[Any]:
        """What was read of an upload, and the choice of another region with the reason for it."""
        try:
            document = read_local(Path(upload))[0].document
        except PolicyKBError as error:
            gr.Warning(str(error), title="读不了这份文件")
            return self.hidden()
        code = document.region_code
        if code:
            evidence = document.evidence.get("region_code")
            said = "".join(evidence.quote.split())[:30] if evidence else ""
            because = f"，依据“{said}”" if said else ""
            info = f"读出的是 {tree().full_name(code)}{because}；不对可以改。"
        else:
            info = (
                "文件的标题、发文机关、文号和正文里都没有能确定地区的字样。"
                "选了地区才能自动对照它上级省的文件；不选则只对照国家文件。可以直接输入，例如 河北省保定市。"
            )
        choices = [tree().full_name(c) for c in self._codes()]
        value = tree().full_name(code) if code else None
        return [
            gr.update(choices=choices, value=value, info=info, visible=True),
            gr.update(value=False, visible=True),
        ]

    @staticmethod
    def hidden() -> list[Any]:
        """Nothing to ask without an upload."""
        return [gr.update(value=None, visible=False), gr.update(value=False, visible=False)]

    def _codes(self) -> list[str]:
        """The provinces, and the regions that have documents; any other can be typed."""
        provinces = [code for code in tree().children(NATION)]
        known = {d.region_code for d in self._workspace.store.documents() if d.region_code} - {NATION}
        return [*sorted(known - set(provinces)), *provinces]
