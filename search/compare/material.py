"""What a comparison reads of a document: its text with its parts, from the library or from a file read just for this."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from functools import cached_property

from kb.model import Citation, Document, Fact, IngestedSource, Passage, Section
from kb.store import Reader, document_id, page_of
from kb.text.shadow import fold


@dataclass(frozen=True)
class Material:
    """A document with everything a comparison needs.

    ``text`` is the whole source text that all offsets point into; ``pages`` the offsets at which pages begin.
    """

    document: Document
    text: str
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    facts: tuple[Fact, ...]
    pages: tuple[int, ...] = ()

    @cached_property
    def _paths(self) -> list[tuple[str, ...]]:
        paths: list[tuple[str, ...]] = []
        for section in self.sections:
            above = paths[section.parent] if section.parent >= 0 else ()
            paths.append((*above, section.title))
        return paths

    def path(self, section: int) -> tuple[str, ...]:
        """The titles from the top down to a section; empty for -1."""
        return self._paths[section] if section >= 0 else ()

    def path_at(self, offset: int, section: int = -1) -> tuple[str, ...]:
        """The heading path at a source offset.

        :param section: the section of the passage that the offset lies in; a heading inside the passage that
            begins at or before the offset is more exact.
        """
        for index in range(len(self.sections) - 1, -1, -1):
            if self.sections[index].start <= offset:
                return self._paths[index]
        return self.path(section)

    def cite(self, start: int, end: int, section: int = -1) -> Citation:
        """The citation of ``text[start:end]``."""
        return Citation(
            document=self.document.id,
            title=self.document.title,
            source=self.document.source,
            region_code=self.document.region_code,
            section=self.path_at(start, section),
            page=page_of(self.pages, start),
            start=start,
            end=end,
            quote=self.text[start:end],
        )


def from_library(reader: Reader, document: str) -> Material:
    """A document of the library.

    :raises QueryError: there is none with this id.
    """
    found = reader.document(document)
    return Material(
        document=found,
        text=reader.source_text(found.source),
        sections=tuple(reader.sections(document)),
        passages=tuple(stored.passage for stored in reader.passages_of(document)),
        facts=tuple(stored.fact for stored in reader.facts(document=document)),
        pages=reader.pages(found.source),
    )


def from_source(source: IngestedSource) -> tuple[Material, ...]:
    """The documents of a file that was read but not stored, under the ids that they would have."""
    path = source.loaded.path
    return tuple(
        Material(
            document=replace(item.document, id=document_id(path, ordinal), source=path),
            text=source.loaded.text,
            sections=item.sections,
            passages=item.passages,
            facts=item.facts,
            pages=source.loaded.pages,
        )
        for ordinal, item in enumerate(source.documents)
    )


def identity(document: Document) -> str:
    """What names a document whatever file it came in: its title, number and region.

    A copy under another file name, or one read again, has the same identity; so a person's decision is found again.
    """
    names = (document.title, document.number, document.region_code)
    plain = "\n".join(re.sub(r"[\s《》]+", "", fold(name)) for name in names)
    return hashlib.sha256(plain.encode()).hexdigest()[:20]


def head_row(text: str, start: int) -> str:
    """The first row of the table whose row begins at ``start``; that row itself where it is the first.

    The cells of a row stand on one line, tabs between them.
    """
    line = text.rfind("\n", 0, start) + 1
    while line > 0:
        before = text.rfind("\n", 0, line - 1) + 1
        if "\t" not in text[before : line - 1]:
            break
        line = before
    stop = text.find("\n", line)
    return text[line : stop if stop >= 0 else len(text)]
