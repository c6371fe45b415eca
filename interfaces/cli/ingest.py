"""The command that reads files into the library."""

from __future__ import annotations

from pathlib import Path

import click

from ingest.pipeline import Progress, Report
from interfaces.cli.chinese import ChineseCommand
from interfaces.cli.options import json_option
from interfaces.cli.output import emit, say, warn
from interfaces.cli.progress import IngestBar
from interfaces.workspace import Workspace


@click.command(cls=ChineseCommand)
@click.argument("paths", metavar="文件或文件夹…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--collection", default="", metavar="专题", help="归入哪个专题。")
@click.option("--force", is_flag=True, help="没有改动的文件也重新读。")
@click.option("--workers", type=click.IntRange(0, 64), default=None, help="读文件的进程数；默认按核数。")
@json_option
@click.pass_obj
def ingest(
    folder: Path, paths: tuple[Path, ...], collection: str, force: bool, workers: int | None, as_json: bool
) -> int:
    """把文件和文件夹读进知识库。"""
    with Workspace(folder) as workspace, IngestBar() as bar:
        report = workspace.ingest(
            paths,
            collection=collection,
            force=force,
            workers=workers,
            on_progress=bar.reading,
            on_index=bar.indexing,
        )
    if as_json:
        emit(to_record(report))
    else:
        _tell(report)
    return 1 if report.failed and len(report.failed) == report.files else 0


def to_record(report: Report) -> dict[str, object]:
    """The report as the JSON record of the command."""
    return {
        "files": report.files,
        "documents": report.documents,
        "passages": report.passages,
        "facts": report.facts,
        "unchanged": report.unchanged,
        "failed": [{"source": item.source, "error": item.error} for item in report.failed],
        "bytes": report.bytes,
        "seconds": round(report.seconds, 3),
    }


def _tell(report: Report) -> None:
    if not report.files:
        say("没有找到可以读的文件。")
        return
    say(
        f"共 {report.files} 个文件：读入 {report.documents} 篇文献、{report.passages} 个段落、"
        f"{report.facts} 个数据项；{report.unchanged} 个文件没有改动；{len(report.failed)} 个失败；"
        f"用时 {report.seconds:.1f} 秒。"
    )
    for failure in report.failed:
        warn(f"未能读入 {failure.source}：{failure.error}")


__all__ = ["Progress", "ingest", "to_record"]
