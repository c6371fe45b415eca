"""What fact extraction takes and gives: the context of a document, a found quantity, a fact in shadow offsets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kb.model import Comparator, Fact, FactKind
from kb.text.shadow import Shadow

Value = float | tuple[float, float] | str
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table row as facts see it: the spans of its cells, and the texts of the header cells above them."""

    cells: tuple[Span, ...]
    header: tuple[str, ...] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class FactContext:
    """What a paragraph alone doesn't tell.

    :ivar home_region: code of the document's region, "" if unknown.
    :ivar published: ISO date of the document, or a prefix of one, or "".
    :ivar title: the document's title; with ``kind`` it tells a plan from a report.
    :ivar kind: the document's kind (意见, 办法, 方案, 报告, 案例 …), "" if unknown.
    :ivar headings: for each paragraph its heading path, outermost first; may be empty.
    :ivar rows: table rows by paragraph index.
    :ivar damage: shadow spans whose numbers were destroyed by copying; no fact touches them.
    """

    home_region: str = ""
    published: str = ""
    title: str = ""
    kind: str = ""
    headings: Sequence[tuple[str, ...]] = ()
    rows: Mapping[int, TableRow] = field(default_factory=dict)
    damage: Sequence[Span] = ()


@dataclass(frozen=True, slots=True)
class RawFact:
    """A fact in shadow offsets; the fields are :class:`kb.model.Fact`'s.

    ``[start, end)`` is the surface, ``[quote_start, quote_end)`` the clause it stands in.
    """

    start: int
    end: int
    quote_start: int
    quote_end: int
    indicator: str
    indicator_key: str
    value: Value
    unit: str
    comparator: Comparator
    kind: FactKind
    time: str = ""
    time_inherited: bool = False
    years: tuple[int, int] | None = None
    region_code: str = ""

    def in_source(self, text: str, shadow: Shadow) -> Fact:
        """The fact with offsets into ``text``, of which ``shadow`` is the cleaned reading."""
        start, end = shadow.source_span(self.start, self.end)
        quote_start, quote_end = shadow.source_span(self.quote_start, self.quote_end)
        return Fact(
            surface=text[start:end],
            start=start,
            end=end,
            quote=text[quote_start:quote_end],
            quote_start=quote_start,
            indicator=self.indicator,
            indicator_key=self.indicator_key,
            value=self.value,
            unit=self.unit,
            comparator=self.comparator,
            kind=self.kind,
            time=self.time,
            time_inherited=self.time_inherited,
            years=self.years,
            region_code=self.region_code,
        )


@dataclass(slots=True, eq=False)
class Quantity:
    """A number with its unit as found in the text, before it is known what it measures.

    ``[start, end)`` is the surface with 余 and 以上; ``per`` are the words 每人每月 before it, ``[per_start, start)``.
    """

    start: int
    end: int
    value: Value
    unit: str
    comparator: Comparator
    core: int = 0
    per: str = ""
    per_start: int = -1
    han: bool = False
    doubling: bool = False
    shared: bool = field(default=False)
