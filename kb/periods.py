"""Time expressions of policy texts and the calendar years they mean: 2022年以来, 近三年, “十四五”期间, 到2027年.

The literal words are what a fact shows; the years are what filters and comparisons use. Relative expressions
(去年, 三年来, 未来五年) are resolved against a base date, normally the document's; without one they stay unresolved.
Reads the shadow form of a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kb.text.numerals import magnitude
from kb.text.patterns import led_by

PeriodRole = Literal["point", "deadline", "since", "span", "recurring", "relative", "compared", "duration"]
"""What an expression says: at a time, by a time (到2027年), since, through, every, near now, against (较2020年), for."""

FIRST_PLAN = 1953
_PLAN_DIGITS = {c: n for n, c in enumerate("一二三四五六七八九", 1)} | {"十": 10}


def plan_years(number: int) -> tuple[int, int]:
    """The years of the n-th five-year plan (14 → 2021–2025). The 3rd began in 1966, after three years of adjustment."""
    start = FIRST_PLAN + 5 * (number - 1) if number < 3 else 1966 + 5 * (number - 3)
    return start, start + 4


PLANS = {
    f"{'十' if n > 10 else ''}{'一二三四五六七八九'[(n - 1) % 10] if n != 10 else '十'}五": n
    for n in range(1, 20)
}
"""Names of the five-year plans by number: ``{"十四五": 14, …}``."""


@dataclass(frozen=True, slots=True)
class Period:
    """A time expression at ``text[start:end]``.

    ``years`` are the first and last calendar year; an open end is the base date's year, and None stands for what
    cannot be told (近年来, or a relative word without a base date).
    """

    start: int
    end: int
    text: str
    role: PeriodRole
    years: tuple[int, int] | None = None


_N = r"(?:\d{1,3}|[一二两三四五六七八九十]+|几|数)"
_YEAR = r"(?:(?:19|20)\d{2}|[一二][〇零○九][〇零○一二三四五六七八九]{2})"
_DASH = r"(?: ?(?:-|—{1,2}|–|~|至|到|―) ?)"
_MONTH_DAY = r"(?:\d{1,2}月(?:份|\d{1,2}日|[上中下]旬)?)"
_HOUR = r"(?:上午|下午|晚)?"
_PART = (
    r"(?:上半年|下半年|[一二三四]季度|第[一二三四]季度|前三季度|春季学期|秋季学期|春季|秋季|学年度|学年|年度)"
)
_LEAD = (
    r"(?:(?:预计|计划|力争|争取|确保|规划)?(?<![升降增减高低大小加少展长延短])(?:到|至)|"
    r"截[至止]到?|自|从|较|(?<![占同环])比|相较于?|相比于?|与|对比)"
)
_TAIL = (
    r"(?:以来|至今|开始|起|年?底(?:以|之)?前|末(?:以|之)?前|底|末|初|"
    r"(?:以|之)?前|以后|之后|(?:期)?间|全年|当年|年内|及以前|及之前|中期|同期|末期)"
)
_PLAN = r"“?(?:十[一二三四五六七八九]?|[一二三四五六七八九])五”?"
_PLAN_TAIL = (
    r"(?:规划)?(?:期间|时期|以来|期末|末期|末|初|初期|中期|前[一二三四]年|开局之?年|收官之?年|五年|时)"
)

_CALENDAR = (
    rf"{_LEAD}?{_YEAR}(?:年底?|年初|年末)?{_DASH}(?:{_YEAR}|\d{{2}}(?=年))(?:年|学年)(?:{_TAIL})?"
    rf"|{_LEAD}?{_YEAR}(?:年度|年(?:{_MONTH_DAY}|{_PART})?|学年度?|春季学期|秋季学期)(?:{_DASH}(?:{_MONTH_DAY}|\d{{1,2}}日|目?今|"
    rf"目前))?(?:{_TAIL})?"
    rf"|{_LEAD}?(?:\d{{1,2}}月\d{{1,2}}日{_HOUR}|\d{{1,2}}月(?:份|底|初|末)?(?![饼亮光球面]))(?:{_TAIL})?"
)
_RELATIVE = (
    rf"{_LEAD}?(?:今年|去年|前年|明年|后年|上一?年度?|本年度?|当年|上个?学年|本学年|上年末|年初|年底|年末|"
    rf"(?<![\d一二两三四五六七八九十几])年内|上半年|下半年|前三季度|[一二三四]季度|全年(?![龄段候无级]))"
    rf"(?:{_PART})?(?:{_TAIL})?"
    rf"|(?:过去|最近|近|(?<!学)前|这|未来|今后|下一?个?|往后)(?:的)?{_N}年(?:来|间|以来|内|多来)?"
    rf"|近年来?|近些年来?|连续{_N}(?:多)?年|{_N}余?多?年(?:来|以来|间|前)|(?:相较|较|比){_N}年前"
    rf"|改革开放以来|新中国成立以来|党的十[一二三四五六七八九]大以来|党的二十大以来|本届政府以来|新时代以来|入[春夏秋冬]以来"
    rf"|本世纪(?:中叶|末|初)|上世纪[一二三四五六七八九]十年代|\d{{2}}年代"
)
_NOW = r"截至目前|截止目前|截至当前|到目前为止|目前为止|(?<!项)目前(?!期)|当前|现阶段|迄今(?:为止)?|至今"
_RECURRING = (
    rf"每{_N}?(?:个)?(?:年|月|季度|学期|学年|周|天|日|小时|半年|星期)(?![人生户])|"
    rf"每半年|年均|逐年|历年|常年|每隔{_N}年|月均|日均|一年(?=(?:应当?|需|须)?(?:至少|不少于|最多)[一-鿿]{{0,8}}[\d一二两三四五]次)"
)
_DURATION = (
    rf"(?:通过|经过|利用|用|力争用|历时|历经){_N}(?:{_DASH}{_N})?(?:个)?年(?:左右)?(?:时间|的?努力|内)?"
    rf"|(?<![\d第-]){_N}年内(?=[一-鿿]{{2,14}}\d)"
    rf"|(?<![\d第]){_N}年(?![一-鿿]{{0,6}}(?:行动|计划|规划|方案|工程))(?=累计|共|安排|提高|提升|增长|新增|增加|下降|翻|"
    rf"完成|间|内(?:力争|实现)|改造|建成|建设|培养|培训|投入|实现|引进)"
)

PATTERN = re.compile(
    rf"(?P<plan>{_LEAD}?{_PLAN}(?:{_PLAN_TAIL})|{_LEAD}“{_PLAN}(?:末)?)"
    rf"|(?P<calendar>{_CALENDAR})"
    rf"|(?P<now>{_NOW})|(?P<relative>{_RELATIVE})|(?P<duration>{_DURATION})|(?P<recurring>{_RECURRING})"
)
# Where an expression may begin. Trying the whole pattern at every character costs ten times as much.
_BEGIN = led_by(
    r"\d“预计力争确规到至截自从较比相与对十一二两三四五六七八九几数今去前明后上本当年下近过最这未往连改新党入世目现迄每逐历常全月日通经利用第",
    r"(?:(?<![\d.])\d{1,4}(?:年|月|学年|余|多|[-—–~至到―]|春|秋)"
    r"|[十一二两三四五六七八九几数][〇零○一二两三四五六七八九十]{0,3}(?:年|季|余|多|“?五)|[一二三四五六七八九十]五"
    r"|“[十一二三四五六七八九]"
    r"|[到至自从较比与][\d“十一二两三四五六七八九几今去前明后上本当年目下]|截[至止]|相[较比]|对比|(?:预计|计划|力争|"
    r"争取|确保|规划)[到至]"
    r"|今[年后]|去年|前[\d年三一二两四五六七八九十几数]|明年|后年|上[一半个年末世]|本[年学世届]|当[年前]|"
    r"年[初底末内均]|下[半一个\d二两三四五]"
    r"|近[\d年些一二两三四五六七八九十几]|过去|最近|这[\d一二两三四五六七八九十几]|未来|往后|连续|改革|新[中时]|党的|"
    r"入[春夏秋冬]"
    r"|目前|现阶|迄今|至今|每|逐年|历[年时经]|常年|全年|月均|日均|通过|经过|利用|用[\d一二两三四五六七八九十几])",
)
_YEARS_IN = re.compile(rf"{_YEAR}|(?<=[-—–~至到])\d{{2}}(?=年|学年)")
_COUNT = re.compile(rf"{_N}(?=余?多?年)")


def _year(text: str, before: int | None = None) -> int:
    if text.isdigit():
        if len(text) == 2 and before is not None:
            return before // 100 * 100 + int(text)
        return int(text)
    digits = text.replace("○", "〇")
    return int("".join(str("〇一二三四五六七八九".find(c.replace("零", "〇"))) for c in digits))


def _recent_end(base: str) -> int:
    """The year that 近三年 and 五年来 end with: a report of January to March looks back on the years before."""
    year = int(base[:4])
    return year - 1 if base[5:7] in ("01", "02", "03") else year


def _role(text: str, kind: str) -> PeriodRole:
    if kind == "now":
        return "relative"
    if kind in ("recurring", "duration"):
        return "recurring" if kind == "recurring" else "duration"
    if text.startswith("连续"):
        return "duration"
    if text[0] in "较比与相对":
        return "compared"
    if text.endswith(("以来", "起", "开始", "至今", "来", "今", "目前")) or text[0] in "自从":
        return "since"
    if re.match(r"(?:预计|计划|力争|争取|确保|规划)?[到至]", text) or text.endswith("前"):
        return "deadline"
    return "span" if kind == "plan" or "间" in text or re.search(_DASH, text) else "point"


_OPEN = ("以来", "起", "开始", "至今", "目前", "今")


def _calendar_years(text: str, base: str) -> tuple[int, int] | None:
    years: list[int] = []
    for found in _YEARS_IN.findall(text):
        years.append(_year(found, years[0] if years else None))
    if not years:
        return (int(base[:4]), int(base[:4])) if base else None
    last = years[-1]
    if base and len(years) == 1 and (text[0] == "自" or text.endswith(_OPEN)):
        last = max(last, int(base[:4]))
    return years[0], last


_OFFSETS = (("前年", -2), ("去年", -1), ("上年", -1), ("上一年", -1), ("明年", 1), ("后年", 2))


_HAN_DIGITS = "一二两三四五六七八九十"


def _relative_years(text: str, base: str) -> tuple[int, int] | None:
    if not base or "近年" in text or "近些" in text:
        return None
    year = int(base[:4])
    for word, offset in _OFFSETS:
        if word in text:
            since = text.endswith(("以来", "起"))
            return year + offset, year if since else year + offset
    count = _COUNT.search(text)
    if count and count.group() not in ("几", "数"):
        number = int(magnitude(count.group()))
        if re.match("未来|今后|下|往后", text):
            start = _recent_end(base) + 1
            return start, start + number - 1
        end = _recent_end(base)
        if text.endswith("前"):
            return end - number, end - number
        return end - number + 1, end
    if re.search("今年|本年|当年|年初|年底|年末|年内|半年|季度|学年|目前|当前|迄今|至今|现阶段|全年", text):
        return year, year
    return None


def _plan_years(text: str, base: str) -> tuple[int, int] | None:
    name = re.search("(?:十[一二三四五六七八九]?|[一二三四五六七八九])五", text)
    number = PLANS.get(name.group()) if name else None
    if number is None:
        return None
    start, end = plan_years(number)
    if text.endswith("以来") and base:
        return start, max(start, int(base[:4]))
    if re.search("末|收官", text):
        return end, end
    if re.search("开局|初", text):
        return start, start
    return start, end


def _years(text: str, kind: str, base: str) -> tuple[int, int] | None:
    if kind == "plan":
        return _plan_years(text, base)
    if kind == "calendar":
        return _calendar_years(text, base)
    if kind == "recurring" or (kind == "duration" and not text[0].isdigit() and text[0] not in _HAN_DIGITS):
        return None
    return _relative_years(text, base)


def find_periods(text: str, base: str = "", start: int = 0, end: int | None = None) -> Iterator[Period]:
    """Every time expression of ``text[start:end]`` in order.

    :param base: ISO date (or year) that relative words are counted from; ``""`` leaves them unresolved.
    """
    stop = len(text) if end is None else end
    free = start
    for begin in _BEGIN.finditer(text, start, stop):
        if begin.start() < free:
            continue
        match = PATTERN.match(text, begin.start(), stop)
        if match is None:
            continue
        free = match.end()
        kind, words = match.lastgroup or "", match.group()
        yield Period(match.start(), match.end(), words, _role(words, kind), _years(words, kind, base))


def resolve_period(text: str, base: str = "") -> tuple[int, int] | None:
    """The first and last year that ``text`` speaks of, all its expressions taken together; None if none can be told."""
    found = [p.years for p in find_periods(text, base) if p.years]
    if not found:
        return None
    return min(y[0] for y in found), max(y[1] for y in found)
