"""Citations: made from the stored text, checked against it before they are shown, written as references."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from typing import Protocol

from kb.errors import QueryError
from kb.model import Citation, Document
from kb.store import page_of

_LOG = logging.getLogger(__name__)
_PADDING = re.compile(r"^\s+|\s+$")


class Texts(Protocol):
    """Where source texts are read from: a store's reader, or a library, which keeps them at hand."""

    def source_text(self, path: str) -> str:
        """The stored text of a source. :raises QueryError: there is none."""

    def pages(self, path: str) -> tuple[int, ...]:
        """The offsets at which the pages of a paged source begin; empty for others."""


def cite(texts: Texts, document: Document, section: tuple[str, ...], start: int, end: int) -> Citation:
    """The citation of ``source_text[start:end]`` without the white space around it.

    :raises QueryError: the document's source is not in the library any more.
    """
    text = texts.source_text(document.source)
    quote = text[start:end]
    lead = len(quote) - len(quote.lstrip())
    quote = _PADDING.sub("", quote)
    start += lead
    return Citation(
        document=document.id,
        title=document.title,
        source=document.source,
        region_code=document.region_code,
        section=section,
        page=page_of(texts.pages(document.source), start),
        start=start,
        end=start + len(quote),
        quote=quote,
    )


def check(citation: Citation, texts: Texts) -> bool:
    """Whether the quote stands in the stored source text exactly where the citation says."""
    try:
        text = texts.source_text(citation.source)
    except QueryError:
        return False
    return bool(citation.quote) and text[citation.start : citation.end] == citation.quote


def checked(citations: Iterable[Citation], texts: Texts) -> tuple[Citation, ...]:
    """The citations that hold; the others are logged and left out."""
    kept = []
    for citation in citations:
        if check(citation, texts):
            kept.append(citation)
        else:
            _LOG.error(
                "citation dropped: %s [%d:%d] is not what is quoted",
                citation.source,
                citation.start,
                citation.end,
            )
    return tuple(kept)


def official(document: Document) -> str:
    """The way official texts name a document: 《标题》(文号)."""
    title = document.title
    if title.startswith("《") and title.find("》") == len(title) - 1:
        title = title[1:-1]
    name = f"《{title.replace('《', '〈').replace('》', '〉')}》"
    return f"{name}（{document.number}）" if document.number else name


def gb7714(document: Document, *, page: int | None = None) -> str:
    """The entry for a reference list after GB/T 7714-2015, document type Z (government document).

    Parts that are not known are left out; a digest says so.
    """
    author = ", ".join(part for part in re.split(r"[、,，\s]+", document.issuer) if part)
    title = document.title.strip()
    if document.number and document.number not in title:
        title = f"{title}: {document.number}"
    parts = [f"{author}. " if author else "", title]
    parts.append("（摘编）" if document.is_digest and "摘编" not in title else "")
    date = document.published or document.issued
    tail = f". {date}" if date else ""
    tail += f": {page}" if page is not None and date else (f". {page}" if page is not None else "")
    return f"{''.join(parts)}[Z]{tail}."
