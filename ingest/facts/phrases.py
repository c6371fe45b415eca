"""Noun phrases and verbs around a number, told apart by the words' part of speech."""

from __future__ import annotations

import re

from ingest.facts.lexicon import (
    CHANGE_TAIL,
    HEAD_AFTER_VERB,
    LEAD,
    METRIC,
    MONEY_NOUN,
    NOMINAL_VERBS,
    PERSON,
    RELATIONAL,
    TAIL,
)
from ingest.facts.tagging import Tagged, tag

_ASIDE = re.compile(r"\([^()]*\)")
_EXPLAINS = re.compile(r"\d|含")
_CLAUSE_MARK = re.compile("[,;:。!?]")
_LIMIT = 40
_STOP_WORDS = frozenset(
    "与 同 跟 在 对 为 由 从 向 于 按 按照 通过 根据 以 用 将 把 被 给 让 使 中 均 都 已 全部 总体 基本 分别 并 也 还 就 等 后 时 有 是 其中 "
    "以上 以下 以内 左右 到 至 年均 全面 进行 得到 顺利 成功 达 超 占 正式 相继 陆续 先后 累计 共 以来 期间 之一 进入 提前 首次 参照 同时".split()
)
_NOT_VERBS = frozenset(
    "有 为 是 达 达到 超过 超 占 到 至 实现 推动 支持 促进 推进 确保 力争 争取 加快 突破 以 等 约 近 共 计 来 去".split()
)
_ADVERB = re.compile(
    r"^(?:全部|全面|均|已经?|都|顺利|总体|基本|成功|率先|先后|陆续|相继|正式|首次|累计|分别|共同|共|集中|全|一律|普遍|也|还|并|能|可|能够|要|应当?|须|必须|将|得到|得以|实现(?!率)|提前|,)+"
)
_TRIM = re.compile(r"[的、和与及或并,:;。!?在了等]+$")
_LIGHT_OPEN = re.compile(r"^(?:的|以上|左右|多|余|、|和|及)+")


def plain(text: str) -> str:
    """``text`` without what stands in brackets, except a short alternative like 县(市、区) or 骨干专业(群)."""
    if "(" not in text:
        return text
    return _ASIDE.sub(
        lambda m: m.group() if len(m.group()) <= 6 and not _EXPLAINS.search(m.group()) else "", text
    )


def strip_lead(text: str) -> str:
    """``text`` without the adverbs, scope words and connectives it begins with."""
    match = LEAD.match(text)
    return text[match.end() :] if match else text


def strip_tail(text: str) -> str:
    """``text`` without the predicate and the particles that lead up to a number."""
    match = TAIL.search(text, max(0, len(text) - 18))
    return text[: match.start()] if match else text


def change_at_end(text: str) -> re.Match[str] | None:
    """The verb of change that ``text`` ends with (…同比增长, …高于全国), its group ``verb``."""
    if text[-1:] in _NO_CHANGE:
        return None
    return CHANGE_TAIL.search(text, max(0, len(text) - 30))


_NO_CHANGE = frozenset("的为有至率比例额由从校师员所家个")


def is_metric(name: str) -> bool:
    """Whether ``name`` ends in a word that measures (…率, …面积, …标准), so that it needs no 数."""
    return METRIC.search(name, max(0, len(name) - 4)) is not None


def is_money(name: str) -> bool:
    """Whether ``name`` ends in a word for money (…资金, …投资)."""
    return MONEY_NOUN.search(name, max(0, len(name) - 4)) is not None


def is_person(name: str) -> bool:
    """Whether ``name`` ends in a word for people."""
    return PERSON.search(name, max(0, len(name) - 4)) is not None


def is_relational(name: str) -> bool:
    """Whether ``name`` says nothing without what it belongs to (减幅, 成员学校)."""
    return RELATIONAL.match(name) is not None


