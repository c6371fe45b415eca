"""指标对比: region × indicator, every cell with its sentence; bars by region and lines over the years."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

from interfaces.web import charts, html, region_tree
from interfaces.web.download import Make, download_button, file_name
from interfaces.web.indicators_html import table_html
from interfaces.web.reading import SourcePanel, source_panel
from interfaces.web.theme import asset
from interfaces.workspace import Workspace
from kb.errors import IndexDamaged, PolicyKBError, QueryError
from kb.model import FACT_KIND_NAMES, Filters
from search.export import export_table
from search.indicators import region_facts, suggestions
from search.series import drawable
from search.table import Table, build_table, cited_documents

_OFFERED = 1000  # indicators in the list; any other can be typed
_EMPTY = "选择或输入指标（可多个），不选地区时列出所有有数据的地区。例如“新增学位”“骨干教师占比”。"
EXAMPLES = (["新增学位"], ["骨干教师占比"], ["新增学位", "骨干教师占比"])


class IndicatorsTab:
    """The tab 指标对比."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        with gr.Row(elem_classes="pk-asking"):
            self.wanted = gr.Dropdown(
                self._offered(),
                label="指标（可输入查找，括号里是数据项数）",
                multiselect=True,
                allow_custom_value=True,
                value=[],
                scale=5,
                min_width=280,
                elem_id="table-indicators",
            )
            self.collections = gr.Dropdown(
                self._collections(),
                label="专题",
                multiselect=True,
                value=[],
                scale=2,
                min_width=140,
                elem_id="table-collections",
                visible=bool(self._collections()),
            )
            self.button = gr.Button("对比", variant="primary", scale=1, min_width=90, elem_id="table-go")
        self.kinds = gr.CheckboxGroup(
            [(name, kind) for kind, name in FACT_KIND_NAMES.items()],
            label="性质（不选为全部）",
            value=[],
            elem_id="table-kinds",
        )
        with gr.Accordion("地区：不选即所有有数据的地区", open=False, elem_id="table-where"):
            self.picker = gr.HTML(
                self._tree([], [], False, ""),
                js_on_load=asset("regions.js"),
                apply_default_css=False,
                elem_id="table-regions",
            )
            self.everywhere = gr.Checkbox(
                label="也列出没有这些数据的地区", value=False, elem_id="table-everywhere"
            )
        self.codes = gr.Textbox("", label="选中的地区", visible="hidden", elem_id="table-regions-codes")
        with gr.Row(elem_classes="pk-examples"):
            self.examples = [
                (words, gr.Button("、".join(words), size="sm", scale=0, min_width=120)) for words in EXAMPLES
            ]
        self.state = gr.State(None)
        with gr.Row():
            with gr.Column(scale=7, min_width=360):
                with gr.Row(visible=False) as self.tools:
                    for label, suffix in (("Excel", ".xlsx"), ("CSV", ".csv"), ("图片", ".png")):
                        download_button(
                            f"导出 {label}", self._writer(suffix), [self.state], elem_id=f"table-{suffix[1:]}"
                        )
                self.output = gr.HTML(
                    html.notice(_EMPTY),
                    js_on_load=asset("table.js"),
                    apply_default_css=False,
                    elem_id="table-output",
                )
                self.drawn = gr.Dropdown(
                    [], label="画哪个指标", visible=False, interactive=True, elem_id="table-drawn"
                )
                self.bars = gr.Plot(visible=False, show_label=False, elem_id="table-bars")
                self.lines = gr.Plot(visible=False, show_label=False, elem_id="table-lines")
            with gr.Column(scale=5, min_width=340, elem_classes="pk-side"):
                self.panel: SourcePanel = source_panel(workspace, elem_id="table-source")
        self._wire()

    def _wire(self) -> None:
        private: dict[str, Any] = {"api_visibility": "private"}
        asked = [self.wanted, self.codes, self.kinds, self.collections, self.everywhere]
        shown = [self.output, self.state, self.tools, self.drawn, self.bars, self.lines]
        self.button.click(self._run, asked, shown, **private)
        for words, button in self.examples:
            button.click(lambda words=words: words, None, [self.wanted], **private).then(
                self._run, asked, shown, **private
            )
        # Once there is a table, it follows what is chosen; before that a choice is only a choice.
        self.kinds.input(self._again, [self.state, *asked], shown, **private)
        where = [self.wanted, self.collections, self.everywhere, self.codes]
        for chosen in (self.wanted, self.collections, self.everywhere):
            chosen.change(self._tree, where, [self.picker], **private)
        self.drawn.input(self._draw, [self.state, self.drawn], [self.bars, self.lines], **private)
        self.output.click(self._open, None, [self.panel.view], **private)

    # -- what is offered -----------------------------------------------------------------------------

    def _offered(self) -> list[tuple[str, str]]:
        try:
            found = suggestions(self._workspace.library.snapshot(), limit=_OFFERED)
        except IndexDamaged:  # nothing has been ingested yet
            return []
        return [(f"{item.name}（{item.facts}）", item.name) for item in found]

    def _collections(self) -> list[str]:
        return list(self._workspace.store.collections())

    def _tree(self, wanted: list[str], collections: list[str], everywhere: bool, codes: str) -> str:
        try:
            snapshot = self._workspace.library.snapshot()
            filters = Filters(collections=tuple(collections or ()))
            counts = region_facts(snapshot, wanted or (), filters)
        except PolicyKBError as error:
            return html.notice(str(error), "empty")
        others = (*snapshot.region_counts, *region_tree.TILES) if everywhere else ()
        return region_tree.picker(counts, _split(codes), others)

    def refreshed(self) -> list[Any]:
        """Updates of :attr:`offering` after the library has changed; what was chosen stays."""
        names = self._collections()
        tree = self._tree([], [], False, "")
        return [gr.update(choices=self._offered()), gr.update(choices=names, visible=bool(names)), tree]

    @property
    def offering(self) -> list[gr.components.Component]:
        """The components whose choices follow the library."""
        return [self.wanted, self.collections, self.picker]

    # -- what is shown -------------------------------------------------------------------------------

    def _run(
        self, wanted: list[str], codes: str, kinds: list[str], collections: list[str], everywhere: bool
    ) -> tuple[Any, ...]:
        nothing = gr.update(visible=False)
        if not wanted:
            return html.notice(_EMPTY), None, nothing, nothing, nothing, nothing
        try:
            table = build_table(
                self._workspace.library,
                [name.strip() for name in wanted if name.strip()],
                _split(codes),
                Filters(collections=tuple(collections or ())),
                kinds=kinds or (),
                exact=True,
            )
        except PolicyKBError as error:
            return html.notice(str(error), "error"), None, nothing, nothing, nothing, nothing
        places = drawable(table)
        choice = gr.update(
            choices=[(table.indicators[place], place) for place in places],
            value=places[0] if places else None,
            visible=len(places) > 1,
        )
        figures = self._draw(table, places[0] if places else None)
        return table_html(table), table, gr.update(visible=bool(table.rows)), choice, *figures

    def _again(self, table: Table | None, *asked: Any) -> tuple[Any, ...]:
        return (gr.skip(),) * 6 if table is None else self._run(*asked)

    @staticmethod
    def _draw(table: Table | None, place: int | None) -> tuple[Any, Any]:
        figures = (
            (None, None)
            if table is None or place is None
            else (charts.bar_chart(table, place), charts.line_chart(table, place))
        )
        bars, lines = (gr.update(value=figure, visible=figure is not None) for figure in figures)
        return bars, lines

    def _open(self, event: gr.EventData) -> Any:
        data = event._data or {}
        if data.get("act") != "open":
            return gr.skip()
        return self.panel.show(data["document"], int(data["start"]), int(data["end"]))

    def _writer(self, suffix: str) -> Make:
        def write(folder: Path, table: Table | None) -> Path:
            if table is None:
                raise QueryError("还没有对照表", remedy="请先选择指标，再点“对比”")
            path = folder / file_name(f"指标对比：{'、'.join(table.indicators)}", suffix)
            export_table(table, path, self._workspace.store.documents_by_id(cited_documents(table)))
            return path

        return write


def _split(codes: str) -> tuple[str, ...]:
    return tuple(code for code in (codes or "").split(",") if code)


def build(workspace: Workspace) -> IndicatorsTab:
    """The tab 指标对比."""
    return IndicatorsTab(workspace)
