"""The whole cleaning of a source, step by step."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.cleaning import blocks
from ingest.cleaning.damage import find_damage
from ingest.cleaning.joins import joint, mark_joins
from ingest.cleaning.lines import Line, split_lines
from ingest.cleaning.markup import read_markdown
from ingest.cleaning.model import CleanSource, Paragraph, Reason
from ingest.loaders.frontmatter import read_front_matter
from kb.model import LoadedSource, Removal
from kb.text.shadow import ShadowBuilder

_OWN_TEXT = frozenset({"text", "markdown"})
# What a web page's title carries behind the title itself: " | 关注", " - 某某市人民政府门户网站", "-->".
_TITLE_TAIL = re.compile(
    r"\s*[|｜丨]\s*[^\s|｜丨]{2,8}$|\s+[-–—_]{1,2}\s*[^\s\-–—_]{2,20}(?:网|网站|频道|平台|门户)$|\s*-->$"
)
_BREAK = re.compile(r"\s*[\r\n]\s*")


def clean(loaded: LoadedSource) -> CleanSource:
    """Read ``loaded`` into paragraphs and listed removals.

    No line with a sentence in it is removed except as part of a recognised block (a caption, a credit, a footer,
    a licence notice). See :class:`ingest.cleaning.model.CleanSource` for what holds of the result.
    """
    removals: list[Removal] = []
    start = 0
    if loaded.loader in _OWN_TEXT:
        front = read_front_matter(loaded.text)
        if front is not None:
            start = front.end
            first = len(loaded.text) - len(loaded.text.lstrip())
            removals.append(Removal(first, len(loaded.text[:start].rstrip()), Reason.FRONT_MATTER))
    lines = split_lines(loaded, start)
    if loaded.loader == "markdown":
        read_markdown(lines, loaded.text)
    first_prose = _mark_removals(lines)
    _trim_titles(lines[:first_prose])
    mark_joins(lines, first_prose)
    return _assemble(loaded, lines, removals)


def _mark_removals(lines: Sequence[Line]) -> int:
    """Give each line that is no prose its reason; returns the index of the first prose line."""
    end = blocks.licence_start(lines)
    for line in lines[end:]:
        line.reason = line.reason or Reason.LICENCE
    last = blocks.last_prose(lines, end)
    first = blocks.first_prose(lines, end)
    blocks.mark_note_marks(lines)
    blocks.mark_lines(lines, first, last, end)
    blocks.mark_labels(lines[:end], first, last)
    blocks.mark_breadcrumbs(lines, first)
    blocks.mark_head_advertisement(lines, first)
    blocks.mark_tail(lines, last, end)
    blocks.mark_footer(lines, last, end)
    blocks.mark_weak(lines)
    return first


def _trim_titles(head: Sequence[Line]) -> None:
    """Cut off what a site put behind the title."""
    for line in head:
        if not line.reason and not line.layout and line.length <= 120:
            tail = _TITLE_TAIL.search(line.raw)
            if tail and tail.start() >= 6:
                line.cut(
                    tail.start() + len(tail.group()) - len(tail.group().lstrip()), line.length, Reason.CHROME
                )


def _assemble(loaded: LoadedSource, lines: Sequence[Line], removals: list[Removal]) -> CleanSource:
    """Build the shadow from the lines that stay; what was cut out of them joins the removals."""
    builder = ShadowBuilder(loaded.text)
    paragraphs: list[Paragraph] = []
    before = ""
    for line in lines:
        if line.reason:
            removals += [cut for cut in line.cuts if cut.end <= line.start or cut.start >= line.end]
            removals.append(Removal(line.start, line.end, line.reason))
            continue
        removals += line.cuts
        glued = line.glued and bool(paragraphs)
        if paragraphs:
            builder.insert(joint(before, line.raw) if glued else "\n")
        start = paragraphs.pop().start if glued else builder.length
        _add(builder, loaded.text, line)
        paragraphs.append(Paragraph(start, builder.length, line.block))
        before = line.raw
    removals.sort(key=lambda removal: removal.start)
    shadow = builder.build()
    return CleanSource(loaded, shadow, tuple(paragraphs), tuple(removals), find_damage(shadow.text))


def _add(builder: ShadowBuilder, source: str, line: Line) -> None:
    """Append what is read of the line: all but the cuts; a line break inside a table cell reads as a space."""
    inner = [(cut.start, cut.end) for cut in line.cuts if line.start <= cut.start and cut.end <= line.end]
    if not inner and "\n" not in line.raw:
        builder.add(line.start, line.end)
        return
    breaks = [(line.start + m.start(), line.start + m.end()) for m in _BREAK.finditer(line.raw)]
    at = line.start
    for start, end in sorted(inner + breaks):
        builder.add(at, start)
        if line.block is not None and line.block.kind == "row" and end < line.end:
            builder.insert("\t" if "|" in source[start:end] else " ")
        at = max(at, end)
    builder.add(at, line.end)
