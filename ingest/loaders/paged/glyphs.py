"""Glyphs, and the lines that they form on a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import NamedTuple

_CJK_MARKS = frozenset("“”‘’—…·")
_HAN_FIRST, _HAN_LAST = "\u2e80", "\u9fff"
_WORD = re.compile(r"[A-Za-z0-9]")
_COLUMN_GAP = 1.5
"""Ems of white between two pieces of one line that don't belong together (two columns, two cells)."""
_WIDE = 0.9
"""Ems of white that a reader sees as a space between two Chinese characters."""


_BASELINE = 0.4
"""Ems by which the baselines of one line may differ (raised figures)."""


class Glyph(NamedTuple):
    """A character, its box on the page, and the height of the baseline that it stands on.

    Lines are told by their baselines: some programs give each character the box of its ink, and then 一 is flat.
    """

    char: str
    x0: float
    x1: float
    top: float
    bottom: float
    base: float


@dataclass(slots=True)
class Line:
    """A piece of a line of text: what stands on one baseline without a wide gap.

    :ivar size: the em, in points: the width of a Chinese character.
    :ivar sized: whether ``size`` was measured on Chinese characters; else it is an estimate.
    :ivar left: left margin of the column that it stands in; ``right`` the right one. Set by the layout.
    :ivar column: number of the column in reading order; lines of different bands have different numbers.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    page: int
    sized: bool = True
    left: float = 0.0
    right: float = 0.0
    column: int = 0

    @property
    def indent(self) -> float:
        """White between the left margin and the line."""
        return self.x0 - self.left

    @property
    def middle(self) -> float:
        """Height of the line's middle on the page."""
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class Table:
    """A table: cell texts by row, merged cells filled once, and where it stands on its page."""

    rows: list[list[str]]
    top: float
    bottom: float
    x0: float
    x1: float
    page: int
    column: int = 0


@dataclass(slots=True)
class Page:
    """A page: its size, the glyphs that stand in no table, and its tables.

    :ivar askew: the text that stands at an angle to the rest (a watermark).
    :ivar is_ruled: whether it has the ruling lines of a table.
    :ivar is_picture: whether it is a picture with next to no text.
    :ivar as_shown: whether it is read in the direction in which a viewer shows it.
    """

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    tables: list[Table] = field(default_factory=list)
    askew: str = ""
    as_shown: bool = True
    is_ruled: bool = False
    is_picture: bool = False


def read_lines(glyphs: Iterable[Glyph], page: int) -> list[Line]:
    """Lines of the page from top to bottom, pieces of one line from left to right."""
    lines: list[Line] = []
    for row in _rows(glyphs):
        lines.extend(_pieces(row, page))
    return lines


def _rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs by baseline."""
    by_height = sorted(glyphs, key=lambda g: (g.base, g.x0))
    near = _BASELINE * _em(by_height) if by_height else 0.0
    rows: list[list[Glyph]] = []
    base = 0.0
    for glyph in by_height:
        if rows and glyph.base - base <= near:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            base = glyph.base
    return rows


def _pieces(row: list[Glyph], page: int) -> list[Line]:
    """Cut a row at its wide gaps."""
    row.sort(key=lambda g: g.x0)
    size = _em(row)
    pieces: list[list[Glyph]] = []
    for glyph in row:
        if pieces:
            last = pieces[-1][-1]
            same_place = glyph.x0 - last.x0 < 0.3 * max(last.x1 - last.x0, 0.1)
            if same_place and glyph.char == last.char and _is_han(glyph.char):
                continue  # bold type that was made by printing the character twice
            if glyph.x0 - last.x1 <= _COLUMN_GAP * size:
                pieces[-1].append(glyph)
                continue
        pieces.append([glyph])
    return [_line(piece, page) for piece in pieces]


def _em(glyphs: Sequence[Glyph]) -> float:
    widths = [g.x1 - g.x0 for g in glyphs if _is_han(g.char)]
    if widths:
        return max(median(widths), 1.0)
    return max(0.85 * median(g.bottom - g.top for g in glyphs), 1.0)


def _line(glyphs: list[Glyph], page: int) -> Line:
    return Line(
        text=_text(glyphs),
        x0=glyphs[0].x0,
        x1=max(g.x1 for g in glyphs),
        top=min(g.top for g in glyphs),
        bottom=max(g.bottom for g in glyphs),
        size=_em(glyphs),
        page=page,
        sized=any(_is_han(g.char) for g in glyphs),
    )


def _text(glyphs: list[Glyph]) -> str:
    """The characters with the spaces that a reader sees: between words, and at single wide gaps in Chinese."""
    size = _em(glyphs)
    gaps = [after.x0 - before.x1 for before, after in pairwise(glyphs)]
    spread = len(gaps) >= 2 and median(gaps) > 0.4 * size  # letter-spaced: the gaps mean nothing
    parts = [glyphs[0].char]
    for gap, before, after in zip(gaps, glyphs, glyphs[1:], strict=False):
        if is_cjk(before.char) or is_cjk(after.char):
            blank = not spread and gap > _WIDE * size
        else:
            blank = gap > (0.2 if _WORD.match(before.char) and _WORD.match(after.char) else 0.3) * size
        parts.append(f" {after.char}" if blank else after.char)
    return "".join(parts)


def is_cjk(char: str) -> bool:
    """Whether ``char`` is a Chinese character or a mark that Chinese is set with."""
    return (
        _HAN_FIRST <= char <= _HAN_LAST
        or char in _CJK_MARKS
        or "\uf900" <= char <= "\ufaff"
        or char >= "\uff00"
    )


def _is_han(char: str) -> bool:
    return _HAN_FIRST <= char <= _HAN_LAST and not "\u3000" <= char <= "\u303f"


def joined(before: str, after: str) -> str:
    """Two pieces of one paragraph, with a space only between two Latin words."""
    if before and after and before[-1].isascii() and after[0].isascii():
        if before[-1] == "-" and len(before) > 1 and before[-2].isalpha() and after[0].islower():
            return before[:-1] + after
        if (
            _WORD.match(before[-1])
            and _WORD.match(after[0])
            and not (before[-1].isdigit() and after[0].isdigit())
        ):
            return f"{before} {after}"
    return before + after
