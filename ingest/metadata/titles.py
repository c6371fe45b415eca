"""Titles as they are shown, and the kind of a document by its title."""

from __future__ import annotations

import re

_SITE = re.compile(
    r"\s*(?:[-_—|｜丨–]{1,2}|\s-\s)\s*[^-_—|｜丨–《》]{0,24}"
    r"(?:网|网站|门户|门户网站|人民政府|政府|信息公开|频道|关注|平台|公众号|客户端|委员会|[部厅局委])\s*$"
)
_SUFFIX = re.compile(r"\s*[|｜丨]\s*[^|｜丨]{1,10}$|\s*-->$")
_PREFIX = re.compile(r"^(?:【[^】]{1,8}】|\((?:转载|转发|图文)\)|(?:转载|标题)[:：])\s*")
_TAIL = re.compile(
    r"\s*(?:[(〔（\[【]\s*[^()〔〕（）\[\]【】]{1,30}[)〕）\]】]|全文|摘要|节选|修订版|\d{4}年版|试行|暂行)\s*$"
)
# Words that a title ends in and that are kinds themselves, then those that stand for another.
_KINDS = (
    "解读", "通知", "通报", "意见", "办法", "方案", "规划", "报告", "条例",
    "规定", "决定", "决议", "批复", "函", "答复", "公告", "通告", "公报",
    "纲要", "细则", "规则", "规程", "章程", "准则", "指南", "指引", "要点",
    "计划", "措施", "清单", "目录", "名单", "标准", "规范", "预案", "制度",
    "议案", "提案", "纪要", "讲话", "令", "总结", "案例", "年鉴", "说明",
    "倡议书", "白皮书",
)  # fmt: skip
_MEANT = {
    "问答": "解读",
    "答记者问": "解读",
    "问答课堂": "解读",
    "详解": "解读",
    "复函": "函",
    "命令": "令",
    "流程": "指南",
    "工作安排": "安排",
    "法": "法律",
}
_BY_END = sorted([*((word, word) for word in _KINDS), *_MEANT.items()], key=lambda pair: -len(pair[0]))
_ALIASES = {
    "实施细则": "细则",
    "实施意见": "意见",
    "实施方案": "方案",
    "行动计划": "计划",
    "新闻报道": "新闻",
    "综述": "新闻",
}
_NOT_A_LAW = re.compile(r"(?:办|做|方|说|看|想|手|书|魔|语|玩|用|打|疗|技|戏)法$")


def clean_title(text: str) -> str:
    """A title without what a site puts before and behind it, on one line."""
    title = re.sub(r"\s+", " ", text).strip()
    for _ in range(3):
        shorter = _PREFIX.sub("", _SUFFIX.sub("", title)).strip()
        site = _SITE.search(shorter)
        if site and site.start() >= 8:
            shorter = shorter[: site.start()].strip()
        if shorter == title or len(shorter) < 4:
            break
        title = shorter
    return title


def bare_title(text: str) -> str:
    """A title for comparison: no brackets at its end, no 《》, no blanks."""
    title = re.sub(r"[\s《》“”\"〈〉<>]", "", text)
    while (shorter := _TAIL.sub("", title)) != title and len(shorter) >= 4:
        title = shorter
    return title


def kind_of(title: str) -> str:
    """The kind (文种) that the title ends in; "" if it ends in none."""
    bare = bare_title(title)
    if "征求意见稿" in title:
        return "征求意见稿"
    if bare.startswith(("一图读懂", "图解", "解读")):
        return "解读"
    for word, kind in _BY_END:
        if bare.endswith(word) and not (word == "法" and (_NOT_A_LAW.search(bare) or len(bare) < 3)):
            return kind
    return ""


def normal_kind(word: str) -> str:
    """A kind as a file's own metadata names it, under the name used here."""
    word = word.strip()
    return _ALIASES.get(word, word)
