"""Markdown syntax in a text: headings, emphasis, lists, links, tables. Nothing of the wording is touched."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.cleaning.lines import Line
from ingest.cleaning.model import Reason
from kb.model import Block

_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_HEADING_END = re.compile(r"[ \t]+#+$")
_UNDERLINE = re.compile(r"=+|-{3,}")
_LEAD = re.compile(r"(?:>[ \t]?)+|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?")
_FENCE = re.compile(r"(?:```|~~~).*")
_TABLE_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_PIPE = re.compile(r"[ \t]*(?<!\\)\|[ \t]*")
_LINK = re.compile(r"(!?)\[([^\]\n]*)\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:[ \t]+\"[^\"]*\")?\)")
_PAIR = re.compile(r"(?<![*0-9A-Za-z])\*(?![\s*])[^*\n]+?(?<![\s*])\*(?![*0-9A-Za-z])")
# What is not read wherever it stands: strong emphasis, code marks, comments, escapes.
_MARK = re.compile(r"\*{2,3}|(?<!_)__(?!_)|~~|`+|<!--.*?-->|<br\s*/?>|\\(?=[\\`*_{}\[\]()#+.!|-])")
_INLINE_CUE = re.compile(r"[*_`~\[<\\]")


def read_markdown(lines: Sequence[Line], source: str) -> None:
    """Mark headings and table rows with blocks, and what is syntax as cut out or removed.

    :param source: the text that the lines' offsets point into.
    """
    spans = [(line.start, line.end) for line in lines]
    _read(lines)
    for line, span in zip(lines, spans, strict=True):
        if line.cuts and not line.reason and not line.reading:
            line.remove(span, source, Reason.MARKUP)


def _read(lines: Sequence[Line]) -> None:
    table = -1
    previous: Line | None = None
    for index, line in enumerate(lines):
        if _FENCE.fullmatch(line.raw):
            line.reason = Reason.MARKUP
            previous = None
            continue
        if (
            "|" in line.raw
            and _TABLE_RULE.fullmatch(line.raw)
            and previous is not None
            and "|" in previous.raw
        ):
            table += 1
            line.reason = Reason.MARKUP
            _read_table(lines, index, table)
            previous = None
            continue
        if line.block is None:
            _read_line(line, previous)
        previous = line


def _read_line(line: Line, previous: Line | None) -> None:
    """Heading, list item, quotation or underline of a heading; then the marks inside the line."""
    if _UNDERLINE.fullmatch(line.raw):
        line.reason = Reason.MARKUP
        if previous is not None and not line.gap and previous.length <= 60 and previous.block is None:
            level = 1 if line.raw[0] == "=" else 2
            previous.block = Block(previous.start, previous.end, "heading", level, "Markdown")
        return
    heading = _HEADING.match(line.raw)
    if heading:
        closing = _HEADING_END.search(line.raw)
        if closing:
            line.cut(closing.start(), line.length, Reason.MARKUP)
        line.cut(0, heading.end(), Reason.MARKUP)
    elif lead := _LEAD.match(line.raw):
        line.cut(0, lead.end(), Reason.MARKUP)
    if _INLINE_CUE.search(line.raw):
        _read_inline(line)
    if heading and not line.reason:
        line.block = Block(line.start, line.end, "heading", len(heading.group(1)), "Markdown")


def _read_inline(line: Line) -> None:
    """Cut the marks inside the line out of its reading; a line of nothing but marks goes."""
    marks: list[tuple[int, int]] = []
    for link in _LINK.finditer(line.raw):
        if link.group(1):
            marks.append(link.span())
        else:
            marks += [(link.start(), link.start() + 1), (link.end(2), link.end())]
    marks += [
        edge
        for pair in _PAIR.finditer(line.raw)
        for edge in ((pair.start(), pair.start() + 1), (pair.end() - 1, pair.end()))
    ]
    marks += [match.span() for match in _MARK.finditer(line.raw)]
    apart: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        if apart and start < apart[-1][1]:
            continue
        if apart and not line.raw[: apart[-1][0]].strip() and not line.raw[apart[-1][1] : start].strip():
            apart[-1] = (apart[-1][0], end)  # marks at the start with nothing but blanks between are one
        else:
            apart.append((start, end))
    for start, end in reversed(apart):
        line.cut(start, end, Reason.MARKUP)


def _read_table(lines: Sequence[Line], rule: int, table: int) -> None:
    """The row above the rule of dashes is the header, the rows below it follow."""
    _read_row(lines[rule - 1], table, header=True)
    for line in lines[rule + 1 :]:
        if "|" not in line.raw or line.gap:
            break
        _read_row(line, table, header=False)


def _read_row(line: Line, table: int, *, header: bool) -> None:
    """Cells between unescaped pipes; the pipes are markup."""
    if line.raw.endswith("|") and not line.raw.endswith("\\|"):
        line.cut(line.length - 1, line.length, Reason.MARKUP)
    if line.raw.startswith("|"):
        line.cut(0, 1, Reason.MARKUP)
    pipes = [match.span() for match in _PIPE.finditer(line.raw)]
    edges = [0, *(edge for pipe in pipes for edge in pipe), line.length]
    cells = tuple(
        (line.start + start, line.start + end) for start, end in zip(edges[::2], edges[1::2], strict=True)
    )
    for start, end in reversed(pipes):
        line.cut(start, end, Reason.MARKUP)
    line.block = Block(line.start, line.end, "row", cells=cells, header=header, table=table)
