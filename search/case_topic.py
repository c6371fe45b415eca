"""What a case is to be about, and how much of it a sentence speaks of."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kb.text.shadow import fold
from search.analysis import analyse
from search.query.model import Query, Term

_ENOUGH = 0.4  # of the topic's weight, for a sentence that is on the topic
_RELATED = 0.7  # of a word, for one that belongs to the same subject
_NEAR = 0.4  # of what the best sentence has, where only words are counted


@dataclass(frozen=True, slots=True)
class Topic:
    """The words of a topic; without ``terms`` its bare tokens are counted.

    :ivar terms: the content words with the other words for them, rare ones weighing more.
    """

    text: str
    tokens: frozenset[str]
    terms: tuple[Term, ...] = ()

    @classmethod
    def of(cls, text: str, query: Query | None = None) -> Topic:
        """The topic as it was understood, or as it stands."""
        terms = tuple(term for term in query.terms if not term.optional) if query else ()
        return cls(text, frozenset(analyse(text)), terms or (query.terms if query else ()))

    @property
    def spellings(self) -> tuple[tuple[str, ...], ...]:
        """The words of the topic: its own with what means the same, then what belongs to the same subject."""
        if not self.terms:
            return ((self.text,),)
        exact = tuple(word for term in self.terms for word in (term.text, *term.alternatives))
        return exact, tuple(word for term in self.terms for word in term.related)

    def share(self, sentence: str) -> float:
        """How much of the topic a sentence has: of its weight, or the number of tokens."""
        if not self.terms:
            return float(len(self.tokens.intersection(analyse(sentence))))
        text = fold(sentence)
        held = [_held(term, text) for term in self.terms]
        total = sum(map(_weight, self.terms))
        share = sum(_weight(term) * part for term, part in zip(self.terms, held, strict=True)) / total
        # Of two words the first says what it is about: 供给 alone is not 学位供给.
        return share / 2 if len(held) == 2 and not held[0] else share

    def floor(self, best: float) -> float:
        """The least share of a sentence on the topic, when the best one has ``best``; always above none at all."""
        return _ENOUGH if self.terms else max(1.0, _NEAR * best)


def _weight(term: Term) -> float:
    return 1.0 / math.log2(2.0 + term.df)


def _held(term: Term, text: str) -> float:
    if any(word in text for word in (term.text, *term.alternatives)):
        return 1.0
    return _RELATED if any(word in text for word in term.related) else 0.0
