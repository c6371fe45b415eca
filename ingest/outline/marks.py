"""Numbering marks at the start of a paragraph: 第一章, 第三条, 一、, (一), 1., (1), ①, 一是, ——.

Texts here are shadow readings, so full-width digits and brackets are already half-width.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

_CN = "一二三四五六七八九十百零〇"
_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


class Rank(IntEnum):
    """The kinds of heading from the outermost to the innermost, as official documents nest them."""

    ATTACHMENT = 2
    PART = 4
    CHAPTER = 8
    SECTION = 12
    ARTICLE = 16
    CN = 20
    DECIMAL = 21
    CN_PAREN = 30
    NUMBER = 40
    NUMBER_PAREN = 50
    HALF_PAREN = 55
    CIRCLED = 60
    ORDINAL = 70
    ONE_IS = 75
    DASH = 80
    LINE = 85
    RUN_IN = 90


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbering mark: its kind, its number (0 if it has none), and how many characters it takes.

    ``doubtful`` marks (1.5, 第十二条规定) count only where the numbering before them asks for them.
    ``path`` are the figures of a decimal number (1.2.3).
    """

    rank: Rank
    number: int
    length: int
    doubtful: bool = False
    path: tuple[int, ...] = ()


_MARK = re.compile(
    rf"""
    第\s?(?P<part>[{_CN}\d]{{1,4}})\s?(?:编|篇|部分)(?=[\s:、]|[^\s，,。的中])\s*:?\s*
  | 第\s?(?P<chapter>[{_CN}\d]{{1,4}})\s?章(?=\s|\Z|[^\s,。、的和至规中第])\s*
  | 第\s?(?P<section>[{_CN}\d]{{1,4}})\s?节(?=\s|\Z|[^\s,。、的和至规中第课])\s*
  | 第\s?(?P<article>[{_CN}\d]{{1,6}})\s?条(?P<zhi>之[{_CN}]{{1,2}})?(?P<gap>\s+)?
      (?!(?:[,。、;:和至或及的]|规定|中[的规所]|所[称列述]|第[一二三四五六七八九十]))
  | (?P<cn>[{_CN}]{{1,4}})(?:、|\.(?!\d)|\s?[,](?=[^{_CN}]))\s*(?![{_CN}]{{1,3}}[、])
  | [(〔](?P<paren>[{_CN}]{{1,4}})[)〕]\s*[、.,]?\s*(?![项款])
  | (?P<decimal>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})(?:\.?\s+|(?=[\u4e00-\u9fff《“]))
  | (?P<number>\d{{1,3}})\s?[.、]\s?(?=(?P<digit>\d)?)
  | \((?P<nparen>\d{{1,3}})\)\s*[、.]?\s*
  | (?P<half>\d{{1,2}})\)\s*
  | (?P<zero>0\d)\s+(?=\S)
  | (?P<bare>\d{{1,2}})\s+(?=[\u4e00-\u9fff])
  | (?:第(?P<ordinal>[{_CN}]{{1,3}})步?|步骤(?P<step>\d))[,、:]\s*
  | 其(?P<qi>[{_CN}]{{1,2}})[,、:]\s*
  | (?P<is>[一二三四五六七八九十]{{1,2}})(?:是|要)(?=[^否非求素点])
  | (?P<dash>[—―–]{{1,2}}|[●○■□▲△◆◇★☆※•·▪▶►])\s*(?=\S)
    """,
    re.VERBOSE,
)
# One look at the first character spares most paragraphs the long expression.
_FIRST = frozenset(_CN + "0123456789(〔第步其—―–●○■□▲△◆◇★☆※•·▪▶►")
_QUANTITY = re.compile(r"\d*\s*(?:[万亿%‰倍元米级版]|个百分点|公里|平方|亩|吨)")


@lru_cache(maxsize=2048)
def ordinal(text: str) -> int:
    """The value of a section number in Chinese or Arabic figures (十二 → 12); 0 if unreadable."""
    if text.isdigit():
        return int(text)
    total, unit = 0, 0
    for char in text:
        if char in _DIGIT:
            unit = (
                unit * 10 + _DIGIT[char]
                if len(text) > 1 and "十" not in text and "百" not in text
                else _DIGIT[char]
            )
        elif char == "十":
            total += (unit or 1) * 10
            unit = 0
        elif char == "百":
            total += (unit or 1) * 100
            unit = 0
        else:
            return 0
    return total + unit


def read_mark(text: str, *, circled: bool = False) -> Mark | None:
    """The numbering mark that ``text`` begins with, or None.

    :param circled: the source has ① where the shadow reads (1).
    """
    if not text or text[0] not in _FIRST:
        return None
    match = _MARK.match(text)
    if match is None:
        return None
    kind = match.lastgroup
    length = match.end()
    if kind in ("zhi", "gap"):
        kind = "article"
    if kind == "digit":
        kind = "number"
    assert kind is not None
    value = match.group(kind)
    if kind == "number":
        digit = match.group("digit") is not None
        if digit and _QUANTITY.match(text, match.end()):
            return None
        return Mark(Rank.NUMBER, int(value), length, doubtful=digit)
    if kind == "decimal":
        numbers = value.split(".")
        if _QUANTITY.match(text, match.end("decimal")):
            return None
        return Mark(Rank.DECIMAL, int(numbers[-1]), length, doubtful=True, path=tuple(map(int, numbers)))
    if kind == "article":
        number = ordinal(value)
        return Mark(Rank.ARTICLE, number, length, doubtful=match.group("gap") is None)
    if kind == "nparen":
        return Mark(Rank.CIRCLED if circled else Rank.NUMBER_PAREN, int(value), length)
    return _plain(kind, value, length)


def _plain(kind: str, value: str, length: int) -> Mark | None:
    if kind == "dash":
        return Mark(Rank.DASH, 0, length)
    if kind == "bare":
        return Mark(Rank.DECIMAL, int(value), length, doubtful=True, path=(int(value),))
    rank = {
        "part": Rank.PART,
        "chapter": Rank.CHAPTER,
        "section": Rank.SECTION,
        "cn": Rank.CN,
        "paren": Rank.CN_PAREN,
        "half": Rank.HALF_PAREN,
        "zero": Rank.NUMBER,
        "ordinal": Rank.ORDINAL,
        "step": Rank.ORDINAL,
        "qi": Rank.ORDINAL,
        "is": Rank.ONE_IS,
    }[kind]
    number = ordinal(value)
    return Mark(rank, number, length) if number else None
