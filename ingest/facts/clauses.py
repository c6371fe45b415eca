"""Sentences and clauses of a paragraph, with the quantities that stand in each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.facts.model import Quantity, Span

_SENTENCE_END = re.compile(r"[。!?\n]")
_MARK = re.compile(r"[,:;()“”《》\t]")
_OPEN = {"(": ")", "“": "”", "《": "》"}


@dataclass(slots=True, eq=False)
class Clause:
    """``text[start:end]`` between two marks, its closing mark left out.

    ``mark`` is the mark that ends it. An ``aside`` is the inside of a bracket that holds quantities of its own.
    ``index`` is the clause's place in its sentence.
    """

    start: int
    end: int
    mark: str
    aside: bool = False
    quantities: list[Quantity] = field(default_factory=list)
    index: int = 0


@dataclass(slots=True, eq=False)
class Sentence:
    """The clauses of one sentence in order; asides follow the clause they stand in. Without quantities: none."""

    start: int
    end: int
    clauses: list[Clause]


def split(text: str, start: int, end: int, quantities: Sequence[Quantity]) -> list[Sentence]:
    """All sentences of ``text[start:end]``; those that hold quantities with their clauses."""
    found: list[Sentence] = []
    begin, taken = start, 0
    for match in _SENTENCE_END.finditer(text, start, end):
        taken = _finish(text, begin, match.end(), quantities, taken, found)
        begin = match.end()
    if begin < end:
        _finish(text, begin, end, quantities, taken, found)
    return found


def _finish(
    text: str, start: int, end: int, quantities: Sequence[Quantity], taken: int, found: list[Sentence]
) -> int:
    last = taken
    while last < len(quantities) and quantities[last].start < end:
        last += 1
    held = quantities[taken:last]
    clauses = _clauses(text, start, end, held) if held else []
    for index, clause in enumerate(clauses):
        clause.index = index
    found.append(Sentence(start, end, clauses))
    return last


def _clauses(text: str, start: int, end: int, quantities: Sequence[Quantity]) -> list[Clause]:
    clauses: list[Clause] = []
    opened: list[tuple[str, int]] = []
    asides: list[Span] = []
    begin = start
    for match in _MARK.finditer(text, start, end):
        at, mark = match.start(), match.group()
        if mark in _OPEN:
            opened.append((_OPEN[mark], at))
        elif opened and mark == opened[-1][0]:
            if mark == ")":
                asides.append((opened[-1][1] + 1, at))
            opened.pop()
        elif mark in ",:;\t" and not opened and not _inside_number(text, at, end):
            _close(clauses, begin, at, mark, asides, quantities)
            asides = []
            begin = at + 1
    stop = end - 1 if end > start and _SENTENCE_END.match(text, end - 1) else end
    if begin < stop:
        _close(clauses, begin, stop, "", asides, quantities)
    return clauses


def _inside_number(text: str, at: int, end: int) -> bool:
    """5,000 and 1:15: a mark between digits."""
    return at > 0 and at + 1 < end and text[at - 1].isdigit() and text[at + 1].isdigit()


def _close(
    clauses: list[Clause],
    start: int,
    end: int,
    mark: str,
    asides: Sequence[Span],
    quantities: Sequence[Quantity],
) -> None:
    clause = Clause(start, end, mark)
    clauses.append(clause)
    held = [q for q in quantities if start <= q.start < end]
    if not asides:
        clause.quantities = held
        return
    inner = [Clause(a, b, ")", aside=True) for a, b in asides]
    for quantity in held:
        home = next((a for a in inner if a.start <= quantity.start < a.end), clause)
        home.quantities.append(quantity)
    clauses.extend(a for a in inner if a.quantities)
