"""What the steps of understanding found in one question, with offsets into its canonical reading."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from kb.model import Level
from kb.thesaurus import Thesaurus
from search.query.colloquial import Wording, find_wordings
from search.query.conditions import read_comparisons, read_level, read_negations
from search.query.forms import Asked, asking_spans, read_form
from search.query.lexicon import Lexicon
from search.query.model import Comparison, Correction, Reference, Span, Term
from search.query.places import Place, Places, read_places
from search.query.references import read_references
from search.query.terms import read_terms
from search.query.times import read_spans
from search.query.typos import correct

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it was read; offsets point into ``text``, which is as long as the folded question.

    :ivar text: the canonical form with corrections applied.
    :ivar named: the regions that are asked for, those of ``excluded`` left out.
    :ivar aside: stretches that are no subject: regions, asking words, what is excluded.
    """

    text: str
    corrections: tuple[Correction, ...]
    named: tuple[Place, ...]
    excluded: tuple[Place, ...]
    places: Places
    spans: tuple[Span, ...]
    level: tuple[Level, Stretch] | None
    asked: Asked
    comparisons: tuple[Comparison, ...]
    denied: tuple[str, ...]
    references: tuple[Reference, ...]
    wordings: tuple[Wording, ...]
    terms: tuple[Term, ...]
    aside: tuple[Stretch, ...]


def read(
    text: str,
    lexicon: Lexicon,
    thesaurus: Thesaurus,
    gone: Collection[str],
    today: date | None = None,
    *,
    ignored: Collection[Stretch] = (),
) -> Reading:
    """Take all steps on ``text``, the folded question, leaving out what the keys in ``gone`` stand for.

    :param ignored: stretches that are not read; blanks stand in their place, so that offsets hold.
    """
    for start, end in ignored:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    references = tuple(r for r in read_references(text, lexicon) if f"reference:{r.value}" not in gone)
    text, corrections = _corrected(text, references, lexicon, thesaurus, gone)
    places = _kept(read_places(text, lexicon), gone)
    spans = tuple(span for span in read_spans(text, today) if f"year:{span.surface}" not in gone)
    comparisons = tuple(
        c for c in read_comparisons(text) if f"comparison:{text[c.start : c.end]}" not in gone
    )
    negations = read_negations(text)
    left_out = [(n.start, n.end) for n in negations if n.excludes]
    excluded = tuple(
        place
        for place in places.named
        if _overlaps(place.start, place.end, left_out) and f"exclusion:{place.surface}" not in gone
    )
    if not excluded:
        left_out = []
    regions = _region_stretches(places)
    wordings = tuple(
        wording
        for wording in find_wordings(text)
        if f"wording:{wording.surface}" not in gone and not _overlaps(wording.start, wording.end, regions)
    )
    level = read_level(text)
    aside = (*regions, *asking_spans(text), *left_out)
    masked = [*aside, *((s.start, s.end) for s in spans), *((c.start, c.end) for c in comparisons)]
    masked.extend((r.start, r.end) for r in references if r.kind != "title" or lexicon.in_title(r.value))
    return Reading(
        text=text,
        corrections=corrections,
        named=tuple(place for place in places.named if place not in excluded),
        excluded=excluded,
        places=places,
        spans=spans,
        level=level if level and f"level:{level[0]}" not in gone else None,
        asked=read_form(text),
        comparisons=comparisons,
        denied=tuple(n.surface for n in negations if not n.excludes),
        references=references,
        wordings=wordings,
        terms=read_terms(text, lexicon, masked=masked, wordings=wordings, thesaurus=thesaurus),
        aside=aside,
    )


def _corrected(
    text: str,
    references: tuple[Reference, ...],
    lexicon: Lexicon,
    thesaurus: Thesaurus,
    gone: Collection[str],
) -> tuple[str, tuple[Correction, ...]]:
    """The text with mistyped words mended; titles and names that are understood stay as they are."""
    taken = [(r.start, r.end) for r in references if r.kind != "article"]
    taken.extend((place.start, place.end) for place in read_places(text).named)
    refused = frozenset(key.partition(":")[2] for key in gone if key.startswith("correction:"))
    return correct(text, lexicon, taken, refused, _all_terms(thesaurus))


@lru_cache(maxsize=8)
def _all_terms(thesaurus: Thesaurus) -> frozenset[str]:
    return frozenset(term for group in thesaurus.groups for term in group.terms)


def _kept(places: Places, gone: Collection[str]) -> Places:
    return replace(
        places,
        named=tuple(place for place in places.named if f"region:{place.surface}" not in gone),
        everywhere=None if "scope:everywhere" in gone else places.everywhere,
        national=None if "scope:national" in gone else places.national,
    )


def _region_stretches(places: Places) -> list[Stretch]:
    stretches = [(place.start, place.end) for place in (*places.named, *places.unknown)]
    stretches.extend(stretch for stretch in (places.everywhere, places.national) if stretch)
    return stretches


def _overlaps(start: int, end: int, stretches: Collection[Stretch]) -> bool:
    return any(low < end and start < high for low, high in stretches)
