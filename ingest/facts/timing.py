"""The time of a quantity: the literal words of its clause, or those of an earlier clause of the paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.facts.clauses import Clause, Sentence
from ingest.facts.model import Quantity, Span
from kb.periods import Period, find_periods

_PLANNED = re.compile(
    r"^(?:预计|计划|力争|争取|确保|规划)(?=[到至])|^(?:利用|用|力争用)(?=[\d一二两三四五六七八九十几])"
)
_FROM = re.compile(r"^(?:从|由)(?=[\d上下去前])")
_MARK_NEW = re.compile(
    r"[\s“]*(?:[一二三四五六七八九十]{1,3}是|[(（][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|"
    r"\d{1,2}[.、．]|首先|其次|再次|最后)"
)
_NUMBERED_ITEM = re.compile(r"\s*(?:[一二三四五六七八九十]是|首先|其次)")
_AIMED = re.compile(r"(?:面向|迈向|展望|瞄准)$")
_THAN = re.compile(r"(?:高于|低于|快于|好于|优于|超过)$")
_ONLY_TIME = re.compile(r"^(?:[\s在自从于、,]|仅|到|截至|其中|预计|计划|力争|据介绍|据统计)*$")
_NUMBERED = re.compile(r"[\d二两三四五六七八九十]")
_SET_OUT = re.compile(r"(?:提出|制定|编制|确定|出台|印发)了?$")
_VALUED = re.compile(r"的?\d")
_AVERAGE = frozenset({"年均", "月均", "日均"})
_AVERAGED = re.compile("浓度|气温|降|水平|值|温度|日照|蒸发|流量|径流")
_RATED = frozenset({"%", "‰", "个百分点", "百分点", "倍"})
_MULTIPLE_OF = re.compile(r"的(?:\d[\d.]*|[一二两三四五六七八九十])倍")
_CHANGED_TO = re.compile(r"(?:至|到|为|成)(?:了|约|近|超过)?$")


@dataclass(frozen=True, slots=True)
class Timed:
    """A time as facts carry it; ``words`` is "" where the paragraph tells none."""

    words: str = ""
    inherited: bool = False
    years: tuple[int, int] | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a sentence means for the time of those after it."""

    item: bool
    period: Period | None


