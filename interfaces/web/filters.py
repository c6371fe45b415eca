"""The row of filters above a question: region, level, year, kind of passage, kind of text, state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import gradio as gr

from interfaces.workspace import Workspace
from kb.model import LEVEL_NAMES, PASSAGE_TYPE_NAMES, STATUS_NAMES, Filters, PassageType
from kb.regions import tree
from kb.store import publication_year

_TYPES = [(name, code) for code, name in PASSAGE_TYPE_NAMES.items() if code != "background"]


@dataclass(frozen=True, slots=True)
class FilterRow:
    """The components, in the order in which :func:`to_filters` takes their values."""

    regions: gr.Dropdown
    levels: gr.Dropdown
    years: gr.Dropdown
    types: gr.Dropdown
    kinds: gr.Dropdown
    statuses: gr.Dropdown
    collections: gr.Dropdown

    @property
    def components(self) -> list[gr.components.Component]:
        """All of them, as inputs of an event."""
        return [
            self.regions,
            self.levels,
            self.years,
            self.types,
            self.kinds,
            self.statuses,
            self.collections,
        ]


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
    """Build the row; what it offers is filled in by :func:`shown` whenever a page is opened."""
    regions, years = choices(workspace)

    def several(label: str, offered: Sequence[Any], **options: Any) -> gr.Dropdown:
        return gr.Dropdown(offered, label=label, multiselect=True, value=[], min_width=150, **options)

    with gr.Accordion("筛选条件", open=False):
        with gr.Row():
            region = several("地区（含下级）", regions, scale=2)
            level = several("层级", [(name, code) for code, name in LEVEL_NAMES.items()])
            year = several("发布年份", years)
        with gr.Row():
            types = several("段落类别", _TYPES)
            kinds = several("文种", _kinds(workspace))
            statuses = several(
                "时效（不选则不含失效的）", [(name, code) for code, name in STATUS_NAMES.items()]
            )
            names = list(workspace.store.collections())
            collections = several("专题", names, visible=bool(names))
    return FilterRow(region, level, year, types, kinds, statuses, collections)


def _kinds(workspace: Workspace) -> list[str]:
    return sorted({document.kind for document in workspace.store.documents() if document.kind})


def shown(workspace: Workspace, filters: Filters, *, refresh: bool = False) -> list[Any]:
    """Updates that set the row to ``filters``, in the order of the components.

    :param refresh: also bring up to date what is offered; documents come and go.
    """
    values: list[Sequence[Any]] = [
        filters.regions,
        filters.levels,
        filters.years,
        filters.types,
        filters.kinds,
        filters.statuses,
        filters.collections,
    ]
    updates: list[dict[str, Any]] = [{"value": list(value)} for value in values]
    if refresh:
        regions, years = choices(workspace)
        names = list(workspace.store.collections())
        known = {code for _, code in regions}
        regions += [(tree().full_name(code), code) for code in filters.regions if code not in known]
        updates[0]["choices"] = regions
        updates[2]["choices"] = sorted({*years, *filters.years}, reverse=True)
        updates[4]["choices"] = sorted({*_kinds(workspace), *filters.kinds})
        updates[6].update(choices=sorted({*names, *filters.collections}), visible=bool(names))
    return [gr.update(**update) for update in updates]


def offered(workspace: Workspace) -> list[dict[str, Any]]:
    """Updates of what the row offers after the library has changed; what was chosen stays."""
    regions, years = choices(workspace)
    names = list(workspace.store.collections())
    keep = gr.update()
    return [
        gr.update(choices=regions),
        keep,
        gr.update(choices=years),
        keep,
        gr.update(choices=_kinds(workspace)),
        keep,
        gr.update(choices=names, visible=bool(names)),
    ]


def to_filters(
    regions: list[str],
    levels: list[str],
    years: list[int],
    types: list[str],
    kinds: list[str],
    statuses: list[str],
    collections: list[str],
) -> Filters:
    """The filters that the row asks for."""
    return Filters(
        regions=tuple(regions or ()),
        levels=tuple(levels or ()),
        years=tuple(int(year) for year in years or ()),
        types=tuple(cast(PassageType, name) for name in PASSAGE_TYPE_NAMES if name in (types or ())),
        kinds=tuple(kinds or ()),
        statuses=tuple(name for name in STATUS_NAMES if name in (statuses or ())),
        collections=tuple(collections or ()),
    )
