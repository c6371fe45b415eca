"""Headings that carry a number, and the numbered lines that are only items of a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ingest.outline.headings import (
    LONG_TITLE,
    OWN_LINE,
    PARAGRAPH,
    Heading,
    Headings,
    clipped,
    follower,
    make,
)
from ingest.outline.heads import head_end, is_label
from ingest.outline.lines import Line
from ingest.outline.marks import Mark, Rank
from ingest.outline.model import Role

LABEL = 25
MEASURE = 45
SERIES_TITLE = 36
FAR = 200
_SERIES = (Rank.DASH, Rank.ONE_IS, Rank.ORDINAL)


def numbered(lines: Sequence[Line], roles: Sequence[Role | None], first: int, last: int) -> Headings:
    """The headings among the numbered lines ``[first, last)``."""
    found: Headings = {}
    items: set[int] = set()
    leaves: list[int] = []
    accepted = _accepted(lines, roles, first, last)
    for i in accepted:
        line = lines[i]
        assert line.mark is not None
        heading = _numbered_heading(lines, roles, i, last, items)
        if heading is None:
            if line.open and line.mark.rank != Rank.DASH:
                leaves.append(i)
            items.add(i)
        else:
            found[i] = heading
    _promote(lines, found, items, leaves)
    _agree(lines, accepted, found)
    return found


def _agree(lines: Sequence[Line], accepted: list[int], found: Headings) -> None:
    """Numbered neighbours are of one kind: where most of a run are headings, all are."""
    for run in _runs(lines, accepted):
        heads = [found[i] for i in run if i in found]
        if len(run) >= 5 and len(heads) * 3 < len(run):
            # A list whose items are one sentence each, but for one or two.
            for i in run:
                if i in found and found[i].run_in and (mark := found[i].mark) and not _always(mark):
                    del found[i]
        if len(run) < 2 or len(heads) * 2 < len(run):
            continue
        run_in = sum(h.run_in for h in heads) * 2 > len(heads)
        for i in run:
            line, heading = lines[i], found.get(i)
            if heading is None and line.mark is not None and line.text[-1] != ";":
                found[i] = clipped(i, line, heads[0].rank)
            elif heading is not None and heading.run_in != run_in and line.prose and _is_whole(line, heading):
                heading.run_in = run_in


def _is_whole(line: Line, heading: Heading) -> bool:
    """The heading is all that the line says."""
    return heading.end >= line.end - 1


def _runs(lines: Sequence[Line], accepted: list[int]) -> list[list[int]]:
    """Runs of one kind of number, counting up, with nothing but deeper numbers between them."""
    runs: list[list[int]] = []
    current: dict[int, list[int]] = {}
    for i in accepted:
        mark = lines[i].mark
        assert mark is not None
        depth = _depth(mark)
        for rank in [rank for rank in current if rank > depth]:
            del current[rank]
        run = current.get(depth)
        before = lines[run[-1]].mark if run else None
        if run is not None and before is not None and before.number < mark.number <= before.number + 2:
            run.append(i)
        else:
            current[depth] = [i]
            runs.append(current[depth])
    return runs


def _promote(lines: Sequence[Line], found: Headings, items: set[int], leaves: list[int]) -> None:
    """A numbered line with nothing under it is a heading if the lines of its kind are headings otherwise."""
    heads = Counter(heading.rank for heading in found.values() if not heading.run_in)
    others = Counter(int(mark.rank) for j in items if (mark := lines[j].mark))
    for i in leaves:
        line = lines[i]
        assert line.mark is not None
        rank = int(line.mark.rank)
        if heads[rank] > others[rank] and len(line.text) <= LONG_TITLE:
            found[i] = make(i, line, len(line.text), rank, run_in=False)


def _accepted(lines: Sequence[Line], roles: Sequence[Role | None], first: int, last: int) -> list[int]:
    """The numbered lines whose doubtful marks are borne out by the numbers before or after them."""
    accepted: list[int] = []
    seen: dict[Rank, int] = {}
    decimals = _decimals(lines, roles, first, last)
    marked = [
        i for i in range(first, last) if roles[i] is None and lines[i].mark is not None and not lines[i].row
    ]
    for at, i in enumerate(marked):
        mark = lines[i].mark
        assert mark is not None
        if mark.rank == Rank.DECIMAL:
            if i not in decimals:
                continue
        elif (
            mark.rank == Rank.ARTICLE
            or (mark.doubtful and not _in_sequence(lines, marked, at, mark, seen))
            or (
                mark.rank in (Rank.ONE_IS, Rank.ORDINAL)
                and mark.number > 1
                and seen.get(mark.rank) != mark.number - 1
            )
        ):
            continue
        seen[mark.rank] = mark.number
        accepted.append(i)
    return accepted


def _in_sequence(
    lines: Sequence[Line], marked: list[int], at: int, mark: Mark, seen: dict[Rank, int]
) -> bool:
    if seen.get(mark.rank) == mark.number - 1 and mark.number > 1:
        return True
    if mark.number != 1:
        return False
    following = (lines[j].mark for j in marked[at + 1 : at + 6])
    return any(other is not None and other.rank == mark.rank and other.number == 2 for other in following)


def _decimals(lines: Sequence[Line], roles: Sequence[Role | None], first: int, last: int) -> set[int]:
    """The lines of an outline in decimal numbers (1, 1.1, 1.1.1); empty if the numbers do not run on."""
    chain: list[tuple[tuple[int, ...], int]] = []
    for i in range(first, last):
        mark = lines[i].mark
        if mark is None or roles[i] is not None:
            continue
        path = mark.path if mark.rank == Rank.DECIMAL else ()
        if not path:
            continue
        before = chain[-1][0] if chain else ()
        if _follows(before, path):
            chain.append((path, i))
    return {i for _, i in chain} if sum(len(path) > 1 for path, _ in chain) >= 3 else set()


def _follows(before: tuple[int, ...], path: tuple[int, ...]) -> bool:
    if not before:
        return all(n == 1 for n in path)
    if len(path) > len(before):
        return path[: len(before)] == before and all(n == 1 for n in path[len(before) :])
    keep = len(path) - 1
    return path[:keep] == before[:keep] and path[keep] == before[keep] + 1


def _numbered_heading(
    lines: Sequence[Line], roles: Sequence[Role | None], i: int, last: int, items: set[int]
) -> Heading | None:
    line = lines[i]
    mark = line.mark
    assert mark is not None
    rank = _depth(mark)
    text = line.text
    if line.layout >= 0 and len(text) <= 100:
        return make(i, line, len(text), rank, run_in=False)
    if mark.rank in (Rank.CHAPTER, Rank.SECTION, Rank.PART) and len(text) <= LONG_TITLE:
        return make(i, line, len(text), rank, run_in=False)
    end = head_end(text, mark.length)
    words = end - mark.length
    rest = text[end + 1 :].strip() if end < len(text) else ""
    stop = text[end] if end < len(text) else ""
    if words < 2:
        return None
    found: Heading | None = None
    if not stop or (stop == ":" and line.open and len(text) <= LONG_TITLE and "。" not in text):
        found = _own_line(lines, roles, i, last, rank, words)
    elif stop == ":" and rest:
        found = _labelled(lines[i], i, end, rank)
    elif text[-1] == ";" or (stop == ";" and len(text) < MEASURE) or _ends_list(lines, i, items):
        return clipped(i, line, rank) if _always(mark) else None
    elif not rest:
        if words <= (20 if stop == ":" else 50) and _has_content(lines, roles, i, last):
            found = make(i, line, end, rank, run_in=words > OWN_LINE)
    elif stop != ";" and words <= (SERIES_TITLE if mark.rank in _SERIES else LONG_TITLE):
        if mark.rank == Rank.ONE_IS and _next_item(text, end):
            return None
        found = make(i, line, end, rank, run_in=True)
    if found is None and (_always(mark) or (stop and _is_measure(lines, i))):
        return clipped(i, line, rank)
    return found


def _labelled(line: Line, i: int, colon: int, rank: int) -> Heading | None:
    """A heading that ends at the colon (目标任务:…), or at the end of the first sentence behind it."""
    assert line.mark is not None
    text, length = line.text, line.mark.length
    long_enough = len(text) > PARAGRAPH or _always(line.mark)
    if long_enough and is_label(text[length:colon], LABEL):
        return make(i, line, colon, rank, run_in=True)
    sentence = text.find("。", colon)
    if 0 <= sentence - length <= LONG_TITLE and sentence + 1 < len(text):
        return make(i, line, sentence, rank, run_in=True)
    return None


def _is_measure(lines: Sequence[Line], i: int) -> bool:
    """A numbered paragraph of one long sentence states a measure; below a colon, an item."""
    mark = lines[i].mark
    if mark is None or mark.rank not in (Rank.CN_PAREN, Rank.NUMBER) or len(lines[i].text) < MEASURE:
        return False
    top, far = i - 1, i - FAR
    while top >= max(0, far) and (other := lines[top].mark) is not None and other.rank >= mark.rank:
        top -= 1
    return top < max(0, far) or lines[top].text[-1] != ":"


def _next_item(text: str, end: int) -> bool:
    """The sentence after the head is 二是…: the head says all there is."""
    return text[end + 1 : end + 3] in ("二是", "三是", "四是", "五是", "二要", "三要")


def _own_line(
    lines: Sequence[Line], roles: Sequence[Role | None], i: int, last: int, rank: int, words: int
) -> Heading | None:
    line = lines[i]
    always = line.mark is not None and _always(line.mark)
    if words <= (80 if always else LONG_TITLE) and (always or _has_content(lines, roles, i, last)):
        return make(i, line, len(line.text), rank, run_in=False)
    return None


def _ends_list(lines: Sequence[Line], i: int, items: set[int]) -> bool:
    """The last item of a list: the one just before it ends in a semicolon."""
    if i - 1 not in items:
        return False
    before, mark = lines[i - 1], lines[i].mark
    return (
        before.text[-1] == ";"
        and before.mark is not None
        and mark is not None
        and before.mark.rank == mark.rank
        and before.mark.number + 1 == mark.number
    )


def _has_content(lines: Sequence[Line], roles: Sequence[Role | None], i: int, last: int) -> bool:
    """Something stands under line ``i``: prose, a table, or numbering of a deeper kind."""
    j = follower(lines, roles, i, last)
    if j >= last:
        return False
    after, mark = lines[j], lines[i].mark
    if after.row:
        return True
    if after.mark is None or after.mark.rank == Rank.DASH:
        return (
            after.prose
            or len(after.text) > OWN_LINE
            or after.layout >= 0
            or not after.open
            or _answers(lines, j, last)
        )
    return mark is not None and _depth(after.mark) > _depth(mark)


def _always(mark: Mark) -> bool:
    """一、 and 4.2.1 head a section whatever stands behind them."""
    return mark.rank == Rank.CN or len(mark.path) > 1


def _depth(mark: Mark) -> int:
    """The rank of a mark; decimal numbers go deeper with every figure."""
    return mark.rank + 10 * (len(mark.path) - 1) if mark.path else mark.rank


def _answers(lines: Sequence[Line], j: int, last: int) -> bool:
    """A short unnumbered line that itself heads prose."""
    return j + 1 < last and lines[j + 1].prose and len(lines[j + 1].text) > OWN_LINE
