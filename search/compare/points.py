"""The points that a clause makes, one by one, and the wording by which two points are recognised as the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.periods import find_periods
from kb.text.shadow import fold
from kb.thesaurus import Thesaurus
from kb.units import UNIT
from search.analysis import analyse_fields

_PIECE = re.compile(
    r"(?:[（(][^（）()\n]*[)）]|“[^“”\n]*”|《[^《》\n]*》|(?<=\d),(?=\d{3})|[^，,；;。:：!！?？\n\t…|])+"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_QUOTES = re.compile(r"[“”\"'《》]")
_BOUND = r"不得低于|不得高于|不得超过|不低于|不少于|不超过|不高于|不大于|不小于|低于|高于|少于|至少|超过|达到|保持在?|稳定在"
_NUMBER = re.compile(
    rf"(?:(?:{_BOUND})(?:了|约|近|超)?)?(?:\d+(?:\.\d+)?:(?=\d))?\d+(?:[.,]\d+)*[万亿千百]*[余多]?(?:{UNIT})?(?:以上|以下|以内|左右)?|[ⅠⅡⅢⅣⅤⅥ]级(?:以上)?"
)
_PASSED = re.compile(
    r"(?:达到|通过|符合)(?:国家|省|市)?级?(?:对)?(?P<what>[^,;。、]{2,18}?)(?:发展)?的?(?:督导)?(?:评估|验收)(?:认定|标准|验收)*"
)
_CYCLE = re.compile(r"以?每?\d+年(?:为一?个?周期)")
_BARE_BOUND = re.compile(rf"(?:{_BOUND})$|^(?:{_BOUND})")
_LEAD = re.compile(
    r"方面$|^在.*[中上下内]$|在[^、]{2,12}[内中]$|^(?:调查|评估|评价|检查|适用)(?:对象|范围|内容)"
    r"|^以.*为(?:抓手|重点|主线|目标|要求|中心)$"
)
_OUTCOME = re.compile(r"^(?:丰富|促进|提升|推动|降低|增强|激发|满足|实现|形成|使|让|做到|确保|着力|努力)")
STAGES = ("幼儿园", "学前", "小学", "初中", "高中", "特殊教育学校", "义务教育", "中小学", "中职", "高校")
_CARRIER = re.compile(
    r"(?:公办|民办|均|都|各|全[省市县区]|其中|分别|为|占|由|从|到|至|的|和|与|及|或|、|学校|阶段|占比|比例|完成|累计|共计"
    r"|达标|实行|比重|人数|总数|数量|共|有|中|" + "|".join(STAGES) + r")*"
)

_CHANGE = re.compile(
    r"(?:由|从)?的?(?:提高|提升|上升|增加|增长|下降|减少|压减|缩小|升|降)?(?:到|至|为|达|占|近|约|超|均|分别|各|的)+$"
)
_EMPHASIS = re.compile(
    r"进一步|明显|显著|全面|切实|加快|着力|持续|不断|逐步|大力|积极|深入|整体|稳步|有效|基本|初步|更加|认真|充分|进行"
    r"|力争|努力|争取|确保|实现|绝大多数|大多数|所有|全部"
)
_POINTER = re.compile(r"(?:见下表|如下|见附件|下列要求)$")

LEAD_WEIGHT = 0.2
OUTCOME_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Point:
    """A part of a clause between commas, at ``text[start:end]`` of the source.

    :ivar wording: what it says, without numbers, bounds, dates and brackets; empty where nothing else is said.
    :ivar terms: the words and character pairs of the wording.
    :ivar factor: how much it counts beside the others: a scope or an intended effect counts less than a measure.
    """

    start: int
    end: int
    wording: str
    terms: frozenset[str]
    factor: float = 1.0


def points_of(text: str, start: int, end: int, thesaurus: Thesaurus) -> list[Point]:
    """The points of ``text[start:end]``; those that only carry a number of the point before them are left out."""
    found = []
    pieces = list(_PIECE.finditer(text, start, end))
    for place, piece in enumerate(pieces):
        wording = wording_of(piece.group(), thesaurus)
        if not wording or is_carrier(wording) or _POINTER.search(wording):
            continue
        factor = 1.0
        if _LEAD.search(wording) and len(pieces) > 1:
            factor = LEAD_WEIGHT
        elif place and _OUTCOME.match(wording):
            factor = OUTCOME_WEIGHT
        found.append(Point(piece.start(), piece.end(), wording, terms_of(wording), factor))
    return found


def wording_of(text: str, thesaurus: Thesaurus) -> str:
    """A text without numbers, bounds, dates, brackets and quotation marks, synonyms replaced by one of them."""
    plain = _CYCLE.sub("", _BRACKETS.sub("", fold(text)))
    for period in reversed(list(find_periods(plain))):
        if period.role != "recurring":
            # 占比2022年为54%: the 比 belongs to the share, not to the year.
            kept = period.text[0] == "比" and plain[: period.start].endswith("占")
            plain = plain[: period.start + kept] + plain[period.end :]
    plain = _NUMBER.sub("", plain)
    # To pass the assessment of an aim is to reach the aim.
    plain = _PASSED.sub(r"\g<what>", plain)
    plain = _BARE_BOUND.sub("", _QUOTES.sub("", plain).strip(" 、-—|"))
    plain = _EMPHASIS.sub("", plain) or plain
    return "".join(_replaced(plain, thesaurus)).strip()


def _replaced(text: str, thesaurus: Thesaurus) -> Iterator[str]:
    at = 0
    for match in thesaurus.find(text):
        yield text[at : match.start]
        yield thesaurus.canonical(match.term)
        at = match.end
    yield text[at:]


def without_bounds(wording: str) -> str:
    """A wording without 不低于, 不超过 and the like, wherever they stand."""
    plain = re.sub(rf"(?:{_BOUND})|总数的$", "", wording)
    return _CHANGE.sub("", plain).strip("的、 ")


def is_carrier(wording: str) -> bool:
    """Whether a wording names nothing of its own (初中, 其中, 占比) and belongs to the clause before it."""
    return bool(_CARRIER.fullmatch(wording))


def terms_of(wording: str) -> frozenset[str]:
    """The words and the character pairs of a wording."""
    analysed = analyse_fields(wording)
    return frozenset(analysed.words) | frozenset(analysed.bigrams)
