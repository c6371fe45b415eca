"""What of a table can be drawn: bars by region and lines over the years, kinds of values never mixed."""

from __future__ import annotations

from dataclasses import dataclass

from kb.model import FACT_KIND_NAMES, FactKind
from search.table import Entry, Table

_SIGNS = {">": "＞", ">=": "≥", "<": "＜", "<=": "≤", "≈": "约"}


@dataclass(frozen=True, slots=True)
class Bar:
    """A region's value of one kind, in the unit of the column."""

    region_code: str
    region: str
    kind: FactKind
    value: float
    entry: Entry


@dataclass(frozen=True, slots=True)
class Line:
    """A region's values of one kind over single calendar years, ascending, two at least."""

    region: str
    kind: FactKind
    points: tuple[tuple[int, float], ...]


def bars(table: Table, place: int) -> tuple[Bar, ...]:
    """The bars of a column: for each region and kind its first value that is a number in the column's unit."""
    found: list[Bar] = []
    for row in table.rows:
        for kind in kinds_of(table, place):
            drawn = (e for e in row.cells[place].entries if e.kind == kind and _drawn(e, table.units[place]))
            entry = next(drawn, None)
            if entry is not None and entry.number is not None:
                found.append(Bar(row.region_code, row.name, kind, float(entry.number), entry))
    return tuple(found)


def lines(table: Table, place: int) -> tuple[Line, ...]:
    """The lines of a column; of several values for a year the first one counts."""
    found: list[Line] = []
    for row in table.rows:
        for kind in kinds_of(table, place):
            years: dict[int, float] = {}
            for entry in row.cells[place].entries:
                if entry.kind == kind and entry.year and _drawn(entry, table.units[place]):
                    years.setdefault(entry.year, float(entry.number or 0.0))
            if len(years) > 1:
                found.append(Line(row.name, kind, tuple(sorted(years.items()))))
    return tuple(found)


def drawable(table: Table) -> tuple[int, ...]:
    """The columns with anything to draw."""
    return tuple(place for place in range(len(table.indicators)) if bars(table, place))


def kinds_of(table: Table, place: int) -> tuple[FactKind, ...]:
    """The kinds of values that a column has, in the order in which they are listed everywhere."""
    there = {entry.kind for row in table.rows for entry in row.cells[place].entries}
    return tuple(kind for kind in FACT_KIND_NAMES if kind in there)


def _drawn(entry: Entry, unit: str) -> bool:
    return entry.number is not None and bool(unit) and entry.unit == unit


def number_text(value: float) -> str:
    """A number as it is read: ``130,000``, ``81.4``."""
    return f"{value:,.10g}" if abs(value) < 1e15 else f"{value:.6g}"


def value_text(entry: Entry, unit: str) -> str:
    """An entry's value with its comparator, in the unit of the column; another unit is added (``≥ 10 所``)."""
    own = entry.unit if entry.unit != unit or not unit else ""
    if isinstance(entry.value, str):
        text = entry.value
    elif isinstance(entry.value, tuple):
        text = "–".join(map(number_text, entry.value))
    else:
        text = number_text(entry.value)
    sign = _SIGNS.get(entry.fact.fact.comparator, "")
    return f"{sign}{text}{f' {own}' if own else ''}"
