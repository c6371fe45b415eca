"""Facts that answer a numeric question: their indicator is what is asked, their unit and year fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kb.periods import find_periods
from kb.regions import tree
from kb.store import StoredFact
from kb.text.shadow import fold
from kb.units import comparable
from search.answer.evidence import Matcher, union
from search.answer.sentences import Sentence
from search.query.model import Comparison, Query, Span

_FOCUS = 0.3  # how much a fact's own indicator counts beside its score when facts are put in order
_INDICATOR, _QUOTE, _SENTENCE, _CONTEXT = 0.35, 0.35, 0.2, 0.1
_WRONG_UNIT = 0.45
_OTHER_REGION = 0.25
_WRONG_YEAR = 0.5
_WRONG_KIND = 0.5
_SHARE_UNITS = ("%", "成", "个百分点", "倍")
_OTHER_TENSE = 0.15
_SHARE_INSTEAD = 0.3
_PER_INSTEAD = 0.3
_PER = re.compile(r"人均|户均|校均|班均|生均|年均|单位")
_SHARES = re.compile(r"率|占|比[例重]|增[速长幅加]|[下降减提]|幅|强度|百分|几成|[%％]|指数|系数")
_AHEAD = re.compile(r"[今明]年要|将要?|打算|计划|力争|拟|准备|要(?:新|建|增|扩|培|改|达|招|淘|补)")
_DONE = re.compile(r"已经?|目前|现有|现在|完成了|实际|去年|[^为]了多少")
_UNKNOWN_YEAR = 0.06
_SEVERAL_YEARS = 2
_ABOUT, _ON_THE_POINT = 0.5, 0.75  # of score and focus: from here a fact is about just what is asked for
_AS_GOOD = 0.7  # of the best fact of other years: a worse one of the right year is about something else


@dataclass(frozen=True, slots=True)
class Reply:
    """A fact as a reply to the question: how well it fits, and the sentence it stands in.

    ``focus`` is the part of the fact's own indicator that the question speaks of: low for a fact on something
    narrower or else. ``gap`` is the weightiest thing asked for that neither the fact nor its sentence names.
    ``year_fits`` is False when the fact speaks of other years than the question, None when it cannot be told.
    """

    fact: StoredFact
    sentence: Sentence
    score: float
    focus: float
    gap: float
    year_fits: bool | None

    @property
    def fit(self) -> float:
        """What replies are put in order by."""
        return self.score + _FOCUS * self.focus


def replies(
    query: Query, matcher: Matcher, candidates: Iterable[Sentence], within: frozenset[str] = frozenset()
) -> list[Reply]:
    """The facts of the candidate sentences that may answer, best first.

    The score is the part of the question that the fact's indicator, clause, sentence and headings cover, less for
    a unit or a year that doesn't fit; 1 is the most.

    :param within: codes that a fact must be about; empty: any.
    """
    found: list[Reply] = []
    for sentence in candidates:
        for fact in sentence.facts:
            if not meets(fact, query.comparisons) or (within and fact.fact.region_code not in within):
                continue
            found.append(_reply(query, matcher, sentence, fact))
    found.sort(key=lambda reply: (-reply.fit, reply.sentence.hit.rank, reply.fact.fact.start))
    return found


def _reply(query: Query, matcher: Matcher, sentence: Sentence, fact: StoredFact) -> Reply:
    indicator = matcher.cover(fold(fact.fact.indicator))
    clause = matcher.cover(fold(fact.fact.quote))
    near = union((indicator, clause), matcher.weights)
    score = _INDICATOR * indicator.share + _QUOTE * max(near, clause.share)
    score += (_SENTENCE + _CONTEXT) * sentence.cover.share
    if query.units and not _unit_fits(fact.fact.unit, query.units):
        score -= _WRONG_UNIT
    if (
        fact.fact.region_code
        and fact.fact.region_code != sentence.hit.document.region_code
        and _elsewhere(query, fact)
    ):
        score -= _OTHER_REGION
    score -= _misfit_of_kind(query, fact)
    if _per_something(query, fact):
        score -= _PER_INSTEAD
    if fact.fact.unit in _SHARE_UNITS and not query.units and not _SHARES.search(query.reading):
        score -= _SHARE_INSTEAD
    fits = year_fits(query, fact, sentence)
    if fits is False:
        score -= _WRONG_YEAR
    elif fits is None:
        score -= _UNKNOWN_YEAR
    gap = matcher.gap((indicator, clause, sentence.cover))
    # 学位增加数 goes by the name of 新增学位, too.
    focus = max(matcher.focus(fold(name)) for name in (fact.fact.indicator, fact.fact.indicator_key))
    return Reply(fact, sentence, max(score, 0.0), focus, gap, fits)


def _misfit_of_kind(query: Query, fact: StoredFact) -> float:
    """What a fact loses that was reached where an aim is asked for, or that lies ahead where the present is."""
    kind = fact.fact.kind
    if kind == "achieved" and "target" in query.types:
        return _WRONG_KIND
    if kind == "achieved":
        return _OTHER_TENSE if _AHEAD.search(query.reading) else 0.0
    return _OTHER_TENSE if kind == "target" and _DONE.search(query.reading) else 0.0


def _per_something(query: Query, fact: StoredFact) -> bool:
    """Whether a fact is per head, per school or per year where the question doesn't say so."""
    return any(word not in query.reading for word in _PER.findall(fact.fact.indicator))


