"""Cutting the words around a quantity out of its clause, without time expressions and the home region's name."""

from __future__ import annotations

import re

from ingest.facts.clauses import Clause, Sentence
from ingest.facts.model import Quantity
from ingest.facts.named import Slot
from ingest.facts.phrases import strip_lead
from ingest.facts.subjects import each_first
from ingest.facts.timing import Clock

_JOINED = re.compile(r"\s*(?:、|和|与|及|以及|或)")
_PART = re.compile(r"\s*[、,]?其中")
_ELIDED = re.compile(
    r"[、,]?再?(?:压减|提高|提升|增加|减少|降低|下降|上升|增长|扩大|缩小|降|升|增|减|调整|提速|恢复)?(?:至|到|为|成|达到?)"
    r"(?:了|约|近|超过)?$"
)
_COORDINATE = re.compile(
    r"((?:百|千|万)?亿元(?:以上)?|\d+亿元(?:以上)?|[国省市县区校州]家?级|自治区级|部级|公办|民办|城镇|农村)(?:和|、|及|与)$"
)
_DEGREE = re.compile("^(?:[国省市县区校州]家?级|自治区级|部级|公办|民办|城镇|农村)")
_AFTER_ROUND = re.compile(r"^(?:[一二两三四五]个)?(?:大)?(?:台阶|大关|关口|门槛)[、,]?")
_MOVED = re.compile(r"[^,。;]{0,6}(?:到|至|为|成)(?:了|约|近|超过)?$")
_MOVING = re.compile(r"(?:由|从)[^,。;]{0,16}$")
_AVERAGES = frozenset({"年均", "月均", "日均"})
_TERMS = ("年", "个月", "天", "周", "个学期")


class Slots:
    """Makes slots for the quantities of one paragraph.

    :param names: what the home region is called; these words fall away before a number.
    """

    def __init__(self, text: str, clock: Clock, names: tuple[str, ...]) -> None:
        self._text = text
        self._clock = clock
        self._names = names

    def slot(
        self,
        sentence: Sentence,
        clause: Clause,
        quantity: Quantity,
        at: int,
        following: int,
        *,
        header: str,
        named: bool,
    ) -> Slot:
        """The slot of ``quantity``.

        :param at: where the words before it begin: the clause, or the end of the name before.
        :param following: where the next quantity begins, or the clause ends.
        :param named: something has been named in the sentence before.
        """
        stop = quantity.per_start if quantity.per else quantity.start
        raw = self._text[at:stop] if stop > at else ""
        inside = at > clause.start
        left = self.before(at, stop, raw, rate=quantity.unit == "%")
        moved = named and inside and self._moved(clause, at, left)
        left = "" if moved else left
        if left.endswith("每") and not quantity.unit.startswith(_TERMS):
            left = left[:-1]
        return Slot(
            quantity,
            left,
            self.after(clause, quantity, following),
            joined=inside and _JOINED.match(raw) is not None,
            part=_PART.match(raw) is not None,
            elided=moved or (named and _ELIDED.match(left) is not None),
            same_clause=inside,
            header=header,
            text=self._text,
            clause=clause,
            before=sentence.clauses[: clause.index],
        )

    def _moved(self, clause: Clause, at: int, left: str) -> bool:
        """由71所优化整合为47所: the second number continues the first."""
        last = next((q for q in reversed(clause.quantities) if q.end <= at), None)
        if last is None or not _MOVED.fullmatch(left):
            return False
        return _MOVING.search(self._text, clause.start, last.start) is not None

    def before(self, start: int, stop: int, raw: str, *, rate: bool = False) -> str:
        """The words ``text[start:stop]``, given as ``raw``, as a name may take them up.

        :param rate: 年均 stays, being part of what is measured (年均增速).
        """
        for period in reversed(self._clock.inside(start, stop)):
            if period.end <= stop and not (rate and period.text in _AVERAGES):
                raw = raw[: period.start - start] + raw[period.end - start :]
        raw = _AFTER_ROUND.sub("", raw.strip())
        raw = raw if raw[:1] in ("、", "和", "与", "及") else strip_lead(raw)
        for name in self._names:
            if raw.startswith(name):
                return each_first(raw[len(name) :])
        return each_first(raw)

    def after(self, clause: Clause, quantity: Quantity, following: int) -> str:
        """The words after a number up to the next one; 27个国家级和30个省级…县 share their noun."""
        raw = self._text[quantity.end : following]
        if not raw:
            return raw
        for period in reversed(self._clock.inside(quantity.end, following)):
            if period.end <= following:
                raw = raw[: period.start - quantity.end] + raw[period.end - quantity.end :]
        shared = _COORDINATE.match(raw) if len(raw) <= 8 else None
        if shared:
            for other in clause.quantities:
                if other.start >= following:
                    rest = self._text[other.end : clause.end]
                    return shared[1] + _DEGREE.sub("", rest)
        return raw
