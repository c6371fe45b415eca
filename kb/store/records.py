"""What the store hands out, and how its rows become values."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, cast

from kb.model import (
    Comparator,
    Document,
    Evidence,
    Fact,
    FactKind,
    Passage,
    PassageRole,
    PassageType,
    Section,
)

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its key, its document's id, its place in it, and the titles of its heading path."""

    key: int
    document: str
    ordinal: int
    passage: Passage
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredFact:
    """A fact with its key, its document's id, the source it is cited from, and the passage it stands in.

    ``passage`` is a passage key, None where the fact stands outside every passage.
    """

    key: int
    document: str
    source: str
    passage: int | None
    fact: Fact


@dataclass(frozen=True, slots=True)
class SourceReading:
    """A source's stored text, and the offsets at which its pages begin; none for sources without pages."""

    text: str
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A source file as the store knows it; the text itself is read by ``source_text``.

    :ivar size: bytes of the file. :ivar characters: code points of the stored text.
    :ivar pages: offsets at which the pages begin, empty for files without pages.
    :ivar dropped: what the loader left out, each with its reason.
    """

    path: str
    sha256: str
    size: int
    loader: str
    characters: int
    pages: tuple[int, ...]
    metadata: dict[str, str]
    ingested_at: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What became visible and what went from generation ``base`` to generation ``generation``.

    ``added`` and ``removed`` are ranges of passage keys; a key is in one of them at most.
    """

    base: int
    generation: int
    added: tuple[range, ...]
    removed: tuple[range, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


@dataclass(frozen=True, slots=True)
class Correction:
    """A field of a document that a person set right; ``read`` is what the program had read."""

    document: str
    field: str
    value: str
    read: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be read when it was last given; ``error`` says why and what to do."""

    source: str
    error: str
    at: str


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts over what is visible. The dictionaries count documents by attribute value."""

    sources: int
    documents: int
    passages: int
    facts: int
    characters: int
    by_region: dict[str, int]
    by_level: dict[str, int]
    by_year: dict[int, int]
    by_kind: dict[str, int]
    by_status: dict[str, int]
    by_collection: dict[str, int]


def publication_year(document: Document) -> int:
    """The year that filters go by: of publication, else of signing, else of coming into force; 0 unknown."""
    for date in (document.published, document.issued, document.effective_from):
        if len(date) >= 4 and date[:4].isdigit():
            return int(date[:4])
    return 0


def page_of(pages: Sequence[int], offset: int) -> int | None:
    """The page, counted from 1, that holds the source offset; None for a source without pages."""
    return max(1, bisect_right(pages, offset)) if pages else None


# json.dumps builds an encoder a call when it is given options, which shows over a million facts.
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def dump(value: object) -> str:
    """JSON as the store keeps it."""
    return _ENCODE(value)


def dump_evidence(evidence: dict[str, Evidence]) -> str:
    """The evidence of a document's fields as JSON."""
    return dump({name: asdict(found) for name, found in evidence.items()})


DOCUMENT_COLUMNS = (
    "d.id, s.path, d.title, d.start_at, d.end_at, d.region_code, d.level, d.kind, d.issuer, d.number, "
    "d.published, d.issued, d.effective_from, d.expires, d.status, d.successor, d.is_digest, d.damage, "
    "d.evidence"
)


def to_document(row: Row) -> Document:
    """A row of :data:`DOCUMENT_COLUMNS` as a document."""
    evidence = {name: Evidence(**found) for name, found in json.loads(row[18]).items()}
    names = ("id", "source", "title", "start", "end", "region_code", "level", "kind", "issuer", "number",
             "published", "issued", "effective_from", "expires", "status", "successor")  # fmt: skip
    texts = dict(zip(names, row, strict=False))
    return Document(**texts, is_digest=bool(row[16]), damage=row[17], evidence=evidence)


PASSAGE_COLUMNS = (
    "p.key, d.id, p.ordinal, p.start_at, p.end_at, p.text, p.section, p.role, p.types, p.damaged, n.path"
)


def to_passage(row: Row) -> StoredPassage:
    """A row of :data:`PASSAGE_COLUMNS` as a passage."""
    passage = Passage(
        row[3], row[4], row[5], row[6], cast("PassageRole", row[7]), split_types(row[8]), bool(row[9])
    )
    return StoredPassage(row[0], row[1], row[2], passage, _path(row[10]))


@lru_cache(maxsize=256)
def split_types(types: str) -> tuple[PassageType, ...]:
    """Passage types as they are stored: joined by spaces."""
    return tuple(cast("list[PassageType]", types.split()))


@lru_cache(maxsize=4096)
def _path(path: str | None) -> tuple[str, ...]:
    return tuple(json.loads(path)) if path else ()


SECTION_COLUMNS = "n.title, n.level, n.start_at, n.end_at, n.parent, n.run_in"


def to_section(row: Row) -> Section:
    """A row of :data:`SECTION_COLUMNS` as a section."""
    return Section(row[0], row[1], row[2], row[3], row[4], bool(row[5]))


FACT_COLUMNS = (
    "f.key, d.id, s.path, f.passage_key, f.surface, f.start_at, f.end_at, f.quote, f.quote_start, "
    "f.indicator, f.indicator_key, f.value, f.unit, f.comparator, f.kind, f.time, f.time_inherited, "
    "f.year_from, f.year_to, f.region_code"
)


def to_fact(row: Row) -> StoredFact:
    """A row of :data:`FACT_COLUMNS` as a fact."""
    value = json.loads(row[11])
    years = None if row[17] is None else (row[17], row[18])
    fact = Fact(
        surface=row[4],
        start=row[5],
        end=row[6],
        quote=row[7],
        quote_start=row[8],
        indicator=row[9],
        indicator_key=row[10],
        value=(value[0], value[1]) if isinstance(value, list) else value,
        unit=row[12],
        comparator=cast("Comparator", row[13]),
        kind=cast("FactKind", row[14]),
        time=row[15],
        time_inherited=bool(row[16]),
        years=years,
        region_code=row[19],
    )
    return StoredFact(row[0], row[1], row[2], row[3], fact)
