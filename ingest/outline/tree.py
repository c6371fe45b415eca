"""Growing the heading tree: each heading hangs under the last one of a higher rank."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.cleaning.model import CleanSource
from ingest.outline.closing import Annex
from ingest.outline.front import title_text
from ingest.outline.headings import Heading
from ingest.outline.lines import Line, close_spaces, spelled
from ingest.outline.marks import Rank
from ingest.outline.model import Outline, Part, Role
from kb.model import Section

_OPEN, _CLOSE = "【[〖", "】]〗"
_BLANKS = re.compile(r"\s+")
_AFTER_MARK = re.compile(r"^(第[^\s章节编篇条]{1,6}[编篇章节条]|第[^\s]{1,3}部分)\s+")


class Tree:
    """The sections found so far and the branch that the next heading may hang on."""

    def __init__(self, clean: CleanSource, lines: int) -> None:
        self._clean = clean
        self._sections: list[Section] = []
        self._lines: list[int] = []
        self._items: set[int] = set()
        self._branch: list[tuple[int, int]] = []
        self._floor = 0
        self._parts: list[list[Part]] = [[] for _ in range(lines)]

    def reset(self) -> None:
        """Leave every section: an attachment, or the document itself, begins."""
        self._branch.clear()
        self._floor = 0

    @property
    def current(self) -> int:
        """The index of the section that text belongs to now, -1 for none."""
        return self._branch[-1][1] if self._branch else -1

    def climb(self, rank: int) -> None:
        """Leave the sections of ``rank`` and deeper."""
        while self._branch and self._branch[-1][0] >= rank and len(self._branch) > self._floor:
            self._branch.pop()

    def annex(self, lines: Sequence[Line], annex: Annex, *, titled: bool) -> None:
        """Open an attachment; untitled ones are only a new beginning."""
        if not titled or annex.body <= annex.first:
            return
        start, end = lines[annex.first].start, lines[annex.body - 1].end
        texts = [spelled(self._clean, line.start, line.end) for line in lines[annex.first : annex.body]]
        label = texts[:1] if annex.labelled and len(texts) > 1 else []
        title = " ".join([*label, title_text(texts[len(label) :])])
        self._push(int(Rank.ATTACHMENT if annex.labelled else Rank.CN - 1), title, start, end, run_in=False)
        self._lines[-1] = annex.first
        self._floor = 1 if annex.labelled else 0

    def add(self, heading: Heading) -> None:
        """Hang a heading into the tree."""
        words = spelled(self._clean, *(heading.shown or (heading.start, heading.end)))
        self.climb(heading.rank)
        self._push(heading.rank, _shown(words), heading.start, heading.end, run_in=heading.run_in)
        self._lines[-1] = heading.line
        if heading.item:
            self._items.add(len(self._sections) - 1)

    def _push(self, rank: int, title: str, start: int, end: int, *, run_in: bool) -> None:
        source_start, source_end = self._clean.shadow.source_span(start, end)
        section = Section(
            title=title,
            level=len(self._branch) + 1,
            start=source_start,
            end=source_end,
            parent=self.current,
            run_in=run_in,
        )
        self._branch.append((rank, len(self._sections)))
        self._sections.append(section)
        self._lines.append(-1)

    def text(self, i: int, line: Line, inline: Sequence[Heading]) -> None:
        """The text of line ``i`` belongs to the current section, and from each of ``inline`` on to that."""
        at = line.start
        for heading in inline:
            if heading.start > at:
                self._parts[i].append(Part(at, heading.start, self.current))
            self.add(heading)
            at = heading.start
        self._parts[i].append(Part(at, line.end, self.current))

    def apart(self, i: int, line: Line) -> None:
        """The text of line ``i`` stands outside the tree (a table of contents, a list of attachments)."""
        self._parts[i].append(Part(line.start, line.end, -1))

    def outline(self, lines: Sequence[Line], roles: list[Role]) -> Outline:
        """The finished outline. A heading line with nothing below it is text as well, so that it is found."""
        filled: set[int] = set()
        for parts in self._parts:
            for part in parts:
                number = part.section
                while number >= 0 and number not in filled:
                    filled.add(number)
                    number = self._sections[number].parent
        for number, (section, i) in enumerate(zip(self._sections, self._lines, strict=True)):
            if number not in filled and i >= 0 and roles[i] == "heading" and not self._parts[i]:
                self._parts[i].append(Part(lines[i].start, lines[i].end, section.parent))
        return Outline(
            sections=tuple(self._sections),
            roles=tuple(roles),
            parts=tuple(tuple(parts) for parts in self._parts),
            items=frozenset(self._items),
        )


def _shown(words: str) -> str:
    """A heading as it is shown: one blank after 第一章, none inside 总 则, no brackets around it."""
    words = words.strip()
    if words[:1] in _OPEN and words[-1:] in _CLOSE:
        words = words[1:-1].strip()
    match = _AFTER_MARK.match(words)
    if match:
        return f"{match[1]} {close_spaces(words[match.end() :])}"
    return _BLANKS.sub(" ", close_spaces(words) if words.count(" ") * 3 > len(words) else words)
