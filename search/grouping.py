"""Hits put together by region or by document, in the order of the best hit of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kb.regions import tree
from search.hits import Hit

Grouping = Literal["", "region", "document"]
GROUPING_NAMES: dict[Grouping, str] = {"": "不分组", "region": "按地区", "document": "按文献"}


@dataclass(frozen=True, slots=True)
class HitGroup:
    """Hits of one region or one document, best first; ``name`` is empty for the one group of ungrouped hits."""

    key: str
    name: str
    hits: tuple[Hit, ...]


def group_hits(hits: Sequence[Hit], by: Grouping) -> tuple[HitGroup, ...]:
    """The hits in groups; every hit is in exactly one and keeps its rank."""
    if not by:
        return (HitGroup("", "", tuple(hits)),) if hits else ()
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        key = hit.document.region_code if by == "region" else hit.document.id
        groups.setdefault(key, []).append(hit)
    return tuple(HitGroup(key, _name(key, found[0], by), tuple(found)) for key, found in groups.items())


def _name(key: str, first: Hit, by: Grouping) -> str:
    if by == "document":
        return first.document.title
    if not key:
        return "地区不明"
    return tree().full_name(key) if key in tree() else key
