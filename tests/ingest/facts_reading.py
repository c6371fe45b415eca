"""Helpers of the fact tests: read the facts of one paragraph."""

from __future__ import annotations

from ingest.facts import FactContext, RawFact, extract_facts
from kb.text.shadow import fold


def read(
    text: str,
    *,
    home: str = "130600",
    published: str = "2023-09-03",
    title: str = "",
    heading: str = "",
    damage=(),
) -> list[RawFact]:
    """The facts of ``text`` as one paragraph of a document."""
    folded = fold(text)
    context = FactContext(
        home_region=home,
        published=published,
        title=title,
        headings=[(heading,)] if heading else (),
        damage=damage,
    )
    return extract_facts(folded, [(0, len(folded))], context)


def surfaces(text: str, **told) -> list[str]:
    """What is read as a quantity in ``text``."""
    folded = fold(text)
    return [folded[f.start : f.end] for f in read(text, **told)]


def one(text: str, **told) -> RawFact:
    """The only fact of ``text``."""
    (fact,) = read(text, **told)
    return fact
