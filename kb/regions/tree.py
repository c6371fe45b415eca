"""The administrative tree of China: regions with their codes, above and below each other, and groups of them.

Codes are those of GB/T 2260. Three kinds of node have codes of our own, which never look like GB/T ones because
their third character is a letter, and which begin with the two digits of their province: functional areas that
span several units (``13F001`` 雄安新区), and the 兵团 (``65B000``) with its divisions (``65B012`` 第十二师).
``100000`` is the whole country. The units administered straight by a province (济源市 419001, 铁门关市 659006) hang
under the province, the districts of the four municipalities under the municipality.

A node may be *linked* to units that lie elsewhere in the tree: 第二师 to 铁门关市, 雄安新区 to 容城县. They count as
its descendants, and stay where they are otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from kb.errors import QueryError
from kb.model import Level

DATA = Path(__file__).parents[1] / "data"
NATION = "100000"
MARKS = "=~?^!-"


@dataclass(frozen=True, slots=True)
class Region:
    """A node of the tree.

    :ivar full_name: the path from the province down: 河北省保定市莲池区.
    :ivar level: the rank of its administration; 济源市 is municipal though its code is a county's.
    :ivar parent: the code above it, "" for the whole country.
    :ivar aliases: other names of exactly this region, short ones first.
    :ivar former: names it, or a unit that it took over, had in the last decades.
    :ivar links: codes of units elsewhere in the tree that belong to it too.
    """

    code: str
    name: str
    full_name: str
    level: Level
    parent: str
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Regions that people ask for together: 京津冀, 计划单列市. ``members`` are codes."""

    name: str
    aliases: tuple[str, ...]
    members: tuple[str, ...]


class RegionTree:
    """All regions and groups. Immutable; get the one instance from :func:`tree`."""

    def __init__(
        self, regions: Mapping[str, Region], groups: Mapping[str, Group], names: Mapping[str, str]
    ) -> None:
        self._regions = dict(regions)
        self.groups: Mapping[str, Group] = MappingProxyType(dict(groups))
        self._marked = dict(names)
        children: dict[str, list[str]] = {code: [] for code in regions}
        for region in regions.values():
            if region.parent:
                children[region.parent].append(region.code)
        self._children = {code: tuple(sorted(below)) for code, below in children.items()}
        self._descendants: dict[str, frozenset[str]] = {}

    def __contains__(self, code: object) -> bool:
        return code in self._regions

    def __iter__(self) -> Iterator[Region]:
        return iter(self._regions.values())

    def __len__(self) -> int:
        return len(self._regions)

    def get(self, code: str) -> Region:
        """The region of a code.

        :raises QueryError: there is no such code.
        """
        try:
            return self._regions[code]
        except KeyError:
            raise QueryError(
                f"没有代码为“{code}”的地区", remedy="地区代码为 6 位，如 130600 保定市"
            ) from None

    def full_name(self, code: str) -> str:
        """The path of a code, 河北省保定市莲池区; "" for the code ""."""
        return self.get(code).full_name if code else ""

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The codes above, nearest first, ending with ``100000``."""
        above = []
        parent = self.get(code).parent
        while parent:
            above.append(parent)
            parent = self._regions[parent].parent
        return tuple(above)

    def children(self, code: str) -> tuple[str, ...]:
        """The codes right below, in order; linked units are not among them."""
        self.get(code)
        return self._children[code]

    def descendants(self, code: str) -> frozenset[str]:
        """The code and all below it, linked units included."""
        known = self._descendants.get(code)
        if known is None:
            region = self.get(code)
            known = frozenset({code}).union(
                *(self.descendants(below) for below in (*self._children[code], *region.links))
            )
            self._descendants[code] = known
        return known

    def siblings(self, code: str) -> tuple[str, ...]:
        """The other codes of the same level under the same parent, in order."""
        region = self.get(code)
        if not region.parent:
            return ()
        return tuple(
            other
            for other in self._children[region.parent]
            if other != code and self._regions[other].level == region.level
        )

    def contains(self, above: str, below: str) -> bool:
        """Whether ``below`` is ``above`` or lies under it."""
        return below in self.descendants(above)

    def related(self, one: str, other: str) -> bool:
        """Whether one of the two is the other or lies under it."""
        return self.contains(one, other) or self.contains(other, one)

    def marked_names(self) -> Mapping[str, str]:
        """For each code its other names as they stand in the gazetteer, with marks, joined by ``|``."""
        return MappingProxyType(self._marked)


def _read(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def tree() -> RegionTree:
    """The tree, read once from ``kb/data/gazetteer.tsv`` and ``gazetteer_groups.tsv`` (about 15 ms)."""
    rows = {row[0]: row for row in _read(DATA / "gazetteer.tsv")}
    regions: dict[str, Region] = {}

    def path_of(code: str) -> str:
        parent = rows[code][2]
        if parent in ("", NATION):
            return rows[code][1]
        above = path_of(parent)
        return rows[code][1] if rows[code][1].startswith(above) else above + rows[code][1]

    for code, (_, name, parent, level, names, links) in rows.items():
        marked = names.split("|") if names else []
        regions[code] = Region(
            code,
            name,
            path_of(code),
            level,  # type: ignore[arg-type]
            parent,
            tuple(dict.fromkeys(n.lstrip(MARKS) for n in marked if n[0] != "-")),
            tuple(n[1:] for n in marked if n[0] == "-"),
            tuple(links.split("|")) if links else (),
        )
    groups = {
        name: Group(name, tuple(other.split("|")) if other else (), tuple(members.split()))
        for name, other, members in _read(DATA / "gazetteer_groups.tsv")
    }
    return RegionTree(regions, groups, {code: row[4] for code, row in rows.items()})
