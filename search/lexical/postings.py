"""Postings of one field: for each term, the rows that hold it and how often. Built, merged, never changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.lexical.hashing import Hashes, term_hashes

Rows = NDArray[np.int32]
Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]
_CHUNK = 4_000_000  # postings that a merge moves at a time: 100 MB of working memory


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """The inverted lists of ``n`` rows with ``T`` distinct terms and ``P`` postings, about 5 bytes a posting.

    :ivar hashes: shape ``(T,)``, uint64, ascending: the terms.
    :ivar offsets: shape ``(T + 1,)``, int64: term ``t`` has the postings ``offsets[t]:offsets[t + 1]``.
    :ivar rows: shape ``(P,)``, int32, ascending within a term.
    :ivar tfs: shape ``(P,)``, uint8 (wider where a count needs it): occurrences of the term in the row.
    :ivar lengths: shape ``(n,)``, int32: tokens of each row.
    """

    hashes: Hashes
    offsets: Counts
    rows: Rows
    tfs: NDArray[Any]
    lengths: Rows

    @property
    def frequencies(self) -> Counts:
        """In how many rows each term stands, shape ``(T,)``."""
        return np.diff(self.offsets)

    def find(self, hashes: Hashes) -> Counts:
        """The place of each term, -1 for those that are absent."""
        if not self.hashes.size:
            return np.full(hashes.size, -1, np.int64)
        places = np.minimum(np.searchsorted(self.hashes, hashes), self.hashes.size - 1)
        return np.where(self.hashes[places] == hashes, places, -1)

    def of(self, term: int) -> tuple[Rows, NDArray[Any]]:
        """The rows and counts of the term at a place."""
        start, end = self.offsets[term], self.offsets[term + 1]
        return self.rows[start:end], self.tfs[start:end]

    def chunks(self, limit: int = _CHUNK) -> Iterator[tuple[int, int]]:
        """Ranges of terms that hold at most ``limit`` postings each, or one term."""
        first = 0
        while first < self.hashes.size:
            last = int(np.searchsorted(self.offsets, self.offsets[first] + limit, "right")) - 1
            last = max(last, first + 1)
            yield first, last
            first = last

    def count_in(self, rows: Mask) -> tuple[Rows, Rows]:
        """The terms that stand in the masked rows, ascending, and in how many of them."""
        terms: list[Counts] = []
        for first, last in self.chunks():
            start, end = self.offsets[first], self.offsets[last]
            hits = np.flatnonzero(rows.take(self.rows[start:end])) + start
            terms.append(np.searchsorted(self.offsets, hits, "right") - 1)
        found, counts = np.unique(np.concatenate(terms or [np.empty(0, np.int64)]), return_counts=True)
        return found.astype(np.int32), counts.astype(np.int32)


def build(documents: Sequence[Sequence[str]]) -> Postings:
    """Postings of tokenised documents, row by row."""
    return from_ids(*number_terms(documents))


def number_terms(documents: Sequence[Sequence[str]]) -> tuple[list[str], NDArray[np.int32], Rows]:
    """The distinct terms in order of first appearance, the tokens as their numbers, and the rows' lengths."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    lengths = np.fromiter(map(len, documents), np.int32, len(documents))
    tokens = map(numbers.__getitem__, chain.from_iterable(documents))
    ids = np.fromiter(tokens, np.int32, int(lengths.sum(dtype=np.int64)))
    return list(numbers), ids, lengths


def from_ids(terms: Sequence[str], ids: NDArray[np.int32], lengths: Rows) -> Postings:
    """Postings of numbered tokens; see :func:`number_terms`."""
    hashes, places = np.unique(term_hashes(terms), return_inverse=True)
    # Term and row as one number: sorting it groups the postings by term and orders them by row.
    bits = max(int(lengths.size - 1).bit_length(), 1)
    codes = places.astype(np.int64)[ids] << bits
    codes |= np.repeat(np.arange(lengths.size), lengths)
    codes.sort()
    firsts = np.flatnonzero(np.concatenate(([True], codes[1:] != codes[:-1]))[: codes.size])
    tfs = np.diff(firsts, append=codes.size)
    codes = codes[firsts]
    frequencies = np.bincount(codes >> bits, minlength=hashes.size)
    rows = (codes & ((1 << bits) - 1)).astype(np.int32)
    return Postings(hashes, _offsets(frequencies), rows, tfs.astype(_narrowest(tfs)), lengths)


def merge(parts: Sequence[tuple[Postings, Mask | None]]) -> Postings:
    """The postings of several parts as one: their living rows in order, numbered anew.

    :param parts: postings, each with a mask of its living rows (None: all live).
    """
    lists = [_living(postings, alive) for postings, alive in parts]
    hashes = np.unique(np.concatenate([part.hashes for part in lists]))
    frequencies = np.zeros(hashes.size, np.int64)
    for part in lists:
        frequencies[np.searchsorted(hashes, part.hashes)] += part.frequencies
    offsets = _offsets(frequencies)
    widest = max((part.postings.tfs.dtype for part in lists), key=lambda dtype: dtype.itemsize)
    out_rows = np.empty(int(offsets[-1]), np.int32)
    out_tfs = np.empty(int(offsets[-1]), widest)
    fill = offsets[:-1].copy()
    base = 0
    for part in lists:
        part.scatter(out_rows, out_tfs, fill, np.searchsorted(hashes, part.hashes), base)
        base += part.count
    lengths = np.concatenate([part.lengths for part in lists])
    return Postings(hashes, offsets, out_rows, out_tfs, lengths)


@dataclass(frozen=True, slots=True, eq=False)
class _Living:
    """What is alive of some postings: terms that still stand somewhere, and the rows' new numbers."""

    postings: Postings
    alive: Mask | None
    terms: Counts
    hashes: Hashes
    frequencies: Counts
    lengths: Rows

    @property
    def count(self) -> int:
        return int(self.lengths.size)

    def scatter(self, rows: Rows, tfs: NDArray[Any], fill: Counts, places: Counts, base: int) -> None:
        """Write the living postings to where ``fill`` stands for each term, and move it on."""
        numbers = None if self.alive is None else (np.cumsum(self.alive) - 1).astype(np.int32)
        at = 0
        for first, last in self.postings.chunks():
            start, end = self.postings.offsets[first], self.postings.offsets[last]
            # Copies, since a mapped file gives its pages back sooner when it is read once.
            old = np.array(self.postings.rows[start:end])
            counts = np.array(self.postings.tfs[start:end])
            if self.alive is not None and numbers is not None:
                keep = self.alive[old]
                old, counts = numbers[old[keep]], counts[keep]
            until = at + int(np.searchsorted(self.terms[at:], last))
            sizes = self.frequencies[at:until]
            starts = np.cumsum(sizes) - sizes
            target = np.repeat(fill[places[at:until]] - starts, sizes) + np.arange(old.size)
            rows[target] = old + base
            tfs[target] = counts
            fill[places[at:until]] += sizes
            at = until


def _living(postings: Postings, alive: Mask | None) -> _Living:
    frequencies = postings.frequencies
    lengths = np.asarray(postings.lengths)
    if alive is not None:
        terms, dead = postings.count_in(~alive)
        frequencies[terms] -= dead
        lengths = lengths[alive]
    kept = np.flatnonzero(frequencies)
    return _Living(postings, alive, kept, postings.hashes[kept], frequencies[kept], lengths)


def _offsets(frequencies: Counts) -> Counts:
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(frequencies, dtype=np.int64)))


def _narrowest(counts: Counts) -> Any:
    return np.min_scalar_type(int(counts.max())) if counts.size else np.uint8
