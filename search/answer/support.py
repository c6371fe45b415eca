"""Whether the evidence supports an answer: a few measurable signs, weighed by figures fitted on labelled questions."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kb.text.shadow import fold
from search.answer.evidence import Cover, Matcher, absent, union
from search.answer.numbers import Reply
from search.answer.select import names_years
from search.answer.sentences import Sentence, context_of
from search.hits import Hit
from search.query.model import Query

_WEIGHTS = Path(__file__).parent.parent / "data" / "support.json"
_LOOKED_AT = 5
_FIGURE = re.compile(r"[0-9Ⅰ-Ⅻ]|[一二三四五六七八九十两]+[个所名人项家间年级]")
_PLAIN = 0.65


@dataclass(frozen=True, slots=True)
class Signs:
    """What is measured of the evidence for one question (in one region); each lies between 0 and 1.

    :ivar sentence: the largest share of the question that one sentence covers, its headings included.
    :ivar beyond: the same, of what is asked for beside the words of the document's title.
    :ivar passage: the same of one passage. :ivar together: of the best passages taken together.
    :ivar rarest: how well the rarest word is matched in the passage that matches it best.
    :ivar gap: the weightiest thing that the best passage lacks.
    :ivar unmentioned: the weightiest thing that none of the passages found has, though the library has the word.
    :ivar absent: the part of the question that the whole library holds nowhere.
    :ivar semantic: the best cosine similarity.
    :ivar meaning: how near in meaning the nearest sentence is.
    :ivar number: for numeric questions the score of the best fact, else the value of ``sentence``.
    :ivar focus: for numeric questions the part of the best fact's indicator that the question speaks of, else 1.
    :ivar quoted: how well the best passage matches the worst matched name in quotation marks, 1 without any.
    :ivar year: 1 when a sentence on the subject names the years asked for, or none are; 0 when none does.
    :ivar number_gap: for numeric questions the weightiest thing that the best fact lacks, else the value of ``gap``.
    """

    sentence: float
    beyond: float
    passage: float
    together: float
    rarest: float
    gap: float
    unmentioned: float
    absent: float
    semantic: float
    meaning: float
    number: float
    number_gap: float
    focus: float
    quoted: float
    year: float


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model over the signs, and the confidence below which there is no answer."""

    bias: float
    weights: Mapping[str, float]
    threshold: float

    def confidence(self, signs: Signs) -> float:
        """The probability that the evidence answers the question."""
        score = self.bias + sum(weight * getattr(signs, name) for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


@dataclass(frozen=True, slots=True)
class Judge:
    """A model for each kind of question: on a number, on anything else, on many regions (for each region)."""

    numeric: Model
    other: Model
    wide: Model

    def of(self, query: Query, *, wide: bool) -> Model:
        """The model for a question."""
        if wide:
            return self.wide
        return self.numeric if query.form == "numeric" else self.other


@lru_cache(maxsize=2)
def judge(*, meaning: bool = True) -> Judge:
    """The shipped models; ``python -m eval.calibrate`` writes them.

    :param meaning: for a library with an embedder; without one the signs of meaning are all 0.
    """
    data = json.loads(_WEIGHTS.read_text(encoding="utf-8"))["with_meaning" if meaning else "by_words"]
    return Judge(**{name: Model(**data[name]) for name in ("numeric", "other", "wide")})


def measure(
    query: Query,
    matcher: Matcher,
    hits: Sequence[Hit],
    found: Sequence[Sentence],
    facts: Sequence[Reply],
    passages: int,
) -> Signs:
    """The signs of the evidence.

    :param hits: the passages, best first. :param found: their sentences. :param facts: replies, best first.
    :param passages: how many passages the library holds.
    """
    seen = hits[:_LOOKED_AT]
    covers: list[Cover] = [matcher.cover(hit.text, context_of(hit)) for hit in seen]
    best = max(covers, key=lambda cover: cover.share, default=Cover(0.0, (), 0.0, 1.0))
    titles = {hit.key: fold(hit.document.title) for hit in hits}
    sentence = max((item.cover.share for item in found), default=0.0)
    number, number_gap, focus = sentence, best.gap, 1.0
    if query.form == "numeric":
        reply = max(facts, key=lambda item: item.score, default=None)
        number, number_gap, focus = (reply.score, reply.gap, reply.focus) if reply else (0.0, 1.0, 0.0)
        plain = _plainest(query, found)
        if plain is not None and plain_score(query, found) > number:
            number, number_gap, focus = plain_score(query, found), plain.cover.gap, 0.5
    return Signs(
        sentence=sentence,
        beyond=max((matcher.beyond(item.cover, titles[item.hit.key]) for item in found), default=0.0),
        passage=best.share,
        together=union(covers, matcher.weights),
        rarest=max((cover.rarest for cover in covers), default=0.0),
        gap=best.gap,
        unmentioned=matcher.unmentioned(
            [*covers, *(matcher.cover(h.text, context_of(h)) for h in hits[_LOOKED_AT:])]
        ),
        absent=absent(query, passages),
        semantic=max((hit.semantic for hit in seen), default=0.0),
        meaning=max((item.meaning for item in found), default=0.0),
        number=number,
        number_gap=number_gap,
        focus=focus,
        quoted=_quoted(matcher, covers),
        year=_year(query, found),
    )


def _plainest(query: Query, found: Sequence[Sentence]) -> Sentence | None:
    """The sentence that covers most, of those with a figure in the unit asked for."""
    units = "|".join(map(re.escape, query.units))
    figure = re.compile(rf"[0-9一二两三四五六七八九十百千万亿余多](?:{units})") if units else _FIGURE
    figures = (item for item in found if not item.heading and figure.search(item.reading))
    return max(figures, key=lambda item: item.cover.share, default=None)


def plain_score(query: Query, found: Sequence[Sentence]) -> float:
    """How well the best sentence with a figure replies to a numeric question, on the scale of a fact's score.

    Grades and dates are no facts, but a sentence with one that says all that is asked for is an answer too.
    """
    plain = _plainest(query, found)
    return _PLAIN * plain.cover.share if plain is not None else 0.0


def _quoted(matcher: Matcher, covers: Sequence[Cover]) -> float:
    places = [place for place, term in enumerate(matcher.terms) if term.quoted]
    return min(
        (max((cover.by_term[place] for cover in covers), default=0.0) for place in places), default=1.0
    )


def _year(query: Query, found: Sequence[Sentence]) -> float:
    asked = [span for span in query.spans if span.absolute]
    if not asked:
        return 1.0
    return max((item.cover.share for item in found if names_years(query, item)), default=0.0)
