"""The command that serves the workbench."""

from __future__ import annotations

from pathlib import Path

import click

from interfaces.cli.chinese import ChineseCommand
from interfaces.cli.output import say
from interfaces.workspace import Workspace


@click.command(cls=ChineseCommand)
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址。")
@click.option("--port", default=7860, show_default=True, type=click.IntRange(1, 65535), help="监听的端口。")
@click.pass_obj
def serve(folder: Path, host: str, port: int) -> None:
    """启动工作台。"""
    run(folder, host, port)


def run(folder: Path, host: str, port: int) -> None:
    """Serve the workbench until it is stopped with Ctrl-C."""
    from interfaces.web import launch

    with Workspace(folder) as workspace:
        page = launch(workspace, host=host, port=port, prevent_thread_lock=True)
        say(f"工作台已启动：http://{host}:{port} （按 Ctrl-C 停止）")
        page.block_thread()
