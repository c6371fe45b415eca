"""指标对比: region × indicator, every cell with its sentence; a bar chart of what can be drawn."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

import gradio as gr
import plotly.graph_objects as go

from interfaces.web import html
from interfaces.web.download import Make, download_button, file_name
from interfaces.web.filters import choices
from interfaces.web.reading import source_panel
from interfaces.web.theme import asset
from interfaces.workspace import Workspace
from kb.errors import PolicyKBError
from kb.model import FACT_KIND_NAMES
from search.export import export_table
from search.table import Cell, Table, build_table

_OFFERED = 300  # indicators in the list; any other can be typed
_EMPTY = "选择或输入指标（可多个），不选地区时列出所有有数据的地区。"


def table_html(table: Table) -> str:
    """The table; each value opens its sentence, a cell without facts says so."""
    if not table.rows:
        return html.notice("库里没有这个指标的数据。可以换个说法，例如“新增学位”“骨干教师占比”。", "empty")
    heads = "".join(
        f"<th scope='col'>{escape(name)}{f'（{escape(unit)}）' if unit else ''}</th>"
        for name, unit in zip(table.indicators, table.units, strict=True)
    )
    rows = "".join(
        f"<tr><th scope='row'>{escape(row.name)}</th>{''.join(_cell(cell) for cell in row.cells)}</tr>"
        for row in table.rows
    )
    return f"<div class='pk-scroll'><table class='pk-table'><tr><th>地区</th>{heads}</tr>{rows}</table></div>"


def _cell(cell: Cell) -> str:
    if cell.missing:
        return "<td class='pk-missing'>缺</td>"
    entries = []
    for entry in cell.entries:
        fact = entry.fact.fact
        about = "，".join(part for part in (fact.indicator, fact.time, FACT_KIND_NAMES[fact.kind]) if part)
        entries.append(
            f"<button class='pk-value' {html.open_attributes(entry.citation)} "
            f"title='{escape(fact.quote, quote=True)}'>{escape(fact.surface)}</button>"
            f"<div class='pk-place'>{escape(about)}</div>"
        )
    conflict = "<div class='pk-status'>说法不一</div>" if cell.conflicting else ""
    return f"<td>{''.join(entries)}{conflict}</td>"


def chart(table: Table) -> go.Figure | None:
    """Bars by region for the first indicator with numbers in one unit; None if there is nothing to draw."""
    for column, (name, unit) in enumerate(zip(table.indicators, table.units, strict=True)):
        points: list[tuple[str, float]] = []
        for row in table.rows:
            values = [e.value for e in row.cells[column].entries if isinstance(e.value, (int, float))]
            if values and unit:
                points.append((row.name, float(values[0])))
        if len(points) > 1:
            points.sort(key=lambda point: point[1])
            figure = go.Figure(go.Bar(x=[v for _, v in points], y=[n for n, _ in points], orientation="h"))
            figure.update_layout(
                title=f"{name}（{unit}）",
                height=140 + 32 * len(points),
                margin={"l": 10, "r": 10, "t": 40, "b": 30},
            )
            return figure
    return None


def _writer(workspace: Workspace, suffix: str) -> Make:
    def write(folder: Path, indicators: list[str], codes: list[str]) -> Path | None:
        if not indicators:
            return None
        table = build_table(workspace.library, indicators, tuple(codes or ()))
        if not table.rows:
            return None
        cited = {e.citation.document for row in table.rows for cell in row.cells for e in cell.entries}
        path = folder / file_name(f"指标对比：{'、'.join(indicators)}", suffix)
        export_table(table, path, workspace.store.documents_by_id(cited))
        return path

    return write


def build(workspace: Workspace) -> None:
    """The tab 指标对比."""
    with gr.Row():
        with gr.Column(scale=7, min_width=380):
            with gr.Row():
                wanted = gr.Dropdown(
                    list(workspace.store.indicators())[:_OFFERED],
                    label="指标",
                    multiselect=True,
                    allow_custom_value=True,
                    value=[],
                    scale=3,
                    elem_id="table-indicators",
                )
                regions = gr.Dropdown(
                    choices(workspace)[0], label="地区（含下级）", multiselect=True, value=[], scale=3
                )
                button = gr.Button("对比", variant="primary", scale=1, elem_id="table-go")
            output = gr.HTML(
                html.notice(_EMPTY),
                js_on_load=asset("actions.js"),
                apply_default_css=False,
                elem_id="table-output",
            )
            with gr.Row():
                for label, suffix in (("Excel", ".xlsx"), ("CSV", ".csv")):
                    download_button(
                        f"导出 {label}",
                        _writer(workspace, suffix),
                        [wanted, regions],
                        elem_id=f"table-{suffix[1:]}",
                    )
            plot = gr.Plot(visible=False, show_label=False)
        with gr.Column(scale=5, min_width=340, elem_classes="pk-side"):
            panel = source_panel(workspace, elem_id="table-source")

    def run(indicators: list[str], codes: list[str]) -> tuple[str, Any]:
        if not indicators:
            return html.notice(_EMPTY), gr.update(visible=False)
        try:
            table = build_table(workspace.library, indicators, tuple(codes or ()))
        except PolicyKBError as error:
            return html.notice(str(error), "error"), gr.update(visible=False)
        figure = chart(table)
        return table_html(table), gr.update(value=figure, visible=figure is not None)

    def act(event: gr.EventData) -> Any:
        data = event._data or {}
        if data.get("act") != "open":
            return gr.skip()
        return panel.show(data["document"], int(data["start"]), int(data["end"]))

    button.click(run, [wanted, regions], [output, plot], api_visibility="private")
    output.click(act, None, [panel.view], api_visibility="private")
