"""Places where copying destroyed the text: numbers that are gone, wording that a spinner put there."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.cleaning.model import Damage
from ingest.data import rows

# 余 before a measure word wants a number before it; these characters make words of their own with 余.
_AFTER_YU = "名位人个所项门节场次万亿家套台件种条辆座间户吨亩元份篇期堂"
_YU = re.compile(f"余[{_AFTER_YU}]")
_NUMBER_BEFORE_YU = re.compile(
    r"(?:[\d.%零〇一二两三四五六七八九十百千万亿几数多半年月日天岁倍个元]|\d\S)\s*$"
)
_WORD_BEFORE_YU = frozenset("新其剩业结富盈残多公编冗课空有之节农工寸茶诗词劫周岁旬载亩里时分秒赋积宽裕")
# "线" left over from 线上30余位, 线下12门: a bare item between list separators.
_BARE_LINE = re.compile(
    r"[、,;]线(?:余?[门场节期堂次位名]|余)(?=[、,;。])|(?<![一前上下在热专无天视连光])线余[名位人门场节次个]"
)
# A percentage whose figure is gone.
_BARE_PERCENT = re.compile(
    r"(?:达到?|增长|提高|下降|降低|减少|增加|占比?|超过|不低于|不少于|高于|低于)(?:了|至|到|为)?%"
)
_REPLACEMENT = "\ufffd"
WEAK_NEEDS = 5
"""Hits that a text must have before weak wording counts without a strong one."""


@lru_cache(maxsize=1)
def _wordings() -> tuple[tuple[str, re.Pattern[str], bool], ...]:
    """For each damaged wording a literal that must occur, its pattern, and whether it is strong."""
    table = []
    for strength, pattern, _ in rows("spun_wording.tsv"):
        literal = max(
            re.findall(r"[一-鿿]+", re.sub(r"\(\?<!.*?\)|\(\?[=:].*?\)|.\?", " ", pattern)), key=len
        )
        table.append((literal, re.compile(pattern), strength == "strong"))
    return tuple(table)


def find_damage(text: str) -> tuple[Damage, ...]:
    """Every damaged place in ``text`` (a shadow), in order; spans do not overlap."""
    found = [Damage(start, end, "number") for start, end in _lost_numbers(text)]
    strong: list[Damage] = []
    weak: list[Damage] = []
    for literal, pattern, is_strong in _wordings():
        if literal in text:
            hits = [Damage(m.start(), m.end(), "wording") for m in pattern.finditer(text)]
            (strong if is_strong else weak).extend(hits)
    found += strong
    if strong or len(weak) >= WEAK_NEEDS:
        found += weak
    if _REPLACEMENT in text:
        found += [Damage(m.start(), m.end(), "wording") for m in re.finditer(f"{_REPLACEMENT}+", text)]
    found.sort(key=lambda damage: (damage.start, -damage.end))
    apart: list[Damage] = []
    for damage in found:
        if not apart or damage.start >= apart[-1].end:
            apart.append(damage)
    return tuple(apart)


def _lost_numbers(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for match in _YU.finditer(text):
        before = text[max(0, match.start() - 4) : match.start()]
        if not before or _NUMBER_BEFORE_YU.search(before):
            continue
        if before[-1] in _WORD_BEFORE_YU or not "一" <= before[-1] <= "鿿":
            continue
        start = match.start() - (2 if before.endswith("在线") else 1)
        spans.append((start, match.end()))
    if "线" in text:
        for match in _BARE_LINE.finditer(text):
            start = match.start() + (text[match.start()] in "、,;")
            spans.append((start, match.end()))
    if "%" in text:
        spans += [match.span() for match in _BARE_PERCENT.finditer(text)]
    return spans
