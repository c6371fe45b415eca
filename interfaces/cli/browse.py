"""Commands that look at what is in the library: documents, sections, show, remove."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from interfaces import records
from interfaces.cli.chinese import ChineseCommand
from interfaces.cli.options import collection_option, json_option, region_option, to_filters
from interfaces.cli.output import emit_all, say, table
from interfaces.workspace import Workspace
from kb.model import LEVEL_NAMES, STATUS_NAMES


@click.command(cls=ChineseCommand)
@region_option
@click.option("--level", "levels", multiple=True, type=click.Choice(list(LEVEL_NAMES)), help="层级。")
@collection_option
@json_option
@click.pass_obj
def documents(
    folder: Path, regions: Iterable[str], levels: Iterable[str], collections: tuple[str, ...], as_json: bool
) -> None:
    """列出库里的文献。"""
    with Workspace(folder) as workspace:
        workspace.store.members(collections)
        found = workspace.store.documents(to_filters(regions, levels, collections=collections))
    if as_json:
        emit_all(map(records.document, found))
        return
    table(
        ["编号", "标题", "地区", "层级", "文种", "日期", "时效"],
        (
            (
                d.id,
                d.title,
                records.region(d.region_code)["name"],
                LEVEL_NAMES.get(d.level, ""),
                d.kind,
                d.published,
                STATUS_NAMES[d.status],
            )
            for d in found
        ),
    )
    say(f"共 {len(found)} 篇。")


@click.command(cls=ChineseCommand)
@click.argument("document", metavar="文献编号")
@json_option
@click.pass_obj
def sections(folder: Path, document: str, as_json: bool) -> None:
    """列出一篇文献的标题树。"""
    with Workspace(folder) as workspace:
        workspace.store.document(document)
        found = workspace.store.sections(document)
    if as_json:
        emit_all(records.sections(found))
        return
    for section in found:
        say("  " * (section.level - 1) + section.title)


@click.command(cls=ChineseCommand)
@click.argument("document", metavar="文献编号")
@json_option
@click.pass_obj
def show(folder: Path, document: str, as_json: bool) -> None:
    """显示一篇文献的信息与原文。"""
    with Workspace(folder) as workspace:
        found = workspace.store.document(document)
        text = workspace.store.source_text(found.source)
    record = records.document(found)
    if as_json:
        evidence = {
            name: {"origin": e.origin, "quote": e.quote, "start": e.start}
            for name, e in found.evidence.items()
        }
        # The whole source text: that is what the offsets of every other command point into.
        emit_all([{**record, "evidence": evidence, "source_text": text}])
        return
    say(found.title)
    for label, value in (
        ("来源文件", found.source),
        ("地区", record["region"]["name"]),
        ("发文机关", found.issuer),
        ("文号", found.number),
        ("日期", found.published),
        ("时效", STATUS_NAMES[found.status]),
    ):
        if value:
            say(f"{label}：{value}")
    say()
    say(text[found.start : found.end])


@click.command(cls=ChineseCommand)
@click.argument("documents", metavar="文献编号…", nargs=-1, required=True)
@json_option
@click.pass_obj
def remove(folder: Path, documents: tuple[str, ...], as_json: bool) -> int:
    """从库里移除文献；来源文件本身不动。"""
    with Workspace(folder) as workspace:
        removed = workspace.remove(documents)
    unknown = [name for name in documents if name not in removed]
    if as_json:
        emit_all([{"removed": removed, "unknown": unknown}])
    else:
        say(f"已移除 {len(removed)} 篇。")
        if unknown:
            say(f"库里没有：{'、'.join(unknown)}")
    return 0 if removed else 1
