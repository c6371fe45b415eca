"""From texts to postings without a string for each bigram: what an index of many passages spends its time on.

:func:`search.lexical.postings.build` over :func:`search.analysis.analyse` gives the same postings and is the
definition; a test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from search.analysis import Listed, analyse, analyse_listed
from search.lexical import postings
from search.lexical.hashing import pair_hashes, term_hashes
from search.lexical.postings import Postings

# A term of one or two characters is its code points as one number; longer ones are numbered from here on.
_LONGER = 1 << 42
_MOST_ROWS = 1 << 20
_BREAK = ord("\n")
Keys = NDArray[np.int64]


class _Numbers(dict[str, int]):
    """A number for each term, given when it is first asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.longer: list[str] = []

    def __missing__(self, term: str) -> int:
        if len(term) <= 2:
            number = ord(term[0]) << 21 | ord(term[1]) if len(term) > 1 else ord(term)
        else:
            number = _LONGER + len(self.longer)
            self.longer.append(term)
        self[term] = number
        return number


def count(texts: Sequence[str]) -> Postings:
    """The postings of texts, row by row, by the tokens of :func:`search.analysis.analyse`."""
    if len(texts) > _MOST_ROWS:
        raise ValueError(f"{len(texts)} rows at a time are too many")
    known: dict[str, Listed] = {}
    # Passages of one section share their heading, so a text may come again.
    listed = [known.get(text) or known.setdefault(text, analyse_listed(text)) for text in texts]
    numbers = _Numbers()
    sizes = np.fromiter((len(one.tokens) for one in listed), np.int64, len(listed))
    tokens = map(numbers.__getitem__, chain.from_iterable(one.tokens for one in listed))
    words: Keys = np.fromiter(tokens, np.int64, int(sizes.sum()))
    pairs, rows = _bigrams([one.runs for one in listed])
    lengths = (sizes + np.bincount(rows, minlength=len(texts))).astype(np.int32)
    keys = np.concatenate((words, pairs))
    rows = np.concatenate((np.repeat(np.arange(len(texts)), sizes), rows))
    counted = _grouped(keys, rows, lengths, numbers.longer)
    # Two terms of one hash share their statistics, which only the plain way does.
    return postings.build([analyse(text) for text in texts]) if counted is None else counted


def _bigrams(runs: Sequence[str]) -> tuple[Keys, Keys]:
    """The bigrams of all rows as numbers, with their rows."""
    codes = np.frombuffer(("\n" + "".join(runs)).encode("utf-32-le"), np.uint32).astype(np.int64)
    inside = codes != _BREAK
    # For each character but the first: the bigram that it ends, or itself where it is a run of one.
    pair = inside[1:] & inside[:-1]
    alone = np.zeros_like(pair)
    alone[:-1] = inside[1:-1] & ~inside[:-2] & ~inside[2:]
    keys = np.where(pair, codes[:-1] << 21 | codes[1:], codes[1:])
    rows = np.repeat(np.arange(len(runs)), np.fromiter(map(len, runs), np.int64, len(runs)))
    kept = pair | alone
    return keys[kept], rows[kept]


def _grouped(keys: Keys, rows: Keys, lengths: postings.Rows, longer: Sequence[str]) -> Postings | None:
    """Postings of numbered tokens; None if two terms have one hash."""
    bits = max(int(lengths.size - 1).bit_length(), 1)
    # Term and row as one number: sorting it groups the postings by term and orders them by row.
    codes = keys << bits | rows
    codes.sort()
    firsts = np.flatnonzero(np.concatenate(([True], codes[1:] != codes[:-1]))[: codes.size])
    tfs = np.diff(firsts, append=codes.size)
    codes = codes[firsts]
    terms = codes >> bits
    starts = np.flatnonzero(np.concatenate(([True], terms[1:] != terms[:-1]))[: terms.size])
    frequencies = np.diff(starts, append=terms.size)
    hashes = _hashes(terms[starts], longer)
    order = np.argsort(hashes)
    hashes = hashes[order]
    if (hashes[1:] == hashes[:-1]).any():
        return None
    frequencies = frequencies[order]
    offsets = np.concatenate((np.zeros(1, np.int64), np.cumsum(frequencies, dtype=np.int64)))
    # The postings of each term, moved as a block to the term's place.
    moved = np.repeat(starts[order] - offsets[:-1], frequencies) + np.arange(codes.size)
    found = (codes & ((1 << bits) - 1)).astype(np.int32)[moved]
    widest = np.min_scalar_type(int(tfs.max())) if tfs.size else np.uint8
    return Postings(hashes, offsets, found, tfs.astype(widest)[moved], lengths)


def _hashes(terms: Keys, longer: Sequence[str]) -> NDArray[np.uint64]:
    """The hash of each term; ``terms`` ascend, so the longer ones come last and in order."""
    short = int(np.searchsorted(terms, _LONGER))
    return np.concatenate((pair_hashes(terms[:short]), term_hashes(longer)))
