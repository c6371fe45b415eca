"""The command that puts documents together in collections."""

from __future__ import annotations

from pathlib import Path

import click

from interfaces.cli.chinese import ChineseCommand
from interfaces.cli.options import json_option
from interfaces.cli.output import emit_all, say, table
from interfaces.workspace import Workspace
from kb.errors import QueryError


@click.command(cls=ChineseCommand)
@click.argument("documents", metavar="[文献编号…]", nargs=-1)
@click.option("--create", metavar="专题", help="新建一个专题。")
@click.option("--rename", nargs=2, metavar="专题 新名称", help="给专题改名。")
@click.option("--delete", metavar="专题", help="取消一个专题；其中的文献仍在库里。")
@click.option("--add", metavar="专题", help="把列出的文献归入这个专题；没有就新建。")
@click.option("--take-out", metavar="专题", help="把列出的文献移出这个专题。")
@json_option
@click.pass_obj
def collections(
    folder: Path,
    documents: tuple[str, ...],
    create: str | None,
    rename: tuple[str, str] | None,
    delete: str | None,
    add: str | None,
    take_out: str | None,
    as_json: bool,
) -> None:
    """专题：列出、新建、改名、取消，归入或移出文献；一篇文献可以在几个专题里。"""
    if bool(documents) != bool(add or take_out):
        raise QueryError("专题和文献要一起写", remedy="例如：policykb collections --add 教育 文献编号…")
    with Workspace(folder) as workspace:
        store = workspace.store
        if create:
            store.create_collection(create)
        if rename:
            store.rename_collection(*rename)
        if delete:
            store.delete_collection(delete)
        if add:
            store.put_into_collection(add, documents)
        if take_out:
            store.take_out_of_collection(take_out, documents)
        found = store.collections()
    if as_json:
        emit_all(
            {"collection": name, "count": len(members), "documents": list(members)}
            for name, members in found.items()
        )
        return
    table(["专题", "文献"], ((name, f"{len(members)} 篇") for name, members in found.items()))
    say(f"共 {len(found)} 个专题。")
