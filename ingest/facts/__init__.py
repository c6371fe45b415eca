"""Quantitative facts: from shadow text to indicator, value, unit, comparator, time, region and kind."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.facts.extract import Extractor
from ingest.facts.model import FactContext, RawFact, TableRow

__all__ = ["FactContext", "RawFact", "TableRow", "extract_facts"]


def extract_facts(text: str, paragraphs: Sequence[tuple[int, int]], context: FactContext) -> list[RawFact]:
    """The facts of a document, in order of the text.

    :param text: shadow text (see :mod:`kb.text.shadow`).
    :param paragraphs: spans of the document's paragraphs in ``text``.
    """
    if not paragraphs:
        return []
    extractor = Extractor(text, paragraphs[0][0], paragraphs[-1][1], context)
    facts: list[RawFact] = []
    for index, (start, end) in enumerate(paragraphs):
        headings = context.headings[index] if index < len(context.headings) else ()
        row = context.rows.get(index)
        facts.extend(extractor.row(row, headings) if row else extractor.paragraph(start, end, headings))
    return facts
