"""How well a local text answers the points of a reference clause: shared wording weighted by rarity, and meaning."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.thesaurus import Thesaurus
from search.compare.clauses import stretches
from search.compare.material import Material
from search.compare.points import Point, points_of
from search.embedding.base import Embedder

MEANING = 0.4
"""Weight of the meaning (cosine) beside the wording (share of its weighted terms); fitted on eval/gold/compare."""

GUESS = 0.4
"""The cosine of two wordings is about their share of common terms to this power."""
EVENNESS = 0.5
"""0: all points of a clause count alike; 1: in proportion to how much they say."""


class Rarity:
    """How much a term says: the rarer among the points of the compared documents, the more (idf)."""

    def __init__(self, points: Iterable[Point]) -> None:
        counts: Counter[str] = Counter()
        total = 0
        for point in points:
            counts.update(point.terms)
            total += 1
        self._counts = counts
        self._total = total

    def of(self, term: str) -> float:
        """The weight of a term."""
        return math.log(1 + self._total / (1 + self._counts[term]))

    def importance(self, point: Point) -> float:
        """How much a point counts in its clause: long ones more than short ones, but not in proportion."""
        return point.factor * float(self.weight(point.terms) ** EVENNESS)

    def weight(self, terms: Iterable[str]) -> float:
        """The weight of several terms together."""
        return sum(map(self.of, terms))


@dataclass(frozen=True, slots=True)
class Match:
    """The local point that answers best, its place in the list of local points, and how well, 0 to 1."""

    index: int
    score: float


class Field:
    """The points of one text, to be searched for answers."""

    def __init__(self, points: Sequence[Point], rarity: Rarity, embedder: Embedder | None = None) -> None:
        self.points = tuple(points)
        self.rarity = rarity
        self._embedder = embedder
        holders: dict[str, list[int]] = {}
        for index, point in enumerate(self.points):
            for term in point.terms:
                holders.setdefault(term, []).append(index)
        self._holders = {term: np.array(places) for term, places in holders.items()}
        self._vectors = embedder.encode_passages([p.wording for p in self.points]) if embedder else None

    def scores(self, wanted: Sequence[Point]) -> NDArray[np.float64]:
        """How well each local point answers each wanted one, shape ``(len(wanted), len(points))``, 0 to 1."""
        wording = np.zeros((len(wanted), len(self.points)))
        for row, point in enumerate(wanted):
            for term in point.terms:
                holders = self._holders.get(term)
                if holders is not None:
                    wording[row, holders] += self.rarity.of(term)
            wording[row] /= self.rarity.weight(point.terms) or 1.0
        if self._embedder is None or self._vectors is None or not len(wanted) or not self.points:
            return _mixed(wording, None)
        return _mixed(wording, self._embedder.encode_passages([p.wording for p in wanted]) @ self._vectors.T)


def similarity(
    left: Sequence[tuple[str, frozenset[str]]],
    right: Sequence[tuple[str, frozenset[str]]],
    rarity: Rarity,
    embedder: Embedder | None = None,
) -> NDArray[np.float64]:
    """How alike wordings are that name an indicator, both ways, shape ``(len(left), len(right))``, 0 to 1.

    :param left: wordings with their terms. :param right: likewise.
    """
    alike = np.zeros((len(left), len(right)))
    weights = [rarity.weight(terms) or 1.0 for _, terms in right]
    for row, (_, terms) in enumerate(left):
        whole = rarity.weight(terms) or 1.0
        for column, (_, others) in enumerate(right):
            shared = rarity.weight(terms & others)
            # The longer wording may add a qualifier; what the shorter one says must be in it.
            part = shared / min(whole, weights[column])
            alike[row, column] = (part + 2 * shared / (whole + weights[column])) / 2
    if embedder is None or not left or not right:
        return _mixed(alike, None)
    ours = embedder.encode_passages([text for text, _ in left])
    return _mixed(alike, ours @ embedder.encode_passages([text for text, _ in right]).T)


def _mixed(wording: NDArray[np.float64], meaning: NDArray[np.float32] | None) -> NDArray[np.float64]:
    """Likeness of wording and of meaning in one score, 0 to 1.

    Without an embedder the meaning is guessed from the wording, so that one set of thresholds does for both.
    """
    guessed = wording**GUESS if meaning is None else np.clip(meaning, 0.0, 1.0)
    mixed: NDArray[np.float64] = (1 - MEANING) * wording + MEANING * guessed
    return mixed


def local_points(material: Material, thesaurus: Thesaurus) -> list[Point]:
    """All points of a document's body."""
    return [
        point
        for stretch in stretches(material)
        for point in points_of(material.text, stretch.start, stretch.end, thesaurus)
    ]
