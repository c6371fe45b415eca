"""Small documents for the tests of comparisons, with facts made by hand."""

from __future__ import annotations

from dataclasses import dataclass

from kb.model import Comparator, Document, Fact, FactKind, Passage, Section
from search.compare import Material


@dataclass(frozen=True)
class Number:
    """A fact by its surface; ``nth`` picks one of several equal surfaces."""

    surface: str
    value: float | tuple[float, float]
    unit: str
    comparator: Comparator = "="
    kind: FactKind = "requirement"
    indicator: str = ""
    nth: int = 0
    years: tuple[int, int] | None = None


def material(
    text: str,
    *numbers: Number,
    id: str = "d",
    title: str = "示例",
    level: str = "",
    region: str = "",
    kind: str = "",
    published: str = "2024-01-01",
    headings: tuple[str, ...] = (),
) -> Material:
    """A document of one line a paragraph; lines with tabs are table rows."""
    passages, sections, at = [], [], 0
    for line in text.split("\n"):
        if line in headings:
            sections.append(Section(line, 1, at, at + len(line)))
        elif line.strip():
            role = "table" if "\t" in line else "body"
            passages.append(Passage(at, at + len(line), line, len(sections) - 1, role))
        at += len(line) + 1
    document = Document(
        id, f"{id}.txt", title, 0, len(text), region, level, kind, published=published, status="effective"
    )
    return Material(document, text, tuple(sections), tuple(passages), tuple(map(_fact(text), numbers)))


def _fact(text: str):
    def make(number: Number) -> Fact:
        start = -1
        for _ in range(number.nth + 1):
            start = text.index(number.surface, start + 1)
        line = text.rfind("\n", 0, start) + 1
        stop = text.find("\n", start)
        return Fact(
            surface=number.surface,
            start=start,
            end=start + len(number.surface),
            quote=text[line : stop if stop >= 0 else len(text)],
            quote_start=line,
            indicator=number.indicator,
            indicator_key=number.indicator,
            value=number.value,
            unit=number.unit,
            comparator=number.comparator,
            kind=number.kind,
            years=number.years,
        )

    return make
