"""A question as typed by a person → :class:`Query`: what was understood, and the words that said so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from kb.regions import tree
from kb.text.shadow import Shadow
from kb.thesaurus import Thesaurus, load_thesaurus
from search.query.chips import chips_of
from search.query.conditions import read_negations
from search.query.lexicon import Lexicon
from search.query.model import (
    IGNORED_KINDS,
    Chip,
    Comparison,
    Correction,
    Ignored,
    Query,
    Reference,
    Scope,
    Span,
    Term,
)
from search.query.reading import Reading, Stretch, read

_SPACE = re.compile(r"\s+")
_LONGEST = 2000  # characters of a question that are read
_Placed = TypeVar("_Placed", Term, Span, Comparison, Reference, Correction)


def understand(
    text: str,
    lexicon: Lexicon,
    *,
    dismissed: Collection[str] = (),
    ignored: Collection[Ignored] = (),
    thesaurus: Thesaurus | None = None,
    today: date | None = None,
) -> Query:
    """Read a question.

    :param lexicon: the words of the library, for typos and for how rare a word is.
    :param dismissed: keys of chips that the person removed; what they stand for is not read again, and where it
        only restricted (a region, a year) its words are ignored too.
    :param ignored: stretches of ``text`` that are not read at all.
    :param thesaurus: the library's own; by default the shipped one.
    :param today: what 去年 counts from.
    """
    shadow = Shadow.of(text[:_LONGEST])
    gone = frozenset(dismissed)
    synonyms = thesaurus or load_thesaurus()

    def take(without: frozenset[str], blank: Collection[Stretch]) -> Reading:
        return read(shadow.text, lexicon, synonyms, without, today, ignored=blank)

    blank = [stretch for span in ignored if (stretch := _in_shadow(shadow, span))]
    removed = _removed(gone, lambda key: take(gone - {key}, blank), shadow.text)
    blank += [_words_of(chip, shadow.text) for chip in removed if chip.kind in IGNORED_KINDS]
    reading = take(gone, blank)

    def placed(items: Iterable[_Placed]) -> tuple[_Placed, ...]:
        """Items of the reading with their offsets into the question."""
        found = []
        for item in items:
            start, end = shadow.source_span(item.start, item.end)
            found.append(replace(item, start=start, end=end))
        return tuple(found)

    asked = reading.asked
    chips = chips_of(reading, shadow.source_span, text)
    return Query(
        text=text,
        reading=reading.text,
        subject=_subject(reading.text, reading.aside),
        terms=placed(reading.terms),
        form=asked.form if f"form:{asked.form}" not in gone else "topic",
        scope=_scope(reading),
        regions=outermost(code for place in reading.named if not place.ambiguous for code in place.codes),
        ambiguous=tuple((place.surface, place.codes) for place in reading.named if place.ambiguous),
        unknown_regions=tuple(place.surface for place in reading.places.unknown),
        excluded=tuple(dict.fromkeys(code for place in reading.excluded for code in place.codes)),
        national=reading.places.national is not None,
        spans=placed(reading.spans),
        level=reading.level[0] if reading.level else "",
        types=tuple(kind for kind in asked.types if f"type:{kind}" not in gone),
        units=asked.units,
        comparisons=placed(reading.comparisons),
        negated=reading.denied,
        references=placed(reading.references),
        corrections=placed(reading.corrections),
        chips=tuple(chip for chip in chips if chip.key not in gone),
        dismissed=gone,
        removed=tuple(_in_question(chip, shadow, text) for chip in removed),
        ignored=tuple(Ignored(*shadow.source_span(start, end)) for start, end in sorted(set(blank))),
    )


def _removed(gone: frozenset[str], reading_with: Callable[[str], Reading], text: str) -> list[Chip]:
    """The chips that the keys in ``gone`` stand for, with offsets into the canonical ``text``.

    Each is found by reading with it alone: a chip may only have come up when another one went.
    """
    found: list[Chip] = []
    for key in sorted(gone):
        chips = chips_of(reading_with(key), lambda start, end: (start, end), text)
        found.extend(chip for chip in chips if chip.key == key)
    return sorted(found, key=lambda chip: chip.start)


def _words_of(chip: Chip, text: str) -> Stretch:
    """The words that go with a chip; with what is excluded the 除了…以外 around it."""
    around = read_negations(text) if chip.kind == "exclusion" else ()
    return next(
        ((n.start, n.end) for n in around if n.start <= chip.start and chip.end <= n.end),
        (chip.start, chip.end),
    )


def _in_shadow(shadow: Shadow, span: Ignored) -> Stretch | None:
    start, end = bisect_left(shadow.origin, span.start), bisect_left(shadow.origin, span.end)
    return (start, end) if start < end else None


def _in_question(chip: Chip, shadow: Shadow, text: str) -> Chip:
    start, end = shadow.source_span(chip.start, chip.end)
    return replace(chip, start=start, end=end, surface=text[start:end])


def outermost(codes: Iterable[str]) -> tuple[str, ...]:
    """The codes that lie under no other of them: 天津 of 天津 and its 滨海新区."""
    listed = list(dict.fromkeys(codes))
    regions = tree()
    return tuple(
        code for code in listed if not any(code != up and regions.contains(up, code) for up in listed)
    )


def _scope(reading: Reading) -> Scope:
    if reading.named:
        return "named"
    if reading.places.everywhere:
        return "everywhere"
    return "national" if reading.places.national else ""


def _subject(text: str, aside: Iterable[Stretch]) -> str:
    """The reading without what is understood otherwise; never empty for a question with words."""
    keep = [True] * len(text)
    for start, end in aside:
        keep[start:end] = [False] * (end - start)
    rest = "".join(char if kept else " " for char, kept in zip(text, keep, strict=True))
    return _SPACE.sub(" ", rest).strip(" 的,。?!、;:") or text.strip()
