"""One source, one or several documents: where a collection of cases is cut, and where nothing is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.case_cues import Cut, full_fronts, numbered_cases, restarts, ruled_off, stories
from ingest.cleaning.model import CleanSource
from ingest.draft import Draft, opening_words
from ingest.outline.front import read_front
from ingest.outline.lines import Line, read_lines
from kb.regions import tree

FEWEST_LINES = 5
PREFACE = 40
"""A preface has at least this much text; less is only the title of the collection."""

_CREDITS = re.compile(
    r"^[〔\[(【]?\s*(?:本(?:报告|书|文集|案例集?|材料|刊|期)(?:由|的)|(?:编者|编写|执笔|研制|主编|统稿|编审|策划|整理)[者人组单位员]{0,3}\s*[::为])"
)


def split_cases(clean: CleanSource) -> tuple[Draft, ...]:
    """Cut a cleaned source into drafts, one per document.

    A source is cut where numbered cases (案例一, 案例二) follow each other, where whole documents with
    number and addressee do, where stories with a byline do, at rules between titled texts, and where a
    numbering begins anew under an opening that names an unrelated region. One document that names many
    regions, has several attachments, or passes another one on, stays one. What stands before the first case
    is a draft of the role ``preface``, the makers' note at the end one of the role ``credits``.

    :returns: drafts in order that cover all paragraphs; none if there are no paragraphs.
    """
    count = len(clean.paragraphs)
    if not count:
        return ()
    lines = read_lines(clean, 0, count)
    cuts = _cuts(clean, lines) if count >= FEWEST_LINES else []
    if len(cuts) < 2:
        return (_whole(clean, lines),)
    return tuple(_drafts(clean, lines, cuts))


def _cuts(clean: CleanSource, lines: Sequence[Line]) -> list[Cut]:
    for cue in (numbered_cases, full_fronts, stories, ruled_off, restarts):
        cuts = cue(clean, lines)
        if len(cuts) >= 2:
            return cuts
    return []


def _whole(clean: CleanSource, lines: Sequence[Line]) -> Draft:
    front = read_front(lines, clean.loaded.metadata.get("title", ""))
    span = (lines[front.title[0]].start, lines[front.title[0]].end) if len(front.title) == 1 else None
    return Draft(0, len(lines), front.text(lines), span)


def _drafts(clean: CleanSource, lines: Sequence[Line], cuts: Sequence[Cut]) -> list[Draft]:
    first, end = cuts[0].line, _credits(lines, cuts[-1].line)
    head = read_front(lines[:first], clean.loaded.metadata.get("title", "")) if first else None
    collection = head.text(lines) if head is not None else ""
    drafts: list[Draft] = []
    start = first
    if first:
        if sum(len(line.text) for line in lines[:first] if line.prose) >= PREFACE:
            drafts.append(Draft(0, first, collection, None, "preface"))
        else:
            start = 0
    edges = [cut.line for cut in cuts[1:]] + [end]
    for cut, last in zip(cuts, edges, strict=True):
        begin = start if cut is cuts[0] else cut.line
        title, span = _case_title(lines, cut, last, collection)
        drafts.append(Draft(begin, last, title, span, cut.role, cut.region))
    if end < len(lines):
        drafts.append(Draft(end, len(lines), "", None, "credits"))
    return drafts


def _credits(lines: Sequence[Line], after: int) -> int:
    """The line at which the makers' note at the end of a collection begins."""
    end = len(lines)
    while end - 1 > after and _CREDITS.match(lines[end - 1].text):
        end -= 1
    return end


def _case_title(
    lines: Sequence[Line], cut: Cut, last: int, collection: str
) -> tuple[str, tuple[int, int] | None]:
    """The case's own title; without one, its region and the collection's, or its opening words."""
    if cut.title_lines:
        first, stop = cut.title_lines[0], cut.title_lines[-1]
        text = "".join(lines[i].text for i in cut.title_lines)
        if cut.label:
            text = text[cut.label :].strip() or text.strip()
        span = (lines[first].start + cut.label, lines[first].end) if first == stop else None
        return text, span
    front = read_front(lines[cut.line : last])
    if front.title:
        at = cut.line + front.title[0]
        text = front.text(lines[cut.line : last])
        return text, (lines[at].start, lines[at].end) if len(front.title) == 1 else None
    if cut.region and collection:
        return f"{tree().full_name(cut.region)}:{collection}".replace(":", "：", 1), None
    opening = opening_words(lines[cut.line].text)
    return opening, (lines[cut.line].start, lines[cut.line].start + len(opening))
