"""Click in Chinese: headings of the help pages and messages of wrong usage."""

from __future__ import annotations

import re

import click

_CLICK_WORDS = re.compile(r"default: |env var: |required")
_CHINESE = {"default: ": "默认 ", "env var: ": "环境变量 ", "required": "必填"}


def _in_chinese(match: re.Match[str]) -> str:
    return _CHINESE[match.group()]


class ChineseHelp:
    """Mixin that writes a command's help page with Chinese headings."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line that shows how the command is called."""
        pieces = " ".join(self.collect_usage_pieces(ctx))  # type: ignore[attr-defined]
        for english, chinese in (("[OPTIONS]", "[选项]"), ("COMMAND [ARGS]...", "命令 …")):
            pieces = pieces.replace(english, chinese)
        formatter.write_usage(ctx.command_path, pieces, prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, and for a group its commands."""
        rows = [row for p in self.get_params(ctx) if (row := p.get_help_record(ctx))]  # type: ignore[attr-defined]
        if rows:
            with formatter.section("选项"):
                formatter.write_dl([(name, _CLICK_WORDS.sub(_in_chinese, text)) for name, text in rows])
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The ``--help`` option, described in Chinese."""
        option: click.Option | None = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "显示本页后退出。"
        return option


class ChineseCommand(ChineseHelp, click.Command):
    """A command whose help page is Chinese."""


class ChineseGroup(ChineseHelp, click.Group):
    """A group of commands whose help page is Chinese."""

    command_class = ChineseCommand

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands of the group with their first lines."""
        names = self.list_commands(ctx)
        rows = [(name, command.get_short_help_str(90)) for name in names if (command := self.commands[name])]
        with formatter.section("命令"):
            formatter.write_dl(rows)


def usage_message(error: click.UsageError) -> str:
    """One Chinese line for a wrong call, naming the option or argument that is off."""
    name = _parameter(error)
    if isinstance(error, click.NoSuchOption):
        near = f"，是否要写 {'、'.join(error.possibilities)}？" if error.possibilities else ""
        return f"没有选项 {error.option_name}{near}"
    if isinstance(error, click.MissingParameter):
        return f"缺少 {name or '参数'}"
    if isinstance(error, click.BadParameter):
        return f"{name} 的值不对：{_chinese_reason(error)}" if name else error.message
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 的写法不对（缺少值，或不该带值）"
    if error.message.startswith("No such command"):
        return f"没有命令 {error.message.split(chr(39))[1]}"
    if "unexpected extra argument" in error.message:
        return f"多出了参数：{error.message.split('(')[-1].rstrip(')')}"
    if error.message.startswith("Missing command"):
        return "缺少命令"
    return error.message


def _parameter(error: click.UsageError) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return ""
    if isinstance(parameter, click.Option):
        return str(parameter.opts[-1])
    return str(parameter.human_readable_name)


def _chinese_reason(error: click.BadParameter) -> str:
    parameter = error.param
    if parameter is not None and isinstance(parameter.type, click.Choice):
        return f"只能是 {'、'.join(map(str, parameter.type.choices))}"
    if parameter is not None and isinstance(parameter.type, (click.types.IntParamType, click.IntRange)):
        return "应为整数，且在允许的范围内"
    if parameter is not None and isinstance(parameter.type, click.Path):
        return "路径不存在或不能读"
    return error.message