class Clock:
    """The time expressions of one paragraph, looked up by place."""

    def __init__(self, text: str, start: int, end: int, base: str, titles: Sequence[Span]) -> None:
        self._text = text
        self._all = list(find_periods(text, base, start, end))
        self.periods = [
            p
            for p in self._all
            if not any(a <= p.start and p.end <= b and text[a] in '《‘"' for a, b in titles)
            and text[p.end : p.end + 1] not in ("版", "最", "首")
            and text[p.end : p.end + 2] not in ("新高", "来最", "来首", "罕见")
            and not _THAN.search(text[max(start, p.start - 4) : p.start])
            and not (p.text in _AVERAGE and _AVERAGED.match(text, p.end))
            and not (p.role == "deadline" and _SET_OUT.search(text[max(start, p.start - 4) : p.start]))
            and not _AIMED.search(text[max(start, p.start - 2) : p.start])
        ]
        for index, period in enumerate(self.periods):
            if _MULTIPLE_OF.match(text, period.end):
                self.periods[index] = replace(period, role="compared")
        self._frames: dict[int, _Frame] = {}
        self._item: int | None = None
        self._join_spans()

    def _join_spans(self) -> None:
        """从2018年…到2021年 is a span that ends, not a deadline."""
        for index in range(1, len(self.periods)):
            first, last = self.periods[index - 1], self.periods[index]
            between = self._text[first.end : last.start]
            if (
                first.text[0] in "从自"
                and last.text[0] in "到至"
                and len(between) <= 12
                and "," not in between
            ):
                self.periods[index] = replace(last, role="span")

    def blocking(self) -> list[Span]:
        """Spans of the time expressions, in which no quantity is looked for.

        每5年 stays open: its number is a norm (a cycle).
        """
        return [
            (p.start, p.end) for p in self._all if not (p.role == "recurring" and _NUMBERED.search(p.text))
        ]

    def inside(self, start: int, end: int) -> list[Period]:
        """The time expressions that begin in ``[start, end)``."""
        return [p for p in self.periods if start <= p.start < end] if self.periods else []

    def time_of(
        self,
        quantity: Quantity,
        clause: Clause,
        sentence: Sentence,
        earlier: Sequence[Sentence],
        *,
        compared: bool,
    ) -> Timed:
        """The time of ``quantity``.

        :param earlier: the sentences of the paragraph before this one, all of them.
        :param compared: the quantity is itself a change, so 相较五年前 of an earlier clause still holds for it.
        """
        own = self._own(quantity, clause) or self._paired(quantity, clause, sentence)
        if own:
            return own
        at = clause.index
        direct = True
        for previous in reversed(sentence.clauses[:at]):
            if previous.aside and not clause.aside:
                continue
            found = [p for p in self.inside(previous.start, previous.end) if p.role != "recurring"]
            found = [p for p in found if p.role != "compared" or compared]
            if "累计" not in self._text[previous.end : quantity.start]:
                found = [p for p in found if not p.text.startswith("连续")]
            bare = bool(found) and self._only_time(previous, found)
            if found:
                return self._timed(found[-1], inherited=not (direct and bare))
            direct = direct and self._only_time(previous, [])
        return self._from_earlier(sentence, earlier)

    def _own(self, quantity: Quantity, clause: Clause) -> Timed | None:
        periods = self.inside(clause.start, clause.end)
        if quantity.unit in _RATED:
            periods = [p for p in periods if p.text not in ("年均", "月均", "日均")]
        if not periods:
            return None
        before = [p for p in periods if p.end <= quantity.start and not self._taken(p, quantity, clause)]
        per = [p for p in before if p.role != "recurring" or p.end < quantity.start - 1 or not quantity.per]
        rates = [q for q in clause.quantities if q.per]
        per = [p for p in per if not any(q.per_start <= p.start < q.start for q in rates)]
        if per:
            last = per[-1]
            if (
                last.role == "recurring"
                and len(per) > 1
                and per[-2].role in ("since", "span")
                and last.start - per[-2].end <= 3
            ):
                return Timed(
                    self._words(per[-2]) + self._text[per[-2].end : last.start] + last.text,
                    False,
                    per[-2].years,
                    "since",
                )
            return self._timed(last, inherited=False)
        after = [
            p
            for p in periods
            if p.start >= quantity.end
            and p.role in ("deadline", "point", "span")
            and "的" not in self._text[quantity.end : p.start]
        ]
        if after and not any(quantity.end <= q.start < after[0].start for q in clause.quantities):
            return self._timed(after[0], inherited=False)
        return None

    def _paired(self, quantity: Quantity, clause: Clause, sentence: Sentence) -> Timed | None:
        """由1997年的3252亿增加到2002年的6208亿;出口由1828亿增加到3256亿: the second pair has the first one's years."""
        if not self._is_pair(clause):
            return None
        place = clause.quantities.index(quantity)
        for previous in reversed(sentence.clauses[: clause.index]):
            if not self._is_pair(previous):
                continue
            times = [self._own(q, previous) for q in previous.quantities]
            first, last = times
            if first and last and first.words != last.words and not (first.inherited or last.inherited):
                return replace(times[place] or first, inherited=True)
        return None

    def _is_pair(self, clause: Clause) -> bool:
        if len(clause.quantities) != 2:
            return False
        first, last = clause.quantities
        led = self._text[clause.start : first.start]
        return bool(_CHANGED_TO.search(self._text[first.end : last.start])) or (
            ("由" in led or "从" in led) and "到" in self._text[first.end : last.start]
        )

    def _taken(self, period: Period, quantity: Quantity, clause: Clause) -> bool:
        """从2017年的62%提高到83%: 2017年 belongs to the first number only."""
        others = [q for q in clause.quantities if period.end <= q.start < quantity.start]
        if not others:
            return False
        linked = self._text[period.end : others[0].start].strip("的 ")
        lead = self._text[others[-1].end : quantity.start]
        return not linked and bool(_CHANGED_TO.search(lead))

    def _only_time(self, clause: Clause, found: Sequence[Period]) -> bool:
        rest = self._text[clause.start : clause.end]
        for period in reversed(found):
            rest = rest[: period.start - clause.start] + rest[period.end - clause.start :]
        return bool(_ONLY_TIME.match(rest))

    def _from_earlier(self, sentence: Sentence, earlier: Sequence[Sentence]) -> Timed:
        """The time of an earlier sentence.

        一是 … 二是: a time said inside one item doesn't hold for the next; one said before the first item does.
        """
        if not self.periods or self.periods[0].start >= sentence.start:
            return Timed()
        closed = self._frame(sentence).item
        for index in range(len(earlier) - 1, -1, -1):
            frame = self._frame(earlier[index])
            if closed and (frame.item or self._first_item(earlier) <= index):
                continue
            if frame.period:
                return self._timed(frame.period, inherited=True)
            closed = closed or frame.item
        return Timed()

    def _frame(self, sentence: Sentence) -> _Frame:
        frame = self._frames.get(sentence.start)
        if frame is None:
            item = _MARK_NEW.match(self._text, sentence.start, min(len(self._text), sentence.start + 8))
            held = [
                p
                for p in self.inside(sentence.start, sentence.end)
                if p.role not in ("recurring", "compared", "duration")
                and p.text != "全年"
                and not _VALUED.match(self._text, p.end)
                and self._opens(p, sentence)
            ]
            frame = _Frame(item is not None, held[-1] if held else None)
            self._frames[sentence.start] = frame
        return frame

    def _first_item(self, sentences: Sequence[Sentence]) -> int:
        """The index of the first 一是 after the paragraph's opening sentence."""
        if self._item is None:
            numbered = _NUMBERED_ITEM.match(self._text, sentences[0].start)
            items = (i for i in range(0 if numbered else 1, len(sentences)) if self._frame(sentences[i]).item)
            found = next(items, None)
            if found is None:
                return len(sentences)
            self._item = found
        return self._item

    def _opens(self, period: Period, sentence: Sentence) -> bool:
        """Whether the time stands at the head of a clause, or after a short subject."""
        head = self._text[sentence.start : period.start]
        return len(head) - max(head.rfind(","), head.rfind(":")) - 1 <= 14

    def _words(self, period: Period) -> str:
        words = _PLANNED.sub("", period.text)
        if _VALUED.match(self._text, period.end) or self._text.startswith("的", period.end):
            words = _FROM.sub("", words)
        return words.strip()

    def _timed(self, period: Period, *, inherited: bool) -> Timed:
        return Timed(self._words(period), inherited, period.years, period.role)
