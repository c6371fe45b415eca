"""What is known of each candidate for a question, before any weight: scores of the engine, closeness of words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from search.engines.base import EngineFilter, EngineQuery
from search.engines.matches import Gathered, Matches
from search.rank.model import RankText
from search.rank.proximity import proximity
from search.rank.tokens import REPEATED, QueryTokens, idf

Column = NDArray[np.float64]


class CountingEngine(Protocol):
    """An engine that also tells how common tokens are."""

    def gather(self, query: EngineQuery, *, around: bool) -> Gathered:
        """What :meth:`search.engines.base.Engine.search` finds, as columns.

        :param around: with how strongly each word stands in, over and around each passage.
        """

    def count(self, filter: EngineFilter | None = None) -> int:
        """See :class:`search.engines.base.Engine`."""

    def frequencies(self, field: str, terms: Sequence[str]) -> list[int]:
        """In how many passages each term stands in a field."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Columns over the candidates of one question, all of shape ``(candidates,)``.

    :ivar body: BM25 of the text. :ivar heading: of title and heading path. :ivar semantic: cosine similarity.
    :ivar matches: how strongly each term stands in, over and around each passage.
    :ivar covered: how much of the question's weight the best passage and its headings hold, 0 to 1.
    """

    keys: NDArray[np.int64]
    body: Column
    heading: Column
    semantic: Column
    matches: Matches
    covered: float


def gather(
    query: EngineQuery, tokens: QueryTokens, engine: CountingEngine, *, around: bool = True
) -> Evidence:
    """The evidence that the engine gives.

    :param around: whether to ask for the matches too, which scores by words or vectors alone don't need.
    """
    found = engine.gather(query, around=around)
    body = _column(found, "body") / REPEATED
    heading = _column(found, "heading") / REPEATED
    return Evidence(
        found.keys,
        body,
        heading,
        _column(found, "semantic"),
        found.matches,
        _covered(float((body + heading).max(initial=0)), tokens, engine),
    )


def _column(found: Gathered, name: str) -> Column:
    column = found.scores.get(name)
    return np.zeros(found.keys.size) if column is None else column.astype(np.float64)


def _covered(best: float, tokens: QueryTokens, engine: CountingEngine) -> float:
    """The best score as a part of what a passage of mean length gets that has every token of the question once."""
    ideal = sum(_weighed(tokens.counts, engine).values()) / REPEATED
    return min(1.0, best / ideal) if ideal else 0.0


def _weighed(tokens: Mapping[str, float], engine: CountingEngine) -> dict[str, float]:
    """The weights of tokens times their idf."""
    listed = list(tokens)
    passages = engine.count()
    frequencies = engine.frequencies("body", listed)
    return {token: tokens[token] * idf(n, passages) for token, n in zip(listed, frequencies, strict=True)}


def closeness(texts: Sequence[RankText | None], tokens: QueryTokens, engine: CountingEngine) -> Column:
    """How close together each passage has the words of the question, 0 to 1; 0 for a missing text."""
    words = _weighed(tokens.words, engine)
    return np.array([0.0 if text is None else proximity(text.text.lower(), words) for text in texts])
