"""The source panel: a document as it stands in its file, opened at the quote."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from interfaces.web import html, reader_html
from interfaces.web.opened import OpenDocument
from interfaces.web.permalink import to_document
from interfaces.web.theme import asset
from interfaces.workspace import Workspace
from kb.errors import PolicyKBError


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
    return reader_html.reader(found, highlight=highlight, link=to_document(document, highlight))


def source_panel(workspace: Workspace, *, elem_id: str) -> SourcePanel:
    """Build the panel, empty."""
    view = gr.HTML(
        html.notice("点开一条引文，这里显示它在原文中的位置。"),
        js_on_load=asset("reader.js"),
        elem_id=elem_id,
    )
    return SourcePanel(workspace, view)
