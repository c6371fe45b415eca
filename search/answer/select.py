"""Which sentences answer: those that cover the question and look like what it asks for, not the whole passage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kb.periods import find_periods
from search.answer.sentences import Sentence
from search.query.model import Form, Query

_BODY, _RANK, _MEANING = 0.75, 0.25, 0.35
_BONUS = 0.12
_ENOUGH = 0.62  # of the best sentence's score
_NEAR = 0.2  # a sentence without a word of the question that means less than this of it is beside the point
_WEAK = 0.5  # below this share little is said on the question, so little is shown
_LOOKS: dict[Form, re.Pattern[str]] = {
    "numeric": re.compile(r"[0-9]|百分之|[一二两三四五六七八九十百千万]+[余多]?[个所名人项家间]"),
    "when": re.compile(
        r"(?:19|20)[0-9]{2}|[0-9]{1,2}月|年底|十[一二三四五]五|近[0-9一二三四五六七八九十]+年"
    ),
    "define": re.compile(r"是指|指的是|即|就是|是一[种个项]|包括"),
    "why": re.compile(r"由于|因为|因此|为了?|针对|面对|原因|旨在|随着"),
    "who": re.compile(r"部门|政府|教育局|教体局|委员会|办公室|单位|牵头|负责|由[^,。]{2,12}"),
    "how": re.compile(
        r"通过|采取|建立|完善|实施|推进|推行|开展|制定|出台|组织|加强|统筹|落实|推动|创新|构建|健全|印发|选派|设立|优化|坚持|探索|强化|实行|把|将|以"
    ),
    "list": re.compile(r"、|包括|分别|一是|等"),
    "compare": re.compile(r"[0-9]|高于|低于|超过|相比"),
}
_SPACE = re.compile(r"\s+")


def score(query: Query, sentence: Sentence, top: float) -> float:
    """How well a sentence answers, about 0 to 1. ``top`` is the score of the best hit."""
    relative = sentence.hit.score / top if top > 0 else 0.0
    value = _BODY * sentence.cover.share + _RANK * max(0.0, relative) + _MEANING * sentence.meaning
    pattern = _LOOKS.get(query.form)
    if pattern is not None and pattern.search(sentence.reading):
        value += _BONUS
    if query.spans and names_years(query, sentence):
        value += 2 * _BONUS
    if sentence.heading or _only_announces(sentence):
        value *= 0.5
    if sentence.hit.damaged:
        value *= 0.9
    return value


def names_years(query: Query, sentence: Sentence) -> bool:
    """Whether a sentence names years that the question asks for, in its words or in others."""
    asked = [span for span in query.spans if span.absolute]
    if any(span.surface in sentence.reading for span in query.spans):
        return True
    return bool(asked) and any(
        span.first <= period.years[1] and period.years[0] <= span.last
        for period in find_periods(sentence.reading)
        if period.years
        for span in asked
    )


def _only_announces(sentence: Sentence) -> bool:
    """Headings and lead-ins that say what follows without saying it: 主要做法如下:"""
    return len(sentence.reading) < 12 or sentence.reading.endswith((":", "："))


def choose(query: Query, found: Iterable[Sentence], limit: int, *, enough: float = _ENOUGH) -> list[Sentence]:
    """The best sentences, at most ``limit``, each text once, in reading order of their documents.

    :param enough: the part of the best sentence's score that another one needs.
    """
    pool = list(found)
    top = max((sentence.hit.score for sentence in pool), default=0.0)
    if top_share(pool) < _WEAK:
        limit = min(limit, 3)
    ranked = sorted(
        ((score(query, sentence, top), sentence) for sentence in pool),
        key=lambda item: (-item[0], item[1].hit.rank, item[1].start),
    )
    if not ranked:
        return []
    floor = ranked[0][0] * enough
    kept: list[Sentence] = []
    seen: set[str] = set()
    for value, sentence in ranked:
        text = _SPACE.sub("", sentence.reading)
        if len(kept) == limit or value < floor or (sentence.cover.share <= 0 and sentence.meaning < _NEAR):
            break
        if text not in seen:
            seen.add(text)
            kept.append(sentence)
    return in_order(kept)


def top_share(pool: Iterable[Sentence]) -> float:
    """The largest share of the question that a sentence covers."""
    return max((sentence.cover.share for sentence in pool), default=0.0)


def in_order(chosen: Sequence[Sentence]) -> list[Sentence]:
    """Sentences by document, the best document first, in each as they stand in the text."""
    place = {sentence.hit.document.id: i for i, sentence in reversed(list(enumerate(chosen)))}
    return sorted(chosen, key=lambda sentence: (place[sentence.hit.document.id], sentence.start))