def _nominal(index: int, tokens: list[Tagged], started: bool) -> bool:
    word, kind = tokens[index]
    if word in _STOP_WORDS:
        return False
    follow = tokens[index + 1][0] if index + 1 < len(tokens) else ""
    if kind[0] == "m" and word[0].isdigit():
        return False
    if kind == "v":
        if follow in ("性", "型", "式", "化", "类", "级", "制"):
            return True
        if word in NOMINAL_VERBS:
            return not (
                started
                and follow
                and tokens[index + 1][1][0] in "nm"
                and word in ("投入", "支持", "服务", "联合")
            )
        return bool(follow and HEAD_AFTER_VERB.match(follow) and len(follow) > 1 and not started)
    return (
        kind[0] in "nabjlqskgzmhtfe"
        and kind not in ("zg_",)
        or kind in ("vn", "vg", "eng", "i_")
        or kind == "r"
        and word in ("本地", "各类", "各级")
    )


_GRADED = re.compile(r"\d+(?:周?岁(?:及)?(?:以上|以下)?|类|级|星级)的?")
_ROUND = frozenset({"台阶", "大关", "关口", "门槛"})
_UNIT_OF_LAND = re.compile(
    r"(?:区|县|市|省|州|镇|乡|村|旗)(?:\([^()]{1,8}\))?(?=分为|分成|分别|率先|全[部面覆省市]|均|都|有|中|于|在|被|已|建立|通过|实现|达|完成|开展|纳入|[,;。]|$)"
)


def noun_phrase(text: str, *, forced: bool = False) -> tuple[str, int]:
    """The noun phrase that ``text`` begins with and where it ends, or ("", 0).

    ``text`` is what follows a number: 名优教师奔赴常山支教 → (名优教师, 4). ``forced``: a verb stands before the
    number, so what follows is its object even if it begins with a verb (配备一套专递课堂).
    """
    opening = _LIGHT_OPEN.match(text)
    offset = opening.end() if opening else 0
    body = text[offset : offset + _LIMIT]
    if not body or body[0] in ",;:。!?)":
        return "", 0
    land = _UNIT_OF_LAND.match(body)
    if land:
        return land.group(), offset + land.end()
    graded = _GRADED.match(body)
    if graded:
        rest, length = noun_phrase(body[graded.end() :], forced=True)
        return (graded.group() + rest, offset + graded.end() + length) if rest else ("", 0)
    tokens = tag(body)
    at = end = 0
    started = False
    depth = 0
    skip_verb = _relative_clause(tokens)
    for index, (word, kind) in enumerate(tokens):
        at += len(word)
        if word in "“《(":
            depth += 1
            continue
        if word in "”》)":
            depth = max(0, depth - 1)
            # A quotation after the noun belongs to it only if the noun goes on (市级“精品教研”活动).
            if not depth and (
                not started or (index + 1 < len(tokens) and _nominal(index + 1, tokens, started=False))
            ):
                end, started = at, True
            continue
        if depth or index < skip_verb:
            continue
        if word in ("、", "和", "及", "以及", "或", "·", "-", "/", "+"):
            if not started or index + 1 >= len(tokens) or not _nominal(index + 1, tokens, started=False):
                break
            continue
        if kind == "uj" or word in ("的", "之"):
            if index + 1 >= len(tokens) or not _nominal(index + 1, tokens, started=False):
                break
            continue
        if (
            kind == "x"
            or word in ",;:。!? \t"
            or not (
                _nominal(index, tokens, started)
                or (index == 0 and kind == "v" and len(word) == 1)
                or (forced and index == 0 and kind == "v" and word not in _STOP_WORDS)
            )
        ):
            break
        end, started = at, True
    phrase = _TRIM.sub("", body[:end])
    if phrase in _ROUND:
        return "", 0
    length = len(phrase)
    clause = _HAVING.match(phrase)
    return phrase[clause.end() :] if clause else phrase, offset + length if phrase else 0


_HAVING = re.compile(r"^(?:具有|拥有|符合|富有|兼具|达到|适应|面向)[^,;]{2,20}的(?=.{3})")


def _relative_clause(tokens: list[Tagged]) -> int:
    """How many tokens a leading relative clause takes (参加培训的教师): a verb first, then 的 before a noun."""
    if not tokens or tokens[0][1][0] not in "vcp" or tokens[0][0] in NOMINAL_VERBS:
        return 0
    for index, (word, _) in enumerate(tokens[:12]):
        if word in ",;:。、":
            return 0
        if word == "的" and index + 1 < len(tokens) and _nominal(index + 1, tokens, started=False):
            return index + 1
    return 0


