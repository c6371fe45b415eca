"""Text to tokens: the one analysis that index and query share.

A text gives two streams. *Words*: jieba's words, numbers with their unit (62.3% is not 623, 13万个 stays whole),
years, article numbers, document numbers (教基〔2023〕4号) and 《titles》, each whole beside its words. *Bigrams*:
every two neighbouring Han characters, which find what the segmenter cut differently.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from operator import add
from pathlib import Path

from kb.text.shadow import fold
from kb.words import han_cutter

ANALYSIS_VERSION = "3"
"""Changes whenever the tokens of some text change; an index of another version is rebuilt."""

_HAN = "㐀-䶿一-鿿豈-﫿"
_UNITS = (
    "个百分点|百分点|平方公里|平方米|立方米|公里|千米|公顷|小时|课时|分钟|年级|学年|学期|学位|周岁|人次|万元|亿元|"
    "美元|年|月|日|元|人|名|个|所|间|位|岁|亩|套|家|项|条|次|分|类|级|期|天|周|届|种|件|处|户|校|园|班|省|市|区|县|"
    "镇|乡|街|村|路|栋|号|倍|成|章|节|款|%|‰|℃"
)
_PIECE = re.compile(
    rf"([{_HAN}]+)"
    rf"|((?:[a-z]*[0-9]+(?:,[0-9]{{3}})+(?![0-9])|[a-z0-9]+)(?:[.:/-][a-z0-9]+)*)([十百千万亿]*)[余多]?({_UNITS})?"
)
_TITLE = re.compile(r"《([^《》\n]{2,60})》")
_DOCUMENT_NUMBER = re.compile(
    rf"([{_HAN}]{{1,10}})[〔\[(【]((?:19|20)[0-9]{{2}})[〕\])】]第?0*([0-9]{{1,5}})号"
)
_ARTICLE = re.compile(r"第([0-9]{1,4}|[零〇一二两三四五六七八九十百千]{1,7})(条|章|编|款|项|节)")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True, slots=True)
class Analysed:
    """The two token streams of a text, each in reading order, repeats kept."""

    words: list[str]
    bigrams: list[str]


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Words that say nothing about a text's subject."""
    path = Path(__file__).parent / "data" / "stop_words.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _article_number(written: str) -> int:
    if written.isdecimal():
        return int(written)
    total = digit = 0
    for char in written:
        if char in _SCALES:
            total += (digit or 1) * _SCALES[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


def _whole(text: str) -> list[str]:
    """Names that are searched for as one: titles, document numbers, article numbers."""
    found: list[str] = []
    if "《" in text:
        found.extend(f"《{title}》" for title in _TITLE.findall(text))
    if "号" in text:
        found.extend(
            f"{who[-4:]}〔{year}〕{number}号" for who, year, number in _DOCUMENT_NUMBER.findall(text)
        )
    if "第" in text:
        found.extend(f"第{_article_number(number)}{kind}" for number, kind in _ARTICLE.findall(text))
    return found


def _number(written: str, scale: str, unit: str) -> list[str]:
    """A number's tokens: itself with its scale and unit, and without the unit where it is long enough."""
    plain = written.replace(",", "") + scale
    if not unit:
        return [plain]
    return [plain + unit, plain] if len(plain) > 2 else [plain + unit]


def analyse_fields(text: str) -> Analysed:
    """The tokens of ``text`` as two streams, after folding width, case and traditional characters."""
    return _analyse(text, han_cutter(), stop_words())


def _analyse(text: str, cut: Callable[[str], list[str]], stop: frozenset[str]) -> Analysed:
    text = fold(text).lower()
    words = _whole(text)
    bigrams: list[str] = []
    for run, number, scale, unit in _PIECE.findall(text):
        if run:
            words.extend(cut(run))
            if len(run) > 1:
                bigrams.extend(map(add, run, run[1:]))
            else:
                bigrams.append(run)
        else:
            tokens = _number(number, scale, unit)
            words.extend(tokens)
            bigrams.extend(tokens)
    return Analysed([word for word in words if word not in stop], bigrams)


@dataclass(frozen=True, slots=True)
class Listed:
    """The tokens of a text as an index counts them, in no order, without a string for each bigram.

    :ivar tokens: what :func:`analyse` gives, except for the bigrams of Han characters.
    :ivar runs: the runs of Han characters, a line break after each: every two neighbours are a bigram, and so is
        a run of one.
    """

    tokens: list[str]
    runs: str


def analyse_listed(text: str) -> Listed:
    """The tokens of ``text``, all that :func:`analyse` gives, for counting."""
    text = fold(text).lower()
    stop = stop_words()
    words = _whole(text)
    numbers: list[str] = []
    runs: list[str] = []
    for run, number, scale, unit in _PIECE.findall(text):
        if run:
            runs.append(run)
        else:
            numbers += _number(number, scale, unit)
    joined = "".join([f"{run}\n" for run in runs])
    # The segmenter takes each line for itself: one call does for all runs.
    words += han_cutter()(joined)
    words += numbers
    return Listed([word for word in words if word not in stop and word != "\n"] + numbers, joined)


def analyse(text: str) -> list[str]:
    """The tokens of ``text`` in one list: words first, then bigrams. The same for index and query."""
    analysed = analyse_fields(text)
    return analysed.words + analysed.bigrams
