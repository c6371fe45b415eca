"""The source panel: a document as it stands in its file, opened at the quote."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from ingest.cleaning.damage import find_damage
from interfaces.web import html, reader_html
from interfaces.web.permalink import to_document
from interfaces.web.theme import asset
from interfaces.workspace import Workspace
from kb.errors import PolicyKBError
from kb.model import Document, Removal, Section
from kb.store import Reader
from kb.text.shadow import Shadow

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document with what the reader shows of it; offsets point into ``text``, the whole source text."""

    document: Document
    text: str
    sections: tuple[Section, ...]
    pages: tuple[int, ...]
    removals: tuple[Removal, ...]
    damaged: tuple[Span, ...]

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


@dataclass(frozen=True, slots=True)
class SourcePanel:
    """The view, and how to fill it."""

    workspace: Workspace
    view: gr.HTML

    def show(self, document: str, start: int | None = None, end: int | None = None) -> str:
        """The panel's HTML with a document opened at ``source_text[start:end]``."""
        return document_html(self.workspace, document, start, end)


def document_html(
    workspace: Workspace, document: str, start: int | None = None, end: int | None = None
) -> str:
    """A document as HTML, or a line that says why it cannot be shown."""
    try:
        found = OpenDocument.read(workspace.store, document)
    except PolicyKBError as error:
        return html.notice(str(error), "error")
    highlight = None if start is None or end is None else found.clipped(start, end)
    return reader_html.reader(
        found.document,
        found.text,
        found.sections,
        pages=found.pages,
        removals=found.removals,
        damaged=found.damaged,
        highlight=highlight,
        link=to_document(document, highlight),
    )


def source_panel(workspace: Workspace, *, elem_id: str) -> SourcePanel:
    """Build the panel, empty."""
    view = gr.HTML(
        html.notice("点开一条引文，这里显示它在原文中的位置。"),
        js_on_load=asset("reader.js"),
        elem_id=elem_id,
    )
    return SourcePanel(workspace, view)
