"""A document as its metadata is read from it: paragraphs by role, removals, what its file says."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.cleaning.model import CleanSource
from ingest.draft import Draft
from ingest.metadata.dates import parse_date
from ingest.outline import Outline
from ingest.outline.info import REACH, find_info
from ingest.outline.lines import read_lines, spelled
from ingest.outline.model import Role
from kb.model import Evidence

DECLARED = frozenset({"front_matter", "html_table"})
"""Origins where a field has a label of its own and can be trusted over what the text shows."""


class View:
    """One draft, and the evidence noted so far."""

    def __init__(self, clean: CleanSource, draft: Draft, outline: Outline) -> None:
        self.clean = clean
        self.draft = draft
        self.outline = outline
        self.whole = draft.role == "document" and draft.first == 0 and draft.last == len(clean.paragraphs)
        self.paragraphs = clean.paragraphs[draft.first : draft.last]
        self.evidence: dict[str, Evidence] = {}
        self.info: dict[int, tuple[str, str]] = {}
        if any(role == "info" for role in outline.roles):
            self.info = dict(find_info(read_lines(clean, draft.first, min(draft.last, draft.first + REACH))))
        text = clean.loaded.text
        self.start = (
            clean.shadow.origin[self.paragraphs[0].start] if not self.whole and self.paragraphs else 0
        )
        self.end = (
            clean.shadow.source_span(self.paragraphs[-1].start, self.paragraphs[-1].end)[1]
            if not self.whole and self.paragraphs
            else len(text)
        )

    def declared(self, field: str, key: str = "", *, page: bool = False) -> str:
        """What the file declares as ``key`` (by default the field's name), noted as the field's evidence.

        Front matter and the page's own table of labels come first, then a block of labels at the head of the
        text. The rest of what a page or a PDF says of itself is asked only with ``page``.
        """
        key = key or field
        value, origin = self._metadata(key)
        if value and (origin in DECLARED or page):
            self.say(field, origin, value, -1)
            return value
        for i, (name, told) in self.info.items():
            if name == key:
                self.say_line(field, "label", i)
                return told
        return ""

    def declared_date(self, field: str, key: str = "", *, page: bool = False) -> str:
        """As :meth:`declared`, for a date in ISO 8601; what cannot be read as one is as if not declared."""
        before = self.evidence.get(field)
        value = parse_date(self.declared(field, key, page=page))
        if not value:
            self.evidence.pop(field, None)
            if before is not None:
                self.evidence[field] = before
        return value

    def page(self, key: str) -> str:
        """What the file's metadata says, wherever it was read, without noting it."""
        return self._metadata(key)[0]

    def _metadata(self, key: str) -> tuple[str, str]:
        if not self.whole:
            return "", ""
        loaded = self.clean.loaded
        return loaded.metadata.get(key, "").strip(), loaded.metadata_origin.get(key, "front_matter")

    def shared(self, key: str) -> str:
        """Metadata that holds for every case of a collection (the front matter's issuer doesn't)."""
        return self.clean.loaded.metadata.get(key, "").strip()

    def text(self, i: int) -> str:
        """The reading of paragraph ``i`` of the draft."""
        paragraph = self.paragraphs[i]
        return self.clean.shadow.text[paragraph.start : paragraph.end]

    def spelled(self, i: int) -> str:
        """Paragraph ``i`` of the draft as the source writes it."""
        return spelled(self.clean, self.paragraphs[i].start, self.paragraphs[i].end)

    def lines(self, *roles: Role) -> list[int]:
        """The paragraphs of these roles."""
        return [i for i, role in enumerate(self.outline.roles) if role in roles]

    def removed(self, *reasons: str) -> Iterator[tuple[int, str]]:
        """What cleaning removed within the document for these reasons: source offset and text."""
        for removal in self.clean.removed(*reasons):
            if self.start <= removal.start < self.end or (self.whole and removal.start <= self.end):
                yield removal.start, self.clean.loaded.text[removal.start : removal.end]

    def say(self, field: str, origin: str, quote: str, start: int) -> None:
        """Note the evidence of a field."""
        self.evidence[field] = Evidence(origin, quote[:120], start)

    def say_line(self, field: str, origin: str, *lines: int) -> None:
        """Note that a field was read in these paragraphs of the draft."""
        start, end = self.clean.shadow.source_span(
            self.paragraphs[lines[0]].start, self.paragraphs[lines[-1]].end
        )
        self.say(field, origin, self.clean.loaded.text[start:end], start)

    def say_span(self, field: str, origin: str, start: int, end: int) -> None:
        """Note that a field was read at this span of the shadow."""
        first, last = self.clean.shadow.source_span(start, end)
        self.say(field, origin, self.clean.loaded.text[first:last], first)

    def signature(self) -> list[int]:
        """The paragraphs of the first signature."""
        block: list[int] = []
        for i in self.lines("signature"):
            if block and i != block[-1] + 1:
                break
            block.append(i)
        return block
