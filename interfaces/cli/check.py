"""The command that examines the library: what is damaged, undated, of unknown region, superseded, unreadable."""

from __future__ import annotations

from pathlib import Path

import click

from interfaces.cli.chinese import ChineseCommand
from interfaces.cli.options import json_option, output_option
from interfaces.cli.output import emit_all, say, warn
from interfaces.workspace import Workspace
from search.checkup import examine


@click.command(cls=ChineseCommand)
@output_option("写入 .xlsx 或 .csv；不写则显示。")
@json_option
@click.pass_obj
def check(folder: Path, output: Path | None, as_json: bool) -> int:
    """知识库体检：损坏、缺日期、地区不明、已失效、重复、没有文字的文献和未能读入的文件。"""
    with Workspace(folder) as workspace:
        findings = examine(workspace.store, workspace.store.unread())
        damage = workspace.store.check()
        if output is not None:
            from search.export import export_checkup

            ids = {name for finding in findings for name in finding.documents}
            export_checkup(findings, output, workspace.store.documents_by_id(ids))
            warn(f"已把体检结果写入 {output}")
    if as_json:
        emit_all(
            {
                "finding": finding.kind,
                "label": finding.label,
                "count": len(finding.items),
                "documents": list(finding.documents),
                "items": [
                    {"document": i.document, "title": i.title, "source": i.source, "detail": i.detail}
                    for i in finding.items
                ],
            }
            for finding in findings
        )
        emit_all(
            {"finding": "store", "label": problem, "count": 1, "documents": [], "items": []}
            for problem in damage
        )
    elif output is None:
        for finding in findings:
            say(f"{finding.label}：{len(finding.items)} 项")
            for item in finding.items:
                say(
                    f"  {item.document or '（文件）'}  {item.title}{f'（{item.detail}）' if item.detail else ''}"
                )
    if not as_json:
        for problem in damage:
            say(problem)
        if not damage:
            say("数据库完好。")
    return 1 if damage else 0
