"""The command that examines the library: what is damaged, undated, of unknown region, superseded, unreadable."""

from __future__ import annotations

from pathlib import Path

import click

from interfaces.cli.chinese import ChineseCommand
from interfaces.cli.options import json_option
from interfaces.cli.output import emit_all, say
from interfaces.workspace import Workspace
from search.checkup import examine


@click.command(cls=ChineseCommand)
@json_option
@click.pass_obj
def check(folder: Path, as_json: bool) -> int:
    """知识库体检：损坏、缺日期、地区不明、已失效、重复的文献。"""
    with Workspace(folder) as workspace:
        findings = examine(workspace.store)
        damage = workspace.store.check()
    if as_json:
        emit_all(
            {"finding": f.kind, "label": f.label, "count": len(f.documents), "documents": list(f.documents)}
            for f in findings
        )
        emit_all({"finding": "store", "label": problem, "count": 1, "documents": []} for problem in damage)
    else:
        for finding in findings:
            say(f"{finding.label}：{len(finding.documents)} 篇")
            for identifier, title in zip(finding.documents, finding.titles, strict=True):
                say(f"  {identifier}  {title}")
        for problem in damage:
            say(problem)
        if not damage:
            say("数据库完好。")
    return 1 if damage else 0
