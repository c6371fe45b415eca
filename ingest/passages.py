"""Cutting a document into passages: whole sentences of one section, the units of retrieval."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.cleaning.model import CleanSource
from ingest.draft import Draft
from ingest.lengths import DEFAULT, Lengths
from ingest.outline.model import REMOVED, Outline
from ingest.outline.unnumbered import REGION_LABEL
from ingest.rows import row_passages
from kb.model import Passage, PassageRole, Removal
from kb.text.sentences import sentences

_ARTICLE = re.compile(r"^第[一二三四五六七八九十百零〇\d]+条")
# Two articles make no passage together, nor do the lines of two regions.
_ALONE = re.compile(rf"{_ARTICLE.pattern}|{REGION_LABEL.pattern}")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Drafted:
    """A passage in the making: shadow offsets."""

    section: int
    role: PassageRole
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring pieces of paragraphs (shadow offsets) in one section and of one role."""

    section: int
    role: PassageRole
    pieces: tuple[Span, ...]
    packed: bool


def cut_passages(
    clean: CleanSource, draft: Draft, outline: Outline, lengths: Lengths = DEFAULT
) -> tuple[Passage, ...]:
    """The passages of one draft, in order.

    A passage holds whole sentences of one section, as long as ``lengths`` says. Paragraphs of that length
    stand for themselves, shorter ones are put together, longer ones are cut at sentences. An article of a
    law keeps its paragraphs and items together where they fit. Very short sections of one parent make one
    passage of that parent. A table row is read with its header (``指标: 数值; …``).

    :returns: passages with source offsets; ``section`` is an index into ``outline.sections``.
    """
    if draft.role == "credits":
        return ()
    damage = _Damage(clean)
    starts = [paragraph.start for paragraph in clean.paragraphs]
    drafted: list[_Drafted] = []
    passages: list[Passage] = []
    for run in _runs(clean, draft, outline):
        if run.role == "table":
            passages.extend(_emit(clean, _joined(outline, drafted, lengths), damage))
            drafted = []
            passages.extend(row_passages(clean, starts, run.pieces, run.section, damage.within))
            continue
        cut = _packed(clean, run, lengths) if run.packed else _cut(clean, run, lengths)
        drafted.extend(_Drafted(run.section, run.role, start, end) for start, end in cut)
    passages.extend(_emit(clean, _joined(outline, drafted, lengths), damage))
    return tuple(passages)


def removals_of(clean: CleanSource, draft: Draft, outline: Outline) -> tuple[Removal, ...]:
    """The paragraphs of the draft that are recognised and in no passage: titles, signatures, 抄送."""
    removals: list[Removal] = []
    for paragraph, role in zip(clean.paragraphs[draft.first : draft.last], outline.roles, strict=True):
        reason = "署名" if draft.role == "credits" else REMOVED.get(role)
        if reason:
            start, end = clean.shadow.source_span(paragraph.start, paragraph.end)
            removals.append(Removal(start, end, reason))
    return tuple(removals)


class _Damage:
    """Where the text is damaged, for quick look-up."""

    def __init__(self, clean: CleanSource) -> None:
        self._spots = sorted((d.start, d.end) for d in clean.damage)
        self._starts = [start for start, _ in self._spots]

    def within(self, start: int, end: int) -> bool:
        """Whether damage lies in the shadow span."""
        at = bisect_left(self._starts, end)
        return any(spot_end > start for _, spot_end in self._spots[max(0, at - 3) : at])


def _emit(clean: CleanSource, drafted: Sequence[_Drafted], damage: _Damage) -> Iterator[Passage]:
    text = clean.shadow.text
    for one in drafted:
        start, end = one.start, one.end
        while end > start and text[end - 1].isspace():
            end -= 1
        source_start, source_end = clean.shadow.source_span(start, end)
        yield Passage(
            source_start,
            source_end,
            text[start:end],
            section=one.section,
            role=one.role,
            damaged=damage.within(start, end),
        )


def _runs(clean: CleanSource, draft: Draft, outline: Outline) -> Iterator[_Run]:
    pieces: list[Span] = []
    key: tuple[int, PassageRole] | None = None
    previous = -1
    for i, (role, parts) in enumerate(zip(outline.roles, outline.parts, strict=True)):
        kind = _passage_role(role, draft)
        for part in parts:
            here = (_unit(outline, part.section), kind)
            if key is not None and (here != key or i > previous + 1):
                yield _run(outline, key, pieces)
                pieces = []
            key = here
            previous = i
            pieces.append((part.start, part.end))
    if key is not None and pieces:
        yield _run(outline, key, pieces)


def _run(outline: Outline, key: tuple[int, PassageRole], pieces: Sequence[Span]) -> _Run:
    section, role = key
    article = section >= 0 and _ARTICLE.match(outline.sections[section].title) is not None
    return _Run(section, role, tuple(pieces), packed=article or role == "contents")


