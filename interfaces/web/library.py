"""资料库: what is in the library; files and folders in, file by file; collections, statistics, the examination."""

from __future__ import annotations

import queue
import re
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.utils import get_upload_folder

from ingest.loaders import SUFFIXES
from ingest.pipeline import Progress, Report
from interfaces.uploads import Batch, take_in
from interfaces.web import corrections, html, library_html, shelves
from interfaces.web.download import download_button
from interfaces.web.reading import document_html
from interfaces.web.theme import asset
from interfaces.workspace import Workspace
from kb.errors import PolicyKBError
from kb.model import Document, Filters
from kb.settings import Layout
from search.checkup import Finding, examine
from search.export import export_checkup

_DROP = (
    "<div class='pk-drop'><p>把文件或文件夹拖到这里，或者"
    "<button class='pk-small' data-choose='files'>选择文件</button> "
    "<button class='pk-small' data-choose='folder'>选择文件夹</button></p>"
    f"<p class='pk-place'>可以读：{'、'.join(sorted(s[1:] for s in SUFFIXES))}。文件只存在这台机器上。</p>"
    f"<input type='file' multiple hidden accept='{','.join(sorted(SUFFIXES))}' aria-label='选择文件'>"
    "<ul class='pk-sending'></ul></div>"
)


def summary(workspace: Workspace) -> str:
    """One line on what the library holds."""
    counts = workspace.store.statistics()
    if not counts.documents:
        return html.notice(
            "资料库还是空的。把文件或文件夹拖到下面的框里，或在命令行运行 policykb ingest 文件夹。", "empty"
        )
    return html.notice(
        f"{counts.sources} 个文件，{counts.documents} 篇文献，{counts.passages} 个段落，{counts.facts} 个数据项。"
    )


def found(workspace: Workspace, words: str = "", collection: str = "") -> list[Document]:
    """The documents that hold all the words in title, source, issuer or number; those that came last on top."""
    store = workspace.store
    came = {source.path: source.ingested_at for source in store.sources()}
    there = collection in store.collections()
    documents = store.documents(Filters(collections=(collection,)) if there else None)
    kept = [
        d
        for d in documents
        if all(
            word in f"{d.title} {d.source} {d.issuer} {d.number} {html.region_name(d.region_code)} {d.kind}"
            for word in (words or "").split()
        )
    ]
    return sorted(kept, key=lambda d: came.get(d.source, ""), reverse=True)


