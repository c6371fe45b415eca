"""Chinese and Arabic numerals in running text: 13万余, 近71万, 百分之二十, 3至5, 1:15, 两成, 1/8, 翻一番.

Reads the shadow form of a text (half-width digits, colons and percent signs; see :mod:`kb.text.shadow`). A number
is read as it is written, together with the 余, 多, 以上 that belong to it; what it counts is the caller's business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from kb.model import Comparator

_DIGIT = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "幺": 1}
_SCALE = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}

ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
"""An Arabic number, thousands separated or not; no scale character."""
_HAN_RUN = r"[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?"
_SCALES = r"(?:[余多]?(?:[十百千]?万亿|[十百千]?[万亿]|[百千]))?[余多几]?"
NUMBER = rf"(?:(?<![\d.]){ARABIC}{_SCALES}|{_HAN_RUN}[余多几]?[万亿]?)"
"""One magnitude: 13万余, 450余万, 1,200, 三十五, 十余, 1.1万多, 百."""
PERCENT = rf"(?:{ARABIC} ?%|百分之(?:{_HAN_RUN}|{ARABIC}))"
PERMILLE = rf"千分之(?:{_HAN_RUN}|{ARABIC})"
DASH = r"(?:至|到|-|—{1,2}|–|~|―)"

_PAIR = "一两|两三|二三|三四|三五|四五|五六|六七|七八|八九"
_CHENG = r"[一二两三四五六七八九](?:到[一二两三四五六七八九])?成[一二三四五六七八九半]?(?=以上|左右|以下|[多的,。;、)]|$)"
_FRACTION = rf"(?:\d+/\d+|(?![百千]分之){_HAN_RUN}分之(?:{_HAN_RUN}|{ARABIC}))"
_RATIO = r"\d+(?:\.\d+)?:\d+(?:\.\d+)?(?::\d+(?:\.\d+)?)*"
_HALF = r"(?:一半|半数|过半)(?![年天月日小时个])"
_DEMI = r"半(?=年|天|个月|个?小时|个?学期)"
_DOUBLE = r"翻(?:了)?(?P<times>[一两二三四]|近一)?番"

PATTERN = re.compile(
    rf"(?P<ratio>(?<![\d:.]){_RATIO}(?![\d:]))"
    rf"|(?P<fraction>(?<![\d/]){_FRACTION}(?![\d/万]))"
    rf"|(?P<prange>{ARABIC}%?{DASH}{PERCENT})"
    rf"|(?P<percent>{PERCENT})|(?P<permille>{PERMILLE})"
    rf"|(?P<cheng>(?<![一二两三四五六七八九十]){_CHENG})|(?P<half>{_HALF})|(?P<double>{_DOUBLE})"
    rf"|(?P<range>{NUMBER}{DASH}{NUMBER}(?!\d))"
    rf"|(?P<demi>(?<![上下大多前后一每年天月]){_DEMI})"
    rf"|(?P<pair>(?<![十百千万亿一二两三四五六七八九])(?:{_PAIR})[十百千万亿]*(?![一二三四五六七八九分]))"
    rf"|(?P<number>{NUMBER})"
)
"""Any quantity of a text, by how it is written; the alternatives are in order of precedence."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it stands in a text.

    ``value`` is multiplied out (13万 → 130000.0); a range is a pair, a ratio or fraction a string (``"1:15"``,
    ``"1/8"``). ``comparator`` is what the numeral's own characters say: ``>`` for 余 and 多. ``percent`` is set
    where the numeral carries its own percent sign (百分之二十, 两成, 一半), ``permille`` for 千分之二, ``doubling`` for
    翻番 (the value counts 番).
    """

    start: int
    end: int
    value: float | tuple[float, float] | str
    comparator: Comparator = "="
    percent: bool = False
    doubling: bool = False
    permille: bool = False


def _han_value(text: str) -> float:
    """The number of a run of Chinese digits and scales; a run without scales is read digit by digit (二〇二五)."""
    whole, _, fraction = text.partition("点")
    if not any(c in _SCALE for c in whole):
        digits = "".join(str(_DIGIT[c]) for c in whole)
    else:
        total = section = digit = 0
        seen = False
        for char in whole:
            if char in _DIGIT:
                digit, seen = _DIGIT[char], True
                continue
            scale = _SCALE[char]
            if scale < 10_000:
                section += (digit if seen and digit else 1) * scale
            elif scale == 10_000:
                section = (section + digit or (0 if total else 1)) * scale
            else:
                total, section = (total + section + digit or 1) * scale, 0
            digit, seen = 0, False
        digits = str(total + section + digit)
    if fraction:
        return float(digits + "." + "".join(str(_DIGIT[c]) for c in fraction))
    return float(digits)


_VAGUE = re.compile("[余多几]")
_ARABIC_HEAD = re.compile(rf"({ARABIC})(.*)")


def magnitude(text: str) -> float:
    """The value of one magnitude (``13万余`` → 130000.0, ``三十五`` → 35.0).

    :raises ValueError: ``text`` is not a magnitude.
    """
    plain = _VAGUE.sub("", text)
    head = _ARABIC_HEAD.fullmatch(plain)
    try:
        if head is None:
            return _han_value(plain)
        value = Decimal(head[1].replace(",", ""))
        for char in head[2]:
            value *= _SCALE[char]
    except (KeyError, ArithmeticError) as error:
        raise ValueError(f"不是数：{text}") from error
    return float(value)


_SCALE_TAIL = re.compile("[十百千]?万亿|[十百千]?[万亿]|[百千]")


def _range(left: str, right: str) -> tuple[float, float]:
    """Both ends of a range; the scale of the right end holds for a bare left end (3至5万 → 30000, 50000)."""
    if left.replace(".", "").isdigit():
        tail = _SCALE_TAIL.search(_VAGUE.sub("", right))
        if tail and right[0].isdigit():
            left += tail.group()
    return magnitude(left), magnitude(right)


_DASH = re.compile(DASH)


def _percent_value(text: str) -> float:
    text = text.removeprefix("百分之").rstrip("% ")
    return magnitude(text)


def read(match: re.Match[str]) -> Numeral:
    """The numeral of a match of :data:`PATTERN`."""
    kind, text = match.lastgroup, match.group()
    start, end = match.span()
    if kind == "number":
        return Numeral(
            start, end, magnitude(text), ">" if text[-1] in "余多几" or _inner_vague(text) else "="
        )
    if kind == "percent":
        return Numeral(start, end, _percent_value(text), percent=True)
    if kind == "permille":
        return Numeral(start, end, magnitude(text.removeprefix("千分之")), permille=True)
    if kind in ("range", "prange"):
        left, right = _DASH.split(text, maxsplit=1)
        if kind == "prange":
            return Numeral(start, end, (_percent_value(left), _percent_value(right)), "range", percent=True)
        return Numeral(start, end, _range(left, right), "range")
    if kind == "pair":
        scale = magnitude("1" + text[2:])
        return Numeral(start, end, (_DIGIT[text[0]] * scale, _DIGIT[text[1]] * scale), "range")
    return _special(kind or "", text, start, end, match)


def _special(kind: str, text: str, start: int, end: int, match: re.Match[str]) -> Numeral:
    if kind == "ratio":
        return Numeral(start, end, text)
    if kind == "fraction":
        if "/" in text:
            return Numeral(start, end, text)
        whole, _, part = text.partition("分之")
        return Numeral(start, end, f"{magnitude(part):g}/{_han_value(whole):g}")
    if kind == "cheng":
        tens, _, tail = text.partition("成")
        parts = [_DIGIT[c] * 10.0 for c in tens if c in _DIGIT]
        parts[-1] += 5 if tail == "半" else _DIGIT.get(tail, 0) if tail else 0
        if len(parts) == 2:
            return Numeral(start, end, (parts[0], parts[1]), "range", percent=True)
        return Numeral(start, end, parts[0], percent=True)
    if kind == "demi":
        return Numeral(start, end, 0.5)
    if kind == "half":
        return Numeral(start, end, 50.0, ">" if text == "过半" else "=", percent=True)
    times = match["times"] or "一"
    return Numeral(start, end, float(_DIGIT[times[-1]]), "≈" if times[0] == "近" else "=", doubling=True)


def _inner_vague(text: str) -> bool:
    return "余" in text or "多" in text


def parse_number(text: str) -> Numeral | None:
    """The numeral that ``text`` is as a whole, or None (``parse_number("13万余").value == 130000.0``)."""
    match = PATTERN.fullmatch(text.strip())
    return read(match) if match else None


def ratio_value(value: str) -> float | None:
    """A ratio or fraction as a number: ``"1:15"`` → 0.0667, ``"1/8"`` → 0.125; None where it has three parts."""
    parts = re.split("[:/]", value)
    if len(parts) != 2:
        return None
    try:
        left, right = float(parts[0]), float(parts[1])
    except ValueError:
        return None
    return left / right if right else None
