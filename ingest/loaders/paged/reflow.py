"""Paragraphs out of lines: by indents, by the length of the line before, over columns and pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.loaders.paged.glyphs import Line, Table, joined
from ingest.loaders.paged.measures import LARGE, SMALL, Measures, steady_margins

_ENDS = frozenset("。！？；：…!?;:")
_CLOSING = "”’』」）)"
_OPENER = re.compile(
    r"第[零〇一二三四五六七八九十百千\d]+[编章节条]|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|"
    r"\d{1,2}[.、．](?!\d)|[①-⑳]|附件|附表"
)
_UNBROKEN = re.compile(r".?[“‘（(《\[A-Za-z0-9]")
_FULL = 1.6
"""Ems that a full line may stay short of its margin; Chinese is set flush, a number may be carried over."""
_APART = 1.38
"""Times the usual distance of lines from which on a new paragraph begins."""
_WIDEST_PITCH = 2.2
"""Ems from line to line of one paragraph at most; more is a distance between paragraphs."""
_INDENT = 0.8
"""Ems of white before a line that make it the first line of a paragraph."""


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its text by page, its size and how its first line stands."""

    pieces: list[tuple[int, str]]
    size: float
    centred: bool = False
    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of the text."""
        return "".join(piece for _, piece in self.pieces)

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.pieces[0][0]


def reflow(pages: Sequence[Sequence[Line | Table]]) -> list[Paragraph | Table]:
    """Paragraphs and tables of all pages in order; a paragraph that goes on overleaf is one.

    A footnote at the foot of a page, set smaller, comes before the paragraph that goes on over the page.
    """
    steady_margins(pages)
    measures = Measures.of(pages)
    flow: list[Paragraph | Table] = []
    for number, items in enumerate(pages):
        text, notes = _split_notes(items, measures.body)
        _pour(text, flow, measures)
        if notes:
            below: list[Paragraph | Table] = []
            _pour(notes, below, measures)
            at = len(flow) - 1 if _goes_on(flow, pages[number + 1 :]) else len(flow)
            flow[at:at] = below
    return flow


def _pour(items: Sequence[Line | Table], flow: list[Paragraph | Table], measures: Measures) -> None:
    """Add lines and tables to the flow."""
    for item in items:
        last = flow[-1] if flow else None
        if isinstance(item, Table):
            flow.append(item)
        elif isinstance(last, Paragraph) and _continues(last, item, measures):
            _extend(last, item)
        else:
            flow.append(Paragraph([(item.page, item.text)], item.size, _is_centred(item), [item]))


def _extend(paragraph: Paragraph, line: Line) -> None:
    page, before = paragraph.pieces[-1]
    whole = joined(before, line.text)
    if not whole.startswith(before):  # a hyphen at the end of the line went
        before = before[:-1]
        paragraph.pieces[-1] = (page, before)
    paragraph.pieces.append((line.page, whole[len(before) :]))
    paragraph.lines.append(line)


def _continues(paragraph: Paragraph, line: Line, measures: Measures) -> bool:
    """Whether ``line`` belongs to ``paragraph``."""
    before = paragraph.lines[-1]
    size = before.size
    if line.sized and before.sized and abs(line.size - size) > 0.12 * size:
        return False
    ended = before.text.rstrip(_CLOSING)[-1:] in _ENDS
    if _is_centred(line) and paragraph.centred:
        return _is_title(paragraph, line, measures)
    same_column = before.page == line.page and before.column == line.column
    step = line.top - before.top if same_column else 0.0
    pitch = max(min(measures.pitch, _WIDEST_PITCH * size), size)
    if step > _APART * pitch:
        return False
    if not _is_full(before):
        return not ended and line.indent < _INDENT * size and _carried_over(before, line)
    if line.indent > _INDENT * size:
        return _hangs(paragraph, line, ended=ended)
    if ended and _OPENER.match(line.text):
        return False
    return measures.indents or not ended or step <= 1.15 * pitch


def _carried_over(before: Line, line: Line) -> bool:
    """Whether a line is short only because what begins the next one could not be broken."""
    if _OPENER.match(line.text):
        return False
    room = (before.right - before.x1) / before.size
    return room <= 4 or (room <= 7 and bool(_UNBROKEN.match(line.text))) or before.text[-1] in "，、,"


def _hangs(paragraph: Paragraph, line: Line, *, ended: bool) -> bool:
    """Whether an indented line goes on with its paragraph: a block set in, or an item with a hanging number."""
    before = paragraph.lines[-1]
    if ended or _OPENER.match(line.text):
        return False
    if abs(line.indent - before.indent) < 0.5 * line.size:
        return True
    first = len(paragraph.lines) == 1 and _OPENER.match(paragraph.text) is not None
    return line.indent > before.indent and first


def _is_full(line: Line) -> bool:
    return line.x1 >= line.right - _FULL * line.size


def _is_centred(line: Line) -> bool:
    after = line.right - line.x1
    return (
        line.indent > 1.8 * line.size
        and after > 1.5 * line.size
        and abs(line.indent - after) < 1.6 * line.size
    )


def _is_title(paragraph: Paragraph, line: Line, measures: Measures) -> bool:
    """Whether two centred lines are one title: large, close together, and the first doesn't end."""
    before = paragraph.lines[-1]
    close = before.page == line.page and line.top - before.top < 2 * 1.3 * line.size
    large = line.size >= LARGE * measures.body and len(paragraph.text) >= 6
    return close and large and before.text[-1] not in _ENDS


def _split_notes(items: Sequence[Line | Table], body: float) -> tuple[list[Line | Table], list[Line | Table]]:
    """The lines at the foot of the page that are set smaller than the text: footnotes."""
    cut = len(items)
    while cut > 0:
        item = items[cut - 1]
        if not isinstance(item, Line) or item.size > SMALL * body:
            break
        cut -= 1
    notes = list(items[cut:])
    if cut == 0 or not notes or not re.match(r"[①-⑳\[［〔*※注]|\d{1,3}\D", getattr(notes[0], "text", "")):
        return list(items), []
    return list(items[:cut]), notes


def _goes_on(flow: Sequence[Paragraph | Table], following: Sequence[Sequence[Line | Table]]) -> bool:
    """Whether the last paragraph of a page goes on overleaf."""
    last = flow[-1] if flow else None
    after = next((items[0] for items in following if items), None)
    if not isinstance(last, Paragraph) or not isinstance(after, Line):
        return False
    end = last.lines[-1]
    return _is_full(end) and end.text[-1] not in _ENDS and after.indent < _INDENT * after.size
