"""The lines of a source text, as the cleaning rules see them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kb.model import Block, LoadedSource, Removal
from kb.text.shadow import fold

BLANK = r"\s\u200b-\u200d\u2060\ufeff\u00ad"
"""Character class of what counts as blank at the edges of a line."""

_LEADING, _TRAILING = re.compile(rf"^[{BLANK}]+"), re.compile(rf"[{BLANK}]+$")
# From the first visible character of a line to its last one.
_LINE = re.compile(rf"[^{BLANK}](?:[^\n\r\u2028\u2029\x85\x0b\x0c]*[^{BLANK}])?")


@dataclass
class Line:
    """A line of the source.

    :ivar start: source offset of its first visible character; ``end`` is that after its last one.
    :ivar gap: whether a blank line stands before it.
    :ivar indented: whether it is set in by two spaces or more.
    :ivar torn: whether a page break stands before it (a form feed, or the zero-width mark that wikis use).
    :ivar cuts: what was cut off its ends or out of its middle (``**``, the target of a link), with the reason.
    :ivar reason: why the line is removed; empty for one that stays.
    :ivar weak: it looks like page furniture, but only its neighbours can tell.
    :ivar glued: it continues the line before it.
    """

    start: int
    end: int
    raw: str
    block: Block | None = None
    gap: bool = False
    indented: bool = False
    torn: bool = False
    cuts: list[Removal] = field(default_factory=list)
    reason: str = ""
    weak: bool = False
    glued: bool = False
    _text: str = ""

    @property
    def text(self) -> str:
        """The folded reading that the rules are written for."""
        if not self._text:
            self._text = fold(self.reading if self.cuts else self.raw)
        return self._text

    @property
    def length(self) -> int:
        """Characters of the line."""
        return self.end - self.start

    @property
    def is_prose(self) -> bool:
        """Whether the line holds a sentence; such a line is kept unless a recognised block takes it."""
        return self.end - self.start >= 15 and "。" in self.raw

    def cut(self, start: int, end: int, reason: str) -> None:
        """Leave ``raw[start:end]`` out of the reading; at an end of the line the line becomes shorter."""
        end = min(end, self.length)
        self.cuts.append(Removal(self.start + start, self.start + end, reason))
        if not _TRAILING.sub("", self.raw[end:]):
            self.raw = _TRAILING.sub("", self.raw[:start])
        elif not _TRAILING.sub("", self.raw[:start]):
            rest = _LEADING.sub("", self.raw[end:])
            self.start = self.end - len(rest)
            self.raw = rest
        self.end = self.start + len(self.raw)
        self._text = ""

    def remove(self, span: tuple[int, int], source: str, reason: str) -> None:
        """Take the whole line, as it was at ``span`` of the source, out of the text."""
        self.start, self.end = span
        self.raw = source[self.start : self.end]
        self.cuts.clear()
        self.block = None
        self._text = ""
        self.reason = reason

    @property
    def reading(self) -> str:
        """What is left of the line when its cuts are left out; blank when nothing is."""
        at, parts = self.start, []
        for cut in sorted(self.cuts, key=lambda each: each.start):
            if self.start <= cut.start < self.end:
                parts.append(self.raw[at - self.start : cut.start - self.start])
                at = cut.end
        parts.append(self.raw[at - self.start :])
        return _TRAILING.sub("", _LEADING.sub("", "".join(parts)))

    @property
    def layout(self) -> bool:
        """Whether the loader knows this line to be a heading or a table row."""
        return self.block is not None and self.block.kind in {"heading", "row"}


def split_lines(loaded: LoadedSource, start: int = 0) -> list[Line]:
    """The visible lines of ``loaded.text`` from ``start`` on; a table row is one line even if it holds breaks."""
    text = loaded.text
    blocks = {block.start: block for block in loaded.blocks}
    lines: list[Line] = []
    at = start
    search = _LINE.search
    while match := search(text, at):
        first, last = match.span()
        before = text[at:first]
        breaks = before.count("\n") or before.count("\r")
        margin = len(before) - 1 - max(before.rfind("\n"), before.rfind("\r"))
        block = blocks.get(first - margin) if blocks else None
        if block is not None and block.kind == "row" and block.end > last:
            last = first + len(text[first : block.end].rstrip())
        lines.append(
            Line(
                first,
                last,
                text[first:last],
                block,
                gap=breaks > 1,
                indented=margin > 1 or "\t" in before[-margin:],
                torn="\x0c" in before or "\u200b" in before,
            )
        )
        at = last
    return lines
