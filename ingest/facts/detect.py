"""Finding the quantities of a paragraph: number, unit, comparator, and what is excluded as a name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from ingest.facts.comparators import compare, far_bound, hugging
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
_STANDARD = re.compile(r"(?:为|达到?|标准|低于|高于|超过|按|限额|定额|津贴|租金|工资)$")
_PER_HEADS = re.compile(r"每[百千万]+(?:人口?|常住人口|户|名[一-鿿]{0,4})$")
_BARE_ROUND = re.compile(r"(?:突破|超过|超|过|达|迈上|跨越|首破)(?:近|约|了)?$")
_SENTINEL_AFTER = re.compile(r"[一-鿿]|\d+(?:周?岁|类|级)")


_MARKS = re.compile('[“《〔‘"]')
_SHARES = frozenset({"%", "‰", "倍"})
_HALVES = frozenset({"年", "个月", "天", "个小时", "小时", "倍", "个学期", "学期", "个学年", "学年"})
_HALF_TAIL = re.compile(r"半(?![数径岛成夜年天月小个])")
_INDEXED = re.compile(
    r"(?:系数|指数|倍差|容积率|比值|密度|得分|评分|均分|生师比|师生比|收入比|之比)[^。;\d]{0,40}(?:\d[\d.]*[^。;\d]{1,16}){0,4}$"
)
_BOUND = re.compile(r"(?:不高于|不低于|不超过|不大于|不小于|不少于|小于|大于|低于|高于|≤|≥|<|>|控制在)$")
_DECIMAL_END = re.compile(r"[,。;、)\s]|$|以[上下内]|左右|和|与|及|的")
_MOVED_ON = re.compile(r"[一-鿿]{0,6}(?:到|至|为)(?:了|约|近)?")
_RANGE_JOINT = re.compile(r"(?:-|—{1,2}|–|~|至|到)")
_FROM = re.compile(r"(?:从|由|自)[^,。;]{0,12}$")
_GAP_NOUN = re.compile(
    r"(?:增加|提高|发放|给予|补助|补贴|增发)[一-鿿]{0,6}(?:补贴|资助|补助|津贴|费|金|奖励)"
)
_GAP = re.compile(
    r"(?:最高可补贴|最高可|可|按|应|享受|领取|资助|予以|一次性|标准为|标准|不高于|不低于|不少于|不超过|不高于|分别|约|近|超过|达到|达|为|最高|增加|提高|补助|提高到|至少|最低|补贴|发放|各|分别为|再|"
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
            return _without_slogans(text, _join_ranges(text, found))
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


def _join_ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """1万元以上5万元以下, 3年至5年: two numbers of one unit that are the ends of a range."""
    joined: list[Quantity] = []
    for quantity in found:
        last = joined[-1] if joined else None
        if last and last.per and last.unit.split("/")[0] == quantity.unit and _moves_on(text, last, quantity):
            quantity.unit = last.unit
        if last is None or not _is_range(text, last, quantity):
            joined.append(quantity)
            continue
        last.value = (last.value, quantity.value)  # type: ignore[assignment]
        last.end, last.core, last.comparator = quantity.end, quantity.core, "range"
        last.unit = quantity.unit
    return joined


def _moves_on(text: str, left: Quantity, right: Quantity) -> bool:
    """由每人每年380元提高到420元: the second number is taken per the same."""
    return _MOVED_ON.fullmatch(text, left.end, right.start) is not None


def _is_range(text: str, left: Quantity, right: Quantity) -> bool:
    same = left.unit == right.unit or (left.unit == "个" and right.unit.startswith("个"))
    if not same or not isinstance(left.value, float) or not isinstance(right.value, float):
        return False
    between = text[left.end : right.start].strip(" ")
    if left.value >= right.value or len(between) > 2:
        return False
    if left.comparator == ">=" and right.comparator == "<=" and right.end > right.core + len(right.unit):
        return text[left.end - 2 : left.end] == "以上" and (between in ("", "、") or _is_dash(between))
    return (
        _is_dash(between)
        and left.comparator == "="
        and not _FROM.search(text, max(0, left.start - 14), left.start)
    )


def _is_dash(between: str) -> bool:
    return _RANGE_JOINT.fullmatch(between) is not None


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
    unit = "%" if number.percent else "‰" if number.permille else ""
    end = core
    if number.doubling:
        unit = "番"
    elif not unit and not isinstance(number.value, str):
        if text[core : core + 1] == " " and not han:
            core += 1
        match = UNIT.match(text, core, high)
        if match:
            unit, end = match.group(), match.end()
    marked = number.percent or number.permille or number.doubling
    if is_name(text, start, core, unit, han=han and not marked):
        return None
    before = text[max(low, start - 24) : start]
    after = text[end : min(high, end + 8)]
    led = previous is not None and not previous.unit and _ON.fullmatch(text, previous.end, start)
    if not unit and not led and not _bare_quantity(text, low, before, after, numeral, number.value):
        return None
    value = number.value
    if unit in _HALVES and isinstance(value, float) and _HALF_TAIL.match(text, end, high):
        value, end = value + 0.5, end + 1
    suffix = SUFFIX.match(text, end, high)
    tail = suffix.group() if suffix else ""
    end += len(tail)
    before = _PER_HEADS.sub("", before)
    quantity = Quantity(
        start,
        end,
        value,
        unit,
        compare(before, tail, number.comparator, after),
        core=core,
        han=han,
        doubling=number.doubling,
    )
    if isinstance(value, tuple):
        quantity.comparator = "range"
    if quantity.comparator == "=" and unit in _SHARES:
        window = text[max(low, start - 44) : start]
        if "不" in window:
            quantity.comparator = far_bound(window)
    _attach_per(text, low, quantity)
    quantity.start -= hugging(before)
    return quantity


def _bare_quantity(
    text: str, low: int, before: str, after: str, numeral: re.Match[str], value: object
) -> bool:
    """Whether a number without unit is a quantity: an index (系数低于0.28), 近7万随迁子女, 产值突破百亿, 1:15."""
    written = numeral.group()
    if "." in written and isinstance(value, float) and _DECIMAL_END.match(after):
        start = numeral.start()
        if _BOUND.search(before) or _INDEXED.search(text, max(low, start - 70), start):
            return True
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
    if last.group() in _PERIOD_RATES:
        monthly = last.group() == "每月" and quantity.unit == "元"
        if gap or not (monthly or _STANDARD.search(window[: last.start()])):
            return
    if gap and not _GAP.fullmatch(gap) and not (quantity.unit == "元" and _GAP_NOUN.fullmatch(gap)):
        return
    quantity.per = last.group()
    quantity.per_start = quantity.start - len(window) + last.start()
    quantity.unit = compose(quantity.unit, quantity.per)
