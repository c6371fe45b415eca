"""Everyday wording → the terms of policy texts, from a table that a library's user can extend."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_TABLE = Path(__file__).parent.parent / "data" / "colloquial.tsv"


@dataclass(frozen=True, slots=True)
class Wording:
    """Everyday words at ``start:end`` of a text, the terms that policy texts use for them, and terms near these."""

    start: int
    end: int
    surface: str
    terms: tuple[str, ...]
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    pattern: re.Pattern[str]
    terms: tuple[str, ...]
    near: tuple[str, ...]


def _compiled(says: str) -> re.Pattern[str]:
    ways = sorted(says.split("|"), key=len, reverse=True)
    return re.compile("|".join(re.escape(way).replace("…", "[^,。;:!?]{0,6}?") for way in ways))


def parse_table(lines: Iterable[str]) -> tuple[_Entry, ...]:
    """The entries of a table; lines without a tab and comments are passed over."""
    entries = []
    for line in lines:
        says, tab, means = line.strip().partition("\t")
        if tab and says and means and not says.startswith("#"):
            terms = means.split("|")
            near = tuple(term[1:] for term in terms if term.startswith("~"))
            entries.append(_Entry(_compiled(says), tuple(t for t in terms if not t.startswith("~")), near))
    return tuple(entries)


@lru_cache(maxsize=1)
def _shipped() -> tuple[_Entry, ...]:
    return parse_table(_TABLE.read_text(encoding="utf-8").splitlines())


def find_wordings(text: str, extra: tuple[_Entry, ...] = ()) -> tuple[Wording, ...]:
    """The everyday wordings in ``text`` (canonical reading); of overlapping ones the longest.

    :param extra: entries of the library's own table, see :func:`parse_table`.
    """
    found = [
        Wording(
            match.start(),
            match.end(),
            match.group(),
            tuple(t for t in entry.terms if t != match.group()),
            entry.near,
        )
        for entry in (*extra, *_shipped())
        for match in entry.pattern.finditer(text)
        if match.group() != entry.terms[0]
    ]
    found.sort(key=lambda wording: (wording.start - wording.end, wording.start))
    kept: list[Wording] = []
    for wording in found:
        if not any(wording.start < other.end and other.start < wording.end for other in kept):
            kept.append(wording)
    return tuple(sorted(kept, key=lambda wording: wording.start))
