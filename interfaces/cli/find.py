"""Commands that answer: search and ask, for one query or a batch from stdin."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from interfaces import records
from interfaces.cli.chinese import ChineseCommand
from interfaces.cli.options import json_option, search_filters, to_filters
from interfaces.cli.output import emit, emit_all, say
from interfaces.workspace import Workspace
from kb.errors import QueryError


def queries(argument: str) -> Iterator[str]:
    """The query itself, or with ``-`` one query a line of stdin; empty lines are passed over."""
    if argument != "-":
        yield argument
        return
    for line in sys.stdin:
        if line.strip():
            yield line.strip()


@click.command(cls=ChineseCommand)
@click.argument("query", metavar="检索词")
@click.option("-k", "count", default=10, show_default=True, type=click.IntRange(1, 1000), help="最多几段。")
@search_filters
@json_option
@click.pass_obj
def search(folder: Path, /, query: str, count: int, as_json: bool, **filters: Any) -> None:
    """检索段落；检索词写 - 时从标准输入逐行读取。"""
    chosen = to_filters(**filters)
    with Workspace(folder) as workspace:
        for text in queries(query):
            result = workspace.search(text, k=count, filters=chosen)
            if as_json:
                batch = {"query": text} if query == "-" else {}
                emit_all({**batch, **records.hit(hit)} for hit in result.hits)
                continue
            for note in result.notes:
                say(f"· {note.message}")
            if not result.hits:
                say("没有找到符合条件的段落。")
            for hit in result.hits:
                say(f"{hit.rank}. {records.place(hit.citation)}")
                say(f"   {hit.citation.quote}")


@click.command(cls=ChineseCommand)
@click.argument("query", metavar="问题")
@search_filters
@json_option
@click.pass_obj
def ask(folder: Path, /, query: str, as_json: bool, **filters: Any) -> None:
    """提问，得到逐字引证的答案；问题写 - 时从标准输入逐行读取。"""
    chosen = to_filters(**filters)
    with Workspace(folder) as workspace:
        for text in queries(query):
            try:
                answer = workspace.ask(text, filters=chosen)
            except QueryError:
                # In a batch one question that can't be asked must not cost the others their answers.
                if query != "-":
                    raise
                answer = None
            if as_json:
                batch = {"query": text} if query == "-" else {}
                emit({**batch, **(records.answer(answer) if answer else records.unanswered(text))})
                sys.stdout.flush()
                continue
            if answer is None:
                say(f"{text}：这个问题无法理解。")
                continue
            say(answer.text)
            for item in answer.citations:
                say(f"[{item.number}] {records.place(item.citation)}")
