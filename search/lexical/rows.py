"""A set of rows, as a mask and as a list, and postings cut down to it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.lexical.postings import Mask, Rows

# A binary search for a row costs about as much as testing the mask for this many postings.
_SEARCH_COST = 24


class RowSet:
    """Rows numbered through all shards.

    :ivar mask: shape ``(all rows,)``. :ivar rows: the numbers of its true places, ascending, int64.
    """

    def __init__(self, mask: Mask, rows: NDArray[np.int64] | None = None) -> None:
        self.mask = mask
        self.rows = np.flatnonzero(mask) if rows is None else rows

    @classmethod
    def of(cls, rows: NDArray[np.int64], size: int) -> RowSet:
        """The set of some rows, ascending, out of ``size``."""
        mask = np.zeros(size, np.bool_)
        mask[rows] = True
        return cls(mask, rows)

    def __len__(self) -> int:
        return int(self.rows.size)

    def restrict(self, start: int, end: int, rows: Rows, values: NDArray[Any]) -> tuple[Rows, NDArray[Any]]:
        """The postings of a shard, whose rows are ``start`` to ``end``, that are in the set."""
        first, last = np.searchsorted(self.rows, (start, end))
        if (last - first) * _SEARCH_COST < rows.size:
            # int32 like the postings: otherwise searchsorted would copy the whole list to match.
            wanted = (self.rows[first:last] - start).astype(np.int32)
            places = np.minimum(np.searchsorted(rows, wanted), rows.size - 1)
            hits = rows[places] == wanted
            return wanted[hits], values[places[hits]]
        keep = self.mask[start:end].take(rows)
        return rows[keep], values[keep]
