"""A document as the reader opens it: its whole source text with headings, pages, what cleaning left out, damage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.cleaning.damage import find_damage
from kb.model import Document, Removal, Section
from kb.store import Reader
from kb.text.shadow import Shadow

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document with what the reader shows of it; offsets point into ``text``, the whole source text."""

    document: Document
    text: str
    sections: Sequence[Section] = ()
    pages: Sequence[int] = ()
    removals: Sequence[Removal] = ()
    damaged: Sequence[Span] = ()

    @classmethod
    def read(cls, store: Reader, document: str) -> OpenDocument:
        """Read it.

        :raises QueryError: there is no such document.
        """
        found = store.document(document)
        text = store.source_text(found.source)
        return cls(
            found,
            text,
            tuple(store.sections(document)),
            store.pages(found.source),
            tuple(store.removals(found.source)),
            _damaged(store, found, text) if found.damage else (),
        )

    def clipped(self, start: int, end: int) -> Span | None:
        """A span as far as it lies in the document."""
        start, end = max(start, self.document.start), min(end, self.document.end)
        return (start, end) if start < end else None


def _damaged(store: Reader, document: Document, text: str) -> tuple[Span, ...]:
    """The damaged places in the document's passages; where the place isn't found, the passage."""
    spans: list[Span] = []
    for stored in store.passages_of(document.id):
        passage = stored.passage
        if not passage.damaged:
            continue
        shadow = Shadow.of(text[passage.start : passage.end])
        found = [shadow.source_span(spot.start, spot.end) for spot in find_damage(shadow.text)]
        spans += [(passage.start + a, passage.start + b) for a, b in found] or [(passage.start, passage.end)]
    return tuple(spans)
