"""The cues by which a source turns out to hold several documents."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.cleaning.model import CleanSource, Reason
from ingest.draft import DraftRole
from ingest.outline.closing import ATTACHMENT
from ingest.outline.front import BYLINE, line_role
from ingest.outline.lines import TITLE_END, Line, is_date, is_number
from ingest.outline.marks import Rank, ordinal
from kb.regions import opening_region, related, survey

TITLE = 45
PROSE = 30
CASE = 60
STORY = 100
DOCUMENT = 200

_LABEL = re.compile(
    r"^[【〔\[(]?\s*(?:典型|优秀|实践|创新|经验|工作)?(?:案例|典型经验|典型做法|经验材料|交流材料|材料)\s*(?:之\s*)?[(]?\s*"
    r"(?P<number>[一二三四五六七八九十]{1,3}|\d{1,3})\s*[)]?\s*[】〕\])]?\s*(?:[:、.—-]+|\s|$)\s*(?P<rest>.*)$"
)
_DATELINE = re.compile(
    r"^(?:本报讯|本报.{0,8}(?:记者|通讯员|报道)|.{2,8}讯\s*[(]|新华社.{1,16}电|据.{2,12}(?:报道|消息)|[□■]|"
    r".{0,12}(?:日报|晚报|时报|晨报|新闻网|融媒体?中心).{0,6}(?:记者|通讯员))"
)
_NESTING = (Rank.PART, Rank.CHAPTER, Rank.SECTION)


@dataclass(frozen=True, slots=True)
class Cut:
    """A document begins at line ``line``.

    :ivar region: code of the region that its opening names, "" if none.
    :ivar title_lines: the lines that are its title, where the cue tells.
    :ivar label: characters of the first title line that are only a label (案例一).
    """

    line: int
    region: str = ""
    title_lines: tuple[int, ...] = ()
    label: int = 0
    role: DraftRole = "case"


def _length(lines: Sequence[Line], first: int, last: int) -> int:
    return sum(len(line.text) for line in lines[first:last])


def _long_enough(lines: Sequence[Line], starts: Sequence[int], least: int) -> bool:
    edges = [*starts[1:], len(lines)]
    return all(_length(lines, a, b) >= least for a, b in zip(starts, edges, strict=True))


def _is_title(line: Line, limit: int = TITLE) -> bool:
    return (
        line.mark is None
        and not line.row
        and 4 <= len(line.text) <= limit
        and (line.open or line.text[-1] in "!?")
        and not is_date(line.text)
        and not is_number(line.text)
        and line_role(line, None) is None
    )


def numbered_cases(clean: CleanSource, lines: Sequence[Line]) -> list[Cut]:
    """案例一, 案例二 … at the start of a line, counted from one; their table of contents doesn't count."""
    runs: list[list[tuple[int, re.Match[str]]]] = []
    for i, line in enumerate(lines):
        found = _LABEL.match(line.text) if len(line.text) <= 80 else None
        if found is None or line.row:
            continue
        number = ordinal(found["number"])
        if number == 1:
            runs.append([(i, found)])
        elif runs and number == len(runs[-1]) + 1:
            runs[-1].append((i, found))
    for run in reversed(runs):
        starts = [i for i, _ in run]
        if len(run) >= 2 and _long_enough(lines, starts, CASE):
            return [_labelled(lines, i, found) for i, found in run]
    return []


def _labelled(lines: Sequence[Line], i: int, found: re.Match[str]) -> Cut:
    if found["rest"]:
        region = opening_region(found["rest"])
        return Cut(i, region, (i,), label=found.start("rest"))
    if i + 1 < len(lines) and _is_title(lines[i + 1], 60):
        return Cut(i, opening_region(lines[i + 1].text), (i + 1,))
    return Cut(i, opening_region(lines[i + 1].text) if i + 1 < len(lines) else "")


def full_fronts(clean: CleanSource, lines: Sequence[Line]) -> list[Cut]:
    """Whole official documents one after the other: title lines, document number, addressee."""
    cuts: list[Cut] = []
    for i, line in enumerate(lines):
        if not 8 <= len(line.text) <= 45 or not is_number(line.text) or i + 1 >= len(lines):
            continue
        if line_role(lines[i + 1], "number") not in ("addressee", "note"):
            continue
        top = i
        while top > 0 and i - top < 5 and _is_title(lines[top - 1], 60):
            top -= 1
        title = "".join(line.text for line in lines[top:i])
        if top == i or not TITLE_END.search(title):
            continue
        if top > 0 and ATTACHMENT.match(lines[top - 1].text):
            continue
        cuts.append(Cut(top, "", tuple(range(top, i)), role="document"))
    starts = [cut.line for cut in cuts]
    return cuts if len(cuts) >= 2 and _long_enough(lines, starts, DOCUMENT) and starts[0] <= 3 else []


