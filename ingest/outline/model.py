"""What the outline of a document holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from kb.model import Section
from kb.text.shadow import fold

Role = Literal[
    "title",
    "note",
    "number",
    "letterhead",
    "byline",
    "addressee",
    "heading",
    "body",
    "contents",
    "attachment",
    "table",
    "signature",
    "cc",
    "remark",
    "info",
]
"""What a paragraph is.

``note``: 题注 (when and by whom it was delivered or passed); ``letterhead``: the red head line; ``addressee``:
主送机关 or the salutation; ``cc``: 抄送, 印发; ``remark``: (此件公开发布); ``info``: a labelled line (发文机关:…).
"""

REMOVED: Final[dict[Role, str]] = {
    "title": "标题",
    "note": "题注",
    "number": "文号",
    "letterhead": "文件头",
    "byline": "署名",
    "addressee": "主送机关",
    "signature": "落款",
    "cc": "抄送印发",
    "remark": "附注",
    "info": "文件信息",
}
"""The roles that are recognised and are no passages, with the reason that their removal gives."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of one paragraph (shadow offsets) and the section it belongs to (-1: before any heading)."""

    start: int
    end: int
    section: int


@dataclass(frozen=True, slots=True)
class Outline:
    """The heading tree of one draft and what each of its paragraphs is.

    :ivar sections: the tree in document order, with source offsets.
    :ivar roles: one role per paragraph of the draft.
    :ivar parts: per paragraph its text, cut where a run-in heading changes the section; empty for headings on
        a line of their own and for what is removed.
    :ivar items: sections that are only numbered items of a clause, (一) of an article: citable, but no
        boundary for passages.
    """

    sections: tuple[Section, ...]
    roles: tuple[Role, ...]
    parts: tuple[tuple[Part, ...], ...]
    items: frozenset[int] = frozenset()

    def path(self, section: int) -> tuple[str, ...]:
        """The titles from the top of the tree down to ``section``; empty for -1."""
        titles: list[str] = []
        while section >= 0:
            node = self.sections[section]
            titles.append(node.title)
            section = node.parent
        return tuple(reversed(titles))

    def paths(self) -> tuple[tuple[str, ...], ...]:
        """Per paragraph the heading path that its text ends in, in the folded reading of the shadow."""
        found: list[tuple[str, ...]] = []
        cache: dict[int, tuple[str, ...]] = {}
        for parts in self.parts:
            section = parts[-1].section if parts else -1
            if section not in cache:
                cache[section] = tuple(map(fold, self.path(section)))
            found.append(cache[section])
        return tuple(found)
