"""The numbers of a sentence, each as a surface that must stand in the passage just so: 不低于20%, 1500余人次, 三分之二."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.text.shadow import fold
from kb.units import UNIT

_BOUND = (
    r"不得低于|不得高于|不得超过|不低于|不少于|不高于|不超过|不大于|不小于|大于|小于|低于|高于|少于|多于|至少|至多|最多|"
    r"超过|突破|近|约|超|逾"
)
_SCALE = r"[十百千万亿]*"
_AFTER = r"(?:以上|以下|以内|左右|余|多)?"
_DIGITS = re.compile(
    rf"(?P<bound>{_BOUND})?(?P<figure>\d+(?:[.,:/]\d+)*{_SCALE}[余多]?(?:{UNIT}|‰)?{_AFTER})"
)
_HAN = "〇零一二两三四五六七八九十百千万亿"
_WORDS = re.compile(
    rf"(?P<bound>{_BOUND})?(?P<figure>(?:[{_HAN}]+分之[{_HAN}]+|[{_HAN}]+成(?=[^立为员果长功就效熟分本])|"
    rf"第?[{_HAN}]+(?:[余多]?(?:{UNIT}))){_AFTER})"
)
_SPACE = re.compile(r"\s+")
_IDLE = re.compile(
    r"一(?:个|批|系列|项|种|次|体|方|面|条|步|类|套|名|所|家|定|人|年|日|天|直|级|处|件|道|轮|支|张|位)"
)
"""一 before a counting word is mostly no number but an article."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as written, with unit and bound; ``surface`` is what must stand in the passage."""

    surface: str
    start: int
    end: int


def figures(text: str) -> Iterator[Figure]:
    """The numbers of ``text`` (folded), those in Chinese numerals before a unit too."""
    seen: list[tuple[int, int]] = []
    for pattern in (_DIGITS, _WORDS):
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(first < end and start < last for first, last in seen):
                continue
            if pattern is _WORDS and _IDLE.fullmatch(match["figure"]):
                continue
            seen.append((start, end))
            yield Figure(match.group(), start, end)


def stands_in(figure: Figure, quote: str) -> bool:
    """Whether the number stands in the quote just as written: no digit, unit, 余 or 以上 more or less.

    A bound that the sentence leaves out (20% of 不低于20%) changes what is said as much as one that it adds.
    """
    wanted = _SPACE.sub("", figure.surface)
    return any(_SPACE.sub("", other.surface) == wanted for other in figures(fold(quote)))
