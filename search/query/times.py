"""Years and periods of a question: 2023年, 近三年, “十四五”期间, 到2027年.

A year in a question is about what a text says, not about when the text came out: it weighs passages and facts, and
refuses facts of other years. Publication years are filtered by :class:`kb.model.Filters` only.
"""

from __future__ import annotations

import re
from datetime import date

from kb.periods import find_periods, plan_years
from search.query.model import Span

_PLAN = re.compile(r"(十[一二三四五六七]五)(?![年月日个名所])")
_PLANS = {f"十{digit}五": 11 + place for place, digit in enumerate("一二三四五六七")}
_ABSOLUTE = re.compile(r"[0-9]{4}|[一二][〇零九]|十[一二三四五六七]五")
_NOW = re.compile(r"^(?:截[至止])?(?:到)?(?:目前|当前|现阶段|迄今|至今|年内|年初|年底|年末)")
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")


def read_spans(text: str, today: date | None = None) -> tuple[Span, ...]:
    """The stretches of years that ``text`` (canonical reading) speaks of, those that can be told.

    :param today: what 去年 and 近三年 count from; by default the current date.
    """
    base = (today or date.today()).isoformat()
    found: list[Span] = []
    for period in find_periods(text, base):
        if period.years and period.role not in ("recurring", "duration") and not _NOW.search(period.text):
            absolute = bool(_ABSOLUTE.search(period.text))
            found.append(Span(period.text, *period.years, period.start, period.end, absolute))
    for match in _PLAN.finditer(text):
        if not _within(match, found):
            found.append(Span(match.group(), *plan_years(_PLANS[match.group(1)]), *match.span(), True))
    for match in _YEAR.finditer(text):
        if not _within(match, found) and 1949 <= int(match.group(1)) <= 2070:
            year = int(match.group(1))
            found.append(Span(match.group(), year, year, *match.span(), True))
    return tuple(sorted(found, key=lambda span: span.start))


def _within(match: re.Match[str], found: list[Span]) -> bool:
    return any(span.start <= match.start() < span.end for span in found)
