"""The command that reviews a local text against reference documents."""

from __future__ import annotations

from pathlib import Path

import click

from interfaces import records
from interfaces.cli.chinese import ChineseCommand
from interfaces.cli.options import json_option
from interfaces.cli.output import emit_all, say, warn
from interfaces.reviewing import Review, read_local, review
from interfaces.workspace import Workspace
from search.compare import CLAUSE_STATUS_NAMES, VERDICT_NAMES, by_attention, numbers_first, summary_line
from search.compare.model import ClauseResult, NumberResult


@click.command(cls=ChineseCommand)
@click.argument("local", metavar="文献编号或文件")
@click.option(
    "--against",
    "references",
    multiple=True,
    metavar="文献编号",
    help="参照的文献；可写多次，不写则自动选取。",
)
@click.option(
    "-o",
    "output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    metavar="文件",
    help="另存为 .docx、.md、.xlsx 或 .csv。",
)
@json_option
@click.pass_obj
def compare(
    folder: Path, local: str, references: tuple[str, ...], output: Path | None, as_json: bool
) -> None:
    """把本地文件与国家、省级文件逐条对照；给出文件路径时只读这一次，不入库。"""
    with Workspace(folder) as workspace:
        for name in references:
            workspace.store.document(name)
        path = Path(local)
        if path.is_file():
            material, documents = read_local(path)
            if documents > 1:
                warn(f"{path.name} 里有 {documents} 篇文献，只对照最长的一篇：{material.document.title}")
            value = review(workspace, material, references)
        else:
            value = review(workspace, local, references)
    if output is not None:
        from search.export import export_comparison

        export_comparison(value.comparison, output)
        warn(f"已写入 {output}")
    if as_json:
        emit_all(map(records.compare_clause, value.comparison.results))
    else:
        _show(value)


def _show(value: Review) -> None:
    comparison = value.comparison
    say(f"{comparison.local.title}")
    for document in comparison.references:
        say(f"对照：{document.title}")
    say(summary_line(comparison))
    numbers = numbers_first(comparison)
    if numbers:
        say("\n数值与时间")
        for item in numbers:
            say(_number(item.number))
    say("\n逐条对照")
    for result in by_attention(comparison):
        for line in _clause(result):
            say(line)
    if comparison.additions:
        say("\n本地另有的内容")
        for clause in comparison.additions:
            say(f"· {clause.citation.quote}")


def _number(number: NumberResult) -> str:
    stage = f"（{number.stage}）" if number.stage else ""
    return f"[{VERDICT_NAMES[number.verdict]}] {number.indicator}{stage}：{number.reason}"


def _clause(result: ClauseResult) -> list[str]:
    status = "搁置" if result.set_aside else CLAUSE_STATUS_NAMES[result.status]
    lines = [f"[{status}] {result.clause.citation.quote}", f"    {result.reason}"]
    lines.extend(f"    ← {match.quote}" for match in result.matches)
    return lines
