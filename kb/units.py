"""Units of measure and counting words: which dimension they measure, and conversion inside a dimension.

``所`` and ``家`` both count institutions, ``人`` and ``名`` people, ``平方米`` and ``亩`` areas; 人次 are not people
and 个百分点 are not percent. Units of one dimension convert into each other, others never compare.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kb.text.numerals import magnitude, ratio_value

DATA = Path(__file__).parent / "data" / "units.tsv"


def _dimensions() -> dict[str, tuple[str, float]]:
    found: dict[str, tuple[str, float]] = {}
    for line in DATA.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            dimension, unit, factor = line.split("\t")
            found.setdefault(unit, (unit if dimension == "-" else dimension, float(factor)))
    return found


DIMENSIONS = _dimensions()
"""Every known unit with its dimension and the factor to the dimension's base unit."""

_PER = (
    r"(?:/(?:人次|人|户|月|年|天|日|周|学年|学期|生|亩|平方米|千瓦时|吨|次|公里|小时|千克|公斤|立方米|升|万人|万元|"
    r"人·月|人·年|人·天|件|台|辆|套|床|百户|分钟|秒|平方公里|平米|㎡))+"
)
_NAMES = sorted(DIMENSIONS, key=lambda unit: (-len(unit), unit))
UNIT = rf"(?:{'|'.join(map(re.escape, _NAMES))})(?:{_PER})?"
"""A pattern for the unit after a number, the longest first; ``元/平方米/月`` is one unit."""

_ALTERNATIVE = re.compile(r"\([^()]+\)$")
"""套(间) counts as 套 does."""
_SCALED = re.compile(r"(?P<scale>[十百千]?[万亿]{1,2})(?P<unit>.+)$")
_PER_WORDS = {"名": "人", "生": "人", "位": "人", "学生": "人", "日": "天"}
PER = re.compile(
    r"每(?:人次|人|名|生|户|家|县|亩|平方米|吨|小时|次)(?:每(?:次|月|年|天|日|周|学期|学年|小时))?"
    r"|每[月年]每[人户]|每月|每年|每天|每日|每学期|每学年"
)
"""What a rate is taken per, said before the number: 每人每月500元 has the unit 元/人·月."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written, its dimension, and the factor to the dimension's base unit.

    ``per`` are the denominators in order, normalised (元/人·月 → ``("人", "月")``).
    """

    text: str
    dimension: str
    factor: float
    per: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def unit_of(text: str) -> Unit:
    """The unit that ``text`` names, 万元 and 万平方米 included. A word that is not known counts itself (``航班``)."""
    base, *denominators = re.split("[/·]", text) if text not in DIMENSIONS else [text]
    scale = 1.0
    if base not in DIMENSIONS:
        base = _ALTERNATIVE.sub("", base) or base
    if base not in DIMENSIONS:
        scaled = _SCALED.match(base)
        if scaled and scaled["unit"] in DIMENSIONS:
            base, scale = scaled["unit"], magnitude("1" + scaled["scale"])
    dimension, factor = DIMENSIONS.get(text) or DIMENSIONS.get(base) or (base or "无量纲", 1.0)
    per = tuple(sorted(_PER_WORDS.get(d, d) for d in denominators))
    return Unit(text, dimension, factor * scale, per)


def compose(unit: str, per: str) -> str:
    """The unit of a rate from the counted unit and the words before it: (元, 每人每月) → ``元/人·月``."""
    parts = [_PER_WORDS.get(p, p) for p in per.split("每") if p]
    if not parts:
        return unit
    # 每月每人 and 每人每月 are one unit.
    parts.sort(key=lambda p: p in ("月", "年", "天", "周", "学期", "学年", "次", "小时"))
    return f"{unit}/{'·'.join(parts)}"


_PERIODS = {"年": 12.0, "学年": 12.0, "学期": 6.0, "月": 1.0}
_SAME_COUNT = frozenset({"机构", "数量", "项", "处", "座"})


def comparable(left: str, right: str) -> bool:
    """Whether quantities in these two units can be compared.

    The all-purpose 个 counts institutions and things as well (14个 against 14所 集团), never people or money.
    """
    a, b = unit_of(left), unit_of(right)
    if a.per != b.per and _without_period(a.per) != _without_period(b.per):
        return False
    if a.dimension == b.dimension:
        return True
    return a.dimension in _SAME_COUNT and b.dimension in _SAME_COUNT


def _without_period(per: tuple[str, ...]) -> tuple[str, ...] | None:
    rest = tuple(p for p in per if p not in _PERIODS)
    return rest if len(rest) < len(per) else None


def _period(per: tuple[str, ...]) -> float:
    for part in per:
        if part in _PERIODS:
            return _PERIODS[part]
    return 1.0


def convert(value: float, unit: str, into: str) -> float | None:
    """``value`` of ``unit`` in the unit ``into`` (10亩 → 6666.67平方米, 元/人·月 → 元/人·年); None across dimensions."""
    if not comparable(unit, into):
        return None
    a, b = unit_of(unit), unit_of(into)
    return value * a.factor / b.factor * _period(b.per) / _period(a.per)


def base_value(value: float | tuple[float, float] | str, unit: str) -> tuple[float, float] | None:
    """A fact's value as an interval in the base unit of its dimension; None for ratios of three parts.

    A ratio or fraction (1:15, 1/8) becomes the number it stands for.
    """
    factor = unit_of(unit).factor
    if isinstance(value, str):
        number = ratio_value(value)
        return None if number is None else (number, number)
    if isinstance(value, tuple):
        return value[0] * factor, value[1] * factor
    return value * factor, value * factor
