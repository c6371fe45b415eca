"""文献阅读: a document with its outline and its numbers; of a PDF the pages themselves, the quote marked on them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

import gradio as gr

from interfaces.originals import find_original
from interfaces.pdf import PdfPage, Pictures, Rectangle, find_on_page
from interfaces.web import html, read_html
from interfaces.web.opened import OpenDocument
from interfaces.web.permalink import Opened, to_document
from interfaces.web.theme import asset
from interfaces.workspace import Workspace
from kb.errors import PolicyKBError, SourceError

Mode = Literal["text", "page"]
ZOOMS = (75, 100, 125, 150, 200)
_SCALE = 1.8  # pixels a point at 100 %
_EMPTY = "在上面选一篇文献，这里显示它的目录、全文和数据；PDF 还能看原件页面。"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader shows: a document, a marked span, text or page, which page, how large (per cent).

    ``mode`` is empty before the reader has chosen one, ``page`` 0 before it has found one.
    """

    document: str = ""
    span: tuple[int, int] | None = None
    mode: Mode | Literal[""] = ""
    page: int = 0
    zoom: int = 100


class Reader:
    """Makes the HTML of a reading; pages are rendered once and kept for a while."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._pictures = Pictures()

    def show(self, reading: Reading) -> tuple[str, Reading]:
        """The HTML, and the reading with what was left open in it settled."""
        if not reading.document:
            return html.notice(_EMPTY, "empty"), reading
        store = self._workspace.store
        try:
            found = OpenDocument.read(store, reading.document)
            source = store.source(found.document.source)
            facts = store.facts(document=reading.document)
        except PolicyKBError as error:
            return html.notice(str(error), "error"), Reading()
        span = found.clipped(*reading.span) if reading.span else None
        reading = replace(reading, span=span)
        said, body = "", ""
        if found.pages:
            original = find_original(source)
            reading = _settled(reading, found, can_show_pages=original.path is not None)
            if original.path is None:
                said = original.reason
            elif reading.mode == "page":
                try:
                    page = self._pictures.page(
                        original.path,
                        source.sha256,
                        reading.page,
                        scale=_SCALE * max(reading.zoom, 100) / 100,
                    )
                    marks = _marks(found, reading, page)
                    body = read_html.page_html(
                        page, marks, reading, lost=bool(_part(found, reading)) and not marks
                    )
                except SourceError as error:
                    said, reading = f"{error}；下面是它的正文。", replace(reading, mode="text")
            can_show_pages = original.path is not None
        else:
            reading, can_show_pages = replace(reading, mode="text", page=0), False
        link = to_document(reading.document, span)
        shown = read_html.reading(
            found, facts, reading, body=body, said=said, can_show_pages=can_show_pages, link=link
        )
        return shown, reading


def _settled(reading: Reading, found: OpenDocument, *, can_show_pages: bool) -> Reading:
    """A paged document opens at the page of its span, else at its first page."""
    mode = reading.mode or "page"
    place = reading.span[0] if reading.span else found.document.start
    page = reading.page or max(1, bisect_right(found.pages, place))
    return replace(reading, mode=mode if can_show_pages else "text", page=min(max(page, 1), len(found.pages)))


def _part(found: OpenDocument, reading: Reading) -> tuple[int, int] | None:
    """The part of the span that stands on the page, in offsets into the page's text."""
    first = found.pages[reading.page - 1]
    if reading.span is None:
        return None
    start, end = max(reading.span[0], first), min(reading.span[1], _end(found, reading.page))
    return (start - first, end - first) if start < end and found.text[start:end].strip() else None


def _end(found: OpenDocument, page: int) -> int:
    return found.pages[page] if page < len(found.pages) else len(found.text)


def _marks(found: OpenDocument, reading: Reading, page: PdfPage) -> tuple[Rectangle, ...]:
    part = _part(found, reading)
    if part is None:
        return ()
    text = found.text[found.pages[reading.page - 1] : _end(found, reading.page)]
    return find_on_page(page.boxes, text, *part)


def acted(reading: Reading, data: dict[str, Any]) -> Reading | None:
    """The reading after a click in it; None for a click that means nothing here."""
    act = data.get("act")
    try:
        if act == "mode" and data.get("key") in ("text", "page"):
            return replace(reading, mode=cast(Mode, data["key"]))
        if act == "page":
            return replace(reading, page=max(1, int(data["key"])))
        if act == "zoom" and int(data["key"]) in ZOOMS:
            return replace(reading, zoom=int(data["key"]))
        if act == "jump":
            return replace(reading, span=(int(data["start"]), int(data["end"])), page=0)
    except (KeyError, TypeError, ValueError):
        return None
    return None


class ReadTab:
    """The tab. :ivar outputs: the components that :meth:`restored` gives values for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._reader = Reader(workspace)
        self.chosen = gr.Dropdown(
            [], label="文献（输入标题里的字可以查找）", value=None, filterable=True, elem_id="read-document"
        )
        self.view = gr.HTML(
            html.notice(_EMPTY, "empty"),
            js_on_load=asset("read.js"),
            apply_default_css=False,
            elem_id="read-view",
        )
        self.reading = gr.State(Reading())
        self.outputs = [self.chosen, self.view, self.reading]
        self.chosen.input(self._choose, [self.chosen], [self.view, self.reading], api_visibility="private")
        self.view.click(self._act, [self.reading], [self.view, self.reading], api_visibility="private")

    def restored(self, opened: Opened | None) -> list[Any]:
        """Values of :attr:`outputs` when a page is opened, with a document or without."""
        shown, reading = self._reader.show(
            Reading(opened.document, opened.span) if opened and opened.document else Reading()
        )
        return [gr.update(choices=self.choices(), value=reading.document or None), shown, reading]

    def choices(self) -> list[tuple[str, str]]:
        """The documents by region and title."""
        documents = self._workspace.store.documents()
        named = [(f"{d.title}（{html.region_name(d.region_code)}）", d.id) for d in documents]
        return sorted(named)

    def refresh(self) -> Any:
        """The choices brought up to date; documents come and go."""
        return gr.update(choices=self.choices())

    def _choose(self, document: str | None) -> tuple[str, Reading]:
        return self._reader.show(Reading(document or ""))

    def _act(self, event: gr.EventData, reading: Reading) -> tuple[Any, Any]:
        changed = acted(reading, event._data or {})
        return (gr.skip(), gr.skip()) if changed is None else self._reader.show(changed)


def build(workspace: Workspace) -> ReadTab:
    """The tab 文献阅读."""
    return ReadTab(workspace)
