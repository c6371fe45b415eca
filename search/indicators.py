"""Which indicators of a library a person's words mean, and which there are to choose from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kb.model import Filters
from search.library import Snapshot

_LIKE = 0.75  # of the asked indicator's character pairs, in an indicator that counts as the same subject
_LONGER = 2.5  # times as long as what was asked: longer ones speak of something narrower


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An indicator of the library and how many facts it has."""

    name: str
    facts: int


def indicator_keys(snapshot: Snapshot, text: str) -> tuple[str, ...]:
    """The normalised indicators of the library that ``text`` may mean, the closest first.

    The same after normalisation (synonyms, word order of a change) comes first; then indicators that contain what
    is asked, or nearly all of it: 新增学位 also finds 新增义务教育学位.
    """
    key = snapshot.thesaurus.normalise_indicator(text)
    wanted = pairs(key)
    found: list[tuple[float, int, str]] = []
    for other, count in snapshot.reader.indicators().items():
        if other == key:
            found.append((2.0, count, other))
        elif wanted and len(other) <= _LONGER * len(key) + 4:
            share = len(wanted & pairs(other)) / len(wanted)
            if share >= _LIKE:
                found.append((share, count, other))
    found.sort(key=lambda item: (-item[0], -item[1], item[2]))
    return tuple(other for _, _, other in found)


def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a text; the text itself where it has no pair."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset((text,))


def suggestions(snapshot: Snapshot, typed: str = "", limit: int = 50) -> tuple[Suggestion, ...]:
    """Indicators to choose from, those with most facts first; of ``typed`` words, those that it may mean.

    What contains the words as they stand comes before what is only like them.
    """
    counts = snapshot.reader.indicators()
    words = typed.split()
    if not words:
        return tuple(Suggestion(name, counts[name]) for name in list(counts)[:limit])
    holding = [name for name in counts if all(word in name for word in words)]
    like = [name for name in indicator_keys(snapshot, "".join(words)) if name not in holding]
    return tuple(Suggestion(name, counts[name]) for name in (holding + like)[:limit])


def region_facts(
    snapshot: Snapshot, indicators: Collection[str], filters: Filters | None = None
) -> dict[str, int]:
    """How many facts of some indicators each region has, by code; without indicators, of all.

    Facts of no region of their own count for their document's.
    """
    keys: set[str] | None = None
    if indicators:
        keys = {key for text in indicators for key in indicator_keys(snapshot, text)}
    counts = snapshot.reader.fact_regions(indicator_keys=keys, filters=filters)
    return {code: number for code, number in counts.items() if code}
