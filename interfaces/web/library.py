"""资料库: what is in the library; files in with progress, documents out, every failure with its remedy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

from ingest.loaders import SUFFIXES
from ingest.pipeline import Progress, Report
from interfaces.web import corrections, html
from interfaces.web.reading import document_html
from interfaces.web.theme import asset
from interfaces.workspace import Workspace
from kb.errors import PolicyKBError
from kb.model import LEVEL_NAMES, STATUS_NAMES

_HEADERS = ["编号", "标题", "地区", "层级", "文种", "日期", "时效", "来源文件"]


def rows(workspace: Workspace) -> list[list[str]]:
    """The documents as rows of the table, those that came in last on top."""
    came = {source.path: source.ingested_at for source in workspace.store.sources()}
    documents = sorted(workspace.store.documents(), key=lambda d: came.get(d.source, ""), reverse=True)
    return [
        [
            d.id,
            d.title,
            html.region_name(d.region_code),
            LEVEL_NAMES.get(d.level, ""),
            d.kind,
            d.published or d.issued,
            STATUS_NAMES[d.status],
            d.source,
        ]
        for d in documents
    ]


def summary(workspace: Workspace) -> str:
    """One line on what the library holds."""
    counts = workspace.store.statistics()
    if not counts.documents:
        return html.notice(
            "资料库还是空的。把文件拖到下面的框里，或在命令行运行 policykb ingest 文件夹。", "empty"
        )
    return html.notice(
        f"{counts.sources} 个文件，{counts.documents} 篇文献，{counts.passages} 个段落，{counts.facts} 个数据项。"
    )


def report_html(report: Report) -> str:
    """What an upload did, failures first."""
    failed = "".join(html.notice(f"未能读入 {f.source}：{f.error}", "error") for f in report.failed)
    done = (
        f"读入 {report.documents} 篇文献、{report.passages} 个段落、{report.facts} 个数据项；"
        f"{report.unchanged} 个文件没有改动，{len(report.failed)} 个失败。"
    )
    return failed + html.notice(done)


def build(workspace: Workspace) -> None:
    """The tab 资料库."""
    overview = gr.HTML(summary(workspace))
    with gr.Row():
        upload = gr.File(
            label="把文件拖到这里（可以一次多个）",
            file_count="multiple",
            file_types=sorted(SUFFIXES),
            elem_id="library-upload",
        )
        with gr.Column():
            outcome = gr.HTML("", elem_id="library-outcome")
            chosen = gr.Textbox(
                label="选中的文献编号", elem_id="library-chosen", placeholder="在下表中点一行"
            )
            remove = gr.Button("移除选中的文献", variant="stop", elem_id="library-remove")
    table = gr.Dataframe(
        rows(workspace),
        headers=_HEADERS,
        interactive=False,
        wrap=True,
        elem_id="library-table",
        buttons=[],
    )
    form = corrections.build(workspace, chosen)
    view = gr.HTML("", js_on_load=asset("reader.js"), apply_default_css=False, elem_id="library-source")

    def add(files: list[str] | None, progress: gr.Progress = gr.Progress()) -> tuple[Any, ...]:  # noqa: B008
        if not files:
            return gr.skip(), gr.skip(), gr.skip(), None

        def reading(step: Progress) -> None:
            progress((step.done, step.files), desc=f"读入文件：{step.current or '…'}", unit="个文件")

        def indexing(done: int, total: int) -> None:
            progress((done, total), desc="建立索引", unit="段")

        try:
            report = workspace.ingest([Path(file) for file in files], on_progress=reading, on_index=indexing)
        except PolicyKBError as error:
            return html.notice(str(error), "error"), gr.skip(), gr.skip(), None
        return report_html(report), summary(workspace), rows(workspace), None

    def take_out(document: str) -> tuple[Any, ...]:
        try:
            removed = workspace.remove([document.strip()])
        except PolicyKBError as error:
            return html.notice(str(error), "error"), gr.skip(), gr.skip(), gr.skip(), gr.skip()
        said = "已移除；来源文件本身没有动。" if removed else "库里没有这个编号，请先在下表中点一行。"
        return html.notice(said), summary(workspace), rows(workspace), "", ""

    def choose(event: gr.SelectData) -> tuple[str, str]:
        document = str(event.row_value[0])
        return document, document_html(workspace, document)

    def corrected(document: str) -> tuple[Any, ...]:
        return summary(workspace), rows(workspace), document_html(workspace, document) if document else ""

    form.wire(corrected, [overview, table, view])
    upload.upload(add, [upload], [outcome, overview, table, upload], api_visibility="private")
    remove.click(take_out, [chosen], [outcome, overview, table, chosen, view], api_visibility="private")
    table.select(choose, None, [chosen, view], api_visibility="private")