def _passage_role(role: str, draft: Draft) -> PassageRole:
    if role == "table":
        return "table"
    if role == "contents":
        return "contents"
    if draft.role == "preface":
        return "preface"
    return "attachment" if role == "attachment" else "body"


def _unit(outline: Outline, section: int) -> int:
    """The section that a passage of ``section`` names: items of an article are no boundary."""
    while section in outline.items:
        section = outline.sections[section].parent
    return section


def _packed(clean: CleanSource, run: _Run, lengths: Lengths) -> list[Span]:
    """The run in as few passages as fit, cut between paragraphs where it can be."""
    cut: list[Span] = []
    for start, end in run.pieces:
        if cut and end - cut[-1][0] <= lengths.longest:
            cut[-1] = (cut[-1][0], end)
        else:
            cut.extend(_sentencewise(clean, start, end, lengths))
    return cut


def _cut(clean: CleanSource, run: _Run, lengths: Lengths) -> list[Span]:
    text = clean.shadow.text
    cut: list[Span] = []
    start = end = -1
    for piece_start, piece_end in run.pieces:
        length = piece_end - piece_start
        if start >= 0:
            held = end - start
            leads = text[end - 1] == ":" if end > start else False
            fits = piece_end - start <= lengths.longest
            full = held >= lengths.full or (held >= lengths.shortest and length >= lengths.shortest)
            if fits and (leads or not full):
                end = piece_end
                continue
            if held < lengths.shortest and not fits:
                cut.extend(_sentencewise(clean, start, piece_end, lengths))
                start = -1
                continue
            cut.append((start, end))
        if length > lengths.longest:
            cut.extend(_sentencewise(clean, piece_start, piece_end, lengths))
            start = -1
        else:
            start, end = piece_start, piece_end
    if start >= 0:
        if (
            cut
            and end - start < lengths.shortest
            and cut[-1][1] + 1 >= start
            and end - cut[-1][0] <= lengths.longest
        ):
            cut[-1] = (cut[-1][0], end)
        else:
            cut.append((start, end))
    return cut


def _sentencewise(clean: CleanSource, start: int, end: int, lengths: Lengths) -> list[Span]:
    """A long stretch in pieces of about equal length, cut at sentences, a very long one at semicolons."""
    length = end - start
    if length <= lengths.longest:
        return [(start, end)]
    text = clean.shadow.text
    atoms: list[Span] = []
    for a, b in sentences(text, start, end):
        for c, d in sentences(text, a, b, semicolons=True) if b - a > lengths.longest else [(a, b)]:
            atoms.extend(_endless(text, c, d, lengths))
    goal = length / max(2, round(length / lengths.chunk))
    cut: list[Span] = []
    for a, b in atoms:
        if not cut or b - cut[-1][0] > lengths.longest or (cut[-1][1] - cut[-1][0]) + (b - a) / 2 > goal:
            cut.append((a, b))
        else:
            cut[-1] = (cut[-1][0], b)
    if (
        len(cut) > 1
        and cut[-1][1] - cut[-1][0] < lengths.shortest
        and cut[-1][1] - cut[-2][0] <= lengths.longest
    ):
        last = cut.pop()
        cut[-1] = (cut[-1][0], last[1])
    return cut


def _endless(text: str, start: int, end: int, lengths: Lengths) -> Iterator[Span]:
    """A stretch without any stop (a scrape, a list in one line) in pieces that can be searched."""
    while end - start > lengths.endless:
        comma = max(text.rfind(mark, start + lengths.shortest, start + lengths.longest) for mark in ",、 ")
        cut = comma + 1 if comma > 0 else start + lengths.longest
        yield start, cut
        start = cut
    yield start, end


def _joined(outline: Outline, drafted: Sequence[_Drafted], lengths: Lengths) -> list[_Drafted]:
    """Put very short sections of one parent together; the passage then belongs to the parent."""
    parents = {section.parent for section in outline.sections}
    held: dict[int, int] = {}
    for one in drafted:
        held[one.section] = held.get(one.section, 0) + 1

    def under(one: _Drafted) -> int | None:
        """The section that may take this one in, None if it stands for itself."""
        if one.role != "body" or one.section < 0 or one.end - one.start >= lengths.shortest:
            return None
        section = outline.sections[one.section]
        if one.section in parents or held[one.section] > 1 or _ALONE.match(section.title):
            return None
        return section.parent

    joined: list[_Drafted] = []
    open_under: int | None = None
    for one in drafted:
        parent = under(one)
        last = joined[-1] if joined else None
        if (
            last is not None
            and parent is not None
            and parent == open_under
            and one.end - last.start <= lengths.full + lengths.shortest
        ):
            joined[-1] = _Drafted(parent, one.role, last.start, one.end)
            open_under = parent if one.end - last.start < lengths.full else None
        else:
            joined.append(one)
            open_under = parent
    return joined
