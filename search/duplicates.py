"""Near-duplicates among hits: the same text printed twice is one hit with its copies listed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol, TypeVar

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
    shapes: list[tuple[int, int, tuple[str, ...]]] = []
    for item in items:
        bare = _MARKS.sub("", item.text)
        shape, numbers = _shape(bare), tuple(_NUMBERS.findall(item.text))
        for (first, copies), (other, length, others) in zip(kept, shapes, strict=True):
            if not 0.75 * length <= len(bare) <= length / 0.75 or numbers != others:
                continue
            if (across_regions or first.region == item.region) and _likeness(shape, other) >= _ALIKE:
                copies.append(item)
                break
        else:
            if len(kept) == limit:
                break
            kept.append((item, []))
            shapes.append((shape, len(bare), numbers))
    return kept


def _shape(text: str) -> int:
    """A set of hashed character pairs as the bits of one number."""
    bits = 0
    for at in range(len(text) - 1):
        bits |= 1 << ((ord(text[at]) * 31 + ord(text[at + 1])) % _BITS)
    return bits


def _likeness(one: int, other: int) -> float:
    """The Jaccard similarity of two shapes."""
    either = (one | other).bit_count()
    return (one & other).bit_count() / either if either else 0.0
