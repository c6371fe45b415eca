"""What money is for: 投入9亿元 alone says little; its clause, the next one or the run-in heading says more."""

from __future__ import annotations

import re

from ingest.facts.clauses import Clause, Sentence
from ingest.facts.named import Named, tidy
from ingest.facts.phrases import split_verb, strip_lead
from ingest.facts.slots import Slots

_RUN_IN = re.compile(
    r"(?:[(（]?[一二三四五六七八九十\d]+[)）、.．]\s*|[一二三四五六七八九十]是|——)*(?P<title>[^。,;:\d]{4,24})。"
)
_PURPOSE = re.compile(
    r",?(?:专项|主要)?(?P<link>用于|用以|支持|保障|帮助|(?=解决))(?:各地|地方|各[市县区校])?(?:开展|推进|实施|加强|改善)?"
    r"(?P<what>解决[^,;。\d]{4,22}|[^,;。、\d]{2,14})(?=[,;。]|$)"
)
_FUNDING = re.compile("资金|经费|专款|补助|奖补|补贴")
_GENERIC = re.compile(
    r"^(?:累计|共|总)?(?:投入|投资|安排|落实|筹措|争取|拨付|下达|多方筹措|整合|统筹|支出|补助|奖补)?(?:各类|专项)?"
    r"(?:资金|经费|专款|投资|投入|额)?(?:资金|额)?$"
)
_SLOGAN = re.compile(r"坚持|围绕|聚焦|贯彻|落实|立足|紧扣|突出|秉持")
_TREASURY = re.compile(r"^(?:省级|市级|县级|中央|地方|各级)?财政(?:部门)?")


def dress(text: str, paragraph: int, slots: Slots, sentence: Sentence, clause: Clause, named: Named) -> None:
    """Give the name of a sum of money its purpose, where it has none of its own.

    :param paragraph: where the paragraph begins, with its run-in heading.
    """
    purpose = _PURPOSE.match(text, clause.end, min(len(text), clause.end + 36))
    if not _GENERIC.match(named.indicator):
        if purpose is None or (purpose["link"] in ("支持", "保障") and not _FUNDING.search(named.indicator)):
            return
        short = _TREASURY.sub("", named.indicator)
        if len(short) <= 8 or (purpose["what"].startswith("解决") and len(short) <= 12):
            named.indicator = tidy(purpose["what"] + short)
        return
    what = purpose["what"] if purpose else _before(text, slots, sentence, clause) or _heading(text, paragraph)
    if what:
        named.indicator = tidy(_object(what) + named.indicator)


def _before(text: str, slots: Slots, sentence: Sentence, clause: Clause) -> str:
    """The clause before, if it is short and has no number: 推进以旧换新扩围提质,落实资金280亿元."""
    if not clause.index:
        return ""
    previous = sentence.clauses[clause.index - 1]
    if previous.quantities or previous.aside:
        return ""
    body = strip_lead(slots.before(previous.start, previous.end, text[previous.start : previous.end]))
    return body if 4 <= len(body) <= 14 and not _SLOGAN.match(body) else ""


def _heading(text: str, paragraph: int) -> str:
    title = _RUN_IN.match(text, paragraph, min(len(text), paragraph + 40))
    return title["title"] if title else ""


def _object(title: str) -> str:
    words = strip_lead(title)
    verb, noun = split_verb(words)
    return noun if verb and noun else words
