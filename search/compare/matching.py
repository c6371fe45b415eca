"""How well a local text answers the points of a reference clause: shared wording weighted by rarity, and meaning."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.compare.points import Point
from search.embedding.base import Embedder

MEANING = 0.4
"""Weight of the meaning (cosine) beside the wording (share of its weighted terms); fitted on eval/gold/compare."""

GUESS = 0.4
"""The cosine of two wordings is about their share of common terms to this power."""
EVENNESS = 0.5
"""0: all points of a clause count alike; 1: in proportion to how much they say."""
AROUND = 0.9
"""What wording counts that a local point has only together with the points beside it in the same paragraph."""


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

    def __init__(
        self,
        points: Sequence[Point],
        rarity: Rarity,
        embedder: Embedder | None = None,
        paragraphs: Sequence[int] = (),
    ) -> None:
        """
        :param paragraphs: for each point what paragraph it stands in; points side by side in one are read together
            as well. Without it every point stands alone.
        """
        self.points = tuple(points)
        self.rarity = rarity
        self._embedder = embedder
        self._holders = _holders([point.terms for point in self.points])
        self._around = _holders(_together(self.points, paragraphs)) if paragraphs else None
        self._vectors = embedder.encode_passages([p.wording for p in self.points]) if embedder else None

    def scores(self, wanted: Sequence[Point]) -> NDArray[np.float64]:
        """How well each local point answers each wanted one, shape ``(len(wanted), len(points))``, 0 to 1."""
        alone = self._wording(wanted, self._holders)
        if self._embedder is None or self._vectors is None or not len(wanted) or not self.points:
            scores = _mixed(alone, None)
        else:
            scores = _mixed(
                alone, self._embedder.encode_passages([p.wording for p in wanted]) @ self._vectors.T
            )
        if self._around is None:
            return scores
        return np.maximum(scores, AROUND * _mixed(self._wording(wanted, self._around), None))

    def _wording(
        self, wanted: Sequence[Point], holders: Mapping[str, NDArray[np.int64]]
    ) -> NDArray[np.float64]:
        """The share of each wanted point's terms, by weight, that each local point has."""
        shares = np.zeros((len(wanted), len(self.points)))
        for row, point in enumerate(wanted):
            for term in point.terms:
                places = holders.get(term)
                if places is not None:
                    shares[row, places] += self.rarity.of(term)
            shares[row] /= self.rarity.weight(point.terms) or 1.0
        return shares


def _holders(terms: Sequence[frozenset[str]]) -> dict[str, NDArray[np.int64]]:
    """For each term the places that have it."""
    places: dict[str, list[int]] = {}
    for index, found in enumerate(terms):
        for term in found:
            places.setdefault(term, []).append(index)
    return {term: np.array(found) for term, found in places.items()}


def _together(points: Sequence[Point], paragraphs: Sequence[int]) -> list[frozenset[str]]:
    """The terms of each point with those of the points before and after it in its paragraph."""
    return [
        frozenset().union(
            *(
                points[other].terms
                for other in range(max(0, index - 1), min(len(points), index + 2))
                if paragraphs[other] == paragraphs[index]
            )
        )
        for index in range(len(points))
    ]


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