_MEANS = re.compile(
    r"(?:通过|利用|采取|采用|以|依托|借助|运用)[^,;。]{2,40}?(?:途径|形式|方式|方法|措施|渠道|手段|契机|载体|模式)"
    r"|^在?[^,;。]{2,16}?(?:指导|组织|带动|领导|支持|推动|引领|背景|框架|部署)下"
)


_MEANS_CUE = re.compile("[径式法施道段机体下]")


def without_means(text: str) -> str:
    """``text`` without 通过…等途径 and 在…的指导下."""
    if len(text) < 6 or not _MEANS_CUE.search(text):
        return text
    rest = _MEANS.sub("", text)
    return rest if len(rest) >= 2 else text


def predicate(text: str) -> str:
    """The verb phrase that ``text`` begins with, adverbs dropped, at most some twenty characters."""
    body = plain(_ADVERB.sub("", without_means(text)))
    stop = _CLAUSE_MARK.search(body)
    body = body[: stop.start()] if stop else body
    if body.startswith(("分为", "分成")):
        return ""
    if len(body) > 24:
        cut = ""
        for word, _ in tag(body):
            if len(cut) + len(word) > 24:
                break
            cut += word
        body = cut
    return _TRIM.sub("", body)


def is_verb_first(text: str) -> bool:
    """Whether ``text`` begins with a predicate rather than with a noun phrase."""
    body = _ADVERB.sub("", text)
    if body != text and text[:1] not in "全共,":
        return True
    tokens = tag(body[:14])
    if not tokens:
        return False
    word, kind = tokens[0]
    if word in _STOP_WORDS:
        return True
    if kind == "v" and (len(word) > 1 or word in "获有为被占达超列"):
        return not _nominal(0, tokens, started=False)
    return kind[0] in "pdc"


def verbs_at_end(text: str) -> str:
    """The run of verbs that ``text`` ends with (目前已培育创建 → 培育创建), weak ones left out."""
    tokens = tag(text[-16:])
    taken: list[str] = []
    for index in range(len(tokens) - 1, -1, -1):
        word, kind = tokens[index]
        if kind == "x" and word in "、" and taken:
            taken.append(word)
        elif kind in ("v", "vn", "vg", "vd") and word not in _NOT_VERBS:
            taken.append(word)
        elif kind in ("d", "ad", "ul", "a") and (not taken or word == "新") and len(word) <= 2:
            if word == "新":
                taken.append(word)
        else:
            break
    return "".join(reversed(taken)).strip("、")


def split_verb(text: str) -> tuple[str, str]:
    """``text`` as (leading verbs, noun phrase): 新增学位 → (新增, 学位)."""
    tokens = tag(text[:30])
    at = 0
    for index, (word, kind) in enumerate(tokens):
        if at and word in "、和与及" and index + 1 < len(tokens) and tokens[index + 1][1] == "v" and at <= 6:
            at += len(word)
            continue
        if (
            (kind == "v" or (kind == "vn" and at + len(word) < len(text) and word in _NAMING))
            and word not in _NOT_VERBS
            or (word == "新" and at == 0)
        ):
            at += len(word)
            continue
        break
    if at < len(text) and at and text[at] in "、和与":
        return "", text
    return text[:at], text[at:]


_NAMING = frozenset(
    "建设 培育 改造 培训 创建 投资 服务 开发 培养 建成 修复 治理 采购 打造 救助 资助 补助 奖励 保护 种植".split()
)


def first_verb(text: str) -> str:
    """The first verbs of ``text`` that are worth naming: 已组建“山海”“杭阿”等 → 组建."""
    verbs = ""
    for word, kind in tag(text[:24]):
        if kind in ("v",) and word not in _NOT_VERBS or (verbs and kind == "vn"):
            verbs += word
        elif verbs:
            break
        elif kind[0] not in "dxrtmfpc" and word not in LEADING_NOISE:
            break
    return verbs


LEADING_NOISE = frozenset("全省 全市 全县 全区 目前 共".split())