def _elsewhere(query: Query, fact: StoredFact) -> bool:
    """Whether a fact is about a region outside those that the question names."""
    regions = tree()
    code = fact.fact.region_code
    return (
        bool(query.regions)
        and code in regions
        and not any(regions.related(code, asked) for asked in query.regions)
    )


def _unit_fits(unit: str, asked: tuple[str, ...]) -> bool:
    """Whether a unit measures what is asked for; people may be counted by visits (人次) and institutions as 个."""
    if unit in asked or any(unit.startswith(f"{name}/") for name in asked):
        return True
    base = "人" if unit == "人次" else unit
    return any(comparable(base, "人" if name == "人次" else name) for name in asked)


def year_fits(query: Query, fact: StoredFact, sentence: Sentence) -> bool | None:
    """Whether a fact speaks of the years asked for: True also when the question names none.

    A fact without a year may speak of its document's year or the one before (None), never of another one.
    """
    asked = [span for span in query.spans if span.absolute]
    if not asked:
        return True
    if any(fold(span.surface) in sentence.reading or span.surface in fact.fact.time for span in asked):
        return True
    years = fact.fact.years
    if years is not None:
        return _any_overlap(asked, [years]) and not _much_longer(asked, years)
    # 比五年前减少 in a sentence on 2022 is about 2022 too.
    near = [period.years for period in find_periods(sentence.reading) if period.years]
    if near:
        return _any_overlap(asked, near)
    if _any_overlap(asked, years_of_title(sentence.hit.document.title)):
        return True
    published = sentence.hit.document.published[:4]
    if published.isdigit() and any(s.first <= int(published) and s.last >= int(published) - 1 for s in asked):
        return None
    return False


@lru_cache(maxsize=4096)
def years_of_title(title: str) -> tuple[tuple[int, int], ...]:
    """The years that a title names: 今年 in the 2019年政府工作报告 is 2019."""
    return tuple(period.years for period in find_periods(fold(title)) if period.years)


def _much_longer(asked: Sequence[Span], years: tuple[int, int]) -> bool:
    """Whether a fact sums up several years where one is asked for: growth over five years is not that of one."""
    return years[1] - years[0] >= _SEVERAL_YEARS and all(span.first == span.last for span in asked)


def _any_overlap(asked: Sequence[Span], years: Iterable[tuple[int, int]]) -> bool:
    return any(span.first <= last and first <= span.last for span in asked for first, last in years)


def sort_value(item: StoredFact) -> float:
    """A fact's value for ordering; the lower end of a range, 0 for ratios."""
    value = item.fact.value
    if isinstance(value, str):
        return 0.0
    return value[0] if isinstance(value, tuple) else value


def years_outside(query: Query, found: Sequence[Reply]) -> bool:
    """Whether a number of certain years is asked for and every fact that would reply is of other years."""
    if not query.about_numbers or not found:
        return False
    other = [reply.score + _WRONG_YEAR for reply in found if reply.year_fits is False]
    fits = [reply.score for reply in found if reply.year_fits is not False]
    return bool(other) and max(fits, default=0.0) < _AS_GOOD * max(other)


def fulfils(query: Query, found: Iterable[Reply]) -> bool:
    """Whether one of the facts that meet the conditions of the question is about what it asks for."""
    return any(
        reply.score >= _ABOUT
        and reply.focus >= _ON_THE_POINT
        and reply.year_fits is not False
        and not _per_something(query, reply.fact)
        for reply in found
    )


def meets(fact: StoredFact, comparisons: Iterable[Comparison]) -> bool:
    """Whether a fact's value meets the numeric conditions of the question; 最高 and the like always do."""
    value = fact.fact.value
    for comparison in comparisons:
        if comparison.value is None:
            continue
        if comparison.unit and not fact.fact.unit.startswith(comparison.unit):
            return False
        if isinstance(value, str):
            return False
        low, high = value if isinstance(value, tuple) else (value, value)
        limit = comparison.value
        held = {
            ">": high > limit or (fact.fact.comparator == ">" and high >= limit),
            ">=": high >= limit,
            "<": low < limit,
            "<=": low <= limit,
            "=": low <= limit <= high,
        }.get(comparison.operator, True)
        if not held:
            return False
    return True
