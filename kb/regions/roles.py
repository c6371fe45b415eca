"""What part a region plays in a document: its home, a partner, a source of help, or just named."""

from __future__ import annotations

import re

from kb.regions.mentions import Role
from kb.regions.tree import NATION, tree

_STOP = re.compile(r"[。!?;！？；\n]")
_SOURCE_BEFORE = re.compile(r"(?:来自|依托|借助|引进|引入|借鉴|聘请|邀请|得到)[^。;,，]{0,10}$")
_SOURCE_AFTER = re.compile(
    r"(?:[省市区县]?(?:[、和与][一-鿿]{2,4})*等?)[^。;,，、]{0,8}?(?:援疆|援藏|援青|教育工作队|工作队|支教团|支教队|援助我|帮扶我|"
    r"对口支援我|派驻|选派|(?:成功|先进|有益)?经验|优质教育资源|优质教学资源|优质资源|名校名师)"
)
_PARTNER_BEFORE = re.compile(
    r"(?:(?:与|(?<![共一不相协])同(?![志时步等样一心意比期学向])|和|跟|赴|到|向)[^。;,，]{0,10}|"
    r"(?:联合|携手|奔赴|前往|支援|帮扶|协作|援助|援建|对口|结对|落户)[^。;]{0,15})$"
)
_PARTNER_WORDS = re.compile(
    "对口|结对|帮扶|协作|支援|合作|签署|签订|共建|支教|送教|跟岗|组团式|受援|援助|援建|援疆|援藏|携手|友好|联盟|共同体|教共体|"
    "跟班学习|挂职|培训|集群化"
)
_REACH = 48


def role_of(text: str, start: int, end: int, code: str, home: str) -> Role:
    """The part that the region named at ``text[start:end]`` plays in a document of ``home``.

    Regions of the home itself are ``home``; those above it and, in national texts, all others are ``mention``.
    """
    regions = tree()
    if home and code:
        if regions.contains(home, code):
            return "mention" if home == NATION else "home"
        if regions.contains(code, home):
            return "mention"
    if home == NATION:
        return "mention"
    low = max(0, start - _REACH)
    for stop in _STOP.finditer(text, low, start):
        low = stop.end()
    stop_after = _STOP.search(text, end, end + _REACH)
    high = stop_after.start() if stop_after else min(len(text), end + _REACH)
    before, after = text[low:start], text[end:high]
    if (
        not _PARTNER_WORDS.search(text, low, high)
        and not _SOURCE_BEFORE.search(before)
        and not _SOURCE_AFTER.match(after)
    ):
        return "mention"
    if _SOURCE_BEFORE.search(before):
        return "source"
    if _PARTNER_BEFORE.search(before):
        return "partner"
    if _SOURCE_AFTER.match(after):
        return "source"
    return "partner" if home else "mention"
