"""What naming works on and what it gives: a quantity in its clause, and the name with its parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.facts.clauses import Clause
from ingest.facts.model import Quantity
from ingest.facts.phrases import is_metric, is_relational, noun_phrase, strip_lead

_MAX = 34
_QUOTE = re.compile("[“”]")
_BRACKET = re.compile("[()]")
_CUT = re.compile(r"[、的和对将把为](?=[^、]{6,24}$)")
_MEASURE_TAIL = re.compile(r"(?:总)?(?:面积|产量|产值|规模|人数|总量|数量|收入|资金|数)$")


@dataclass(slots=True)
class Named:
    """What a quantity was named: the indicator, and its parts for the quantities that follow.

    ``subject`` is the name without its counting suffix or change, ``noun`` the thing counted, ``verb`` what was
    done to it. ``consumed`` is how many characters after the number belong to the name, ``whole`` what a 其中
    was a part of, ``measure`` the standard that a list of groups shares.
    """

    indicator: str
    subject: str = ""
    noun: str = ""
    verb: str = ""
    consumed: int = 0
    whole: str = ""
    measure: str = ""

    def again(self) -> Named:
        """The same name for the next quantity of a list."""
        return Named(self.indicator, self.subject, self.noun, self.verb, self.consumed)


@dataclass(slots=True)
class Slot:
    """A quantity with the words before and after it in its clause, up to the quantities on either side.

    ``joined``: a 、 or 和 links it to the quantity before. ``part``: the clause begins with 其中. ``elided``:
    before the number stands nothing but 达到 or 降至. ``same_clause``: another quantity stands before it in the
    clause. ``header`` is a measure announced with a colon (补贴标准:).
    """

    quantity: Quantity
    left: str
    right: str
    joined: bool = False
    part: bool = False
    elided: bool = False
    same_clause: bool = False
    header: str = ""
    text: str = ""
    clause: Clause | None = None
    before: Sequence[Clause] = ()

    @property
    def base_unit(self) -> str:
        """The unit without what it is taken per: 元 of 元/人·月."""
        return self.quantity.unit.split("/", 1)[0]

    @property
    def beyond(self) -> str:
        """All that follows the quantity in its clause, other quantities included."""
        return self.text[self.quantity.end : self.clause.end] if self.clause else self.right

    @property
    def closing(self) -> str:
        """What follows the last quantity of the clause."""
        return self.text[self.clause.quantities[-1].end : self.clause.end] if self.clause else ""

    @property
    def aside(self) -> bool:
        """Whether the quantity stands in brackets."""
        return self.clause is not None and self.clause.aside

    def earlier(self, count: int = 3) -> list[str]:
        """The clauses of the sentence before this one, nearest first."""
        return [self.text[c.start : c.end] for c in reversed(self.before[-count:])]


def tidy(name: str) -> str:
    """A name without marks at its ends or half a pair of them, cut at a boundary where it is too long."""
    name = name.strip("、,:;。 的-—·\t")
    if "“" in name or "”" in name:
        name = name if name.count("“") == name.count("”") else _QUOTE.sub("", name)
    if "(" in name or ")" in name:
        name = name if name.count("(") == name.count(")") else _BRACKET.sub("", name)
    if len(name) > _MAX:
        cut = _CUT.search(name)
        name = name[cut.end() :] if cut else name[-_MAX:]
    return name


def related(subject: str, slot: Slot, before: Named | None) -> str:
    """A noun that says nothing by itself (减幅, 成员学校, 补助标准) with the thing it belongs to."""
    if len(subject) > 6 or not is_relational(subject):
        return subject
    if before and before.noun:
        owner = _MEASURE_TAIL.sub("", before.noun)
        if owner and not is_metric(owner) and not subject.startswith(("补助", "补贴", "标准")):
            return owner + subject
    for clause in slot.earlier():
        at = clause.find(subject[:2])
        owner = strip_lead(clause[:at]) if at > 0 else ""
        if 2 <= len(owner) <= 12:
            return owner + subject
    return _of_sentence_before(slot) + subject


def _of_sentence_before(slot: Slot) -> str:
    """经营主体持续壮大。总量接近800万户: what a short sentence before is about."""
    if slot.clause is None or slot.before or slot.same_clause:
        return ""
    end = slot.clause.start - 1
    if end < 0 or slot.text[end] != "。":
        return ""
    start = max(slot.text.rfind(mark, max(0, end - 24), end) for mark in "。\n;")
    words = slot.text[start + 1 : end] if start >= 0 else ""
    if not words or "," in words:
        return ""
    noun, length = noun_phrase(strip_lead(words))
    return noun if 2 <= len(noun) <= 10 and length else ""
