"""What of a question stands in a passage, over it, and around it: term by term, so that a ranking can weigh it.

A passage rarely repeats what its headings and its document have said already: the region and the subject stand in
the title, the answer in the fifth paragraph. Sums of scores count such words twice for the passage that has them in
both places; term by term they can be counted once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.engines.documents import Documents
from search.lexical.bm25 import BM25
from search.lexical.hashing import term_hashes
from search.lexical.rows import RowSet

Grid = NDArray[np.float64]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """How strongly each term of a question stands in each place of each passage.

    The grids have the shape ``(terms, passages)`` and hold BM25's part of a term without its weight, from 0 to
    ``ceiling``.

    :ivar weights: idf times the number of repetitions, shape ``(terms,)``.
    :ivar body: in the passage. :ivar heading: in its title and headings.
    :ivar document: in its document, 0 where that is no more than the passage.
    :ivar opening: in the document's first passage, for a passage without title and headings that is another one.
    """

    weights: NDArray[np.float64]
    ceiling: float
    body: Grid
    heading: Grid
    document: Grid
    opening: Grid

    @classmethod
    def none(cls, passages: int) -> Matches:
        """No term at all."""
        grid = np.zeros((0, passages))
        return cls(np.empty(0), 1.0, grid, grid, grid, grid)

    def spread(self, places: Numbers, passages: int) -> Matches:
        """The same passages at other places among ``passages``, the rest of which match nothing."""
        return Matches(
            self.weights,
            self.ceiling,
            *(
                _spread(grid, places, passages)
                for grid in (self.body, self.heading, self.document, self.opening)
            ),
        )


def _spread(grid: Grid, places: Numbers, passages: int) -> Grid:
    wide = np.zeros((grid.shape[0], passages))
    wide[:, places] = grid
    return wide


def matches_of(
    body: BM25,
    heading: BM25 | None,
    documents: Documents,
    words: Sequence[str],
    rows: Numbers,
    keys: Numbers,
) -> Matches:
    """The matches of some living rows, ascending.

    :param words: the terms of the question, repeated by weight.
    :param keys: shape ``(all rows,)``; a document begins with the passage of its smallest key.
    """
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    place = {int(number): i for i, number in enumerate(term_hashes(list(counts)))}
    shape = (len(place), rows.size)
    surroundings = _Surroundings(documents, rows, keys)
    in_body, in_document, in_opening = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    # What stands in headings alone is as rare as can be.
    weights = np.array([body.idf_of(1) * number for number in counts.values()])
    lengths, mean = documents.lengths_in(body)
    norms = body.k1 * (1 - body.b + body.b * lengths[surroundings.documents] / mean)
    for term in body.terms(words):
        i = place[term.hash]
        weights[i] = term.count * term.idf
        tf = np.zeros(norms.size)
        here = np.zeros(surroundings.rows.size)
        for number, shard in enumerate(body.shards):
            if term.places[number] >= 0:
                base = int(body.bases[number])
                found, tfs = surroundings.set.restrict(
                    base, base + shard.rows, *shard.postings.of(term.places[number])
                )
                at = surroundings.place[found.astype(np.int64) + base]
                tf += np.bincount(surroundings.of[at], tfs, tf.size)
                times = tfs.astype(np.float64)
                here[at] = times * (body.k1 + 1) / (times + body.norms[number][found])
        in_body[i] = here[surroundings.own]
        in_document[i] = (tf * (body.k1 + 1) / (tf + norms))[surroundings.document]
        in_opening[i] = here[surroundings.opening]
    in_heading = np.zeros(shape)
    titled = np.zeros(rows.size, np.bool_)
    if heading is not None:
        wanted = RowSet.of(rows, keys.size)
        for here_rows, sizes in _lengths(heading, rows):
            titled[here_rows] = sizes > 0
        for term in heading.terms(words):
            for base, own, parts in heading.impacts(term, wanted):
                in_heading[place[term.hash], np.searchsorted(rows, own + base)] = parts
    in_document[:, surroundings.alone] = 0
    in_opening[:, titled | (surroundings.opening == surroundings.own)] = 0
    return Matches(weights, body.k1 + 1, in_body, in_heading, in_document, in_opening)


class _Surroundings:
    """The living rows of the documents of some rows.

    :ivar rows: them all, ascending; ``set`` is the same set. :ivar place: a row's place among them.
    :ivar documents: the documents' numbers.
    :ivar of: for each of ``rows``, the place of its document among ``documents``.
    :ivar own: the place of each given row among ``rows``. :ivar document: of its document among ``documents``.
    :ivar opening: the place of its document's first passage. :ivar alone: whether the document has no other row.
    """

    def __init__(self, documents: Documents, rows: Numbers, keys: Numbers) -> None:
        self.documents, self.document = np.unique(documents.of_row[rows], return_inverse=True)
        around = documents.rows(self.documents.astype(np.int64))
        self.rows: Numbers = np.sort(around[documents.living(around)])
        self.set = RowSet.of(self.rows, keys.size)
        # Only the places of these rows are ever written or read.
        self.place = np.empty(keys.size, np.int32)
        self.place[self.rows] = np.arange(self.rows.size)
        self.of = np.searchsorted(self.documents, documents.of_row[self.rows])
        self.own = self.place[rows]
        first = np.lexsort((keys[self.rows], self.of))
        sizes = np.bincount(self.of, minlength=self.documents.size)
        self.opening = first[np.cumsum(sizes) - sizes][self.document]
        self.alone = sizes[self.document] == 1


def _lengths(model: BM25, rows: Numbers) -> Iterator[tuple[slice, NDArray[np.int32]]]:
    """For each shard, which of the rows are its, and how many tokens they have."""
    for number, shard in enumerate(model.shards):
        base = int(model.bases[number])
        first, last = np.searchsorted(rows, (base, base + shard.rows))
        yield slice(first, last), shard.postings.lengths[rows[first:last] - base]
