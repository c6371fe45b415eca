"""Scoring one query: rare terms first, and the common ones only for rows that can still be among the best.

The pruning is that of MaxScore (Turtle and Flood, "Query evaluation: strategies and optimizations", 1995),
done for whole arrays at a time: it leaves out work, never a row that belongs to the answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from search.lexical.rows import RowSet

if TYPE_CHECKING:
    from search.lexical.bm25 import BM25

# Looking whether rows can be left out costs a pass over all scores; shorter lists are not worth one.
_WORTH_PRUNING = 5_000
_SLACK = 1e-9  # far above rounding errors, far below a difference that matters


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a query.

    :ivar count: how often the query has it. :ivar frequency: living rows that hold it. :ivar idf: its weight.
    :ivar places: its place in each shard's postings, -1 where it is absent.
    """

    hash: int
    count: int
    frequency: int
    idf: float
    places: tuple[int, ...]


class Scoring:
    """The scores of one query. Sums are formed in one order, so no score depends on what was pruned.

    :ivar terms: the known terms of the query, in order of first appearance.
    """

    def __init__(self, model: BM25, query: Iterable[str], admitted: RowSet | None) -> None:
        self._model = model
        self._admitted = admitted
        self.terms = model.terms(query)
        self._terms = sorted(self.terms, key=lambda term: (term.frequency, term.hash))
        self._totals = np.zeros(int(model.bases[-1]))
        self._added = 0  # terms that are in the totals of all admitted rows
        self._survivors: RowSet | None = None  # rows that have the rest of the terms as well

    def best(self, n: int, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """The ``n`` rows that score highest, among those that hold a term of the query; best first.

        :param keys: shape ``(rows,)``: of equal rows the one with the smaller key comes first.
        """
        rows = self._candidates(n)
        scores = self._totals[rows]
        if rows.size > n:
            # Every row that ties with the last one is kept until the keys have decided.
            last = np.partition(scores, rows.size - n)[rows.size - n]
            kept = scores >= last
            rows, scores = rows[kept], scores[kept]
        return rows[np.lexsort((keys[rows], -scores))][:n]

    def scores(self, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """The scores of these rows, ascending and all of them admitted; shape ``(len(rows),)``."""
        scores = self._totals[rows]
        rest = self._terms[self._added :]
        if rest:
            late = np.ones(rows.size, np.bool_) if self._survivors is None else ~self._survivors.mask[rows]
            wanted = RowSet.of(rows[late], self._totals.size)
            sums = scores[late]
            for term in rest:
                for base, found, impacts in self._model.impacts(term, wanted):
                    places = np.searchsorted(wanted.rows, found + base)
                    sums[places] += term.count * term.idf * impacts
            scores[late] = sums
        return scores

    def _candidates(self, n: int) -> NDArray[np.int64]:
        """Rows among which the best ``n`` are, with complete totals."""
        if any(term.idf <= 0 for term in self._terms):
            return self._every_match()
        bounds = [term.count * term.idf * (self._model.k1 + 1) for term in self._terms]
        looked = _WORTH_PRUNING
        for i, term in enumerate(self._terms):
            if self._survivors is None and term.frequency > looked:
                self._survivors = self._prune(n, sum(bounds[i:]))
                looked = term.frequency * 2
            self._add(term, self._admitted if self._survivors is None else self._survivors)
            if self._survivors is None:
                self._added = i + 1
        return self._scored() if self._survivors is None else self._survivors.rows

    def _prune(self, n: int, rest: float) -> RowSet | None:
        """The rows that can reach the best ``n`` when ``rest`` is the most that is to come; None: any row."""
        rows = self._scored()
        if rows.size < n:
            return None
        totals = self._totals[rows]
        nth = float(np.partition(totals, rows.size - n)[rows.size - n])
        if rest >= nth - _SLACK:
            return None
        return RowSet.of(rows[totals >= nth - rest - _SLACK], self._totals.size)

    def _scored(self) -> NDArray[np.int64]:
        """The rows with a total above 0, ascending."""
        if self._admitted is not None:
            rows = self._admitted.rows
            return rows[self._totals[rows] > 0]
        # Comparing first: numpy finds the true places of a mask six times faster than the non-zero floats.
        return np.flatnonzero(self._totals > 0)

    def _every_match(self) -> NDArray[np.int64]:
        """All rows that hold a term; a score of 0 or less, as small collections give, does not tell them."""
        found = np.zeros(self._totals.size, np.bool_)
        for term in self._terms[self._added :]:
            for base, rows, impacts in self._model.impacts(term, self._admitted):
                at = rows + base
                self._totals[at] += term.count * term.idf * impacts
                found[at] = True
        self._added = len(self._terms)
        return np.flatnonzero(found)

    def _add(self, term: Term, only: RowSet | None) -> None:
        weight = term.count * term.idf
        for base, rows, impacts in self._model.impacts(term, only):
            np.add.at(self._totals[base:], rows, weight * impacts)
