"""The row of filters above a question: region, level, year, kind of passage."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from interfaces.workspace import Workspace
from kb.model import LEVEL_NAMES, PASSAGE_TYPE_NAMES, STATUS_NAMES, Filters
from kb.regions import tree
from kb.store import publication_year

_NO_CHOICE: list[str] = []


@dataclass(frozen=True, slots=True)
class FilterRow:
    """The components, in the order in which :func:`to_filters` takes their values."""

    regions: gr.Dropdown
    levels: gr.Dropdown
    years: gr.Dropdown
    types: gr.CheckboxGroup
    all_statuses: gr.Checkbox

    @property
    def components(self) -> list[gr.components.Component]:
        """All of them, as inputs of an event."""
        return [self.regions, self.levels, self.years, self.types, self.all_statuses]


def choices(workspace: Workspace) -> tuple[list[tuple[str, str]], list[int]]:
    """Regions that have documents (with those above them) and years of publication, newest first."""
    documents = workspace.store.documents()
    codes: set[str] = set()
    for document in documents:
        if document.region_code:
            codes.add(document.region_code)
            codes.update(tree().ancestors(document.region_code))
    regions = sorted((tree().get(code).full_name, code) for code in codes)
    years = sorted({year for d in documents if (year := publication_year(d))}, reverse=True)
    return regions, years


def filter_row(workspace: Workspace) -> FilterRow:
    """Build the row; what it offers is what the library holds."""
    regions, years = choices(workspace)
    with gr.Accordion("筛选条件", open=False):
        with gr.Row():
            region = gr.Dropdown(regions, label="地区（含下级）", multiselect=True, value=_NO_CHOICE)
            level = gr.Dropdown(
                [(name, code) for code, name in LEVEL_NAMES.items()],
                label="层级",
                multiselect=True,
                value=_NO_CHOICE,
            )
            year = gr.Dropdown(years, label="发布年份", multiselect=True, value=_NO_CHOICE)
        with gr.Row():
            kinds = gr.CheckboxGroup(
                [(name, code) for code, name in PASSAGE_TYPE_NAMES.items() if code != "background"],
                label="段落类型",
            )
            everything = gr.Checkbox(label="包括已失效的文献", value=False)
    return FilterRow(region, level, year, kinds, everything)


def to_filters(
    regions: list[str], levels: list[str], years: list[int], types: list[str], all_statuses: bool
) -> Filters:
    """The filters that the row asks for."""
    return Filters(
        regions=tuple(regions or ()),
        levels=tuple(levels or ()),
        years=tuple(int(year) for year in years or ()),
        types=tuple(name for name in PASSAGE_TYPE_NAMES if name in (types or ())),  # type: ignore[misc]
        statuses=tuple(STATUS_NAMES) if all_statuses else (),
    )
