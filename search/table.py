"""Region × indicator: what each region reports, requires or plans, side by side, every cell with its sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kb.model import Citation, Document, Fact, FactKind, Filters
from kb.regions import NATION, tree
from kb.store import StoredFact, with_descendants
from kb.units import comparable, convert
from search.answer.conflicts import find_conflicts
from search.citations import check, cite
from search.indicators import indicator_keys, pairs
from search.library import Library, Snapshot

_COMMON = 0.5  # of a column's values that the unit in its head must fit
_ALIKE = 0.6  # of the character pairs of two indicators, in two sources that say the same in their own words


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact in a cell with its citation; ``value`` is in the unit of the column where it converts into it.

    :ivar published: the date of its document, empty if unknown.
    :ivar also: where else the same is said.
    """

    fact: StoredFact
    citation: Citation
    value: float | tuple[float, float] | str
    unit: str
    published: str
    also: tuple[Citation, ...] = ()

    @property
    def kind(self) -> FactKind:
        """Whether it is a target, a requirement, an input or achieved."""
        return self.fact.fact.kind

    @property
    def number(self) -> float | None:
        """The value where it is one number."""
        return self.value if isinstance(self.value, float | int) else None

    @property
    def year(self) -> int | None:
        """The one calendar year that the fact speaks of; None for spans and where it can't be told."""
        years = self.fact.fact.years
        return years[0] if years and years[0] == years[1] else None


@dataclass(frozen=True, slots=True)
class Cell:
    """What one region says on one indicator, the newest first; no entries: the library has nothing.

    ``conflicting``: the same year and kind with values of different documents that differ.
    """

    indicator: str
    entries: tuple[Entry, ...]
    conflicting: bool = False

    @property
    def missing(self) -> bool:
        """Whether the library has no such fact."""
        return not self.entries