class LibraryTab:
    """The tab 资料库. ``changed`` counts what changes the choices that other tabs offer."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.changed = gr.State(0)
        self.overview = gr.HTML(summary(workspace), elem_id="library-summary")
        with gr.Tabs():
            with gr.Tab("文献目录"):
                self._build_list()
            with gr.Tab("统计") as counting:
                self.counts = gr.HTML(
                    self._statistics(), elem_id="library-statistics", apply_default_css=False
                )
            with gr.Tab("知识库体检") as examining:
                self._build_checkup()
        counting.select(self._statistics, None, [self.counts], api_visibility="private")
        examining.select(self._examined, None, [self.findings], api_visibility="private")
        self._wire()

    def _build_list(self) -> None:
        self.upload = gr.HTML(
            _DROP, js_on_load=asset("upload.js"), apply_default_css=False, elem_id="library-upload"
        )
        self.into = gr.Dropdown(
            [], label="新文件归入专题（可不选，可写新名称）", allow_custom_value=True, value=None,
            elem_id="library-into",
        )  # fmt: skip
        self.outcome = gr.HTML("", elem_id="library-outcome", apply_default_css=False)
        with gr.Row():
            self.words = gr.Textbox(
                label="查找文献", placeholder="标题、地区、机关、文号或文件名中的字", max_lines=1, scale=3,
                elem_id="library-words", min_width=200,
            )  # fmt: skip
            self.shelf = gr.Dropdown(
                self._shelves(), label="专题", value="", scale=1, min_width=140, elem_id="library-shelf"
            )
        self.page = gr.State(0)
        self.table = gr.HTML(
            self._list("", "", 0, ""),
            js_on_load=asset("shelf.js"),
            apply_default_css=False,
            elem_id="library-table",
        )
        self.picked = gr.Textbox("", label="勾选的文献", visible="hidden", elem_id="library-table-picked")
        with gr.Row():
            self.chosen = gr.Textbox(
                label="打开的文献", elem_id="library-chosen", placeholder="在上表中点一行", max_lines=1, scale=2,
                min_width=160,
            )  # fmt: skip
            self.remove = gr.Button(
                "移除勾选的文献（没有勾选则移除打开的）",
                variant="stop",
                elem_id="library-remove",
                scale=2,
                min_width=200,
            )
        with gr.Accordion("专题：把文献归到一起", open=False, elem_id="library-shelves"):
            self.shelves = shelves.Shelves(self._workspace)
        self.form = corrections.build(self._workspace, self.chosen)
        self.view = gr.HTML(
            "", js_on_load=asset("reader.js"), apply_default_css=False, elem_id="library-source"
        )

    def _build_checkup(self) -> None:
        with gr.Row():
            self.again = gr.Button("重新体检", size="sm", elem_id="checkup-go", min_width=110, scale=0)
            download_button("导出 Excel", self._export, [], elem_id="checkup-xlsx")
            self.forget = gr.Button(
                "清空未能读入的记录", size="sm", elem_id="checkup-forget", min_width=150, scale=0
            )
        self.findings = gr.HTML(
            html.notice("正在体检……"),
            js_on_load=asset("table.js"),
            apply_default_css=False,
            elem_id="checkup",
        )
        self.fixed = gr.Textbox("", visible=False, elem_id="checkup-chosen")
        self.mending = corrections.build(
            self._workspace, self.fixed, prefix="mend", label="更正这篇文献的信息"
        )
        self.found = gr.HTML(
            "", js_on_load=asset("reader.js"), apply_default_css=False, elem_id="checkup-source"
        )

    # -- what is shown -------------------------------------------------------------------------------

    def _shelves(self) -> list[tuple[str, str]]:
        return [("全部", ""), *((name, name) for name in self._workspace.store.collections())]

    def _list(self, words: str, shelf: str, page: int, chosen: str) -> str:
        store = self._workspace.store
        return library_html.documents_table(
            found(self._workspace, words, shelf or ""), store.collections(), page, chosen
        )

    def _statistics(self) -> str:
        return library_html.statistics(self._workspace.store.statistics())

    def _findings(self) -> tuple[Finding, ...]:
        return examine(self._workspace.store, self._workspace.store.unread())

    def _examined(self) -> str:
        return library_html.checkup(self._findings())

    def _export(self, folder: Path) -> Path:
        findings = self._findings()
        ids = {name for finding in findings for name in finding.documents}
        path = folder / "知识库体检.xlsx"
        export_checkup(findings, path, self._workspace.store.documents_by_id(ids))
        return path

    # -- what happens --------------------------------------------------------------------------------

    def _wire(self) -> None:
        private: dict[str, Any] = {"api_visibility": "private"}
        asked = [self.words, self.shelf, self.page, self.chosen]
        shown = [
            self.overview,
            self.table,
            self.shelf,
            self.into,
            self.shelves.view,
            self.shelves.name,
            self.changed,
        ]
        refreshing = [*asked, self.changed]
        self.upload.upload(self._take_in, [self.into], [self.outcome], **private).then(
            self._refresh, refreshing, shown, **private
        )
        for box in (self.words, self.shelf):
            box.change(self._first, [self.words, self.shelf, self.chosen], [self.table, self.page], **private)
        self.table.click(self._act, asked, [self.table, self.page, self.chosen, self.view], **private)
        self.remove.click(
            self._remove,
            [self.picked, self.chosen],
            [self.outcome, self.picked, self.chosen, self.view],
            **private,
        ).then(self._refresh, refreshing, shown, **private)
        self.shelves.wire(self.picked, self._refresh, refreshing, shown)
        self.form.wire(self._corrected, [*refreshing], [*shown, self.view])
        self.mending.wire(self._mended, [*refreshing], [*shown, self.findings])
        self.again.click(self._examined, None, [self.findings], **private)
        self.forget.click(self._forget, None, [self.findings], **private)
        self.findings.click(self._look, None, [self.found, self.fixed, self.mending.box], **private)

    def _refresh(self, words: str, shelf: str, page: int, chosen: str, changed: int) -> tuple[Any, ...]:
        names = list(self._workspace.store.collections())
        here = shelf if shelf in names else ""
        return (
            summary(self._workspace),
            self._list(words, here, page, chosen),
            gr.update(choices=self._shelves(), value=here),
            gr.update(choices=names),
            shelves.listed(self._workspace),
            gr.update(choices=names),
            changed + 1,
        )

    def _first(self, words: str, shelf: str, chosen: str) -> tuple[str, int]:
        return self._list(words, shelf, 0, chosen), 0

    def _act(self, event: gr.EventData, words: str, shelf: str, page: int, chosen: str) -> tuple[Any, ...]:
        data = event._data or {}
        if data.get("act") == "page":
            page = int(data.get("page", 0))
            return self._list(words, shelf, page, chosen), page, gr.skip(), gr.skip()
        if data.get("act") == "open":
            document = str(data["document"])
            return gr.skip(), gr.skip(), document, document_html(self._workspace, document)
        return (gr.skip(),) * 4

    def _remove(self, picked: str, chosen: str) -> tuple[Any, ...]:
        wanted = [one for one in (picked or chosen or "").strip().split(",") if one]
        try:
            removed = self._workspace.remove(wanted)
        except PolicyKBError as error:
            return html.notice(str(error), "error"), gr.skip(), gr.skip(), gr.skip()
        said = (
            f"已移除 {len(removed)} 篇；来源文件本身没有动。"
            if removed
            else "没有移除：请先在上表中勾选，或点开一行。"
        )
        return html.notice(said), "", "", ""

    def _corrected(self, words: str, shelf: str, page: int, chosen: str, changed: int) -> tuple[Any, ...]:
        shown = self._refresh(words, shelf, page, chosen, changed)
        return (*shown, document_html(self._workspace, chosen) if chosen else "")

    def _mended(self, words: str, shelf: str, page: int, chosen: str, changed: int) -> tuple[Any, ...]:
        return (*self._refresh(words, shelf, page, chosen, changed), self._examined())

    def _look(self, event: gr.EventData) -> tuple[Any, ...]:
        data = event._data or {}
        document = str(data.get("document", ""))
        if not document:
            return (gr.skip(),) * 3
        form = gr.update(open=True) if data.get("act") == "correct" else gr.skip()
        return document_html(self._workspace, document), document, form

    def _forget(self) -> str:
        self._workspace.store.forget_unread()
        return self._examined()

    def _take_in(self, event: gr.EventData, into: str | None) -> Iterator[str]:
        data = event._data or {}
        given = [(Path(str(one["path"])), str(one["name"])) for one in data.get("files", ())]
        lost = [(str(name), "没有传上来（请检查网络后重试）") for name in data.get("lost", ())]
        try:
            batch = take_in(
                Layout(self._workspace.folder).uploads,
                given,
                within=Path(get_upload_folder()),
                known={sha256: path for path, sha256 in self._workspace.store.source_hashes().items()},
            )
            yield from self._read(batch, lost, (into or "").strip())
        except PolicyKBError as error:
            yield html.notice(str(error), "error")

    def _read(self, batch: Batch, lost: list[tuple[str, str]], into: str) -> Iterator[str]:
        """Read a batch in a thread of its own and tell how far it has come."""
        refused = [*lost, *batch.refused]
        if not batch.names:
            self._workspace.store.note_unread(batch.refused)
            yield library_html.outcome(batch.known, refused, "没有需要读入的新文件。")
            return
        steps: queue.Queue[str | Report | PolicyKBError] = queue.Queue()

        def reading(step: Progress) -> None:
            steps.put(library_html.uploading(step.done, step.files, step.current))

        def indexing(done: int, total: int) -> None:
            steps.put(library_html.uploading(done, total, "", "建立索引"))

        def work() -> None:
            try:
                report = self._workspace.ingest(
                    [batch.folder], collection="", on_progress=reading, on_index=indexing
                )
                self._workspace.store.note_unread(batch.refused)
                if into:
                    self._workspace.store.put_into_collection(into, report.ids)
                steps.put(report)
            except PolicyKBError as error:
                steps.put(error)

        threading.Thread(target=work, daemon=True).start()
        yield library_html.uploading(0, len(batch.names), "")
        step = steps.get()
        while isinstance(step, str):
            yield step
            step = steps.get()
        if isinstance(step, PolicyKBError):
            yield html.notice(str(step), "error")
            return
        yield self._told(batch, step, refused)

    def _told(self, batch: Batch, report: Report, refused: list[tuple[str, str]]) -> str:
        failed = [*refused, *((item.source, item.error) for item in report.failed)]
        bad = {name for name, _ in failed}
        read = Counter(d.source for d in self._workspace.store.documents_by_id(report.ids).values())
        done = [(name, _done(name, read)) for name in batch.names if name not in bad]
        said = (
            f"读入 {report.documents} 篇文献、{report.passages} 个段落、{report.facts} 个数据项；"
            f"{report.unchanged + len(batch.known)} 个文件没有改动，{len(failed)} 个失败。"
        )
        return library_html.outcome([*done, *batch.known], failed, said)


def _done(name: str, read: Mapping[str, int]) -> str:
    """What became of a file. One of the same name from elsewhere stays, and the new one has a number behind it."""
    if name in read:
        return f"读入 {read[name]} 篇文献"
    stem, dot, suffix = name.rpartition(".")
    beside = re.compile(rf"{re.escape(stem)}\(\d+\){re.escape(dot + suffix)}")
    other = next((source for source in read if beside.fullmatch(source)), "")
    return f"读入 {read[other]} 篇文献，与别处的同名文件并存，记作“{other}”" if other else "没有改动"


def build(workspace: Workspace) -> LibraryTab:
    """The tab 资料库."""
    return LibraryTab(workspace)
