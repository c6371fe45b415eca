"""Where a text leaves its last numbered section without a heading: closing words, and what comes next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.outline.headings import Heading, Headings
from ingest.outline.heads import TAIL, head_end
from ingest.outline.lines import Line
from ingest.outline.marks import Rank
from ingest.outline.model import Role
from ingest.outline.unnumbered import REGION_LABEL

_SALUTE = re.compile(r"^(?:各位代表|同志们|各位领导|各位同志|朋友们)[,!:、]")
_CLOSE = re.compile(
    r"^(?:特此|专此|此复|以上(?:意见|报告|请示|方案)|自本(?:意见|通知|办法|方案)|"
    r"本(?:通知|意见|办法|方案|规定|细则|实施细则|实施意见|实施方案|公告|通告|决定)(?:自|由|从|有效期))"
)
_FORWARD = re.compile(r"下一步|下一阶段|今后|接下来|将进一步|将继续|未来[,,一几]|展望|面向未来|站在新")


@dataclass(frozen=True, slots=True)
class Turn:
    """At this line the text leaves the sections of ``rank`` and deeper, for ``heading`` if there is one."""

    rank: int
    heading: Heading | None = None


def find_turns(
    lines: Sequence[Line], roles: Sequence[Role | None], first: int, last: int, found: Headings
) -> dict[int, Turn]:
    """The lines among ``[first, last)`` that belong to no numbered section though one stands above them."""
    turns: dict[int, Turn] = {}
    top = [h for h in found.values() if not h.item and h.rank < Rank.ORDINAL]
    if not top:
        end = _end_of_regions(lines, roles, last, found)
        return {end: Turn(Rank.RUN_IN)} if end is not None else turns
    rank = min(h.rank for h in top)
    heads = sorted((h for h in top if h.rank == rank), key=lambda h: h.line)
    for i in range(heads[0].line + 1, last):
        if roles[i] == "addressee":
            turns[i] = Turn(rank + 1)
        if roles[i] is None and i not in found and lines[i].mark is None:
            if _SALUTE.match(lines[i].text):
                turns[i] = Turn(rank + 1)
            elif i > heads[-1].line and _CLOSE.match(lines[i].text):
                turns[i] = Turn(rank)
    tail = _tail_of_run_ins(lines, roles, heads, last, found)
    if tail is not None:
        turns.setdefault(tail, Turn(rank))
        return turns
    opener = _next_step(lines, roles, heads, last, found)
    if opener is not None:
        turns[opener] = Turn(rank, _heading_of(lines[opener], opener, rank))
    return turns


def _end_of_regions(
    lines: Sequence[Line], roles: Sequence[Role | None], last: int, found: Headings
) -> int | None:
    """After lines that tell of one region each (江苏省:…) a line without such a label is of none of them."""
    labelled = [i for i, h in found.items() if h.run_in and REGION_LABEL.match(lines[i].text)]
    if len(labelled) < 2:
        return None
    after = max(labelled) + 1
    return after if after < last and roles[after] is None and after not in found else None


def _tail_of_run_ins(
    lines: Sequence[Line], roles: Sequence[Role | None], heads: Sequence[Heading], last: int, found: Headings
) -> int | None:
    """Where every section is one paragraph with its heading in it, a further paragraph belongs to none."""
    if len(heads) < 3 or not all(h.run_in for h in heads):
        return None
    for one, other in pairwise(heads):
        if any(roles[i] is None for i in range(one.line + 1, other.line)):
            return None
    after = [i for i in range(heads[-1].line + 1, last) if roles[i] is None]
    if after and after[0] not in found and lines[after[0]].mark is None and not lines[after[0]].row:
        return after[0]
    return None


def _next_step(
    lines: Sequence[Line], roles: Sequence[Role | None], heads: Sequence[Heading], last: int, found: Headings
) -> int | None:
    """A paragraph after the last section's text that opens a series of headings such as no other has."""
    final = heads[-1]
    own = [i for i in range(final.line + 1, last) if roles[i] is None]
    runs = [i for i in own if i in found and found[i].rank == Rank.RUN_IN]
    if len(runs) < 2 or any(i in found and found[i].rank != Rank.RUN_IN for i in own):
        return None
    opener = runs[0] - 1
    if opener not in own or opener in found or opener == own[0] or lines[opener].mark is not None:
        return None
    if _FORWARD.search(lines[opener].text):
        return opener
    earlier = [i for i in range(heads[0].line, final.line) if i in found and found[i].rank == Rank.RUN_IN]
    return opener if len(heads) >= 3 and not earlier and len(lines[opener].text) <= 120 else None


def _heading_of(line: Line, at: int, rank: int) -> Heading:
    """The section that the paragraph opens, named by the last clause of its first sentence."""
    text = line.text
    end = head_end(text, 0)
    while end > 1 and text[end - 1] in TAIL:
        end -= 1
    comma = text.rfind(",", 0, end)
    first, last = (comma + 1, end) if 6 <= end - comma - 1 <= 40 else (0, min(end, 40))
    return Heading(
        at, rank, line.start, line.start + end, True, shown=(line.start + first, line.start + last)
    )
