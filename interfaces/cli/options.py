"""Options that several commands share, and how they become filters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

from kb.model import LEVEL_NAMES, PASSAGE_TYPE_NAMES, STATUS_NAMES, Filters

Command = TypeVar("Command", bound=Callable[..., Any])

json_option = click.option("--json", "as_json", is_flag=True, help="输出 JSON Lines，一行一条。")
region_option = click.option(
    "--region", "regions", multiple=True, metavar="地区", help="只看这个地区及其下级；可写多次。"
)

collection_option = click.option(
    "--collection", "collections", multiple=True, metavar="专题", help="只看这个专题；可写多次。"
)


def output_option(formats: str) -> Callable[[Command], Command]:
    """``-o``: write a file instead of showing; ``formats`` says in Chinese which."""
    return click.option(
        "-o",
        "output",
        type=click.Path(dir_okay=False, path_type=Path),
        default=None,
        metavar="文件",
        help=formats,
    )


def _all(options: Iterable[Callable[[Command], Command]]) -> Callable[[Command], Command]:
    def decorate(command: Command) -> Command:
        for option in reversed(list(options)):
            command = option(command)
        return command

    return decorate


search_filters = _all(
    [
        region_option,
        click.option(
            "--level", "levels", multiple=True, type=click.Choice(list(LEVEL_NAMES)), help="文献的层级。"
        ),
        click.option("--year", "years", multiple=True, type=click.IntRange(1949, 2100), help="发布年份。"),
        click.option(
            "--kind",
            "types",
            multiple=True,
            type=click.Choice([name for name in PASSAGE_TYPE_NAMES if name != "background"]),
            help="段落的类型：目标、举措、数据。",
        ),
        click.option("--document-kind", "kinds", multiple=True, metavar="文种", help="意见、办法、案例等。"),
        collection_option,
        click.option(
            "--status",
            "statuses",
            multiple=True,
            type=click.Choice([*STATUS_NAMES, "all"]),
            help="时效；默认不含已失效的文献，all 为全部。",
        ),
    ]
)


def region_codes(names: Iterable[str]) -> tuple[str, ...]:
    """The codes of regions given by name or code.

    :raises QueryError: a name is unknown or fits several regions.
    """
    from kb.regions import resolve_name

    return tuple(resolve_name(name) for name in names)


def to_filters(
    regions: Iterable[str] = (),
    levels: Iterable[str] = (),
    years: Iterable[int] = (),
    types: Iterable[Any] = (),
    kinds: Iterable[str] = (),
    collections: Iterable[str] = (),
    statuses: Iterable[str] = (),
) -> Filters:
    """The filters that the options of a command ask for."""
    states = tuple(statuses)
    return Filters(
        regions=region_codes(regions),
        levels=tuple(levels),
        years=tuple(years),
        types=tuple(types),
        kinds=tuple(kinds),
        collections=tuple(collections),
        statuses=tuple(STATUS_NAMES) if "all" in states else states,
    )
