"""Writes the reference of the command line, ``docs/cli.md``, from the commands themselves.

Run ``python -m interfaces.cli.reference docs/cli.md``; a test holds the file against the commands.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from interfaces.cli import policykb

_HEAD = """# 命令行

由 `python -m interfaces.cli.reference docs/cli.md` 生成，勿手改。

每条命令加 `--json` 时，标准输出只有 JSON Lines，进度走标准错误。退出码：0 完成，1 什么也没做成，2 用法有误。
`start`、`end` 是来源文本的字符位置（Unicode 码位），`source` 是相对于所读文件夹的路径，地区的 `name` 是全称路径。
"""


def reference() -> str:
    """The reference as Markdown: the program, then each command with its help page."""
    context = click.Context(policykb, info_name="policykb", terminal_width=100, **policykb.context_settings)
    parts = [_HEAD, "```\n" + policykb.get_help(context) + "\n```\n"]
    for name in policykb.list_commands(context):
        command = policykb.get_command(context, name)
        if command is not None:
            below = click.Context(command, info_name=name, parent=context, terminal_width=100)
            parts.append(f"## {name}\n\n```\n{command.get_help(below)}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reference(), encoding="utf-8")
