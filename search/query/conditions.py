"""Conditions in a question: comparisons with a number, 最高 and 最低, 提前, levels, and what is negated."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.model import Level
from search.query.model import Comparison, Operator

_NUMBER = r"(?:百分之)?([0-9]+(?:\.[0-9]+)?)([十百千万亿]*)"
_UNIT = r"(%|个|所|名|人|元|间|平方米|平米|亩|项|家|台|年|倍|岁|分|课时|学时)?"
_SCALE = {"十": 10.0, "百": 100.0, "千": 1000.0, "万": 10_000.0, "亿": 100_000_000.0}
_BEFORE: tuple[tuple[Operator, str], ...] = (
    (">=", r"不低于|不少于|不小于|至少|最少有|达到|达|起码"),
    ("<=", r"不超过|不高于|不多于|不大于|至多|最多不|控制在"),
    (">", r"超过|高于|大于|多于|超出|突破|超"),
    ("<", r"低于|少于|小于|不足|不到|不满|不及"),
)
_AFTER: tuple[tuple[Operator, str], ...] = ((">=", r"以上|及以上|或以上"), ("<=", r"以下|及以下|以内|之内"))
_EXTREMES: tuple[tuple[Operator, str], ...] = (
    ("max", r"最(?:高|多|大|长|快)(?!不)|第一|排名靠前"),
    ("min", r"最(?:低|少|小|短|慢)"),
    ("earlier", r"提前|早于|更早|率先"),
    ("later", r"晚于|推迟|更晚|延后"),
)
_NUMERIC = tuple(
    (operator, re.compile(rf"(?:{words}){_NUMBER}{_UNIT}")) for operator, words in _BEFORE
) + tuple((operator, re.compile(rf"{_NUMBER}{_UNIT}(?:{words})")) for operator, words in _AFTER)
_SUPERLATIVE = tuple((operator, re.compile(words)) for operator, words in _EXTREMES)
_EXCEPT = re.compile(r"(?:除了?|不包括|不含|不算|排除)([^,。;:!?]{1,20}?)(?:以外|之外|外|,|还|的话|$)")
_WITHOUT = re.compile(
    r"(?:没有|未|尚未|还没有?|并未|不)(?:提到|提及|规定|要求|建立|实施|开展|达到|达标|完成|纳入|公布|设立)"
)


_LEVELS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    ("provincial", re.compile(r"省级(?:层面|政策|文件|规定|要求|标准|部门)")),
    ("municipal", re.compile(r"(?:地)?市级(?:层面|政策|文件|规定|要求|标准|部门)")),
    ("county", re.compile(r"[县区]级(?:层面|政策|文件|规定|部门)")),
)


def read_level(text: str) -> tuple[Level, tuple[int, int]] | None:
    """The level whose documents are asked for (省级文件, 市级层面), with the words that say so."""
    for level, pattern in _LEVELS:
        match = pattern.search(text)
        if match:
            return level, match.span()
    return None


@dataclass(frozen=True, slots=True)
class Negation:
    """A part of the question that is taken away: ``excludes`` names what is left out, else the verb is denied."""

    start: int
    end: int
    surface: str
    excludes: bool


def read_comparisons(text: str) -> tuple[Comparison, ...]:
    """The comparisons in ``text`` (canonical reading), values in base units (10万 → 100000)."""
    found: list[Comparison] = []
    taken: list[tuple[int, int]] = []
    for operator, pattern in _NUMERIC:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            value = float(match.group(1))
            for scale in match.group(2):
                value *= _SCALE[scale]
            unit = match.group(3) or ("%" if "百分之" in match.group() else "")
            if unit == "年" and value >= 1900:  # 超过2020年 is a date
                continue
            taken.append(match.span())
            found.append(Comparison(operator, value, unit, *match.span()))
    for operator, pattern in _SUPERLATIVE:
        found.extend(Comparison(operator, None, "", *match.span()) for match in pattern.finditer(text))
    return tuple(sorted(found, key=lambda comparison: comparison.start))


def read_negations(text: str) -> tuple[Negation, ...]:
    """What the question leaves out (除了北京) or denies (没有提到)."""
    found = [
        Negation(match.start(), match.end(), match.group(1), excludes=True)
        for match in _EXCEPT.finditer(text)
    ]
    found.extend(
        Negation(match.start(), match.end(), match.group(), excludes=False)
        for match in _WITHOUT.finditer(text)
        if not any(n.start <= match.start() < n.end for n in found)
    )
    return tuple(sorted(found, key=lambda negation: negation.start))
