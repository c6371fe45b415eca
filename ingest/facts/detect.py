"""Finding the quantities of a paragraph: number, unit, comparator, and what is excluded as a name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from ingest.facts.comparators import compare, hugging
from ingest.facts.exclude import FORMULA, FORMULA_CUE, QUOTED, is_name
from ingest.facts.grammar import CANDIDATE, NUMERAL, SUFFIX, UNIT
from ingest.facts.model import Quantity, Span
from kb.text.numerals import read
from kb.units import PER, compose

_HAN_START = frozenset("一二两三四五六七八九十百千万亿半")
_BARE = re.compile(
    r"(?:系数|指数|比|满意度|满意率|得分|评分|倍差|强度|容积率|差距|测评|公众)[^,。;\d]{0,8}(?:为|达|达到|至|到|于|降|"
    r"升|是|在|均|从|由|以内)?[^,。;\d]{0,2}$"
)
_PERIOD_RATES = frozenset({"每月", "每年", "每天", "每日", "每学期", "每学年"})
_STANDARD = re.compile(r"(?:为|达到?|标准|不低于|不超过|按|限额|定额|津贴|租金|工资)$")
_PER_HEADS = re.compile(r"每[百千万]+(?:人口?|常住人口|户|名[一-鿿]{0,4})$")
_BARE_ROUND = re.compile(r"(?:突破|超过|超|过|达|迈上|跨越|首破)(?:近|约|了)?$")
_SENTINEL_AFTER = re.compile(r"[一-鿿]|\d+(?:周?岁|类|级)")


_MARKS = re.compile('[“《〔‘"]')
_GAP = re.compile(
    r"(?:不低于|不少于|不超过|不高于|分别|约|近|超过|达到|达|为|最高|增加|提高|补助|提高到|至少|最低|补贴|发放|各|分别为|再|"
    r"奖励|奖补|给予)*"
)


def blocked_spans(text: str, start: int, end: int, extra: Iterable[Span]) -> list[Span]:
    """Spans of ``text[start:end]`` in which no number is a quantity: names in quotes, formulas, ``extra``."""
    spans = list(extra)
    if _MARKS.search(text, start, end):
        spans.extend(m.span() for m in QUOTED.finditer(text, start, end))
    if FORMULA_CUE.search(text, start, end):
        spans.extend(m.span() for m in FORMULA.finditer(text, start, end))
    spans.sort()
    return spans


def _is_blocked(spans: Sequence[Span], start: int, end: int) -> bool:
    for index in range(bisect_left(spans, (end, 0)) - 1, -1, -1):
        if spans[index][1] > start:
            return True
        if spans[index][0] < start - 200:
            break
    return False


def detect(text: str, start: int, end: int, blocked: Sequence[Span]) -> list[Quantity]:
    """The quantities of ``text[start:end]`` in order.

    :param blocked: sorted spans (time expressions, names, damage) that hold none.
    """
    found: list[Quantity] = []
    at = start
    while True:
        candidate = CANDIDATE.search(text, at, end)
        if candidate is None:
            return _without_slogans(text, found)
        numeral = NUMERAL.match(text, candidate.start(), end)
        if numeral is None:
            at = candidate.start() + 1
            continue
        at = numeral.end()
        if _is_blocked(blocked, numeral.start(), numeral.end()):
            continue
        quantity = _quantity(text, start, end, numeral, found[-1] if found else None)
        if quantity is not None:
            found.append(quantity)
            at = max(at, quantity.end)


_ON = re.compile(
    r"(?:进一步|再)?(?:提升|提高|缩小|下降|降低|上升|扩大|增长|增加|减少|回落|升|降|增|减)[至到为](?:了|约)?"
)


def _without_slogans(text: str, found: list[Quantity]) -> list[Quantity]:
    """“六个一”工程(承担1门必修课、开设1门选修课 …): a bracket of ones spells out a name."""
    ones = [q for q in found if q.value == 1.0]
    if len(ones) < 3:
        return found
    dropped: set[int] = set()
    for quantity in ones:
        opening = text.rfind("(", max(0, quantity.start - 80), quantity.start)
        if opening >= 0 and ")" not in text[opening : quantity.start]:
            closing = text.find(")", quantity.end)
            same = [q for q in found if opening < q.start < closing]
            if len(same) >= 3 and all(q.value == 1.0 for q in same):
                dropped.add(id(quantity))
    return [q for q in found if id(q) not in dropped]


def _quantity(
    text: str, low: int, high: int, numeral: re.Match[str], previous: Quantity | None
) -> Quantity | None:
    start, core = numeral.span()
    number = read(numeral)
    han = text[start] in _HAN_START
    unit = "%" if number.percent else ""
    end = core
    if number.doubling:
        unit = "番"
    elif not number.percent and not isinstance(number.value, str):
        match = UNIT.match(text, core, high)
        if match:
            unit, end = match.group(), match.end()
    if is_name(text, start, core, unit, han=han and not number.percent and not number.doubling):
        return None
    before = text[max(low, start - 24) : start]
    after = text[end : min(high, end + 8)]
    led = previous is not None and not previous.unit and _ON.fullmatch(text, previous.end, start)
    if not unit and not led and not _bare_quantity(text, before, after, numeral, number.value):
        return None
    suffix = SUFFIX.match(text, end, high)
    tail = suffix.group() if suffix else ""
    end += len(tail)
    before = _PER_HEADS.sub("", before)
    quantity = Quantity(
        start,
        end,
        number.value,
        unit,
        compare(before, tail, number.comparator, after),
        core=core,
        han=han,
        doubling=number.doubling,
    )
    _attach_per(text, low, quantity)
    quantity.start -= hugging(before)
    return quantity


def _bare_quantity(text: str, before: str, after: str, numeral: re.Match[str], value: object) -> bool:
    """Whether a number without unit is a quantity: an index (系数低于0.28), 近7万随迁子女, 产值突破百亿, 1:15."""
    written = numeral.group()
    if isinstance(value, str):
        return True
    dated = after[:1] in ("年", "月", "日", "号", "-", "—", "版", ".", "、") and "." not in written
    if dated or isinstance(value, tuple):
        return False
    if written[-1] in "万亿余多" and written[0].isdigit() and _SENTINEL_AFTER.match(after):
        return True
    if written[-1] in "万亿" and _BARE_ROUND.search(before) and not _SENTINEL_AFTER.match(after):
        return True
    if _BARE.search(before) and numeral.group()[0].isdigit():
        return not (len(written) == 4 and written[:2] in ("19", "20"))
    return False


def _attach_per(text: str, low: int, quantity: Quantity) -> None:
    """每人每月500元: the words before the number that make its unit a rate."""
    if "/" in quantity.unit or quantity.unit in ("%", "次", "倍", ""):
        return
    window = text[max(low, quantity.start - 16) : quantity.start]
    if "每" not in window:
        return
    last = None
    for match in PER.finditer(window):
        last = match
    if last is None:
        return
    gap = window[last.end() :]
    if last.group() in _PERIOD_RATES and (gap or not _STANDARD.search(window[: last.start()])):
        return
    if gap and not _GAP.fullmatch(gap):
        return
    quantity.per = last.group()
    quantity.per_start = quantity.start - len(window) + last.start()
    quantity.unit = compose(quantity.unit, quantity.per)
