"""The header of a table as facts need it: which rows it takes, and how two header rows read as one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.facts.model import Span

_YEAR = re.compile(r"(?:19|20)\d\d(?:年|$)")
_LONGEST = 24


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row names columns: short cells without numbers but for years."""
    filled = [cell for cell in cells if cell]
    if len(filled) < 2 or all(_YEAR.match(cell) for cell in filled):
        return False
    return all(
        len(c) <= _LONGEST and (not c[0].isdigit() or _YEAR.match(c)) and "%" not in c[:4] for c in filled
    )


def is_second_header(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Whether the row under ``header`` divides its columns: it names some again or leaves them empty."""
    if len(cells) != len(header) or not is_header([c for c in cells if c]):
        return False
    spread = len(set(header)) < len(header) or "" in header
    return spread and (not cells[0] or cells[0] == header[0])


def merge_headers(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """One name a column: (小学, 学校数) → 小学学校数. An empty upper cell continues the one to its left."""
    merged: list[str] = []
    last = ""
    for above, below in zip(upper, lower, strict=True):
        last = above or (last if below else "")
        merged.append(last if below in ("", last) else last + below)
    return tuple(merged)


def tabbed_cells(text: str, start: int, end: int) -> Iterator[Span]:
    """The spans between the tabs of ``text[start:end]``, blanks at their ends left out."""
    at = start
    for piece in text[start:end].split("\t"):
        lead = len(piece) - len(piece.lstrip())
        yield at + lead, at + lead + len(piece.strip())
        at += len(piece) + 1
