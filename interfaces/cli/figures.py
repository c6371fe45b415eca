"""Commands on numbers: facts and the table region × indicator."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from interfaces import records
from interfaces.cli.chinese import ChineseCommand
from interfaces.cli.options import collection_option, json_option, output_option, region_codes, region_option
from interfaces.cli.output import emit_all, say, warn
from interfaces.cli.output import table as print_table
from interfaces.workspace import Workspace
from kb.errors import QueryError
from kb.model import FACT_KIND_NAMES, Filters
from kb.store import with_descendants

if TYPE_CHECKING:
    from search.table import Entry, Table


@click.command(cls=ChineseCommand)
@click.option("--document", default=None, metavar="文献编号", help="只看这一篇。")
@region_option
@click.option("--indicator", default=None, metavar="文字", help="指标名称里含有的文字。")
@click.option(
    "--kind", default=None, type=click.Choice(list(FACT_KIND_NAMES)), help="目标、要求、投入或成效。"
)
@collection_option
@json_option
@click.pass_obj
def facts(
    folder: Path,
    document: str | None,
    regions: tuple[str, ...],
    indicator: str | None,
    kind: str | None,
    collections: tuple[str, ...],
    as_json: bool,
) -> None:
    """列出数据项：数值、单位、时间、地区和原句。"""
    with Workspace(folder) as workspace:
        if document is not None:
            workspace.store.document(document)
        workspace.store.members(collections)
        found = workspace.store.facts(
            document=document,
            regions=with_descendants(region_codes(regions)) if regions else None,
            indicator=indicator,
            kind=kind,
            filters=Filters(collections=collections),
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
@click.option("--indicator", "indicators", multiple=True, metavar="指标", help="指标；可写多次。")
@region_option
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(list(FACT_KIND_NAMES)),
    help="只看这种性质的数据；可写多次。",
)
@collection_option
@click.option("--suggest", metavar="文字", help="列出库里含有这些字的指标和数据项数；写“”列出最常见的。")
@output_option("写入 .xlsx、.csv、.png、.docx 或 .md；不写则显示。")
@json_option
@click.pass_obj
def table(
    folder: Path,
    indicators: tuple[str, ...],
    regions: tuple[str, ...],
    kinds: tuple[str, ...],
    collections: tuple[str, ...],
    suggest: str | None,
    output: Path | None,
    as_json: bool,
) -> int:
    """地区 × 指标对照表，每一格都有原句和出处。"""
    from search.indicators import suggestions
    from search.table import build_table, cited_documents

    with Workspace(folder) as workspace:
        if suggest is not None:
            found = suggestions(workspace.library.snapshot(), suggest)
            _offer([(item.name, item.facts) for item in found], as_json)
            return 0 if found else 1
        if not indicators:
            raise QueryError("没有写指标", remedy="例如：--indicator 骨干教师占比；用 --suggest 查有哪些指标")
        built = build_table(
            workspace.library,
            indicators,
            region_codes(regions),
            Filters(collections=collections),
            kinds=kinds,
        )
        if output is not None and built.rows:
            from search.export import export_table

            export_table(built, output, workspace.store.documents_by_id(cited_documents(built)))
            warn(f"已把 {len(built.rows)} 个地区的对照表写入 {output}")
    if as_json:
        emit_all(records.table_rows(built))
    elif output is None or not built.rows:
        _show(built)
    return 0 if built.rows else 1


def _offer(found: list[tuple[str, int]], as_json: bool) -> None:
    if as_json:
        emit_all({"indicator": name, "facts": facts} for name, facts in found)
        return
    print_table(["指标", "数据项"], ((name, str(facts)) for name, facts in found))


def _show(built: Table) -> None:
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
