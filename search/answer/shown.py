"""What of the evidence is shown: which regions, and of each which sentences."""

from __future__ import annotations

from collections.abc import Sequence

from kb.regions import NATION
from kb.store import StoredFact
from search.answer.numbers import sort_value
from search.answer.select import choose, in_order
from search.answer.sentences import Sentence
from search.answer.support import plain_score
from search.answer.weighing import Weighed
from search.query.model import Form, Query

_REGIONS = 40
_CLOSE = 0.85  # of the best confidence: regions that an unrestricted question is answered with, too
_CLOSE_REGIONS = 6
_ONE_ANSWER: tuple[Form, ...] = ("when", "who", "define", "yes_no")
_DATED = 0.3  # the sign of the year from which a region speaks of the year asked for
_FIGURE = 0.5  # a reply's score from which a region counts among those with a figure
_PLAIN_REGION = (
    0.5  # the confidence from which a region without a figure is shown where figures are asked for
)
_AS_GOOD = 0.9  # of the best reply's score
_ENOUGH = 0.62  # of the best sentence's score
_ENOUGH_OF_SEVERAL_STEPS = 0.45  # the same for 怎么做 and 有哪些, which one sentence seldom answers
_ENOUGH_OF_MANY = 0.75  # the same where many regions are shown: only what is to the point
_SEVERAL_STEPS: tuple[Form, ...] = ("how", "list")
_SENTENCES: dict[Form, int] = {
    "numeric": 2,
    "when": 2,
    "yes_no": 2,
    "define": 2,
    "who": 2,
    "how": 5,
    "list": 4,
}
_OTHERWISE = 3
_PER_REGION = 2
_PER_ARTICLE = 8

Shown = list[tuple[Sentence, tuple[StoredFact, ...]]]
"""Sentences in reading order, each with the facts it is shown for."""


def regions_shown(query: Query, kept: Sequence[Weighed], *, wide: bool) -> list[Weighed]:
    """The regions of the answer: all with evidence where several are asked for, else those near the best."""
    if wide:
        return _several(query, list(kept))[:_REGIONS]
    close = [item for item in kept if item.confidence >= _CLOSE * kept[0].confidence]
    if query.form in _ONE_ANSWER and len(close) < 3:
        return close[:1]
    return close[:_CLOSE_REGIONS]


def _several(query: Query, kept: list[Weighed]) -> list[Weighed]:
    """Of 各地 the localities, those with a figure or of the year where these are asked for; the nation last."""
    if query.national:
        return sorted(kept, key=lambda item: item.region == NATION)
    if query.scope == "everywhere":
        kept = [item for item in kept if item.region != NATION] or kept
        if query.about_numbers:
            kept = _by_figure(query, kept)
    if any(span.absolute for span in query.spans):
        kept = [item for item in kept if item.signs.year >= _DATED] or kept
    return kept


def _by_figure(query: Query, kept: list[Weighed]) -> list[Weighed]:
    """The regions with a figure first, for 最多 and 最少 in that order; alone where only they can answer."""
    figures = [item for item in kept if item.replies and item.replies[0].score >= _FIGURE]
    if not query.comparisons:
        return figures + [item for item in kept if item not in figures and item.confidence >= _PLAIN_REGION]
    order = next((c.operator for c in query.comparisons if c.operator in ("max", "min")), "")
    if order:
        figures.sort(key=lambda item: sort_value(item.replies[0].fact), reverse=order == "max")
    return figures or kept


def sentences_shown(query: Query, evidence: Weighed, *, several: bool, articles: bool) -> Shown:
    """The sentences of one region.

    :param several: whether other regions are shown too. :param articles: whether the evidence is an article.
    """
    if articles:
        return [(item, item.facts) for item in evidence.sentences[:_PER_ARTICLE]]
    limit = _PER_REGION if several else _SENTENCES.get(query.form, _OTHERWISE)
    if query.about_numbers:
        found = _with_figures(query, evidence, limit)
        if found:
            return found
    enough = _ENOUGH_OF_SEVERAL_STEPS if query.form in _SEVERAL_STEPS else _ENOUGH
    if several:
        enough = _ENOUGH_OF_MANY
    return [(item, item.facts) for item in choose(query, evidence.sentences, limit, enough=enough)]


def _with_figures(query: Query, evidence: Weighed, limit: int) -> Shown:
    """The sentences of the facts that reply best, each with these facts; none where plain sentences say more."""
    best = evidence.replies[0].score if evidence.replies else 0.0
    if not best or best < plain_score(query, evidence.sentences):
        return []
    facts: dict[tuple[str, int], list[StoredFact]] = {}
    sentences: dict[tuple[str, int], Sentence] = {}
    for reply in evidence.replies:
        if reply.score >= _AS_GOOD * best and reply.year_fits is not False:
            place = (reply.sentence.hit.document.source, reply.sentence.start)
            sentences.setdefault(place, reply.sentence)
            facts.setdefault(place, []).append(reply.fact)
    chosen = in_order(list(sentences.values())[:limit])
    return [(item, tuple(facts[item.hit.document.source, item.start])) for item in chosen]
