"""How much of a question a text answers to: its content words, weighed by rarity, found in the text or not."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from search.query.model import Query, Term

_COUNTING = re.compile(
    r"(?:总数量|总数|数量|人次数|人次|人数|个数|次数|数|总量|总额|金额|资金|比例|占比|比重|率)$"
)
_ALTERNATIVE = 0.9
_RELATED = 0.5
_PIECES = 0.7
_CONTEXT = 0.8
_OPTIONAL_WEIGHT = 0.25
_IN_USE = 2  # passages that hold a word of the library's own


@dataclass(frozen=True, slots=True)
class Cover:
    """What of a question a text covers.

    :ivar share: the part of the question's weight that the text covers, 0 to 1; 1 for a question without terms.
    :ivar by_term: for each term of the question, how well it is matched, 0 to 1.
    :ivar rarest: how well the heaviest term is matched.
    :ivar gap: the largest weight of a term times what is missing of it, as a part of the largest possible weight.
    """

    share: float
    by_term: tuple[float, ...]
    rarest: float
    gap: float


class Matcher:
    """Weighs the terms of one question and matches texts against them.

    :param passages: how many passages the library holds.
    """

    def __init__(self, query: Query, passages: int) -> None:
        self.terms = query.terms
        self._wanted = tuple(map(_Wanted, self.terms))
        self.weights = tuple(weight(term, passages) for term in self.terms)
        self.total = sum(self.weights)
        self.heaviest = max(range(len(self.terms)), key=lambda i: self.weights[i], default=-1)
        self._ceiling = max_weight(passages)
        self._telling = telling(passages)
        self._beyond: dict[str, list[int]] = {}
        self._contexts: dict[str, tuple[float, ...]] = {}
        reading = query.reading
        self._reading_pairs = {reading[i : i + 2] for i in range(len(reading) - 1)}

    def cover(self, body: str, context: str = "") -> Cover:
        """How ``body`` covers the question, where ``context`` (its headings) counts for somewhat less."""
        by_term = self._matches(body, context)
        if not self.total:
            return Cover(1.0, by_term, 1.0, 0.0)
        share = sum(w * m for w, m in zip(self.weights, by_term, strict=True)) / self.total
        gap = max((w * (1 - m) for w, m in zip(self.weights, by_term, strict=True)), default=0.0)
        return Cover(share, by_term, by_term[self.heaviest], gap / self._ceiling)

    def beyond(self, cover: Cover, title: str) -> float:
        """The share of a cover in the terms that the document's title doesn't have: the title tells which document
        it is, not whether it speaks of what is asked. The whole share when the title has all terms.
        """
        rest = self._beyond.get(title)
        if rest is None:
            rest = [i for i, wanted in enumerate(self._wanted) if wanted.match(title) < _ALTERNATIVE]
            self._beyond[title] = rest
        total = sum(self.weights[i] for i in rest)
        return sum(self.weights[i] * cover.by_term[i] for i in rest) / total if total else cover.share

    def focus(self, text: str) -> float:
        """How far a fact's indicator is what the question speaks of, 0 to 1.

        Half for the part of its characters that the question says too, half for its last word: what is counted by
        规划建设幼儿园项目数 are projects, not kindergartens.
        """
        if not text:
            return 0.0
        known = bytearray(len(text))
        for term in self.terms:
            for spelling in (term.text, *term.alternatives):
                for at in _places(text, spelling):
                    known[at : at + len(spelling)] = b"\1" * len(spelling)
        for word in self._reading_pairs:
            for at in _places(text, word):
                known[at : at + 2] = b"\1\1"
        last = _COUNTING.sub("", text) or text
        head = sum(known[len(last) - 2 : len(last)]) / min(2, len(last))
        return 0.5 * sum(known) / len(text) + 0.5 * head

    def gap(self, covers: Sequence[Cover]) -> float:
        """The weightiest term that no cover matches, as a part of the largest possible weight."""
        best = [max(cover.by_term[i] for cover in covers) for i in range(len(self.terms))]
        missing = (weight * (1 - matched) for weight, matched in zip(self.weights, best, strict=True))
        return max(missing, default=0.0) / self._ceiling

    def unmentioned(self, covers: Sequence[Cover]) -> float:
        """The weightiest term that the library uses and none of the covers matches, as a part of the largest weight.

        A word that stands elsewhere in the library would stand here too, were it spoken of; a word that stands
        nowhere may be the asker's own for something that goes by another name.
        """
        missing = (
            weight * (1 - max((cover.by_term[i] for cover in covers), default=0.0))
            for i, (term, weight) in enumerate(zip(self.terms, self.weights, strict=True))
            if term.df >= _IN_USE and not term.optional
        )
        return self._telling * max(missing, default=0.0) / self._ceiling

    def _matches(self, body: str, context: str) -> tuple[float, ...]:
        inside = tuple(wanted.match(body) for wanted in self._wanted)
        if not context or min(inside, default=1.0) >= 1:
            return inside
        around = self._contexts.get(context)
        if around is None:  # many sentences stand under the same headings
            around = tuple(_CONTEXT * wanted.match(context) for wanted in self._wanted)
            self._contexts[context] = around
        return tuple(map(max, inside, around))


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word) if word else -1
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def max_weight(passages: int) -> float:
    """The weight of a word that no passage holds."""
    return math.log(1 + (passages + 0.5) / 0.5)


def weight(term: Term, passages: int) -> float:
    """The inverse document frequency of a term, as in BM25; a fraction of it for words that only frame."""
    idf = math.log(1 + (passages - min(term.df, passages) + 0.5) / (term.df + 0.5))
    return idf * (_OPTIONAL_WEIGHT if term.optional else 1.0)


def match(term: Term, text: str) -> float:
    """How well ``text`` holds a term: 1 as it is, less by another word for it or in pieces."""
    return _Wanted(term).match(text)


class _Wanted:
    """A term, made ready to be matched against many texts."""

    __slots__ = ("_others", "_related", "_term", "_ways")

    def __init__(self, term: Term) -> None:
        self._term = _test_of(term.text)
        self._others = tuple(map(_test_of, term.alternatives))
        self._related = tuple(map(_test_of, term.related))
        self._ways = _cuts(term.text)

    def match(self, text: str) -> float:
        """How well ``text`` holds the term; see :func:`match`."""
        if self._term(text):
            return 1.0
        for test in self._others:
            if test(text):
                return _ALTERNATIVE
        best = 0.0
        for pieces in self._ways:
            held = sum([piece in text for piece in pieces]) / len(pieces)
            if held >= 0.5:
                best = max(best, _PIECES * held)
        if best < _RELATED:
            for test in self._related:
                if test(text):
                    return _RELATED
        return best


@lru_cache(maxsize=4096)
def _cuts(word: str) -> tuple[tuple[str, ...], ...]:
    """A longer word in pairs of characters: all of them, and side by side (教师 交流 轮岗)."""
    if len(word) < 3 or word.isascii():
        return ()
    every = tuple(word[i : i + 2] for i in range(len(word) - 1))
    return (every,) if len(word) == 3 else (every, every[::2])


def holds(text: str, word: str) -> bool:
    """Whether ``word`` stands in ``text``; numbers as whole numbers only, Latin words in any case."""
    return _test_of(word)(text)


@lru_cache(maxsize=4096)
def _test_of(word: str) -> Callable[[str], bool]:
    """The test whether a text holds ``word``; the empty word is nowhere."""
    if not word:
        return lambda text: False
    if word[0].isdigit() or word[-1].isdigit():
        pattern = _number(word)
        return lambda text: pattern.search(text) is not None
    if word.isascii():
        lower = word.lower()
        return lambda text: lower in text.lower()
    return lambda text: word in text


def _number(word: str) -> re.Pattern[str]:
    before = r"(?<![0-9.])" if word[0].isdigit() else ""
    after = r"(?![0-9]|\.[0-9])" if word[-1].isdigit() else ""
    return re.compile(before + re.escape(word) + after)


def absent(query: Query, passages: int) -> float:
    """The part of the question's weight that lies in words that the library holds nowhere."""
    weights = [weight(term, passages) for term in query.terms]
    missing = sum(w for w, term in zip(weights, query.terms, strict=True) if not term.df)
    return telling(passages) * missing / sum(weights) if weights and sum(weights) else 0.0


def telling(passages: int) -> float:
    """How much it says that a library of so many passages lacks a word: nothing for a hundred, all for ten thousand."""
    return min(max((math.log10(max(passages, 1)) - 2) / 2, 0.0), 1.0)


def union(covers: Sequence[Cover], weights: Sequence[float]) -> float:
    """The share that several texts cover together."""
    if not covers or not sum(weights):
        return 0.0
    best = [max(cover.by_term[i] for cover in covers) for i in range(len(weights))]
    return sum(w * m for w, m in zip(weights, best, strict=True)) / sum(weights)
