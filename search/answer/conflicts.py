"""Sources that contradict each other: one indicator, region and year, values that cannot both hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from kb.model import Document, Fact
from kb.store import StoredFact
from search.answer.model import Conflict


def find_conflicts(facts: Iterable[StoredFact], documents: Mapping[str, Document]) -> tuple[Conflict, ...]:
    """The conflicts among ``facts``; each lists its facts by the date of their documents, the newest first.

    Facts of one document do not conflict: it states parts and totals of one indicator side by side.
    """
    groups: dict[tuple[str, str, str, tuple[int, int] | None], list[StoredFact]] = {}
    for item in facts:
        fact = item.fact
        if fact.indicator_key and fact.region_code:
            key = (fact.indicator_key, fact.region_code, fact.unit, fact.years)
            groups.setdefault(key, []).append(item)
    found = []
    for (_, region, *_), members in groups.items():
        if len({item.document for item in members}) < 2 or _agree([item.fact for item in members]):
            continue
        dated = [(item, _date(documents.get(item.document))) for item in members]
        dated.sort(key=lambda pair: (pair[1], pair[0].key), reverse=True)
        found.append(Conflict(members[0].fact.indicator, region, tuple(dated)))
    return tuple(found)


def _date(document: Document | None) -> str:
    return (document.published or document.issued or document.effective_from) if document else ""


def _agree(facts: Collection[Fact]) -> bool:
    """Whether some value meets what all the facts say: 余200 and 213 agree, 200 and 213 don't."""
    low, high = float("-inf"), float("inf")
    texts = set()
    for fact in facts:
        if isinstance(fact.value, str):
            texts.add(fact.value)
            continue
        bottom, top = _bounds(fact)
        low, high = max(low, bottom), min(high, top)
    return len(texts) <= 1 and low <= high


def _bounds(fact: Fact) -> tuple[float, float]:
    assert not isinstance(fact.value, str)
    if isinstance(fact.value, tuple):
        return fact.value
    value = fact.value
    match fact.comparator:
        case ">" | ">=":
            return value, float("inf")
        case "<" | "<=":
            return float("-inf"), value
        case "≈":
            return value * 0.95, value * 1.05
        case _:
            return value, value
