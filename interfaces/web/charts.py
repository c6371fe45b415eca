"""Charts of a table, drawn by plotly in the page: bars by region, lines over the years."""

from __future__ import annotations

import plotly.graph_objects as go

from kb.model import FACT_KIND_NAMES
from search.export.picture import COLOURS
from search.series import bars, kinds_of, lines
from search.table import Table

_FONT = "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
_PATTERNS = {"target": "/", "requirement": "x", "input": ".", "achieved": ""}
_DASHES = {"target": "dash", "requirement": "dot", "input": "dashdot", "achieved": "solid"}
_INK = "#7b8794"  # reads on white and on black
_LONGEST = 12  # characters of a region's name beside a bar; the whole name is in the hint
_MOST = 40  # bars that a picture still shows apart
_TOOLS = ["zoom", "pan", "select", "lasso", "zoomIn", "zoomOut", "autoScale", "resetScale", "toImage"]


def bar_chart(table: Table, place: int) -> go.Figure | None:
    """Bars by region for a column, the largest on top, one colour and pattern a kind; None if nothing can be drawn."""
    drawn = sorted(bars(table, place), key=lambda bar: -bar.value)[:_MOST]
    if not drawn:
        return None
    order = list(dict.fromkeys(bar.region for bar in drawn))
    figure = go.Figure()
    for kind in kinds_of(table, place):
        mine = [bar for bar in drawn if bar.kind == kind]
        if mine:
            figure.add_bar(
                x=[bar.value for bar in mine],
                y=[bar.region for bar in mine],
                orientation="h",
                name=FACT_KIND_NAMES[kind],
                marker={"color": COLOURS[kind], "pattern": {"shape": _PATTERNS[kind], "size": 6}},
                customdata=[bar.entry.fact.fact.surface for bar in mine],
                hovertemplate="%{y}<br>原文：%{customdata}<extra>" + FACT_KIND_NAMES[kind] + "</extra>",
            )
    _style(figure, f"{table.indicators[place]}（{table.units[place]}）", 130 + 34 * len(order))
    figure.update_layout(barmode="group", showlegend=True)
    figure.update_xaxes(tickformat="~g" if table.units[place] == "%" else ",~g", rangemode="tozero")
    figure.update_yaxes(
        categoryorder="array",
        categoryarray=order[::-1],
        tickmode="array",
        tickvals=order,
        ticktext=[name if len(name) <= _LONGEST else f"…{name[1 - _LONGEST :]}" for name in order],
    )
    return figure


def line_chart(table: Table, place: int) -> go.Figure | None:
    """Lines over calendar years, one a region and kind; None where no region has two years."""
    drawn = lines(table, place)
    if not drawn:
        return None
    figure = go.Figure()
    for line in drawn:
        figure.add_scatter(
            x=[year for year, _ in line.points],
            y=[value for _, value in line.points],
            mode="lines+markers",
            name=f"{line.region}（{FACT_KIND_NAMES[line.kind]}）",
            line={"dash": _DASHES[line.kind]},
            hovertemplate="%{x} 年：%{y}<extra>" + line.region + "</extra>",
        )
    # Names of regions are long: below the picture they have a line each where the window is narrow.
    below = 24 * len(drawn)
    _style(figure, f"{table.indicators[place]}（{table.units[place]}），按年份", 340 + below)
    figure.update_layout(
        showlegend=True,
        legend={"y": -0.12, "yanchor": "top"},
        margin={"t": 48, "b": 44 + below},
    )
    figure.update_xaxes(dtick=1, tickformat="d")
    figure.update_yaxes(tickformat=",~g")
    return figure


def _style(figure: go.Figure, title: str, height: int) -> None:
    figure.update_layout(
        title={"text": title, "font": {"size": 15}},
        font={"family": _FONT, "color": _INK},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        height=height,
        margin={"l": 10, "r": 16, "t": 64, "b": 36},
        legend={"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom"},
        # Its hints are English; the picture has a button of its own.
        modebar={"remove": _TOOLS},
        dragmode=False,
    )
    figure.update_xaxes(
        gridcolor="rgba(128,128,128,.25)", zerolinecolor="rgba(128,128,128,.5)", automargin=True
    )
    figure.update_yaxes(gridcolor="rgba(128,128,128,.15)", automargin=True)
