"""The answer as it is read: sentences word for word with their numbers, our own words only around them."""

from __future__ import annotations

from collections.abc import Sequence

from kb.model import FACT_KIND_NAMES
from kb.regions import tree
from kb.store import StoredFact
from search.answer.model import Conflict, Group
from search.hits import Nearby

_SAYS_ITSELF = "余多近约以上下内超不低于至少左右"
_WORDS = {">": "超过", ">=": "不低于", "<": "低于", "<=": "不超过", "≈": "约"}


def figure(item: StoredFact) -> str:
    """A figure as a line of our own: 31.4万个（“十四五”期间）, 不低于5%."""
    fact = item.fact
    sign = "" if any(mark in fact.surface for mark in _SAYS_ITSELF) else _WORDS.get(fact.comparator, "")
    return f"{sign}{fact.surface}（{fact.time}）" if fact.time else f"{sign}{fact.surface}"


def region_name(code: str) -> str:
    """The full name of a region; 地区不明 for none."""
    return tree().full_name(code) or "地区不明"


def write(groups: Sequence[Group], conflicts: Sequence[Conflict] = (), *, opening: str = "") -> str:
    """The text of an answer: for each group its lead, then each sentence with its number in brackets."""
    lines = [opening] if opening else []
    for group in groups:
        if group.lead:
            lines.append(group.lead)
        lines.extend(f"{statement.text}[{statement.number}]" for statement in group.statements)
    for conflict in conflicts:
        versions = "；".join(
            f"{item.fact.surface}（{FACT_KIND_NAMES[item.fact.kind]}，{date or '日期不明'}）"
            for item, date in conflict.facts
        )
        name = region_name(conflict.region_code)
        lines.append(f"注意：{name}的“{conflict.indicator}”，各来源的数值不同：{versions}。")
    return "\n".join(lines)


def nearby_sentence(nearby: Sequence[Nearby]) -> str:
    """What exists near a region that has nothing, as a sentence; empty when there is nothing."""
    if not nearby:
        return ""
    names = {"parent": "上级", "child": "下级", "sibling": "同级"}
    parts = [f"{names[item.relation]}的{item.name}（{item.documents}篇）" for item in nearby[:5]]
    return f"附近有资料的地区：{'、'.join(parts)}。"
