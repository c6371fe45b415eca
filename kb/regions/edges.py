"""Whether a name stands on word boundaries: 衡水 does in 衡水经验, not in 均衡水平."""

from __future__ import annotations

import re

from kb.words import han_cutter

_HAN_BEFORE = re.compile(r"[㐀-鿿]{1,8}$")
_HAN_AFTER = re.compile(r"[㐀-鿿]{1,8}")
# What the dictionary joins to names and doesn't change them: 首都北京, 西藏地方, 云南旅游, 北京地铁.
_PREFIXES = frozenset({"首都", "中共", "中国", "美丽"})
_SUFFIXES = frozenset(
    "地方 地区 人民 方面 境内 各族 省委 市委 区委 籍 旅游 酒店 房产 机票 公交 地铁 高校 市民 市区 郊区 街头 企业 电信 电力"
    " 烟草 农业 医药 政府 小吃 火锅 园林 高速 特区 经济特区 高新区 开发区 新闻 铁路局 海关".split()
)


def word_edges(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether words begin at ``start`` and end at ``end``, judged in the run of Han characters around them."""
    before = _HAN_BEFORE.search(text, max(0, start - 8), start)
    after = _HAN_AFTER.match(text, end)
    if before is None and after is None:
        return True, True
    low = before.start() if before else start
    high = after.end() if after else end
    begins = ends = False
    at = low
    for word in han_cutter()(text[low:high]):
        after_word = at + len(word)
        if at == start or (at < start < after_word and word[: start - at] in _PREFIXES):
            begins = True
        if after_word == end or (at < end < after_word and word[end - at :] in _SUFFIXES):
            ends = True
        at = after_word
        if at >= end:
            break
    return begins, ends
