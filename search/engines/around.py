"""The documents around some passages, and where the words of a question stand in them: one walk for all who ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.engines.documents import Documents
from search.lexical.bm25 import BM25
from search.lexical.rows import RowSet
from search.lexical.scoring import Term

Numbers = NDArray[np.int64]
Scores = NDArray[np.float64]


class Surroundings:
    """The living rows of some documents.

    :param documents: which rows make up which document. :param numbers: of the documents, ascending.
    :param keys: shape ``(all rows,)``; a document begins with the passage of its smallest key.

    :ivar rows: them all, ascending. :ivar of: for each of them the place of its document among ``numbers``.
    :ivar sizes: how many rows each document has. :ivar opening: the place of each one's first passage among ``rows``.
    """

    def __init__(self, documents: Documents, numbers: Numbers, keys: Numbers) -> None:
        self.numbers = numbers
        self._documents = documents
        rows, of = documents.rows(numbers)
        if not _ascends(rows):
            order = np.argsort(rows)
            rows, of = rows[order], of[order]
        self.rows, self.of = rows, of
        self.sizes = np.bincount(of, minlength=numbers.size)
        own = keys[rows]
        # Documents that arrived one after another lie so already.
        first = (
            np.arange(rows.size)
            if _ascends(own) and bool(np.all(of[1:] >= of[:-1]))
            else np.lexsort((own, of))
        )
        starts = np.cumsum(self.sizes) - self.sizes
        self.opening = first[np.minimum(starts, max(first.size - 1, 0))] if first.size else starts
        self._set = RowSet.of(rows, keys.size)
        # Only the places of these rows are ever written or read.
        self._place = np.empty(keys.size, np.int32)
        self._place[rows] = np.arange(rows.size)

    def places(self, rows: Numbers) -> NDArray[np.int32]:
        """The places of some of the rows among all of them."""
        return self._place[rows]

    def walk(self, model: BM25, terms: Sequence[Term]) -> Walk:
        """Where some terms of a field stand in these rows."""
        lengths, mean = self._documents.lengths_in(model)
        norms = model.k1 * (1 - model.b + model.b * lengths[self.numbers] / mean)
        inside: list[tuple[NDArray[np.int32], Scores]] = []
        whole = np.empty((len(terms), self.numbers.size))
        for place, term in enumerate(terms):
            tf = np.zeros(self.numbers.size)
            places, parts = [np.empty(0, np.int32)], [np.empty(0)]
            for number, shard in enumerate(model.shards):
                if term.places[number] < 0:
                    continue
                base = int(model.bases[number])
                found, tfs = self._set.restrict(
                    base, base + shard.rows, *shard.postings.of(term.places[number])
                )
                native = found.astype(np.int64)
                at = self._place[native + base]
                tf += np.bincount(self.of[at], tfs, tf.size)
                times = tfs.astype(np.float64)
                places.append(at)
                parts.append(times * (model.k1 + 1) / (times + model.norms[number][native]))
            inside.append((np.concatenate(places), np.concatenate(parts)))
            whole[place] = tf * (model.k1 + 1) / (tf + norms)
        return Walk(self, model, tuple(terms), inside, whole)


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """BM25's part of each term, without its weight.

    :ivar inside: for each term the places of the rows of the surroundings that hold it, and its part in each.
    :ivar whole: in each of the documents, shape ``(terms, documents)``.
    """

    around: Surroundings
    model: BM25
    terms: tuple[Term, ...]
    inside: Sequence[tuple[NDArray[np.int32], Scores]]
    whole: Scores

    def scores(self) -> Scores:
        """BM25 of each document, shape ``(documents,)``."""
        totals = np.zeros(self.around.numbers.size)
        for term, part in zip(self.terms, self.whole, strict=True):
            totals += term.count * term.idf * part
        return totals


def _ascends(numbers: Numbers) -> bool:
    return bool(np.all(numbers[1:] > numbers[:-1]))
