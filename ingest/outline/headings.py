"""A heading as it is found, before it has its place in the tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.outline.heads import TAIL, clause_end
from ingest.outline.lines import Line
from ingest.outline.marks import Mark
from ingest.outline.model import Role

LONG_TITLE = 60
CLIPPED = 40
OWN_LINE = 32
PARAGRAPH = 60


@dataclass(slots=True)
class Heading:
    """A heading found in line ``line``; ``start`` and ``end`` are shadow offsets of its words.

    ``shown`` are the words to show instead, where those are too many. ``item``: (一) of an article.
    """

    line: int
    rank: int
    start: int
    end: int
    run_in: bool
    mark: Mark | None = None
    item: bool = False
    shown: tuple[int, int] | None = None


Headings = dict[int, Heading]


def _trimmed(line: Line, end: int) -> int:
    """``end`` (an offset in the line) without the stop and the spaces before it."""
    while end > 0 and line.text[end - 1] in TAIL:
        end -= 1
    return end


def make(i: int, line: Line, end: int, rank: int, *, run_in: bool) -> Heading:
    """The heading that takes up ``line`` as far as ``end``."""
    stop = max(_trimmed(line, end), line.mark.length if line.mark else 1)
    return Heading(i, rank, line.start, line.start + stop, run_in, line.mark)


def follower(lines: Sequence[Line], roles: Sequence[Role | None], i: int, last: int) -> int:
    """The next line after ``i`` that is text, ``last`` if there is none."""
    j = i + 1
    while j < last and roles[j] not in (None, "table"):
        j += 1
    return j


def clipped(i: int, line: Line, rank: int) -> Heading:
    """A heading of a numbered paragraph that has none: its first clause."""
    length = line.mark.length if line.mark else 0
    return make(i, line, clause_end(line.text, length, CLIPPED), rank, run_in=True)
