"""What a search gives back: hits with their place and their scores, and notes for the person who asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kb.model import Citation, Document, Filters, PassageRole, PassageType
from search.query.model import Query

NoteKind = Literal[
    "no_content",
    "empty_filter",
    "unknown_region",
    "ambiguous_region",
    "unknown_document",
    "unknown_article",
    "named_within",
    "corrected",
]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.

    :ivar score: the fused score that ranks, comparable within one search only.
    :ivar lexical: BM25 of words. :ivar semantic: cosine similarity, 0 without an embedder.
    :ivar citation: the passage's place; its quote is the exact source text.
    :ivar text: the cleaned reading of the passage, for matching, never for quoting.
    :ivar types: what the passage holds (目标, 举措, 数据).
    :ivar explanation: what each feature added to the score, by its name.
    :ivar matched: words of the question and their synonyms that stand in the passage.
    :ivar copies: places where the same text stands again.
    """

    rank: int
    key: int
    score: float
    lexical: float
    semantic: float
    citation: Citation
    document: Document
    text: str
    types: tuple[PassageType, ...] = ()
    role: PassageRole = "body"
    damaged: bool = False
    explanation: Mapping[str, float] = field(default_factory=dict)
    matched: tuple[str, ...] = ()
    copies: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Nearby:
    """A region near one that has nothing, and how many documents it has."""

    code: str
    name: str
    relation: Literal["parent", "child", "sibling"]
    documents: int


@dataclass(frozen=True, slots=True)
class Note:
    """Something the person should know about the result, in Chinese."""

    kind: NoteKind
    message: str
    nearby: tuple[Nearby, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits, best first, with the question as it was understood.

    :ivar filters: what the search was restricted to: the caller's filters and the regions that the question names.
    :ivar found: how many passages were considered before the best were taken.
    """

    query: Query
    hits: tuple[Hit, ...]
    filters: Filters
    notes: tuple[Note, ...] = ()
    found: int = 0
