"""Near-duplicates among hits: the same text printed twice is one hit with its copies listed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Protocol, TypeVar

import numpy as np

_BITS = 1024
_ALIKE = 0.88
_MARKS = re.compile(r"[^0-9A-Za-z㐀-鿿]+")
_NUMBERS = re.compile(r"[0-9]+(?:\.[0-9]+)?")


class Copyable(Protocol):
    """Something with a text of a region."""

    @property
    def text(self) -> str:
        """The text to compare."""

    @property
    def region(self) -> str:
        """The code of the region that it is about."""


Item = TypeVar("Item", bound=Copyable)


def fold(items: Iterable[Item], limit: int, *, across_regions: bool = True) -> list[tuple[Item, list[Item]]]:
    """The first ``limit`` items whose texts differ, each with its copies among the items up to there.

    Texts with different numbers are never copies of each other: 达到95% and 达到96% are two statements.

    :param across_regions: also fold copies of different regions. Off where every region is to be shown.
    """
    kept: list[tuple[Item, list[Item]]] = []
    by_region: dict[str, list[tuple[_Sketch, list[Item]]]] = {}
    for item in items:
        sketch = _Sketch(item.text)
        others = by_region.setdefault("" if across_regions else item.region, [])
        copies = next((copies for other, copies in others if sketch.like(other)), None)
        if copies is not None:
            copies.append(item)
            continue
        if len(kept) == limit:
            break
        kept.append((item, []))
        others.append((sketch, kept[-1][1]))
    return kept


class _Sketch:
    """What of a text is compared. The costly part is made only for texts that may be alike."""

    def __init__(self, text: str) -> None:
        self.bare = _MARKS.sub("", text)
        self.numbers = _NUMBERS.findall(text)

    @cached_property
    def pairs(self) -> int:
        """A set of hashed character pairs as the bits of one number."""
        codes = np.frombuffer(self.bare.encode("utf-32-le", "surrogatepass"), np.uint32)
        held = np.zeros(_BITS, np.bool_)
        held[(codes[:-1] * 31 + codes[1:]) % _BITS] = True
        return int.from_bytes(np.packbits(held).tobytes(), "big")

    def like(self, other: _Sketch) -> bool:
        """Whether both are nearly the same, by the Jaccard similarity of their pairs."""
        if (
            self.numbers != other.numbers
            or not 0.75 <= (len(self.bare) + 1) / (len(other.bare) + 1) <= 1 / 0.75
        ):
            return False
        return (self.pairs & other.pairs).bit_count() >= _ALIKE * (self.pairs | other.pairs).bit_count()
