"""The document around a passage: BM25 of whole documents, added up from the postings of their passages.

A passage rarely repeats what its document is about: the region and the subject stand in the title, the answer in the
fifth paragraph. Nothing is stored for this. A document's term frequencies are the sums over its living passages, its
weights those of the passages, so adding and deleting keep them equal to a fresh build's.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engines.columns import NAMES
from search.engines.parts import Part
from search.lexical.bm25 import BM25

Numbers = NDArray[np.int64]
Scores = NDArray[np.float64]
_COLUMN = NAMES.index("document")


class Documents:
    """Which rows make up which document. A row without a document is one by itself.

    :ivar of_row: shape ``(all rows,)``, int32: the number of each row's document.
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        numbers: dict[Any, int] = {}
        fresh = count()
        pieces: list[NDArray[np.int32]] = [np.empty(0, np.int32)]
        for part in parts:
            values = part.segment.columns.values[_COLUMN]
            of_value = np.array(
                [numbers.setdefault(value, next(fresh)) if value else -1 for value in values] or [-1],
                np.int32,
            )
            pieces.append(of_value[part.segment.columns.codes[_COLUMN]])
        self.of_row = np.concatenate(pieces)
        lonely = np.flatnonzero(self.of_row < 0)
        self.of_row[lonely] = np.arange(lonely.size) + next(fresh)
        self.size = int(self.of_row.max()) + 1 if self.of_row.size else 0
        self._alive = [part.alive for part in parts]
        self._bases = np.cumsum([0, *(len(part.segment) for part in parts)])
        self._order = np.argsort(self.of_row, kind="stable")
        self._starts = np.concatenate(([0], np.cumsum(np.bincount(self.of_row, minlength=self.size))))
        self._lengths: dict[int, tuple[Scores, float]] = {}
        self._guard = threading.Lock()

    def rows(self, documents: Numbers) -> tuple[Numbers, Numbers]:
        """The living rows of some documents, document by document, and for each the place of its document."""
        starts, ends = self._starts[documents], self._starts[documents + 1]
        sizes = ends - starts
        skip = np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
        rows: Numbers = self._order[skip + np.arange(int(sizes.sum()))]
        places: Numbers = np.repeat(np.arange(documents.size), sizes)
        if any(mask is not None for mask in self._alive):
            alive = self._living(rows)
            return rows[alive], places[alive]
        return rows, places

    def _living(self, rows: Numbers) -> NDArray[np.bool_]:
        """Which of the rows are alive."""
        alive = np.ones(rows.size, np.bool_)
        for base, end, mask in zip(self._bases[:-1], self._bases[1:], self._alive, strict=True):
            if mask is not None:
                here = (rows >= base) & (rows < end)
                alive[here] = mask[rows[here] - base]
        return alive

    def lengths_in(self, model: BM25) -> tuple[Scores, float]:
        """Tokens of each document in a field, and their mean over documents that have any."""
        with self._guard:
            known = self._lengths.get(id(model))
        if known is None:
            tokens = np.concatenate(
                [
                    np.asarray(shard.postings.lengths, np.float64)
                    if shard.alive is None
                    else np.where(shard.alive, shard.postings.lengths, 0)
                    for shard in model.shards
                ]
                or [np.empty(0)]
            )
            lengths: Scores = np.bincount(self.of_row, tokens, self.size).astype(np.float64)
            filled = int(np.count_nonzero(lengths))
            known = lengths, float(lengths.sum() / filled) if filled else 1.0
            with self._guard:
                self._lengths[id(model)] = known
        return known
