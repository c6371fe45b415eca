"""Where a quote stands on a page: the source text was reflowed, so it is found by its characters without blanks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from interfaces.pdf.page import Box
from kb.text.shadow import fold

_ENOUGH = 0.6
"""Part of a quote's characters that must be found on the page."""
_NEAR = 2.0
"""Heights of a character between two characters that still are marked as one."""


class Rectangle(NamedTuple):
    """A stretch of a line, in parts of the page's width and height."""

    left: float
    top: float
    right: float
    bottom: float


class _Stream(NamedTuple):
    """Folded characters without blanks, and for each the place of the one that it came from."""

    text: str
    origin: tuple[int, ...]

    @classmethod
    def of(cls, chars: Iterable[str]) -> _Stream:
        pieces: list[str] = []
        origin: list[int] = []
        for place, char in enumerate(chars):
            plain = _plain(char)
            pieces.append(plain)
            origin.extend([place] * len(plain))
        return cls("".join(pieces), tuple(origin))

    def part(self, start: int, end: int) -> tuple[int, int]:
        """The characters that came from the places ``start`` to ``end``."""
        inside = [at for at, place in enumerate(self.origin) if start <= place < end]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)


@lru_cache(maxsize=20_000)
def _plain(char: str) -> str:
    return "".join(fold(char).split())


def find_on_page(boxes: Sequence[Box], text: str, start: int, end: int) -> tuple[Rectangle, ...]:
    """The rectangles that cover ``text[start:end]`` on a page; none where it cannot be found there.

    :param boxes: the characters of the page in the order of the file, headers and page numbers among them.
    :param text: what the source text has of the page.
    """
    source = _Stream.of(text)
    low, high = source.part(start, end)
    wanted = source.text[low:high]
    if not wanted:
        return ()
    for order in (range(len(boxes)), _by_lines(boxes)):
        page = _Stream.of(boxes[at].char for at in order)
        found = _occurrence(page.text, wanted, source.text[:low].count(wanted))
        if found >= 0:
            places = [order[page.origin[at]] for at in range(found, found + len(wanted))]
            return _rectangles([boxes[at] for at in dict.fromkeys(places)])
    page = _Stream.of(box.char for box in boxes)
    aligned = _aligned(source.text, page.text, low, high)
    if len(aligned) < _ENOUGH * len(wanted):
        return ()
    return _rectangles([boxes[at] for at in dict.fromkeys(page.origin[at] for at in aligned)])


def _by_lines(boxes: Sequence[Box]) -> list[int]:
    """Places of the boxes as they are read: line by line, each from left to right."""
    order = sorted(range(len(boxes)), key=lambda at: (boxes[at].top + boxes[at].bottom, boxes[at].left))
    lines: list[list[int]] = []
    for at in order:
        box = boxes[at]
        middle = (box.top + box.bottom) / 2
        if lines and boxes[lines[-1][0]].top <= middle <= boxes[lines[-1][0]].bottom:
            lines[-1].append(at)
        else:
            lines.append([at])
    return [at for line in lines for at in sorted(line, key=lambda at: boxes[at].left)]


def _occurrence(text: str, wanted: str, number: int) -> int:
    """Where ``wanted`` stands for the time after ``number`` earlier ones, or for the last time before; else -1."""
    at = text.find(wanted)
    while number > 0 and at >= 0:
        after = text.find(wanted, at + 1)
        if after < 0:
            break
        at, number = after, number - 1
    return at


def _aligned(source: str, page: str, low: int, high: int) -> list[int]:
    """Places on the page of the source's characters ``low`` to ``high``, of those that were found."""
    found: list[int] = []
    for a, b, size in SequenceMatcher(None, source, page, autojunk=False).get_matching_blocks():
        found.extend(b + at - a for at in range(max(a, low), min(a + size, high)))
    return found


def _rectangles(boxes: Sequence[Box]) -> tuple[Rectangle, ...]:
    """Neighbours on one line as one rectangle."""
    made: list[Rectangle] = []
    for box in boxes:
        last = made[-1] if made else None
        if last is not None and _continues(last, box):
            made[-1] = Rectangle(
                min(last.left, box.left),
                min(last.top, box.top),
                max(last.right, box.right),
                max(last.bottom, box.bottom),
            )
        else:
            made.append(Rectangle(*box[1:]))
    return tuple(made)


def _continues(last: Rectangle, box: Box) -> bool:
    overlap = min(last.bottom, box.bottom) - max(last.top, box.top)
    height = min(last.bottom - last.top, box.bottom - box.top)
    gap = max(box.left - last.right, last.left - box.right)
    return overlap > 0.5 * height and gap < _NEAR * max(box.bottom - box.top, box.right - box.left)
