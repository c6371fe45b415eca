"""The command that collects cited cases on a topic into a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from interfaces import records
from interfaces.cli.chinese import ChineseCommand
from interfaces.cli.options import json_option, output_option, search_filters, to_filters
from interfaces.cli.output import emit_all, say, warn
from interfaces.workspace import Workspace
from search.casebook import MOST, ROLE_NAMES, CaseBook, build_casebook, read_request


@click.command(cls=ChineseCommand)
@click.argument("query", metavar="主题")
@click.option(
    "-n", "count", default=None, type=click.IntRange(1, MOST), help="几个案例；不写则看主题，再不然 3 个。"
)
@click.option("--with-numbers", is_flag=True, help="只要有数字的案例。")
@output_option("写入 .docx、.md、.xlsx 或 .csv；不写则显示。")
@search_filters
@json_option
@click.pass_obj
def cases(
    folder: Path,
    /,
    query: str,
    count: int | None,
    with_numbers: bool,
    output: Path | None,
    as_json: bool,
    **filters: Any,
) -> int:
    """汇编一个主题的案例：地区、做法、成效，逐字引文，附参考文献。"""
    request = read_request(query, count=count, with_numbers=with_numbers or None)
    with Workspace(folder) as workspace:
        snapshot = workspace.library.snapshot()
        book = build_casebook(workspace.searcher, snapshot.reader, request, to_filters(**filters))
    if output is not None and book.cards:
        from search.export import export_casebook

        export_casebook(book, output)
        warn(f"已把 {len(book.cards)} 个案例写入 {output}")
    if as_json:
        emit_all(map(records.case_card, book.cards))
    elif output is None or not book.cards:
        _show(book)
    return 0 if book.cards else 1


def _show(book: CaseBook) -> None:
    for note in book.notes:
        say(f"· {note}")
    for place, card in enumerate(book.cards, 1):
        say(f"{place}. {card.heading}（{card.region}，《{card.document.title}》）")
        for quote in card.quotes:
            say(f"   [{ROLE_NAMES[quote.role]}] {quote.text}")
