"""A question's tokens with weights: a word that merely frames a request counts half."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from search.analysis import Analysed, analyse_fields

_FULL, _HALF = 2, 1  # engines count repetitions, so a weight is a number of repetitions
REPEATED = _FULL
"""How often an ordinary token stands in what the engine is asked: its scores are this much too high."""


@dataclass(frozen=True, slots=True)
class QueryTokens:
    """The tokens of a question.

    :ivar tokens: for the engine, repeated by weight, expansions among them.
    :ivar words: the question's own words with their weights, 0 to 1.
    :ivar counts: how often each token of the question itself is repeated.
    """

    tokens: tuple[str, ...]
    words: dict[str, float]
    counts: dict[str, int]


@lru_cache(maxsize=1)
def framing() -> tuple[frozenset[str], frozenset[str]]:
    """Words that frame a request (咨询, 请问…怎么办), and their bigrams."""
    path = Path(__file__).parent.parent / "data" / "request_words.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    words = frozenset(word for line in lines if not line.startswith("#") for word in line.split())
    return words, frozenset(word[i : i + 2] for word in words for i in range(len(word) - 1))


def query_tokens(text: str, expansions: Sequence[str] = ()) -> QueryTokens:
    """The weighted tokens of a question; expansions have half the weight of its own words."""
    own = analyse_fields(text)
    words, bigrams = framing()
    counts: Counter[str] = Counter()
    for stream, frames in ((own.words, words), (own.bigrams, bigrams)):
        for token in stream:
            counts[token] += _HALF if token in frames else _FULL
    tokens = [token for token, number in counts.items() for _ in range(number)]
    for expansion in expansions:
        tokens.extend(_new(analyse_fields(expansion), counts))
    return QueryTokens(
        tuple(tokens),
        {word: (_HALF if word in words else _FULL) / _FULL for word in own.words},
        dict(counts),
    )


def _new(analysed: Analysed, known: Counter[str]) -> list[str]:
    """What an expansion adds to the question."""
    return [
        token for token in (*analysed.words, *analysed.bigrams) if token not in known for _ in range(_HALF)
    ]


def idf(frequency: int, passages: int) -> float:
    """How much a token tells that stands in ``frequency`` passages (Lucene's idf, which is never negative)."""
    frequency = min(frequency, passages)
    return math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))
