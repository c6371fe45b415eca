"""Region × indicator: what each region reports, requires or plans, side by side, every cell with its sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kb.model import Citation, Document, Fact, Filters
from kb.regions import tree
from kb.store import StoredFact, with_descendants
from kb.units import comparable, convert
from search.answer.conflicts import find_conflicts
from search.citations import check, cite
from search.library import Library, Snapshot

_LIKE = 0.75  # of the asked indicator's character pairs, in an indicator that counts as the same subject
_LONGER = 2.5  # times as long as what was asked: longer ones speak of something narrower


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact in a cell with its citation; ``value`` is in the unit of the column where it converts into it.

    :ivar published: the date of its document, empty if unknown.
    """

    fact: StoredFact
    citation: Citation
    value: float | tuple[float, float] | str
    unit: str
    published: str


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
    """Rows by region; ``units`` are the units of the columns, empty where a column mixes dimensions."""

    indicators: tuple[str, ...]
    units: tuple[str, ...]
    rows: tuple[Row, ...]


def indicator_keys(snapshot: Snapshot, text: str) -> tuple[str, ...]:
    """The normalised indicators of the library that ``text`` may mean, the closest first.

    The same after normalisation (synonyms, word order of a change) comes first; then indicators that contain what
    is asked, or nearly all of it: 新增学位 also finds 新增义务教育学位.
    """
    key = snapshot.thesaurus.normalise_indicator(text)
    wanted = _pairs(key)
    found: list[tuple[float, int, str]] = []
    for other, count in snapshot.reader.indicators().items():
        if other == key:
            found.append((2.0, count, other))
        elif wanted and len(other) <= _LONGER * len(key) + 4:
            share = len(wanted & _pairs(other)) / len(wanted)
            if share >= _LIKE:
                found.append((share, count, other))
    found.sort(key=lambda item: (-item[0], -item[1], item[2]))
    return tuple(other for _, _, other in found)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset((text,))


def build_table(
    library: Library, indicators: Sequence[str], regions: Collection[str] = (), filters: Filters | None = None
) -> Table:
    """Set the indicators of regions side by side.

    :param indicators: as a person writes them. :param regions: codes, each with all below it; empty: all that have
        data. A region that was asked for and has nothing gets a row that says so.
    :param filters: restrictions on the documents.
    """
    snapshot = library.snapshot()
    within = with_descendants(regions) if regions else None
    columns: list[dict[str, list[Entry]]] = []
    for indicator in indicators:
        keys = indicator_keys(snapshot, indicator)
        facts = snapshot.reader.facts(indicator_keys=keys, regions=within, filters=filters) if keys else []
        columns.append(_column(snapshot, keys, facts))
    present = {code for column in columns for code in column}
    asked = {code for code in regions if not present & tree().descendants(code)}
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
    """The unit of a column: the commonest, where all others convert into it; else none."""
    counts = Counter(entry.unit for entry in entries)
    if not counts:
        return ""
    unit = max(counts, key=lambda name: (counts[name], name))
    return unit if all(comparable(other, unit) for other in counts) else ""


def _cell(indicator: str, entries: Sequence[Entry], unit: str, documents: Mapping[str, Document]) -> Cell:
    aligned = tuple(_aligned(entry, unit) for entry in entries)
    conflicts = find_conflicts((entry.fact for entry in entries), documents)
    return Cell(indicator, aligned, bool(conflicts))


def _aligned(entry: Entry, unit: str) -> Entry:
    """The entry with its value in the column's unit, where it converts."""
    if not unit or entry.unit == unit:
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
