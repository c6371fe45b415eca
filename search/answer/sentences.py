"""The sentences of found passages: exact spans of the source, matched against the question one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.store import StoredFact
from kb.text.sentences import sentences
from kb.text.shadow import fold
from search.answer.evidence import Cover, Matcher
from search.hits import Hit

_MARK = re.compile(
    r"^(?:第[0-9零〇一二两三四五六七八九十百千]+[章节条款编]|[一二三四五六七八九十]+[、.是]|[(（][一二三四五六七八九十0-9]+[)）]|[0-9]+[.、．]|#+|[-*·•]|第[一二三四五六七八九十]+[,，、])\s*"
)
_END = re.compile(r"[\s。.;；:：,，!！?？]+$")
_SAID = ("一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是", "第")
_HEADING = 22
_WORDY = re.compile(r"[㐀-䶿一-鿿A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a hit.

    :ivar start: source offsets, white space around the sentence left out; ``quote`` is that source text.
    :ivar reading: the sentence in canonical form.
    :ivar heading: whether it only repeats the heading that it stands under.
    :ivar meaning: how near it is to the question in meaning, 0 to 1; 0 without an embedder.
    """

    hit: Hit
    start: int
    end: int
    quote: str
    reading: str
    cover: Cover
    heading: bool
    facts: tuple[StoredFact, ...] = ()
    meaning: float = 0.0


def split(hit: Hit, matcher: Matcher, facts: Sequence[StoredFact] = ()) -> list[Sentence]:
    """The sentences of ``hit``, each with its cover of the question and the facts whose numbers stand in it.

    Headings and title count as context of every sentence.
    """
    text = hit.citation.quote
    base = hit.citation.start
    context = context_of(hit)
    headings = {bare(title) for title in hit.citation.section}
    pieces = [(begin, finish) for begin, finish in sentences(text) if _WORDY.search(text[begin:finish])]
    found: list[Sentence] = []
    under = ""
    for place, (begin, finish) in enumerate(pieces):
        piece = text[begin:finish]
        quote = piece.strip()
        start = base + begin + len(piece) - len(piece.lstrip())
        end = start + len(quote)
        reading = fold(quote)
        repeats = any(title in reading for title in headings) and bare(quote) in headings
        heading = repeats or (place + 1 < len(pieces) and _runs_in(reading))
        cover = matcher.cover(reading, f"{context}\n{under}")
        if heading:
            under = reading
        inside = tuple(fact for fact in facts if start <= fact.fact.start < end)
        found.append(Sentence(hit, start, end, quote, reading, cover, heading, inside))
    return found


def _runs_in(reading: str) -> bool:
    """Whether a sentence is a numbered heading that opens a paragraph: (一)“托管式”合作办学。"""
    mark = _MARK.match(reading)
    return mark is not None and not mark.group().startswith(_SAID) and len(bare(reading)) <= _HEADING


def context_of(hit: Hit) -> str:
    """Title and heading path of a hit, in canonical form."""
    return fold("\n".join((hit.document.title, *hit.citation.section)))


def bare(text: str) -> str:
    """A heading or sentence without its number and its final mark, for comparing."""
    previous = ""
    text = text.strip()
    while text != previous:
        previous, text = text, _MARK.sub("", text)
    return _END.sub("", fold(text))


def facts_by_passage(facts: Iterable[StoredFact]) -> dict[int, list[StoredFact]]:
    """Facts by the key of the passage that they stand in."""
    table: dict[int, list[StoredFact]] = {}
    for fact in facts:
        if fact.passage is not None:
            table.setdefault(fact.passage, []).append(fact)
    return table