@dataclass(frozen=True, slots=True)
class Row:
    """A region and its cells, in the order of the indicators."""

    region_code: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by region.

    :ivar units: the units of the columns, that of most of their values; values of another dimension keep their own.
        Empty where none is common.
    """

    indicators: tuple[str, ...]
    units: tuple[str, ...]
    rows: tuple[Row, ...]


def cited_documents(table: Table) -> frozenset[str]:
    """The ids of all documents that a table cites."""
    return frozenset(
        citation.document
        for row in table.rows
        for cell in row.cells
        for entry in cell.entries
        for citation in (entry.citation, *entry.also)
    )


def build_table(
    library: Library,
    indicators: Sequence[str],
    regions: Collection[str] = (),
    filters: Filters | None = None,
    *,
    kinds: Collection[str] = (),
    exact: bool = False,
) -> Table:
    """Set the indicators of regions side by side.

    :param indicators: as a person writes them. :param regions: codes, each with all below it; empty: all that have
        data. A region that was asked for and has nothing gets a row that says so.
    :param filters: restrictions on the documents. :param kinds: the kinds of facts; empty: all.
    :param exact: each code stands for that region alone. The whole country's always does.
    :raises QueryError: the filters name a collection that there is none of.
    """
    snapshot = library.snapshot()
    snapshot.reader.members(filters.collections if filters else ())
    spread = {code: _below(code, exact) for code in regions}
    within = frozenset[str]().union(*spread.values()) if regions else None
    columns: list[dict[str, list[Entry]]] = []
    for indicator in indicators:
        keys = indicator_keys(snapshot, indicator)
        facts = snapshot.reader.facts(indicator_keys=keys, filters=filters) if keys else []
        column = _column(snapshot, keys, [f for f in facts if not kinds or f.fact.kind in kinds])
        columns.append({code: column[code] for code in column if within is None or code in within})
    present = {code for column in columns for code in column}
    asked = {code for code, below in spread.items() if not present & below}
    units = tuple(_unit(entry for entries in column.values() for entry in entries) for column in columns)
    documents = snapshot.documents(
        entry.fact.document for column in columns for entries in column.values() for entry in entries
    )
    rows = tuple(
        Row(
            code,
            tree().full_name(code) or "地区不明",
            tuple(
                _cell(indicator, column.get(code, ()), unit, documents)
                for indicator, column, unit in zip(indicators, columns, units, strict=True)
            ),
        )
        for code in sorted(present | asked)
    )
    return Table(tuple(indicators), units, rows)


def _below(code: str, exact: bool) -> frozenset[str]:
    """The codes that an asked region stands for; the whole country stands for the national documents."""
    return frozenset((code,)) if exact or code == NATION else with_descendants((code,))


def _column(snapshot: Snapshot, keys: Sequence[str], facts: Sequence[StoredFact]) -> dict[str, list[Entry]]:
    """The entries of one indicator by region: the closest indicator first, then the newest document."""
    rank = {key: place for place, key in enumerate(keys)}
    documents = snapshot.documents(item.document for item in facts)
    sections = {
        passage.key: passage.path
        for passage in snapshot.reader.passages([item.passage for item in facts if item.passage is not None])
    }
    column: dict[str, list[Entry]] = {}
    for item in facts:
        document = documents.get(item.document)
        if document is None:
            continue
        path = sections.get(item.passage, ()) if item.passage is not None else ()
        end = item.fact.quote_start + len(item.fact.quote)
        citation = cite(snapshot, document, path, item.fact.quote_start, end)
        if check(citation, snapshot):
            entry = Entry(item, citation, item.fact.value, item.fact.unit, document.published)
            column.setdefault(item.fact.region_code or document.region_code, []).append(entry)
    for entries in column.values():
        entries.sort(key=lambda entry: entry.published, reverse=True)
        entries.sort(key=lambda entry: rank[entry.fact.fact.indicator_key])
    return column


def _unit(entries: Iterable[Entry]) -> str:
    """The unit of a column: the commonest, where over half of the values have it or convert into it; else none."""
    counts = Counter(entry.unit for entry in entries)
    if not counts:
        return ""
    unit = max(counts, key=lambda name: (counts[name], name))
    fitting = sum(number for other, number in counts.items() if comparable(other, unit))
    return unit if fitting > _COMMON * counts.total() else ""


def _cell(indicator: str, entries: Sequence[Entry], unit: str, documents: Mapping[str, Document]) -> Cell:
    aligned = tuple(_folded(_aligned(entry, unit) for entry in entries))
    # What is planned and what is reached do not contradict each other.
    kinds = {entry.kind for entry in aligned}
    conflicts = any(
        find_conflicts((entry.fact for entry in aligned if entry.kind == kind), documents) for kind in kinds
    )
    return Cell(indicator, aligned, conflicts)


def _folded(entries: Iterable[Entry]) -> list[Entry]:
    """The entries with what is said twice (a text that is in the library in two copies) listed once."""
    found: list[Entry] = []
    for entry in entries:
        place = next((i for i, first in enumerate(found) if _same(first, entry)), None)
        if place is None:
            found.append(entry)
        elif entry.citation.document not in {c.document for c in (found[place].citation, *found[place].also)}:
            found[place] = replace(found[place], also=(*found[place].also, entry.citation))
    return found


def _same(first: Entry, other: Entry) -> bool:
    """Whether both say the same: one value of one time, and one indicator but for a word or two."""
    one, two = first.fact.fact, other.fact.fact
    if (first.value, first.unit, one.comparator, one.kind) != (
        other.value,
        other.unit,
        two.comparator,
        two.kind,
    ):
        return False
    if one.time != two.time and one.years != two.years:
        return False
    if one.indicator_key == two.indicator_key:
        return True
    mine, yours = pairs(one.indicator_key), pairs(two.indicator_key)
    same_text = first.fact.document == other.fact.document
    return not same_text and len(mine & yours) >= _ALIKE * len(mine | yours)


def _aligned(entry: Entry, unit: str) -> Entry:
    """The entry with its value in the column's unit, where it converts."""
    if not unit or entry.unit == unit or not comparable(entry.unit, unit):
        return entry
    value = _converted(entry.fact.fact, unit)
    return entry if value is None else replace(entry, value=value, unit=unit)


def _converted(fact: Fact, unit: str) -> float | tuple[float, float] | None:
    if isinstance(fact.value, str):
        return None
    if isinstance(fact.value, tuple):
        low, high = (convert(value, fact.unit, unit) for value in fact.value)
        return None if low is None or high is None else (low, high)
    return convert(fact.value, fact.unit, unit)
