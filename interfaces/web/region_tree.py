"""Regions to pick from: a tree 省→市→县 with counts, and a tile a province. No map: no borders, nothing to download."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from html import escape

from kb.regions import NATION, tree

# Column and row of each province's tile, about where it lies; a diagram, not a map.
TILES: dict[str, tuple[int, int]] = {
    "230000": (8, 0), "150000": (6, 1), "220000": (8, 1), "650000": (1, 2), "620000": (3, 2), "640000": (4, 2),
    "140000": (5, 2), "110000": (6, 2), "120000": (7, 2), "210000": (8, 2), "630000": (2, 3), "610000": (4, 3),
    "410000": (5, 3), "130000": (6, 3), "370000": (7, 3), "540000": (1, 4), "510000": (3, 4), "500000": (4, 4),
    "420000": (5, 4), "340000": (6, 4), "320000": (7, 4), "310000": (8, 4), "520000": (4, 5), "430000": (5, 5),
    "360000": (6, 5), "330000": (7, 5), "530000": (4, 6), "450000": (5, 6), "440000": (6, 6), "350000": (7, 6),
    "710000": (8, 6), "460000": (5, 7), "820000": (6, 7), "810000": (7, 7),
}  # fmt: skip
_SHADES = 4


def picker(counts: Mapping[str, int], chosen: Collection[str] = (), others: Collection[str] = ()) -> str:
    """The tree and the tiles.

    :param counts: data items by region code. :param chosen: codes that are ticked.
    :param others: regions to list besides those with data.
    """
    regions = tree()
    known = {code for code in (*counts, *others) if code in regions}
    shown = known | {up for code in known for up in regions.ancestors(code)}
    below: dict[str, list[str]] = {}
    for code in sorted(shown - {NATION}):
        below.setdefault(regions.get(code).parent, []).append(code)
    totals: dict[str, int] = dict.fromkeys(shown, 0)
    for code, number in counts.items():
        for up in (code, *regions.ancestors(code)) if code in regions else ():
            totals[up] += number
    nation = _leaf(NATION, "全国（国家文件）", counts, counts.get(NATION, 0), chosen, others)
    branches = "".join(_node(code, below, counts, totals, chosen, others) for code in below.get(NATION, ()))
    if not shown:
        return "<div class='pk-notice pk-empty' role='status'>这些指标还没有数据。</div>"
    return (
        f"<div class='pk-picker'><div class='pk-tree'>"
        f"<input type='search' class='pk-find' placeholder='查找地区' aria-label='查找地区'>"
        f"<div class='pk-branches'>{nation if NATION in known else ''}{branches}</div></div>"
        f"<div class='pk-tiles' role='group' aria-label='按省份选择（示意图，不是地图）'>"
        f"{''.join(_tile(code, totals.get(code, 0), totals) for code in TILES)}</div></div>"
        f"<p class='pk-count'><span class='pk-picked'></span>"
        f"<button class='pk-small' data-pick='none'>清除选择</button>"
        f"　数字是数据项的个数；方块按大致方位排列，只是示意。</p>"
    )


def _node(
    code: str,
    below: Mapping[str, list[str]],
    counts: Mapping[str, int],
    totals: Mapping[str, int],
    chosen: Collection[str],
    others: Collection[str],
) -> str:
    name = tree().get(code).name
    if code not in below:
        return _leaf(code, name, counts, totals[code], chosen, others)
    inside = "".join(_node(one, below, counts, totals, chosen, others) for one in below[code])
    open_ = " open" if any(tree().contains(code, one) for one in chosen) else ""
    return (
        f"<details data-region='{code}'{open_}><summary>{_box(code, name, counts, chosen, others)}"
        f"<span class='pk-n'>{totals[code]}</span></summary><div class='pk-inner'>{inside}</div></details>"
    )


def _leaf(
    code: str,
    name: str,
    counts: Mapping[str, int],
    total: int,
    chosen: Collection[str],
    others: Collection[str],
) -> str:
    box = _box(code, name, counts, chosen, others)
    return f"<div class='pk-leaf' data-region='{code}'>{box}<span class='pk-n'>{total}</span></div>"


def _box(
    code: str, name: str, counts: Mapping[str, int], chosen: Collection[str], others: Collection[str]
) -> str:
    # A region that is only there for those below it stands for nothing of its own.
    own = "1" if counts.get(code) or code in others else "0"
    checked = " checked" if code in chosen else ""
    return (
        f"<label><input type='checkbox' data-code='{code}' data-own='{own}'{checked}> {escape(name)}</label>"
    )


def _tile(code: str, total: int, totals: Mapping[str, int]) -> str:
    column, row = TILES[code]
    region = tree().get(code)
    short = next((name for name in region.aliases if len(name) > 1), region.name)
    most = max((totals.get(one, 0) for one in TILES), default=0)
    shade = 0 if not total else 1 + min(_SHADES - 1, int(_SHADES * total / (most + 1)))
    off = "" if total else " disabled"
    return (
        f"<button class='pk-tile pk-tile-{shade}' data-pick='{code}' aria-pressed='false'{off} "
        f"style='grid-column:{column};grid-row:{row + 1}' title='{escape(region.full_name)}：{total} 项'>"
        f"{escape(short)}<i>{total or ''}</i></button>"
    )
