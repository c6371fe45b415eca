"""The command that reviews a local text against reference documents, or an old version of it against a new one."""

from __future__ import annotations

from pathlib import Path

import click

from interfaces import records
from interfaces.cli.chinese import ChineseCommand
from interfaces.cli.options import json_option, output_option
from interfaces.cli.output import emit_all, say, warn
from interfaces.reviewing import Review, VersionReview, read_local, review, versions
from interfaces.workspace import Workspace
from search.compare import (
    CHANGE_NAMES,
    CLAUSE_STATUS_NAMES,
    NUMBER_CHANGE_NAMES,
    VERDICT_NAMES,
    Material,
    by_attention,
    numbers_first,
    summary_line,
    versions_line,
    wording_changes,
)
from search.compare.model import ClauseChange, ClauseResult, NumberResult


@click.command(cls=ChineseCommand)
@click.argument("local", metavar="文献编号或文件")
@click.option(
    "--against",
    "references",
    multiple=True,
    metavar="文献编号",
    help="参照的文献；可写多次，不写则自动选取。",
)
@click.option("--region", default="", metavar="地区", help="文件里读不出地区时，说明它是哪个地区的。")
@click.option(
    "--versions",
    "old",
    default="",
    metavar="旧版",
    help="改为新旧对照：旧版的文献编号或文件；前面写的是新版。",
)
@output_option("另存为 .docx、.md、.xlsx 或 .csv。")
@json_option
@click.pass_obj
def compare(
    folder: Path,
    local: str,
    references: tuple[str, ...],
    region: str,
    old: str,
    output: Path | None,
    as_json: bool,
) -> None:
    """把本地文件与国家、省级文件逐条对照；给出文件路径时只读这一次，不入库。"""
    if old and (references or region):
        raise click.UsageError("--versions 不能与 --against、--region 同时使用")
    with Workspace(folder) as workspace:
        if old:
            _versions(workspace, old, local, output, as_json=as_json)
            return
        for name in references:
            workspace.store.document(name)
        value = review(workspace, _text(local), references, region=region)
    if output is not None:
        from search.export import export_comparison

        export_comparison(value.comparison, output)
        warn(f"已写入 {output}")
    if as_json:
        emit_all(map(records.compare_clause, value.comparison.results))
    else:
        _show(value)


def _text(name: str, part: str = "") -> str | Material:
    """A document of the library by its id, or the text of a file."""
    path = Path(name)
    if not path.is_file():
        return name
    material, documents = read_local(path, part=part)
    if documents > 1:
        warn(f"{path.name} 里有 {documents} 篇文献，只对照最长的一篇：{material.document.title}")
    return material


def _versions(workspace: Workspace, old: str, new: str, output: Path | None, *, as_json: bool) -> None:
    value = versions(workspace, _text(old, "旧版"), _text(new, "新版"))
    if output is not None:
        from search.export import export_versions

        export_versions(value.comparison, output)
        warn(f"已写入 {output}")
    if as_json:
        emit_all(map(records.version_change, value.comparison.changes))
    else:
        _show_versions(value)


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


def _show_versions(value: VersionReview) -> None:
    comparison = value.comparison
    say(f"旧版：{comparison.old.title}")
    say(f"新版：{comparison.new.title}")
    say(versions_line(comparison))
    for change in comparison.changes:
        if change.change != "same":
            say(f"[{CHANGE_NAMES[change.change]}] {_wording(change)}")
            for number in change.numbers:
                moved = f"{number.old.fact.surface} → {number.new.fact.surface}"
                say(f"    {number.indicator}：{moved}（{NUMBER_CHANGE_NAMES[number.change]}）")


def _wording(change: ClauseChange) -> str:
    """A clause in one line: what was dropped in [-…-], what was added in {+…+}."""
    old = change.old.citation.quote if change.old else ""
    new = change.new.citation.quote if change.new else ""
    if not old or not new:
        return old or new
    signs = {"same": "{}", "dropped": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(signs[piece.kind].format(piece.text) for piece in wording_changes(old, new))
