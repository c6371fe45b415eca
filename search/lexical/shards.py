"""A part of a field's rows: postings that never change, and which of their rows are still alive."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from search.lexical.hashing import Hashes
from search.lexical.postings import Counts, Mask, Postings, Rows


def _none() -> Rows:
    return np.empty(0, np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Shard:
    """Postings with tombstones.

    :ivar alive: shape ``(n,)``; None while every row lives.
    :ivar dead_terms: the terms (places in the postings) that stand in dead rows, ascending.
    :ivar dead_counts: in how many dead rows each of them stands.
    """

    postings: Postings
    alive: Mask | None = None
    dead_terms: Rows = field(default_factory=_none)
    dead_counts: Rows = field(default_factory=_none)

    @property
    def rows(self) -> int:
        """How many rows there are, dead ones included."""
        return int(self.postings.lengths.size)

    @property
    def living(self) -> int:
        """How many rows live."""
        return self.rows if self.alive is None else int(np.count_nonzero(self.alive))

    @property
    def tokens(self) -> int:
        """How many tokens the living rows hold."""
        lengths = self.postings.lengths
        return int((lengths if self.alive is None else lengths[self.alive]).sum(dtype=np.int64))

    @property
    def frequencies(self) -> Counts:
        """In how many living rows each term stands."""
        frequencies = self.postings.frequencies
        frequencies[self.dead_terms] -= self.dead_counts
        return frequencies

    def frequency(self, places: Counts) -> Counts:
        """In how many living rows the terms at these places stand; 0 for the absent (place -1)."""
        offsets = self.postings.offsets
        known = np.maximum(places, 0)
        frequency = offsets[known + 1] - offsets[known] if offsets.size > 1 else np.zeros_like(places)
        if self.dead_terms.size:
            at = np.minimum(np.searchsorted(self.dead_terms, known), self.dead_terms.size - 1)
            frequency = frequency - np.where(self.dead_terms[at] == known, self.dead_counts[at], 0)
        return np.where(places >= 0, frequency, 0)

    def without(self, rows: Mask) -> Shard:
        """The shard after the death of the masked rows, which must be alive."""
        terms, counts = self.postings.count_in(rows)
        if self.dead_terms.size:
            both, places = np.unique(np.concatenate((self.dead_terms, terms)), return_inverse=True)
            total = np.bincount(places, np.concatenate((self.dead_counts, counts)))
            terms, counts = both, total.astype(np.int32)
        alive = ~rows if self.alive is None else self.alive & ~rows
        return Shard(self.postings, alive, terms, counts)


def document_frequencies(shards: list[Shard]) -> Counts:
    """In how many living rows each term stands that stands in any; the order of the terms is not told.

    Only terms of the smaller shards are looked up, so a small addition to a large index is cheap.
    """
    if not shards:
        return np.empty(0, np.int64)
    largest = max(shards, key=lambda shard: shard.postings.hashes.size)
    total = largest.frequencies
    hashes: list[Hashes] = []
    counts: list[Counts] = []
    for shard in shards:
        if shard is largest:
            continue
        frequencies = shard.frequencies
        places = largest.postings.find(shard.postings.hashes)
        known = places >= 0
        total[places[known]] += frequencies[known]
        hashes.append(shard.postings.hashes[~known])
        counts.append(frequencies[~known])
    if hashes:
        terms, places = np.unique(np.concatenate(hashes), return_inverse=True)
        total = np.concatenate((total, np.zeros(terms.size, np.int64)))
        np.add.at(total, places + largest.postings.hashes.size, np.concatenate(counts))
    return total[total > 0]
