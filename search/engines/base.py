"""What a retrieval engine must do, whatever stands behind it: upsert, delete, search with a filter, count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Attributes:
    """What a passage can be filtered by; the meaning of each is :class:`kb.model.Filters`'."""

    document: str = ""
    region: str = ""
    level: str = ""
    year: int = 0
    kind: str = ""
    status: str = "unknown"
    types: tuple[str, ...] = ()
    collection: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage as an engine takes it: analysed tokens by field, a unit vector, attributes.

    :ivar key: the passage's key in the store, a positive integer, never used twice.
    :ivar fields: tokens by field name; ``body`` is always there, ``heading`` holds title and heading path.
    :ivar vector: shape ``(dimensions,)``, float32, L2-normalised; None without an embedder.
    """

    key: int
    fields: Mapping[str, Sequence[str]]
    vector: Vector | None = None
    attributes: Attributes = field(default_factory=Attributes)


@dataclass(frozen=True, slots=True)
class EngineFilter:
    """An exact mask, applied before scoring. None restricts nothing; an empty set admits nothing.

    ``regions`` are codes with all their descendants already spelled out.
    """

    regions: frozenset[str] | None = None
    levels: frozenset[str] | None = None
    years: frozenset[int] | None = None
    kinds: frozenset[str] | None = None
    statuses: frozenset[str] | None = None
    types: frozenset[str] | None = None
    documents: frozenset[str] | None = None
    collections: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class EngineQuery:
    """What to look for: analysed tokens by field (duplicates count), a unit vector, a filter.

    :ivar candidates: how many each side may find; a side is a field with tokens, or the vector.
    """

    fields: Mapping[str, Sequence[str]]
    vector: Vector | None = None
    filter: EngineFilter = EngineFilter()
    candidates: int = 200
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that a side found, with every side's score for it (0.0 where a field doesn't match).

    ``scores`` has one raw BM25 score for each field of the query and ``semantic``, the cosine similarity.
    """

    key: int
    scores: Mapping[str, float]


@runtime_checkable
class Engine(Protocol):
    """A place that holds passages and finds them.

    All methods raise :class:`kb.errors.IndexDamaged` when what is stored cannot be read.
    """

    def upsert(self, entries: Sequence[Entry]) -> None:
        """Add entries; one with a key that is already there replaces it."""

    def delete(self, keys: Sequence[int]) -> None:
        """Remove entries; unknown keys are passed over."""

    def search(self, query: EngineQuery) -> list[Candidate]:
        """The union of the best ``candidates`` of each side by key, every one scored by every side.

        A field finds entries that hold one of its tokens; of equal scores the smaller key is better.
        """

    def count(self, filter: EngineFilter | None = None) -> int:
        """How many entries the filter admits."""
