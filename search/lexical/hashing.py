"""Terms as 64-bit numbers: the same on every machine, computed for a whole vocabulary at a time.

Each character is mixed with its place into 64 random-looking bits (the finaliser of splitmix64: Steele, Lea
and Flood, 2014) and the results are added up. Two of three million terms collide with a chance of 2 in ten
million, and would then merely share their statistics.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]


def term_hashes(terms: Sequence[str]) -> Hashes:
    """A 64-bit number for each term, shape ``(len(terms),)``."""
    lengths = np.fromiter(map(len, terms), np.int64, len(terms))
    hashes = np.zeros(len(terms), np.uint64)
    filled = np.flatnonzero(lengths)
    if filled.size:
        codes = np.frombuffer("".join(terms).encode("utf-32-le", "surrogatepass"), np.uint32)
        ends = np.cumsum(lengths)
        places = np.arange(codes.size) - np.repeat(ends - lengths, lengths)
        # A code point takes 21 bits, so character and place never blur.
        mixed = _mix(codes.astype(np.uint64) | (places.astype(np.uint64) << np.uint64(21)))
        hashes[filled] = np.add.reduceat(mixed, (ends - lengths)[filled])
    return hashes


def pair_hashes(pairs: NDArray[np.int64]) -> Hashes:
    """:func:`term_hashes` for terms of one or two characters, each given as ``first << 21 | second``.

    A term of one character is that character alone.
    """
    codes = pairs.astype(np.uint64)
    first, second = codes >> np.uint64(21), codes & np.uint64((1 << 21) - 1)
    both = _mix(first) + _mix(second | np.uint64(1 << 21))
    return np.where(first == 0, _mix(second), both)


def _mix(values: Hashes) -> Hashes:
    values = values + np.uint64(0x9E3779B97F4A7C15)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
