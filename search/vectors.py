"""Vectors of passages in half precision: exact search by FAISS, IVF with 8-bit codes for very many.

A filtered search always compares the query with every matching vector. Whatever finds the candidates, their
scores are computed here in one way from the stored half-precision values, so they depend on nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from search.lexical.postings import Mask
from search.lexical.rows import RowSet

Halves = NDArray[np.float16]
Query = NDArray[np.float32]
RowNumbers = NDArray[np.int64]
_FEW = 500  # rows below which decoding them here is faster than a pass of FAISS over all
_MARGIN = 32  # rows asked for beyond the wanted ones, for ties at the end to be seen
_TIE = 1e-6  # FAISS sums in another order than we do
_MOST = 65_536  # rows asked for at most, however many tie
_PROBES = 96  # cells that an IVF search visits: recall .98 at a million passages
_DECODED = 65_536  # rows decoded at a time


class Vectors:
    """The vectors of some rows.

    :param halves: shape ``(n, dimensions)``, float16, L2-normalised; may be a mapped file.
    :param ivf: a serialised FAISS index over the same rows, for approximate search; None: exact search only.
    """

    def __init__(self, halves: Halves, ivf: NDArray[np.uint8] | None = None) -> None:
        self.halves = halves
        self.ivf = ivf

    @classmethod
    def build(cls, halves: Halves, *, exact_up_to: int) -> Vectors:
        """Index the rows; more than ``exact_up_to`` of them get an IVF index. Deterministic."""
        if len(halves) <= exact_up_to:
            return cls(halves)
        faiss.omp_set_num_threads(os.cpu_count() or 1)
        cells = max(1, round(2 * len(halves) ** 0.5))
        quantizer = faiss.IndexFlatIP(halves.shape[1])
        index = faiss.IndexIVFScalarQuantizer(
            quantizer, halves.shape[1], cells, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
        )
        step = max(1, len(halves) // (64 * cells))
        index.train(np.ascontiguousarray(halves[::step], np.float32))
        for first in range(0, len(halves), _DECODED):
            index.add(np.ascontiguousarray(halves[first : first + _DECODED], np.float32))
        return cls(halves, faiss.serialize_index(index))

    @cached_property
    def _exact(self) -> Any:
        index = faiss.IndexScalarQuantizer(
            self.halves.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        )
        # The stored values are FAISS's own code already, so nothing is encoded again.
        index.add_sa_codes(np.ascontiguousarray(self.halves).view(np.uint8).reshape(len(self.halves), -1))
        return index

    @cached_property
    def _approximate(self) -> Any:
        return None if self.ivf is None else faiss.deserialize_index(self.ivf)

    def find(self, query: Query, n: int, admitted: Mask | None, *, exact: bool) -> RowNumbers:
        """The rows nearest to the query, about ``n``, in no order.

        :param admitted: shape ``(n,)``: rows that may be found; None: all.
        :param exact: compare with every admitted row, whatever it takes.
        """
        if not len(self.halves):
            return np.empty(0, np.int64)
        # One query gives OpenMP nothing to share out, and waking its threads costs more than the search.
        faiss.omp_set_num_threads(1)
        if exact or self.ivf is None:
            index, parameters = self._exact, faiss.SearchParameters()
        else:
            index, parameters = self._approximate, faiss.SearchParametersIVF()
            parameters.nprobe = _PROBES
        if admitted is not None:
            bits = np.packbits(admitted, bitorder="little")
            selector = faiss.IDSelectorBitmap(len(admitted), faiss.swig_ptr(bits))
            parameters.sel = selector
        _, rows = index.search(query[None, :], n, params=parameters)
        found: RowNumbers = rows[0][rows[0] >= 0]
        return found

    def scores(self, query: Query, rows: RowNumbers) -> Query:
        """The inner products of the query with these rows, shape ``(len(rows),)``, float32."""
        parts = [
            # Unlike a matrix product, this sums each row in the same order however many rows there are.
            np.einsum("ij,j->i", self.halves[rows[first : first + _DECODED]].astype(np.float32), query)
            for first in range(0, len(rows), _DECODED)
        ]
        return np.concatenate(parts) if parts else np.empty(0, np.float32)


@dataclass(frozen=True, slots=True)
class VectorShard:
    """Vectors with tombstones; ``base`` is the number of their first row among all shards."""

    vectors: Vectors
    base: int
    alive: Mask | None = None


class VectorSearch:
    """Search over all shards; rows are numbered through them as in :class:`search.lexical.bm25.BM25`."""

    def __init__(self, shards: Sequence[VectorShard]) -> None:
        self._shards = shards

    def best(self, query: Query, n: int, admitted: RowSet | None, keys: RowNumbers) -> RowNumbers:
        """The ``n`` nearest rows, best first, of equal ones those with smaller keys.

        :param admitted: living rows that may be found, each of which is then compared; None: any living row.
        """
        if admitted is not None and len(admitted) <= max(_FEW, n):
            return _first(admitted.rows, self.scores(query, admitted.rows), n, keys)
        parts = [self._best_of(shard, query, n, admitted) for shard in self._shards]
        rows = np.sort(np.concatenate(parts or [np.empty(0, np.int64)]))
        return _first(rows, self.scores(query, rows), n, keys)

    def scores(self, query: Query, rows: RowNumbers) -> Query:
        """The inner products with these rows, ascending; shape ``(len(rows),)``, float32."""
        scores = np.zeros(rows.size, np.float32)
        for shard in self._shards:
            first, last = np.searchsorted(rows, (shard.base, shard.base + len(shard.vectors.halves)))
            scores[first:last] = shard.vectors.scores(query, rows[first:last] - shard.base)
        return scores

    @staticmethod
    def _best_of(shard: VectorShard, query: Query, n: int, admitted: RowSet | None) -> RowNumbers:
        size = len(shard.vectors.halves)
        mask = shard.alive if admitted is None else admitted.mask[shard.base : shard.base + size]
        wanted = n + _MARGIN
        while True:
            rows = shard.vectors.find(query, min(wanted, size), mask, exact=admitted is not None)
            scores = np.sort(shard.vectors.scores(query, rows))[::-1]
            # When the last one found ties with the n-th, others that tie may not have been found.
            if len(rows) < wanted or wanted >= min(size, _MOST) or scores[n - 1] - scores[-1] > _TIE:
                return rows + shard.base
            wanted *= 4


def _first(rows: RowNumbers, scores: Query, n: int, keys: RowNumbers) -> RowNumbers:
    return rows[np.lexsort((keys[rows], -scores))][:n]
