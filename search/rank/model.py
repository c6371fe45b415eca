"""What goes into a ranking and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kb.model import PassageRole

Mode = Literal["lexical", "semantic", "hybrid"]


@dataclass(frozen=True, slots=True)
class RankQuery:
    """A question to rank passages for.

    :ivar text: the question, without what filters already say.
    :ivar expansions: other words for those of the question; they count half.
    :ivar k: how many passages are wanted.
    """

    text: str
    expansions: tuple[str, ...] = ()
    k: int = 100


@dataclass(frozen=True, slots=True)
class RankText:
    """A passage's cleaned reading (in canonical form, as stored) and its role in the document."""

    text: str
    role: PassageRole = "body"


Reader = Callable[[Sequence[int]], Mapping[int, RankText]]
"""Gives the passages of some keys; one that is missing is ranked without its text."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage's place in a ranking.

    :ivar score: what it is ranked by, comparable within one ranking.
    :ivar lexical: raw BM25 of its text and heading. :ivar semantic: cosine similarity, 0 without an embedder.
    :ivar features: what each feature added to the score, by its name; their sum is the score.
    """

    key: int
    score: float
    lexical: float
    semantic: float
    features: Mapping[str, float] = field(default_factory=dict)
