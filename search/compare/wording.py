"""Where two wordings of one clause differ, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from kb.words import words

PieceKind = Literal["same", "added", "dropped"]

_UNIT = re.compile(r"\d+(?:[.,]\d+)*[万亿]?[%‰]?|[^\d]+")
_TINY = 1  # characters of a common stretch between two changes that only tear the reading apart


@dataclass(frozen=True, slots=True)
class WordingPiece:
    """A stretch of text that both wordings have, or only the new one, or only the old one."""

    kind: PieceKind
    text: str


def wording_changes(old: str, new: str) -> tuple[WordingPiece, ...]:
    """The two wordings as one sequence of pieces.

    The pieces that are not ``added`` make up ``old``, those that are not ``dropped`` make up ``new``, exactly.
    """
    left, right = _words(old), _words(new)
    steps = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    pieces: list[tuple[str, str]] = []  # what the old has and what the new has; equal where they agree
    for _, a, b, c, d in steps:
        pieces.append(("".join(left[a:b]), "".join(right[c:d])))
    return tuple(_merged(pieces))


def _merged(pieces: list[tuple[str, str]]) -> list[WordingPiece]:
    joined: list[tuple[str, str]] = []
    for place, (old, new) in enumerate(pieces):
        between = 0 < place < len(pieces) - 1
        apart = old != new or (between and len(old) <= _TINY and not re.search(r"[\d，,。；;]", old))
        if apart and joined and joined[-1][0] != joined[-1][1]:
            joined[-1] = (joined[-1][0] + old, joined[-1][1] + new)
        else:
            joined.append((old, new))
    found: list[WordingPiece] = []
    for old, new in joined:
        if old == new:
            found.append(WordingPiece("same", old))
            continue
        if old:
            found.append(WordingPiece("dropped", old))
        if new:
            found.append(WordingPiece("added", new))
    return found


def _words(text: str) -> list[str]:
    """The words of a text that make it up again; a number with its sign is one word."""
    found: list[str] = []
    for match in _UNIT.finditer(text):
        part = match.group()
        found.extend([part] if part[0].isdigit() else words(part))
    return found
