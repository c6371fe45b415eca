"""Commands that answer: search and ask, for one query or a batch from stdin."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from interfaces import records
from interfaces.cli.chinese import ChineseCommand
from interfaces.cli.options import json_option, search_filters, to_filters
from interfaces.cli.output import emit, emit_all, say, warn
from interfaces.workspace import Workspace
from kb.errors import DraftError, QueryError

if TYPE_CHECKING:
    from search.answer.model import Answer
    from search.drafting import Draft


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
@click.option("--draft", is_flag=True, help="另用设置的起草接口写一段草稿；引文会发送到那个接口。")
@json_option
@click.pass_obj
def ask(folder: Path, /, query: str, draft: bool, as_json: bool, **filters: Any) -> None:
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
                written = _drafted(workspace, answer, batch=query == "-") if draft and answer else None
                batch = {"query": text} if query == "-" else {}
                more = {"draft": records.draft(written) if written else None} if draft else {}
                emit({**batch, **(records.answer(answer) if answer else records.unanswered(text)), **more})
                sys.stdout.flush()
                continue
            if answer is None:
                say(f"{text}：这个问题无法理解。")
                continue
            say(answer.text)
            for item in answer.citations:
                say(f"[{item.number}] {records.place(item.citation)}")
            written = _drafted(workspace, answer, batch=query == "-") if draft else None
            if written is not None:
                _say_draft(written)


def _drafted(workspace: Workspace, answer: Answer, *, batch: bool) -> Draft | None:
    """The draft of an answer, none of a refusal; in a batch one that fails is warned of and passed over."""
    from interfaces.drafting import draft_answer

    if not answer.answered:
        return None
    try:
        return draft_answer(workspace, answer)
    except DraftError as error:
        if not batch:
            raise
        warn(str(error))
        return None


def _say_draft(value: Draft) -> None:
    say(f"\n草稿（由 {value.model} 起草，引文已发送到 {value.host}）")
    for note in value.notes:
        say(f"· {note}")
    if value.text:
        say(value.text)
    if value.removed:
        say(f"核对不上、已删去的 {len(value.removed)} 句：")
    for item in value.removed:
        say(f"× {item.text}（{item.reason}）")
