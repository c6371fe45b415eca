"""By when: the dates of two texts for the same aim, as facts that can be set side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kb.model import Fact
from kb.periods import find_periods
from kb.text.sentences import sentences
from search.compare.model import Verdict
from search.compare.points import Point

_COMMAS = "，,；;：:"
_OF_A_THING = re.compile(
    r"(?:建成|建造|建设|出生|取得|入学|毕业|投入使用|签订|成立|颁发)[^，,；;。]{0,6}的|的"
)
"""What makes a date tell which things are meant: 2000年底前建成的小区."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date by which something is to be done, and the span of the text that it governs.

    :ivar year: the last year it admits. :ivar fact: the date as a fact, its value the year.
    :ivar clause_end: where the clause that names the date ends.
    """

    year: int
    fact: Fact
    start: int
    end: int
    clause_end: int

    def governs(self, point: Point) -> bool:
        """Whether the point is to be done by this date."""
        return self.start <= point.start < self.end


def deadlines_of(text: str, start: int, end: int, base: str, *, beyond: bool = False) -> Iterator[Deadline]:
    """The deadlines of ``text[start:end]`` (到2027年, 2025年底前), each governing the rest of its sentence.

    :param base: ISO date of the document, for relative words; a year before it is no deadline.
    :param beyond: the only deadline of the stretch governs the sentences after its own as well.
    """
    found = list(_in_sentences(text, start, end, base))
    if beyond and len(found) == 1:
        found = [replace(found[0], end=end)]
    yield from found


def _in_sentences(text: str, start: int, end: int, base: str) -> Iterator[Deadline]:
    for left, right in sentences(text, start, end):
        found = [
            period
            for period in find_periods(text, base, left, right)
            if period.role == "deadline"
            and period.years
            and not period.text.startswith(("截至", "截止"))
            and not _OF_A_THING.match(text, period.end)
            and not (base[:4].isdigit() and period.years[1] < int(base[:4]))
        ]
        for place, period in enumerate(found):
            stop = found[place + 1].start if place + 1 < len(found) else right
            begin = max(left, max(text.rfind(mark, left, period.start) for mark in _COMMAS) + 1)
            assert period.years is not None
            quote = text[left:right]
            yield Deadline(
                period.years[1],
                Fact(
                    surface=text[period.start : period.end],
                    start=period.start,
                    end=period.end,
                    quote=quote.strip(),
                    quote_start=left + len(quote) - len(quote.lstrip()),
                    indicator="",
                    indicator_key="",
                    value=float(period.years[1]),
                    unit="年",
                    comparator="<=",
                    kind="target",
                    time=period.text,
                    years=period.years,
                ),
                begin,
                stop,
                min(
                    (at for at in (text.find(mark, period.end, stop) for mark in _COMMAS) if at >= 0),
                    default=stop,
                ),
            )


def governed(deadline: Deadline, points: Sequence[Point]) -> list[int]:
    """The indexes of the points that are to be done by the date.

    Where the date's own clause names nothing (公办园占比为54%，到2027年达到60%) it is the point before it.
    """
    found = [index for index, point in enumerate(points) if deadline.governs(point)]
    # A bare date before a comma (到2027年，…) opens what follows.
    bare = deadline.clause_end - deadline.fact.end <= 0
    if bare or any(points[index].start < deadline.clause_end for index in found):
        return found
    before = [index for index, point in enumerate(points) if point.start < deadline.start]
    return before[-1:] + found


def judge_dates(reference: Deadline, local: Deadline) -> tuple[Verdict, str]:
    """Whether the local date is earlier, the same or later, with the reason."""
    if local.year < reference.year:
        return "earlier", f"本地{local.year}年，比{reference.year}年提前{reference.year - local.year}年"
    if local.year > reference.year:
        return "later", f"本地{local.year}年，比{reference.year}年推迟{local.year - reference.year}年"
    return "same", f"都是{reference.year}年"
