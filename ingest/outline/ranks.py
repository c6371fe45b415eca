"""The rank of headings that carry no number: by the loader's levels, else by the numbers around."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ingest.outline.headings import Heading, Headings
from ingest.outline.lines import Line
from ingest.outline.marks import Rank

_LAYOUT = {1: 6, 2: 18, 3: 28, 4: 38, 5: 48, 6: 58}


def rank_layout(lines: Sequence[Line], found: Headings) -> None:
    """Rank unnumbered headings by the level the loader gives, beside numbered ones of the same level."""
    marked: dict[int, int] = {}
    for i, heading in found.items():
        level = lines[i].layout
        if level > 0 and heading.mark is not None and not heading.run_in:
            marked[level] = min(marked.get(level, 99), heading.rank)
    for i, heading in found.items():
        level = lines[i].layout
        if level > 0 and heading.mark is None:
            heading.rank = marked.get(level, _LAYOUT.get(level, 58))


def rank_own_lines(found: Headings) -> None:
    """Rank unnumbered lines by the numbering that follows them.

    A line stands above (一), 1. and 一是 that begin under it, and above 一、 where that begins anew, or on the very
    next line. Where text and then the first 一、 of all follow, it is a preamble and their peer. Followed by no
    number it is the peer of the line before it, or innermost.
    """
    order = [found[i] for i in sorted(found)]
    free = {at for at, heading in enumerate(order) if heading.rank == Rank.LINE and heading.mark is None}
    below = {at: _first_below(order, at) for at in free}
    restarts = Counter(heading.rank for heading in below.values() if heading is not None)
    running: set[int] = set()
    peer: int | None = None
    for at, heading in enumerate(order):
        if at not in free:
            if heading.mark is not None and heading.rank < Rank.ORDINAL:
                running.add(heading.rank)
                peer = None if peer is not None and heading.rank <= peer else peer
            continue
        first = below[at]
        if first is not None:
            anew = first.rank in running or restarts[first.rank] > 1 or first.line == heading.line + 1
            heading.rank = first.rank - 1 if anew or first.rank > Rank.CN else first.rank
            peer = heading.rank
        elif peer is not None:
            heading.rank = peer


def _first_below(order: Sequence[Heading], at: int) -> Heading | None:
    """The number 1, or the dash, that follows the heading ``at`` before any other unnumbered line, if any."""
    for heading in order[at + 1 :]:
        if heading.mark is None and heading.rank != Rank.RUN_IN:
            return None
        if heading.mark is not None:
            return heading if heading.mark.number <= 1 else None
    return None
