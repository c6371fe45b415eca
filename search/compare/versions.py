"""An old version of a text against a new one: clauses added, dropped and changed, and the numbers that moved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np

from kb.text.shadow import fold
from kb.thesaurus import Thesaurus, load_thesaurus
from search.compare.clauses import clauses_of
from search.compare.matching import Rarity, similarity
from search.compare.material import Material
from search.compare.model import Clause, ClauseChange, NumberChange, VersionComparison
from search.compare.pairing import pair
from search.compare.points import terms_of, wording_of
from search.compare.quantities import Quantity
from search.compare.reading import Reading, stored
from search.embedding.base import Embedder

SAME_CLAUSE = 0.5
"""Likeness from which on two clauses are two wordings of one."""


def compare_versions(
    old: Material, new: Material, *, embedder: Embedder | None = None, thesaurus: Thesaurus | None = None
) -> VersionComparison:
    """Set two versions of a text side by side."""
    thesaurus = thesaurus or load_thesaurus()
    before, after = Reading.of(old, thesaurus), Reading.of(new, thesaurus)
    rarity = Rarity([*before.points, *after.points])
    olds, news = clauses_of(old), clauses_of(new)
    partner = _partners(olds, news, rarity, thesaurus, embedder)
    changes: list[ClauseChange] = []
    taken = set(partner.values())
    at = 0
    for place, clause in enumerate(news):
        match = partner.get(place)
        if match is not None:
            # Clauses dropped before this one stand where they stood.
            changes.extend(_dropped(olds, taken, at, match))
            at = max(at, match + 1)
            changes.append(_changed(olds[match], clause, before, after, rarity, embedder))
        else:
            changes.append(ClauseChange("added", None, clause))
    changes.extend(_dropped(olds, taken, at, len(olds)))
    return VersionComparison(old.document, new.document, tuple(changes))


def _dropped(olds: Sequence[Clause], taken: set[int], start: int, stop: int) -> list[ClauseChange]:
    return [ClauseChange("dropped", olds[i], None) for i in range(start, stop) if i not in taken]


def _partners(
    olds: Sequence[Clause],
    news: Sequence[Clause],
    rarity: Rarity,
    thesaurus: Thesaurus,
    embedder: Embedder | None,
) -> dict[int, int]:
    """For each new clause its old wording: equal texts first, then the likest pairs, each clause once."""
    partner: dict[int, int] = {}
    free = set(range(len(olds)))
    texts: dict[str, list[int]] = {}
    for index, clause in enumerate(olds):
        texts.setdefault(_bare(clause), []).append(index)
    for place, clause in enumerate(news):
        same = [index for index in texts.get(_bare(clause), ()) if index in free]
        if same:
            partner[place] = same[0]
            free.discard(same[0])
    open_news = [place for place in range(len(news)) if place not in partner]
    open_olds = sorted(free)
    if not open_news or not open_olds:
        return partner
    sides = [
        [
            (wording, terms_of(wording))
            for wording in (wording_of(c.citation.quote, thesaurus) for c in clauses)
        ]
        for clauses in ([news[i] for i in open_news], [olds[i] for i in open_olds])
    ]
    scores = similarity(sides[0], sides[1], rarity, embedder)
    while scores.size and scores.max() >= SAME_CLAUSE:
        row, column = np.unravel_index(int(scores.argmax()), scores.shape)
        partner[open_news[int(row)]] = open_olds[int(column)]
        scores[row, :] = scores[:, column] = 0.0
    return partner


def _bare(clause: Clause) -> str:
    return re.sub(r"\s+", "", fold(clause.citation.quote))


def _changed(
    old: Clause, new: Clause, before: Reading, after: Reading, rarity: Rarity, embedder: Embedder | None
) -> ClauseChange:
    if _bare(old) == _bare(new):
        return ClauseChange("same", old, new)
    left, right = _unlike(_inside(before, old), _inside(after, new))
    numbers = []
    for found in pair(left, right, rarity, embedder):
        first, second = left[found.reference], right[found.local]
        numbers.append(
            NumberChange(
                indicator=second.fact.indicator or second.subject,
                stage="、".join(sorted(second.stages or first.stages)),
                old=stored(before.material, first.fact, first),
                new=stored(after.material, second.fact, second),
                change=_move(first, second),
            )
        )
    numbers.extend(_dates(old, new, before, after))
    return ClauseChange("changed", old, new, tuple(number for number in numbers if number.change != "same"))


def _unlike(olds: Sequence[Quantity], news: Sequence[Quantity]) -> tuple[list[Quantity], list[Quantity]]:
    """The numbers of two wordings without those that both have just so: these answer each other, and no third."""
    left, right = list(olds), list(news)
    for old in olds:
        same = next(
            (new for new in right if (new.fact.surface, new.subject) == (old.fact.surface, old.subject)), None
        )
        if same is not None:
            left.remove(old)
            right.remove(same)
    return left, right


def _dates(old: Clause, new: Clause, before: Reading, after: Reading) -> Iterator[NumberChange]:
    """The deadlines of a clause that moved; only where both wordings have as many, in order."""
    sides = [
        [d for d in reading.deadlines if c.citation.start <= d.fact.start < c.citation.end]
        for reading, c in ((before, old), (after, new))
    ]
    if len(sides[0]) != len(sides[1]):
        return
    for first, second in zip(*sides, strict=True):
        if first.year != second.year:
            yield NumberChange(
                indicator="完成时间",
                stage="",
                old=stored(before.material, first.fact),
                new=stored(after.material, second.fact),
                change="later" if second.year > first.year else "earlier",
            )


def _inside(reading: Reading, clause: Clause) -> list[Quantity]:
    return [q for q in reading.quantities if clause.citation.start <= q.fact.start < clause.citation.end]


def _move(old: Quantity, new: Quantity) -> Literal["raised", "lowered", "same", "reworded"]:
    if old.interval is None or new.interval is None:
        return "same" if old.fact.value == new.fact.value else "reworded"
    if old.interval == new.interval:
        return "same" if old.comparator == new.comparator else "reworded"
    return "raised" if sum(new.interval) > sum(old.interval) else "lowered"
