"""What of a question stands in a passage, over it, and around it: term by term, so that a ranking can weigh it.

A passage rarely repeats what its headings and its document have said already: the region and the subject stand in
the title, the answer in the fifth paragraph. Sums of scores count such words twice for the passage that has them in
both places; term by term they can be counted once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engines.around import Walk
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

    def ordered(self, order: Numbers) -> Matches:
        """The same passages in another order."""
        if not self.weights.size or bool(np.all(order[1:] > order[:-1])):
            return self
        grids = (self.body, self.heading, self.document, self.opening)
        return Matches(self.weights, self.ceiling, *(grid[:, order] for grid in grids))


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """What a search found, as columns over the passages by ascending key.

    :ivar scores: each side's score for each passage, as in :class:`search.engines.base.Candidate`.
    :ivar matches: how strongly each word stands in, over and around each; nothing where it was not asked for.
    """

    keys: Numbers
    scores: dict[str, NDArray[Any]]
    matches: Matches


def _spread(grid: Grid, places: Numbers, passages: int) -> Grid:
    wide = np.zeros((grid.shape[0], passages))
    wide[:, places] = grid
    return wide


def matches_of(walk: Walk, heading: BM25 | None, words: Sequence[str], rows: Numbers, size: int) -> Matches:
    """The matches of some living rows, ascending.

    :param walk: where the terms of the question stand in the text of the rows' documents.
    :param words: the terms of the question, repeated by weight. :param size: how many rows there are in all.
    """
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    place = {int(number): i for i, number in enumerate(term_hashes(list(counts)))}
    shape = (len(place), rows.size)
    around = walk.around
    own = around.places(rows)
    document = around.of[own]
    opening = around.opening[document]
    in_body, in_document, in_opening = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    # What stands in headings alone is as rare as can be.
    weights = np.array([walk.model.idf_of(1) * number for number in counts.values()])
    here = np.zeros(around.rows.size)
    for term, (at, parts), whole in zip(walk.terms, walk.inside, walk.whole, strict=True):
        i = place[term.hash]
        weights[i] = term.count * term.idf
        here[at] = parts
        in_body[i], in_opening[i] = here[own], here[opening]
        here[at] = 0
        in_document[i] = whole[document]
    in_heading = np.zeros(shape)
    titled = np.zeros(rows.size, np.bool_)
    if heading is not None:
        wanted = RowSet.of(rows, size)
        for here_rows, sizes in _lengths(heading, rows):
            titled[here_rows] = sizes > 0
        for term in heading.terms(words):
            for base, found, parts in heading.impacts(term, wanted):
                in_heading[place[term.hash], np.searchsorted(rows, found + base)] = parts
    in_document[:, around.sizes[document] == 1] = 0
    in_opening[:, titled | (opening == own)] = 0
    return Matches(weights, walk.model.k1 + 1, in_body, in_heading, in_document, in_opening)


def _lengths(model: BM25, rows: Numbers) -> Iterator[tuple[slice, NDArray[np.int32]]]:
    """For each shard, which of the rows are its, and how many tokens they have."""
    for number, shard in enumerate(model.shards):
        base = int(model.bases[number])
        first, last = np.searchsorted(rows, (base, base + shard.rows))
        yield slice(first, last), shard.postings.lengths[rows[first:last] - base]
