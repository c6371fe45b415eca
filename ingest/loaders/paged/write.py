"""The source text of a paged file: paragraphs a line each, rows with their cells, where each page begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.loaders.base import TextBuilder
from ingest.loaders.paged.glyphs import Table
from ingest.loaders.paged.measures import LARGE, body_size
from ingest.loaders.paged.reflow import Paragraph
from kb.model import Block, Dropped

_LONGEST_HEADING = 60
_SEARCHED = 2
"""Pages after the bookmark's own on which its heading may stand."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of a file's own outline: its title without blanks, its level (1 the highest), its page from 0."""

    title: str
    level: int
    page: int


@dataclass(frozen=True, slots=True)
class PagedText:
    """A source text with its pages and blocks, and what was left out while writing it."""

    text: str
    pages: tuple[int, ...]
    blocks: tuple[Block, ...]
    dropped: tuple[Dropped, ...]


def write(flow: Sequence[Paragraph | Table], count: int, outline: Iterable[Bookmark] = ()) -> PagedText:
    """Write paragraphs and tables in order.

    :param count: how many pages the file has; one without text begins where the next one does.
    """
    body = body_size(line for item in flow if isinstance(item, Paragraph) for line in item.lines)
    return _Writer(count, list(outline), body).write(flow)


class _Writer:
    def __init__(self, count: int, outline: list[Bookmark], body: float) -> None:
        self._builder = TextBuilder()
        self._starts: list[int] = []
        self._count = count
        self._outline = outline
        self._body = body
        self._dropped: list[Dropped] = []
        self._tables = 0

    def write(self, flow: Sequence[Paragraph | Table]) -> PagedText:
        before: Paragraph | Table | None = None
        for item in flow:
            if isinstance(item, Table):
                self._table(item, before)
            else:
                self._paragraph(item)
            before = item
        self._reach(self._count - 1, self._builder.length)
        return PagedText(
            self._builder.text(), tuple(self._starts), tuple(self._builder.blocks), tuple(self._dropped)
        )

    def _reach(self, page: int, offset: int) -> None:
        """All pages up to ``page`` that have no beginning yet begin at ``offset``."""
        while len(self._starts) <= page:
            self._starts.append(offset)

    def _paragraph(self, paragraph: Paragraph) -> None:
        at = self._builder.length
        for page, piece in paragraph.pieces:
            self._reach(page, at)
            at += len(piece)
        text = paragraph.text
        level = self._bookmarked(paragraph)
        if level:
            self._builder.heading(text, level, "书签")
        elif self._is_large(paragraph):
            self._builder.heading(text, 0, "大字号")
        else:
            self._builder.line(text)

    def _bookmarked(self, paragraph: Paragraph) -> int:
        """The level of the outline entry that the paragraph is, or 0."""
        plain = re.sub(r"\s+", "", paragraph.text)
        if len(plain) > 2 * _LONGEST_HEADING:
            return 0
        for index, entry in enumerate(self._outline):
            if entry.page > paragraph.page:
                break
            if paragraph.page <= entry.page + _SEARCHED and plain == entry.title:
                del self._outline[: index + 1]
                return entry.level
        return 0

    def _is_large(self, paragraph: Paragraph) -> bool:
        return (
            paragraph.size >= LARGE * self._body
            and len(paragraph.text) <= _LONGEST_HEADING
            and "。" not in paragraph.text
        )

    def _table(self, table: Table, before: Paragraph | Table | None) -> None:
        self._reach(table.page, self._builder.length)
        rows = [row for row in table.rows if any(row)]
        goes_on = (
            isinstance(before, Table)
            and before.page == table.page - 1
            and len(before.rows[0]) == len(table.rows[0])
        )
        header = rows[0] if rows and looks_like_header(rows[0]) else None
        if goes_on:
            first = (
                next((row for row in before.rows if any(row)), None) if isinstance(before, Table) else None
            )
            if header is not None and header == first:
                self._dropped.append(Dropped("\t".join(header), "续表的表头", table.page + 1))
                rows, header = rows[1:], None
            table.rows[:0] = [first] if first else []
        else:
            self._tables += 1
        for row in rows:
            self._builder.row(row, self._tables - 1, header=row is header)


_YEAR = re.compile(r"(?:19|20)\d\d(?:年|$)")


def looks_like_header(cells: Sequence[str]) -> bool:
    """Whether a table's first row names its columns: short cells, none of which begins with a digit but for a year."""
    filled = [cell for cell in cells if cell]
    named = all(len(cell) <= 24 and (not cell[:1].isdigit() or _YEAR.match(cell)) for cell in filled)
    return len(filled) >= 2 and named and not all(_YEAR.match(cell) for cell in filled)
