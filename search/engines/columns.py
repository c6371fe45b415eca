"""What rows can be filtered by, column by column: small numbers for values, so that a mask is one lookup."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engines.base import Attributes, EngineFilter
from search.lexical.postings import Mask

Value = str | int | tuple[str, ...]
NAMES = tuple(field.name for field in fields(Attributes))
# Which attribute each part of a filter is about.
_TESTS = {
    "regions": "region",
    "levels": "level",
    "years": "year",
    "kinds": "kind",
    "statuses": "status",
    "types": "types",
    "documents": "document",
    "collections": "collection",
}


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The attributes of ``n`` rows.

    :ivar codes: shape ``(attributes, n)``, int32: for each attribute of :data:`NAMES` the place of the row's
        value among ``values``.
    :ivar values: for each attribute its distinct values.
    """

    codes: NDArray[np.int32]
    values: tuple[tuple[Value, ...], ...]

    def mask(self, filter: EngineFilter) -> Mask | None:
        """The rows that the filter admits, shape ``(n,)``; None when it restricts nothing."""
        mask: Mask | None = None
        for name, attribute in _TESTS.items():
            wanted = getattr(filter, name)
            if wanted is None:
                continue
            column = NAMES.index(attribute)
            table = _table(self.values[column], wanted)
            admitted = table.take(self.codes[column])
            mask = admitted if mask is None else mask & admitted
        return mask


def build(rows: Sequence[Attributes]) -> Columns:
    """The columns of some rows."""
    codes = np.empty((len(NAMES), len(rows)), np.int32)
    values: list[tuple[Value, ...]] = []
    for column, name in enumerate(NAMES):
        places: dict[Value, int] = {}
        codes[column] = [places.setdefault(getattr(row, name), len(places)) for row in rows]
        values.append(tuple(places))
    return Columns(codes, tuple(values))


def merge(parts: Sequence[tuple[Columns, Mask | None]]) -> Columns:
    """The living rows of several parts as one."""
    merged: list[NDArray[np.int32]] = []
    values: list[tuple[Value, ...]] = []
    for column in range(len(NAMES)):
        places: dict[Value, int] = {}
        pieces = []
        for part, alive in parts:
            codes = part.codes[column] if alive is None else part.codes[column][alive]
            numbers = [places.setdefault(value, len(places)) for value in part.values[column]]
            pieces.append(np.array(numbers, np.int32)[codes] if numbers else codes)
        merged.append(np.concatenate(pieces))
        values.append(tuple(places))
    return Columns(np.stack(merged), tuple(values))


def to_json(columns: Columns) -> list[list[Any]]:
    """The values as JSON holds them."""
    return [list(values) for values in columns.values]


def from_json(codes: NDArray[np.int32], values: Sequence[Sequence[Any]]) -> Columns:
    """Columns from their codes and the JSON of their values.

    :raises ValueError: they do not belong together.
    """
    if codes.ndim != 2 or len(values) != len(NAMES) or len(codes) != len(NAMES):
        raise ValueError("columns and values differ in number")
    return Columns(
        codes, tuple(tuple(tuple(v) if isinstance(v, list) else v for v in column) for column in values)
    )


def _table(values: Sequence[Value], wanted: Collection[Any]) -> Mask:
    """For each value whether it is wanted; of several values (types) any one suffices."""
    admitted = (
        any(v in wanted for v in value) if isinstance(value, tuple) else value in wanted for value in values
    )
    return np.fromiter(admitted, np.bool_, len(values))
