"""A report between its making and its writing: headings, paragraphs, quotes, tables and a reference list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.model import Citation, Document
from search.citations import gb7714
from search.compare.wording import WordingPiece

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """A text without characters that no office format can hold."""
    return _CONTROL.sub("", text)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the highest below the title."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of our own or of the person's wording; ``label`` stands before it in bold."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation with its citation mark (``[2]``); without a mark it is no quotation but an edited text."""

    text: str
    mark: str


@dataclass(frozen=True, slots=True)
class Revision:
    """A clause in two wordings as one text: what was dropped struck out, what was added underlined; both cited."""

    pieces: tuple[WordingPiece, ...]
    mark: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of texts; the first row is the head. ``widths`` are shares of the line, equal ones by default."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()


Block = Heading | Paragraph | Quote | Revision | Grid


@dataclass(frozen=True, slots=True)
class Report:
    """A title, blocks in order, and the entries of the reference list by number."""

    title: str
    blocks: tuple[Block, ...]
    references: tuple[tuple[int, str], ...] = ()


@dataclass
class Numbering:
    """Numbers the documents as they are cited, as GB/T 7714 asks: by first appearance, each document once."""

    documents: Mapping[str, Document]
    _numbers: dict[str, int] = field(default_factory=dict)
    _titles: dict[str, str] = field(default_factory=dict)

    def number(self, citation: Citation) -> int:
        """The number of the cited document."""
        self._titles.setdefault(citation.document, citation.title)
        return self._numbers.setdefault(citation.document, len(self._numbers) + 1)

    def mark(self, citation: Citation) -> str:
        """The citation mark; the page stands after it where the source has pages: ``[2]第3页``."""
        page = f"第{citation.page}页" if citation.page is not None else ""
        return f"[{self.number(citation)}]{page}"

    def entries(self) -> tuple[tuple[int, str], ...]:
        """The reference list."""
        found = []
        for name, number in self._numbers.items():
            document = self.documents.get(name)
            found.append((number, gb7714(document) if document else f"{self._titles[name]}[Z]."))
        return tuple(found)
