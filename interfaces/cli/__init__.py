"""The command line: ``policykb [--kb DIR] COMMAND``."""

from __future__ import annotations

import importlib
import logging
import sys
from pathlib import Path

import click

from interfaces.cli.chinese import ChineseGroup, usage_message
from interfaces.cli.output import warn
from kb.errors import PolicyKBError, QueryError

# Commands are imported when they are called, so that a search does not pay for the workbench.
COMMANDS = {
    "ingest": "interfaces.cli.ingest:ingest",
    "documents": "interfaces.cli.browse:documents",
    "sections": "interfaces.cli.browse:sections",
    "show": "interfaces.cli.browse:show",
    "remove": "interfaces.cli.browse:remove",
    "collections": "interfaces.cli.collections:collections",
    "search": "interfaces.cli.find:search",
    "ask": "interfaces.cli.find:ask",
    "facts": "interfaces.cli.figures:facts",
    "table": "interfaces.cli.figures:table",
    "compare": "interfaces.cli.compare:compare",
    "cases": "interfaces.cli.cases:cases",
    "check": "interfaces.cli.check:check",
    "serve": "interfaces.cli.serve:serve",
    "mcp": "interfaces.cli.mcp:mcp",
    "eval": "interfaces.cli.evaluate:evaluate",
}


class LazyGroup(ChineseGroup):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order a user meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module and return the command; None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their first lines."""
        rows = [
            (name, command.get_short_help_str(90))
            for name in self.list_commands(ctx)
            if (command := self.get_command(ctx, name)) is not None
        ]
        with formatter.section("命令"):
            formatter.write_dl(rows)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--kb",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("kb-data"),
    envvar="POLICYKB_HOME",
    show_default=True,
    help="知识库所在的文件夹。",
)
@click.option("--debug", is_flag=True, help="出错时显示完整的调用记录。")
@click.version_option(package_name="policykb", message="policykb %(version)s", help="显示版本后退出。")
@click.pass_context
def policykb(ctx: click.Context, folder: Path, debug: bool) -> None:
    """中文政策文献与地方案例知识库：按地区检索，答案逐字引证。"""
    ctx.obj = folder
    logging.basicConfig(
        level=logging.DEBUG if debug else logging.ERROR,
        format="%(levelname)s %(name)s: %(message)s",
        stream=sys.stderr,
    )


def main(arguments: list[str] | None = None) -> int:
    """Run the command line. Returns 0 done, 1 nothing could be done, 2 wrong usage."""
    given = sys.argv[1:] if arguments is None else arguments
    debug = "--debug" in given
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = policykb.main(args=given, prog_name="policykb", standalone_mode=False)
    except click.UsageError as error:
        warn(f"用法有误：{usage_message(error)}。运行 policykb --help 查看用法。")
        return 2
    except click.exceptions.Abort:
        warn("已中断；已经完成的部分都已保存。")
        return 1
    except BrokenPipeError:
        return 0
    except QueryError as error:
        if debug:
            raise
        warn(f"出错：{error}")
        return 2
    except PolicyKBError as error:
        if debug:
            raise
        warn(f"出错：{error}")
        return 1
    except Exception as error:  # the last place: a person gets one line, not a traceback
        if debug:
            raise
        warn(f"出错：程序内部错误（{type(error).__name__}：{error}）。加上 --debug 可看到详情。")
        return 1
    return code if isinstance(code, int) else 0