def stories(clean: CleanSource, lines: Sequence[Line]) -> list[Cut]:
    """The stories of a newspaper page: a title, then a byline or a dateline, then the text."""
    bylines = sorted(r.start for r in clean.removals if r.reason == Reason.BYLINE)
    origin = clean.shadow.origin
    starts: list[int] = []
    for i, line in enumerate(lines[:-1]):
        if not _is_title(line) or (starts and not _ends_text(lines[i - 1])):
            continue
        body = i + 1
        if lines[body].text.startswith(("—", "―")) and lines[body].open:
            body += 1
        if body >= len(lines):
            continue
        here, there = origin[line.end - 1], origin[lines[body].start]
        between = bisect_left(bylines, here)
        removed = between < len(bylines) and bylines[between] < there
        if (
            removed
            or _DATELINE.match(lines[body].text)
            or (len(lines[body].text) <= 40 and BYLINE.search(lines[body].text))
        ):
            starts.append(i)
    starts = [i for k, i in enumerate(starts) if k == 0 or i - starts[k - 1] > 1]
    if len(starts) < 2 or not _long_enough(lines, starts, STORY) or _length(lines, 0, starts[0]) > STORY:
        return []
    return [Cut(i, opening_region(lines[i].text), (i,), role="document") for i in starts]


def _ends_text(line: Line) -> bool:
    return line.prose or BYLINE.search(line.text) is not None


def ruled_off(clean: CleanSource, lines: Sequence[Line]) -> list[Cut]:
    """Texts with a title of their own between rules (——————, ***)."""
    rules = sorted(r.start for r in clean.removals if r.reason == Reason.RULE)
    if not rules:
        return []
    starts = [line.start for line in lines]
    origin = clean.shadow.origin
    places = [origin[start] for start in starts]
    at = sorted({0, *(bisect_left(places, rule) for rule in rules)})
    cuts = [Cut(i, opening_region(lines[i].text), (i,)) for i in at if i < len(lines) and _is_title(lines[i])]
    found = [cut.line for cut in cuts]
    whole = [i for i in at if i < len(lines)]
    if len(cuts) < 2 or len(cuts) < len(whole) - 1 or not _long_enough(lines, found, STORY):
        return []
    return cuts


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of 一、二、三 …: its first line and its last numbered line."""

    first: int
    last: int
    count: int
    run_in: bool


def restarts(clean: CleanSource, lines: Sequence[Line]) -> list[Cut]:
    """Cases without labels: the numbering begins anew, and before it an opening names an unrelated region.

    Between two runs of 一、二、三 the next case begins at the first line that is a title or that names a
    region neither above nor below the region of the case before it; where the sections are single paragraphs
    and nothing is named, at the last paragraph before the run.
    """
    runs = _runs(lines)
    if len(runs) < 2:
        return []
    if all(_same_document(lines, one.last + 1, other.first) for one, other in pairwise(runs)):
        return []
    known = survey(clean.shadow.text)
    cuts: list[Cut] = []
    strong = 0
    for before, run in zip([None, *runs], runs, strict=False):
        floor = before.last + 1 if before else 0
        if before and _same_document(lines, floor, run.first):
            continue
        region = cuts[-1].region if cuts else ""
        found = _beginning(lines, floor, run.first, region, known)
        if found is not None:
            cuts.append(found)
            strong += 1
        elif run.first > floor and (before is None or before.run_in):
            cuts.append(Cut(run.first - 1))
    if len(cuts) < 2 or strong * 3 < len(cuts) * 2 or not _long_enough(lines, [c.line for c in cuts], STORY):
        return []
    regions = {cut.region for cut in cuts if cut.region}
    return cuts if len(regions) >= 2 else []


def _runs(lines: Sequence[Line]) -> list[_Run]:
    runs: list[_Run] = []
    first = last = -1
    count = 0
    run_in = 0
    for i, line in enumerate(lines):
        mark = line.mark
        if mark is None or mark.rank != Rank.CN or line.row:
            continue
        if mark.number == 1:
            if count >= 2:
                runs.append(_Run(first, last, count, run_in * 2 > count))
            first, count, run_in = i, 0, 0
        elif first < 0 or mark.number > count + 2:
            continue
        last = i
        count += 1
        run_in += len(line.text) > 60
    if count >= 2:
        runs.append(_Run(first, last, count, run_in * 2 > count))
    return runs


def _same_document(lines: Sequence[Line], floor: int, stop: int) -> bool:
    """Chapters, attachments and a signature with what it passes on begin a numbering anew in one document."""
    for line in lines[floor:stop]:
        if line.mark is not None and line.mark.rank in _NESTING:
            return True
        if line.text[0] == "附" and len(line.text) <= 60 and ATTACHMENT.match(line.text):
            return True
        if is_date(line.text):
            return True
    return False


def _beginning(
    lines: Sequence[Line], floor: int, stop: int, region: str, known: frozenset[str]
) -> Cut | None:
    """The line among ``[floor, stop)`` that opens a case of another region than ``region``."""
    for i in range(floor, stop):
        line = lines[i]
        if line.mark is not None or line.row:
            continue
        title = _is_title(line, 60)
        if not title and len(line.text) < PROSE:
            continue
        named = opening_region(line.text, known=known)
        if named and not related(named, region):
            return Cut(i, named, (i,) if title else ())
        if title and region and not named and ":" in line.text and i + 1 < stop:
            return Cut(i, opening_region(lines[i + 1].text, known=known), (i,))
    return None
