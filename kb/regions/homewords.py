"""我市, 全省, 该区: which region a document means by them."""

from __future__ import annotations

from kb.regions.names import Name
from kb.regions.tree import NATION, RegionTree, tree

_NOT_DISTRICTS = ("自治区", "特别行政区", "地区")


def _is_unit(name: str, unit: str) -> bool:
    if unit == "区":
        return name.endswith("区") and not name.endswith(_NOT_DISTRICTS)
    return name.endswith(unit)


def home_node(unit: str, home: str) -> str:
    """The region at the level of ``unit`` (省, 市, 县, 区, 旗, 州, 盟, 师) that ``home`` is or lies in, or "".

    全市 in 莲池区 is 保定市, 全市 in 昆山市 is 昆山市; 全区 in 银川市 is the 自治区, in 西城区 the district.
    """
    regions: RegionTree = tree()
    if not home or home == NATION:
        return ""
    chain = (home, *regions.ancestors(home))
    for code in chain:
        if _is_unit(regions.get(code).name, unit):
            return code
    if unit == "区":
        return next((code for code in chain if regions.get(code).name.endswith("自治区")), "")
    if unit == "师":
        return home if any(home in regions.get(code).links for code in regions.children("65B000")) else ""
    return ""


def resolve_home_word(name: Name, home: str, before: list[str]) -> str:
    """The region that a home word means, or "".

    :param before: codes named earlier in the same paragraph, the nearest first. 该市 is the city named last, and
        全区 in a text of 保定市 the district named last.
    """
    regions = tree()
    own = home_node(name.unit, home)
    if own and not name.surface.startswith("该"):
        return own
    if name.anaphoric:
        for code in before:
            region = regions.get(code)
            inside = not home or regions.contains(home, code) or name.surface.startswith("该")
            if inside and _is_unit(region.name, name.unit):
                return code
    return own
