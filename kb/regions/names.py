"""The names of regions as they occur in texts: full names, short names, home words, groups and blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kb.regions.tree import DATA, MARKS, NATION, tree


class Strength(IntEnum):
    """How far a name is to be trusted where it stands in running text."""

    CHAIN = 0  # 城区: only right after the name of its city
    OWN = 1  # 天河: only in texts of 天河区
    GUARDED = 2  # 东阳, 唐县: where the document also says 东阳市, or 河北省唐县
    WEAK = 3  # 莲池: where the document gives evidence of 保定
    STRONG = 4  # 保定: on word boundaries
    FULL = 5  # 保定市, 雄安新区


class Name(NamedTuple):
    """A surface and what it may stand for, the best candidates first.

    ``kind``: ``region``; ``home`` for 我市 or 该区, with the level word as ``unit``; ``nation`` for 全国; ``group``
    for 京津冀; ``block`` for a word that holds a region's name and is none. ``former``: no region has it today.
    """

    surface: str
    kind: Literal["region", "home", "nation", "group", "block"]
    codes: tuple[str, ...] = ()
    strengths: tuple[Strength, ...] = ()
    unit: str = ""
    anaphoric: bool = False
    former: bool = False

    @property
    def strength(self) -> Strength:
        """The strength of the best candidate."""
        return self.strengths[0] if self.strengths else Strength.FULL


_BY_MARK = {"=": Strength.STRONG, "~": Strength.WEAK, "?": Strength.GUARDED, "^": Strength.OWN}
# Their names are words of every town.
_EVERYWHERE = frozenset(
    {"城区", "郊区", "矿区", "东区", "西区", "市中区", "市南区", "市北区", "新城区", "新市区"}
)
_HOME_UNITS = "省市县区旗州盟师"
_NATION_WORDS = ("全国", "我国")


def _strength(mark: str, name: str, code: str, *, former: bool) -> Strength | None:
    if mark == "!" or len(name) == 1:
        return None
    if mark in _BY_MARK:
        return _BY_MARK[mark]
    if name in _EVERYWHERE:
        return Strength.CHAIN
    if code.startswith("65B0") and "兵团" not in name:
        return Strength.WEAK
    if len(name) == 2:
        return Strength.WEAK if former and name[-1] not in "县区" else Strength.GUARDED
    return Strength.FULL


def _collect() -> dict[str, dict[str, Strength]]:
    """For each surface its candidates with their strengths."""
    found: dict[str, dict[str, Strength]] = {}

    def add(surface: str, code: str, strength: Strength | None) -> None:
        if strength is not None:
            codes = found.setdefault(surface, {})
            codes[code] = max(codes.get(code, Strength.CHAIN), strength)

    regions = tree()
    for code, marked in regions.marked_names().items():
        if code == NATION:
            continue
        add(regions.get(code).name, code, _strength("", regions.get(code).name, code, former=False))
        for name in filter(None, marked.split("|")):
            mark = name[0] if name[0] in MARKS else ""
            plain = name[len(mark) :]
            add(plain, code, _strength(mark, plain, code, former=mark == "-"))
    return found


def _rank(code: str) -> int:
    """Provinces before cities before counties."""
    return {"provincial": 0, "municipal": 1, "county": 2}.get(tree().get(code).level, 3)


def _home_names() -> list[Name]:
    names = []
    for unit in _HOME_UNITS:
        for first in "我全本该" if unit != "师" else "我全该":
            names.append(Name(first + unit, "home", unit=unit, anaphoric=first in "该全"))
    return names


_SLOTS = 1 << 20


def _slots(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """A slot below ``_SLOTS`` for each pair of neighbouring characters; different pairs may share one."""
    slots: NDArray[np.uint32] = (first * np.uint32(0x9E37) + second) & np.uint32(_SLOTS - 1)
    return slots


class Lexicon:
    """All names of two characters and more, found in a text by their first two characters.

    One vectorised pass over the text leaves the places at which a name can begin; this is ten times faster than
    an Aho-Corasick automaton driven from Python.
    """

    def __init__(self, names: Iterable[Name]) -> None:
        self.names = {name.surface: name for name in names}
        lengths: dict[str, set[int]] = {}
        for surface in self.names:
            lengths.setdefault(surface[:2], set()).add(len(surface))
        self._lengths = {pair: tuple(sorted(found, reverse=True)) for pair, found in lengths.items()}
        pairs = np.frombuffer("".join(self._lengths).encode("utf-32-le"), np.uint32)
        self._begins = np.zeros(_SLOTS, np.bool_)
        self._begins[_slots(pairs[::2], pairs[1::2])] = True

    def scan(self, text: str) -> list[tuple[int, int, Name]]:
        """The names in ``text``, leftmost and longest first, none overlapping: (start, end, name).

        A short name that needs evidence gives way to a surer one that begins on its second character: 安徽 in
        江苏和安徽, where 和安 is a county's short name.
        """
        if len(text) < 2:
            return []
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        places = np.flatnonzero(self._begins[_slots(codes[:-1], codes[1:])]).tolist()
        found: list[tuple[int, int, Name]] = []
        free = 0
        for start in places:
            if start < free:
                continue
            name = self._longest(text, start)
            if name is None:
                continue
            if name.kind == "region" and name.strength < Strength.STRONG:
                inner = self._longest(text, start + 1)
                if inner is not None and (inner.kind != "region" or inner.strength >= Strength.STRONG):
                    continue
            free = start + len(name.surface)
            found.append((start, free, name))
        return found

    def _longest(self, text: str, start: int) -> Name | None:
        for length in self._lengths.get(text[start : start + 2], ()):
            name = self.names.get(text[start : start + length])
            if name is not None:
                return name
        return None


def _names() -> Iterator[Name]:
    """Every name; where a surface is of two kinds, the later one stands."""
    for word in (DATA / "gazetteer_blocks.txt").read_text(encoding="utf-8").splitlines():
        if word and not word.startswith("#"):
            yield Name(word, "block")
    for group in tree().groups.values():
        for surface in (group.name, *group.aliases):
            yield Name(surface, "group", group.members)
    alive = {name for region in tree() for name in (region.name, *region.aliases)}
    for surface, found in _collect().items():
        best = sorted(found, key=lambda code: (-found[code], _rank(code), code))
        yield Name(
            surface, "region", tuple(best), tuple(found[code] for code in best), former=surface not in alive
        )
    for word in _NATION_WORDS:
        yield Name(word, "nation", (NATION,))
    yield from _home_names()


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The one lexicon, built on first use (about 30 ms)."""
    return Lexicon(_names())


@lru_cache(maxsize=1)
def lookup() -> dict[str, tuple[str, ...]]:
    """Every name of a region, single characters and ordinary words included, with the codes it may mean."""
    table: dict[str, dict[str, bool]] = {}
    regions = tree()
    for region in regions:
        for name in (region.name, region.full_name, *region.aliases):
            table.setdefault(name, {})[region.code] = True
    for region in regions:
        for name in region.former:
            table.setdefault(name, {}).setdefault(region.code, False)
    return {
        name: tuple(sorted((c for c in codes if codes[c]), key=lambda c: (_rank(c), c)) or codes)
        for name, codes in table.items()
    }


def abbreviation(character: str) -> str:
    """The province that a single character stands for (京, 冀), "" if none."""
    codes = lookup().get(character, ())
    return codes[0] if codes else ""
