"""The command that serves the tools to assistants over MCP."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import click

from interfaces.cli.chinese import ChineseCommand
from interfaces.workspace import Workspace
from kb.errors import PolicyKBError


@click.command(cls=ChineseCommand)
@click.pass_obj
def mcp(folder: Path) -> None:
    """以 MCP 服务的形式运行（标准输入输出），供智能助手调用。"""
    if importlib.util.find_spec("mcp") is None:
        raise PolicyKBError(
            "没有安装 MCP 组件",
            remedy="请运行 pip install 'policykb[mcp]'；不联网的机器先在别处下载安装包再装",
        )
    from interfaces.mcp import build

    with Workspace(folder) as workspace:
        build(workspace).run("stdio")
