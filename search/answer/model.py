"""An answer: sentences of the sources with their citations, or a refusal with its reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kb.model import Citation, Filters
from kb.store import StoredFact
from search.hits import Hit, Nearby, Note
from search.query.model import Query

Reason = Literal[
    "", "no_content", "unknown_region", "empty_filter", "no_indicator", "year_outside", "absent_topic"
]


@dataclass(frozen=True, slots=True)
class NumberedCitation:
    """A citation with the number that stands behind its sentence, and the scores of the passage it is from."""

    number: int
    citation: Citation
    rank: int
    score: float
    lexical: float
    semantic: float


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the answer: the quote of citation ``number``, word for word, with the facts it states."""

    number: int
    text: str
    facts: tuple[StoredFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The statements about one region, in the order they are read; ``lead`` is our own line before them."""

    region_code: str
    lead: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Facts of one indicator, region and year whose values differ, each with the date of its document."""

    indicator: str
    region_code: str
    facts: tuple[tuple[StoredFact, str], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question got.

    :ivar reason: why there is no answer; empty when there is one.
    :ivar text: the answer as it is read: our connecting words, and the sentences each with its ``[n]``.
    :ivar regions: codes of the regions that the sentences are about, in the order of the answer.
    :ivar nearest: the closest material, offered when there is no answer; not part of an answer.
    :ivar confidence: how well the evidence supports an answer, 0 to 1, calibrated on labelled questions.
    """

    question: str
    query: Query
    answered: bool
    reason: Reason
    text: str
    groups: tuple[Group, ...] = ()
    citations: tuple[NumberedCitation, ...] = ()
    facts: tuple[StoredFact, ...] = ()
    regions: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    nearest: tuple[Hit, ...] = ()
    nearby: tuple[Nearby, ...] = ()
    notes: tuple[Note, ...] = ()
    filters: Filters = field(default_factory=Filters)
    confidence: float = 0.0
