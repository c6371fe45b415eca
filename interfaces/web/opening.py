"""What happens when the page is opened: lists brought up to date, and what the address asks for put in its place."""

from __future__ import annotations

from typing import Any

import gradio as gr

from interfaces.web.permalink import Link, read_query
from interfaces.web.question import QuestionTab
from interfaces.web.read import ReadTab
from interfaces.web.theme import asset

TABS = ("ask", "search", "read", "table", "cases", "review", "library")
# On the other pages an address fills in one field; the page's script then presses the button.
_FIELDS = {"cases": "cases-topic", "table": "table-indicators", "review": "review-local"}


def wire(page: gr.Blocks, tabs: gr.Tabs, asking: QuestionTab, finding: QuestionTab, reader: ReadTab) -> None:
    """Restore what the address asks for whenever the page is opened."""
    address = gr.Textbox(visible=False)
    fields = {tab: found for tab, name in _FIELDS.items() if (found := _component(page, name))}

    def restore(query: str) -> list[Any]:
        link = read_query(query)
        opened = link.opened if link.tab == "read" else None
        return [
            gr.update(selected=link.tab) if link.tab in TABS else gr.skip(),
            *asking.restored(link.asked if link.tab == "ask" else None),
            *finding.restored(link.asked if link.tab == "search" else None),
            *reader.restored(opened),
            *(_value(link, tab) for tab in fields),
        ]

    outputs = [tabs, *asking.outputs, *finding.outputs, *reader.outputs, *fields.values()]
    page.load(restore, [address], outputs, js="() => [location.search]", api_visibility="private").then(
        None, None, None, js=asset("restore.js")
    )


def _component(page: gr.Blocks, elem_id: str) -> Any:
    return next((b for b in page.blocks.values() if getattr(b, "elem_id", None) == elem_id), None)


def _value(link: Link, tab: str) -> Any:
    """What the address puts into the field of another page."""
    if link.tab != tab:
        return gr.skip()
    if tab == "review":
        return link.opened.document or gr.skip()
    if not link.asked.question:
        return gr.skip()
    return [link.asked.question] if tab == "table" else link.asked.question
