"""Commands on numbers: facts and the table region × indicator."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from interfaces import records
from interfaces.cli.chinese import ChineseCommand
from interfaces.cli.options import json_option, region_codes, region_option
from interfaces.cli.output import emit_all, say
from interfaces.cli.output import table as print_table
from interfaces.workspace import Workspace
from kb.model import FACT_KIND_NAMES
from kb.store import with_descendants

if TYPE_CHECKING:
    from search.table import Entry


@click.command(cls=ChineseCommand)
@click.option("--document", default=None, metavar="文献编号", help="只看这一篇。")
@region_option
@click.option("--indicator", default=None, metavar="文字", help="指标名称里含有的文字。")
@click.option(
    "--kind", default=None, type=click.Choice(list(FACT_KIND_NAMES)), help="目标、要求、投入或成效。"
)
@json_option
@click.pass_obj
def facts(
    folder: Path,
    document: str | None,
    regions: tuple[str, ...],
    indicator: str | None,
    kind: str | None,
    as_json: bool,
) -> None:
    """列出数据项：数值、单位、时间、地区和原句。"""
    with Workspace(folder) as workspace:
        if document is not None:
            workspace.store.document(document)
        found = workspace.store.facts(
            document=document,
            regions=with_descendants(region_codes(regions)) if regions else None,
            indicator=indicator,
            kind=kind,
        )
    if as_json:
        emit_all(map(records.fact, found))
        return
    print_table(
        ["地区", "指标", "数值", "时间", "类别", "原句", "来源"],
        (
            (
                records.region(item.fact.region_code)["name"],
                item.fact.indicator,
                item.fact.surface,
                item.fact.time,
                FACT_KIND_NAMES[item.fact.kind],
                item.fact.quote,
                item.source,
            )
            for item in found
        ),
    )
    say(f"共 {len(found)} 项。")


@click.command(cls=ChineseCommand)
@click.option(
    "--indicator", "indicators", multiple=True, required=True, metavar="指标", help="指标；可写多次。"
)
@region_option
@json_option
@click.pass_obj
def table(folder: Path, indicators: tuple[str, ...], regions: tuple[str, ...], as_json: bool) -> None:
    """地区 × 指标对照表，每一格都有原句和出处。"""
    from search.table import build_table

    with Workspace(folder) as workspace:
        built = build_table(workspace.library, indicators, region_codes(regions))
    if as_json:
        emit_all(records.table_rows(built))
        return
    headers = [
        f"{name}（{unit}）" if unit else name
        for name, unit in zip(built.indicators, built.units, strict=True)
    ]
    print_table(
        ["地区", *headers],
        (
            [row.name, *("；".join(_cell(entry) for entry in cell.entries) or "缺" for cell in row.cells)]
            for row in built.rows
        ),
    )
    if not built.rows:
        say("库里没有这个指标的数据。")


def _cell(entry: Entry) -> str:
    fact = entry.fact.fact
    time = f"，{fact.time}" if fact.time else ""
    return f"{fact.surface}（{fact.indicator}{time}，{FACT_KIND_NAMES[fact.kind]}）"
