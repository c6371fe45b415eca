"""The subject of a quantity without what only leads up to it: 引导机构逐步将平均担保费率 → 平均担保费率."""

from __future__ import annotations

import re

from ingest.facts.phrases import split_verb

_CUE = re.compile("[将把由对、]")
_HANDLED = re.compile(r"^.{2,}?(?<![即必])[将把](?=[一-鿿“].{2,}$)")
_ORDERED = re.compile(r"^由.{2,28}?(?:责令|决定|处以?|给予|予以)(?=.{2})")
_ALLOWED = re.compile(r"^(?:有条件的.{2,8}?)?(?:可以?|应当?|要)?对(?=单[户笔个]|每|全部|所有|各)")
_EACH = re.compile(r"^(?P<what>[一-鿿]{2,10}?)(?P<each>[人生户校班师亩村县]均)$")
_DOINGS = re.compile(r"^(?P<first>.{8,})、(?P<last>[^、]{4,})$")


def core(subject: str) -> str:
    """``subject`` without the sentence it is set in: 优化支出结构、清收各类资金 → 清收各类资金."""
    if _CUE.search(subject) is None:
        return subject
    subject = _ORDERED.sub("", _ALLOWED.sub("", subject))
    subject = _HANDLED.sub("", subject)
    doings = _DOINGS.match(subject) if len(subject) > 14 else None
    if doings and all(split_verb(doings["last"])) and _acts(doings["first"]):
        return doings["last"]
    return subject


def each_first(words: str) -> str:
    """图书馆藏书人均 (30册) → 人均图书馆藏书."""
    each = _EACH.match(words)
    return each["each"] + each["what"] if each else words


def _acts(words: str) -> bool:
    """Whether ``words`` are a clause of their own: a verb with an object after a subject or at the head."""
    if all(split_verb(words)):
        return True
    return any(all(split_verb(words[at:])) for at in range(2, min(len(words) - 3, 9)))
