"""Automatic numbering: the numbers that Word shows before paragraphs and doesn't store in their text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from ingest.loaders.word.names import is_on, number, value, w

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9


def _chinese(
    n: int, digits: str = _DIGITS, ten: str = "十", hundred: str = "百", thousand: str = "千"
) -> str:
    """10 → 十, 11 → 十一, 105 → 一百〇五 (一百零五 in the legal form)."""
    if not 0 < n < 10000:
        return str(n)
    text, zero = "", False
    for unit, sign in ((1000, thousand), (100, hundred), (10, ten), (1, "")):
        digit = n // unit % 10
        if digit:
            text += (digits[0] if zero and text else "") + digits[digit] + sign
            zero = False
        else:
            zero = True
    return text[1:] if 10 <= n < 20 and digits is _DIGITS else text


def _counting(n: int) -> str:
    return _chinese(n).replace("〇", "零")


def _by_digit(n: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(n))


def _cyclic(signs: str) -> Callable[[int], str]:
    return lambda n: signs[(n - 1) % len(signs)] if n > 0 else str(n)


def _block(first: int, count: int) -> Callable[[int], str]:
    """Characters that Unicode has ready-made: ① ⑴ ⒈ ㊀."""
    return lambda n: chr(first + n - 1) if 0 < n <= count else f"({n})"


def _letters(first: str) -> Callable[[int], str]:
    return lambda n: chr(ord(first) + (n - 1) % 26) * ((n - 1) // 26 + 1) if n > 0 else str(n)


_ROMAN = (
    ("M", 1000), ("CM", 900), ("D", 500), ("CD", 400), ("C", 100), ("XC", 90), ("L", 50), ("XL", 40),
    ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1),
)  # fmt: skip


def _roman(n: int) -> str:
    if not 0 < n < 4000:
        return str(n)
    text = ""
    for sign, amount in _ROMAN:
        text += sign * (n // amount)
        n %= amount
    return text


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02}",
    "decimalHalfWidth": str,
    "decimalFullWidth": lambda n: str(n).translate({ord(d): chr(ord(d) + 0xFEE0) for d in "0123456789"}),
    "decimalFullWidth2": lambda n: str(n).translate({ord(d): chr(ord(d) + 0xFEE0) for d in "0123456789"}),
    "decimalEnclosedCircle": _block(0x2460, 20),
    "decimalEnclosedCircleChinese": _block(0x2460, 20),
    "decimalEnclosedParen": _block(0x2474, 20),
    "decimalEnclosedFullstop": _block(0x2488, 20),
    "ideographEnclosedCircle": _block(0x3280, 10),
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "japaneseCounting": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting,
    "ideographDigital": _by_digit,
    "taiwaneseDigital": _by_digit,
    "japaneseDigitalTenThousand": _by_digit,
    "chineseLegalSimplified": lambda n: _chinese(n, _LEGAL, "拾", "佰", "仟"),
    "ideographLegalTraditional": lambda n: _chinese(n, _LEGAL, "拾", "佰", "仟"),
    "ideographTraditional": _cyclic("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cyclic("子丑寅卯辰巳午未申酉戌亥"),
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "upperRoman": _roman,
    "lowerRoman": lambda n: _roman(n).lower(),
    "ordinal": str,
}
_SILENT = frozenset({"bullet", "none"})
# After these a number needs no space before the text: 一、 （一） 1. ①
_CLOSED = re.compile(r"[、，。．.)）:：\]】①-⒛㈠-㊉]$")


def formatted(n: int, style: str) -> str:
    """``n`` as the numbering format ``style`` (``w:numFmt``) writes it; unknown formats as digits."""
    return _FORMATS.get(style, str)(n)


@dataclass(frozen=True, slots=True)
class _Level:
    style: str
    pattern: str
    start: int
    restart: int | None
    legal: bool


class Numbering:
    """The lists of a document, with their counters; asked once for each numbered paragraph, in order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._levels: dict[int, dict[int, _Level]] = {}
        self._lists: dict[int, int] = {}
        self._restarts: dict[int, dict[int, int]] = {}
        self._counters: dict[int, dict[int, int]] = {}
        self._begun: set[int] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        for abstract in root.iter(w("abstractNum")):
            key = number(abstract, "abstractNumId")
            if key is not None:
                self._levels[key] = {
                    number(level, "ilvl") or 0: _read_level(level) for level in abstract.findall(w("lvl"))
                }
        for each in root.iter(w("num")):
            key, abstract_key = number(each, "numId"), number(each.find(w("abstractNumId")))
            if key is None or abstract_key is None:
                continue
            own = dict(self._levels.get(abstract_key, {}))
            for override in each.findall(w("lvlOverride")):
                depth = number(override, "ilvl") or 0
                level = override.find(w("lvl"))
                if level is not None:
                    own[depth] = _read_level(level)
                start = number(override.find(w("startOverride")))
                if start is not None:
                    self._restarts.setdefault(key, {})[depth] = start
            self._lists[key] = abstract_key
            self._levels[-1 - key] = own

    def label(self, list_number: int, depth: int) -> str:
        """The number shown before the next paragraph of the list at ``depth``; nothing for a bullet.

        Lists of one abstract definition count on together, unless a list of its own restarts them.
        """
        levels = self._levels.get(-1 - list_number)
        abstract = self._lists.get(list_number)
        if not levels or abstract is None or depth not in levels:
            return ""
        counters = self._counters.setdefault(abstract, {})
        if list_number not in self._begun:
            self._begun.add(list_number)
            for level, start in self._restarts.get(list_number, {}).items():
                counters[level] = start - 1
        counters[depth] = counters.get(depth, levels[depth].start - 1) + 1
        for deeper in [level for level in counters if level > depth]:
            rule = levels[deeper].restart if deeper in levels else None
            if rule is None or 0 < depth + 1 <= rule:
                del counters[deeper]
        return self._shown(levels, counters, depth)

    @staticmethod
    def _shown(levels: dict[int, _Level], counters: dict[int, int], depth: int) -> str:
        level = levels[depth]
        if level.style in _SILENT:
            return ""

        def counted(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            of = levels.get(at)
            if of is None:
                return ""
            count = counters.get(at, of.start)
            return formatted(count, "decimal" if level.legal and at < _LEVELS else of.style)

        text = _PLACE.sub(counted, level.pattern).strip()
        return text if not text or _CLOSED.search(text) else f"{text} "


def _read_level(level: etree._Element) -> _Level:
    start = number(level.find(w("start")))
    return _Level(
        style=value(level.find(w("numFmt"))) or "decimal",
        pattern=value(level.find(w("lvlText"))) or "",
        start=1 if start is None else start,
        restart=number(level.find(w("lvlRestart"))),
        legal=is_on(level.find(w("isLgl"))),
    )
