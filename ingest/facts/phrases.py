"""Noun phrases and verbs around a number, told apart by the words' part of speech."""

from __future__ import annotations

import re

from ingest.facts.lexicon import (
    CHANGE_TAIL,
    HEAD_AFTER_VERB,
    LEAD,
    METRIC,
    MONEY_NOUN,
    NAMING_NOUNS,
    NOMINAL_VERBS,
    PERSON,
    RELATIONAL,
    STOP_WORDS,
    TAIL,
    WEAK_VERBS,
)
from ingest.facts.tagging import Tagged, tag

_ASIDE = re.compile(r"\([^()]*\)")
_EXPLAINS = re.compile(r"\d|含")
_CLAUSE_MARK = re.compile("[,;:。!?]")
_LONGEST = 40
_LONGEST_PREDICATE = 24
_ADVERB = re.compile(
    r"^(?:全部|全面|均(?!衡)|已经?|都(?!市)|顺利|总体|基本|成功|率先|先后|陆续|相继|正式|首次|累计|分别|共同|共|集中|全(?![国省市县区])|一律|普遍|"
    r"也|还|并|"
    r"能够?(?![源力量效耗级])|可以?(?!再生|支配|靠|控|燃)|要(?![素求点])|应当?(?![急届])|须|必须|将(?!军)|得到|得以|实现(?!率)|提前|,)+"
)
_TRIM = re.compile(r"[的、和与及或并,:;。!?在了等]+$")
_LIGHT_OPEN = re.compile(r"(?:的|以上|左右|多|余|、|和|及)+")
_MEANS = re.compile(
    r"(?:通过|利用|采取|采用|以|依托|借助|运用)[^,;。]{2,40}?(?:途径|形式|方式|方法|措施|渠道|手段|契机|载体|模式)"
    r"|^在?[^,;。]{2,16}?(?:指导|组织|带动|领导|支持|推动|引领|背景|框架|部署)下"
)
_MEANS_CUE = re.compile("[径式法施道段机体下]")
_NO_CHANGE = frozenset("的为有至率比例额由从校师员所家个")
_LINKS = frozenset({"、", "和", "及", "以及", "或", "·", "-", "/", "+"})
_MAKERS = frozenset({"性", "型", "式", "化", "类", "级", "制"})
_PLACES = frozenset("区园站室馆库厂仓院")
_TAKES_OBJECT = frozenset({"投入", "支持", "服务", "联合"})
_OPEN, _CLOSE = frozenset("“《("), frozenset("”》)")
_GRADED = re.compile(r"\d+(?:周?岁(?:及)?(?:以上|以下)?|类|级|星级)的?")
_ROUND = ("台阶", "大关", "关口", "门槛")
_RANKED = re.compile("、(?=居|位居|列|排名|同比|增长)")
_DESCRIBED = re.compile(
    r"[^,。;的、\d]{2,14}[强广高大好优多快低足显](?:、[^,。;的、\d]{2,12}[强广高大好优多快低足显])*的(?=[一-鿿]{2})"
)
_GRADED_THING = re.compile(
    r"[一-鿿]{1,8}?(?:工程|项目|基地|中心|平台|企业|活动|行动|试点|机构|园区|赛事|课题|成果|集群)"
)
_CHOSEN = re.compile(r"^[中里](?=遴选|评选|选出|选拔|产生|脱颖)")
_ONE_OFF = re.compile("一次性")
_THRESHOLD = re.compile(r"(?:总?投资额?|产值|营收|规模|面积)[^,;、]{1,8}(?:以上|以下|以内)的?(?=.{2})")
_LAND = re.compile(
    r"(?:区|县|市|省|州|镇|乡|村|旗)(?:\([^()]{1,8}\))?"
    r"(?=分为|分成|分别|率先|全[部面覆省市]|均|都|有|中|于|在|被|已|建立|通过|实现|达|完成|开展|纳入|[,;。]|$)"
)
_HAVING = re.compile(r"(?:具有|拥有|符合|富有|兼具|达到|适应|面向)[^,;]{2,20}的(?=.{3})")


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


def noun_phrase(text: str, *, forced: bool = False) -> tuple[str, int]:
    """The noun phrase that ``text`` begins with and where it ends, or ("", 0).

    ``text`` is what follows a number: 名优教师奔赴常山支教 → (名优教师, 4). ``forced``: a verb stands before the
    number, so what follows is its object even if it begins with a verb (配备一套专递课堂).
    """
    opening = _LIGHT_OPEN.match(text)
    offset = opening.end() if opening else 0
    once = _ONE_OFF.match(text, offset)
    if once:
        rest, length = noun_phrase(text[once.end() :], forced=True)
        return (once.group() + rest, once.end() + length) if rest else ("", 0)
    body = text[offset : offset + _LONGEST]
    if not body or body[0] in ",;:。!?)":
        return "", 0
    threshold = _THRESHOLD.match(body)
    if threshold:
        rest, length = noun_phrase(body[threshold.end() :], forced=True)
        return (rest, offset + threshold.end() + length) if rest else ("", 0)
    described = _DESCRIBED.match(body)
    if described:
        rest, length = noun_phrase(body[described.end() :], forced=True)
        return (rest, offset + described.end() + length) if rest else ("", 0)
    land = _LAND.match(body)
    if land:
        return land.group(), offset + land.end()
    graded = _GRADED.match(body)
    if graded:
        rest, length = noun_phrase(body[graded.end() :], forced=True)
        return (graded.group() + rest, offset + graded.end() + length) if rest else ("", 0)
    phrase = _TRIM.sub("", body[: _phrase_end(tag(body), forced=forced)])
    if phrase.endswith(("级", "型")):
        graded_thing = _GRADED_THING.match(body, len(phrase))
        phrase += graded_thing.group() if graded_thing else ""
    if not phrase or phrase.endswith(_ROUND):
        return "", 0
    if "、" in phrase and body.startswith("等", len(phrase)):
        rest, length = noun_phrase(body[len(phrase) + 1 :])
        if rest:
            return f"{phrase}等{rest}", offset + len(phrase) + 1 + length
    having = _HAVING.match(phrase)
    return phrase[having.end() :] if having else phrase, offset + len(phrase)


def _phrase_end(tokens: list[Tagged], *, forced: bool) -> int:
    """Where the noun phrase that ``tokens`` begin with ends, in characters."""
    at = end = depth = 0
    started = False
    skipped = _relative_clause(tokens)
    for index, (word, kind) in enumerate(tokens):
        at += len(word)
        if word in _OPEN:
            depth += 1
        elif word in _CLOSE:
            depth = max(0, depth - 1)
            # A quotation after the noun belongs to it only if the noun goes on (市级“精品教研”活动).
            if not depth and (word == ")" or not started or _goes_on(tokens, index)):
                end, started = at, True
        elif depth or index < skipped:
            continue
        elif word in _LINKS:
            if not started or not _goes_on(tokens, index):
                break
        elif kind == "uj" or word in ("的", "之"):
            if not _goes_on(tokens, index):
                break
        elif _nominal(index, tokens, started=started) or (index == 0 and _opens(word, kind, forced=forced)):
            end, started = at, True
        else:
            break
    return end


def _goes_on(tokens: list[Tagged], index: int) -> bool:
    return index + 1 < len(tokens) and _nominal(index + 1, tokens, started=False)


def _opens(word: str, kind: str, *, forced: bool) -> bool:
    """Whether a verb may open a noun phrase: one character, or where an object must follow."""
    return kind == "v" and (len(word) == 1 or (forced and word not in STOP_WORDS))


def _nominal(index: int, tokens: list[Tagged], *, started: bool) -> bool:
    word, kind = tokens[index]
    if word in STOP_WORDS or kind == "x" or (kind[0] == "m" and word[0].isdigit()):
        return False
    if kind == "v":
        follow, after = tokens[index + 1] if index + 1 < len(tokens) else ("", "x")
        if follow in _PLACES:
            return True
        if follow in _MAKERS:
            return True
        if word in NOMINAL_VERBS:
            return not (started and word in _TAKES_OBJECT and after[0] in "nm")
        return not started and len(follow) > 1 and HEAD_AFTER_VERB.match(follow) is not None
    if kind == "r":
        return word in ("本地", "各类", "各级")
    return kind[0] in "nabjlqskgzmhtfe" or kind in ("vn", "vg", "eng")


def _relative_clause(tokens: list[Tagged]) -> int:
    """How many tokens a leading relative clause takes (参加培训的教师): a verb first, then 的 before a noun."""
    if not tokens or tokens[0][1][0] not in "vcp" or tokens[0][0] in NOMINAL_VERBS:
        return 0
    for index, (word, _) in enumerate(tokens[:12]):
        if word in (",", ";", ":", "。"):
            return 0
        if word == "的" and _goes_on(tokens, index):
            return index + 1
    return 0


def without_means(text: str) -> str:
    """``text`` without 通过…等途径 and 在…的指导下."""
    if len(text) < 6 or not _MEANS_CUE.search(text):
        return text
    rest = _MEANS.sub("", text)
    return rest if len(rest) >= 2 else text


def predicate(text: str) -> str:
    """The verb phrase that ``text`` begins with, adverbs dropped, at most some twenty characters."""
    body = _CHOSEN.sub("", plain(_ADVERB.sub("", without_means(text))))
    stop = _CLAUSE_MARK.search(body) or _RANKED.search(body)
    body = body[: stop.start()] if stop else body
    if body.startswith(("分为", "分成", "是")):
        return ""
    if len(body) > _LONGEST_PREDICATE:
        length = 0
        for word, _ in tag(body):
            if length + len(word) > _LONGEST_PREDICATE:
                break
            length += len(word)
        body = body[:length]
    return _TRIM.sub("", body)


def is_verb_first(text: str) -> bool:
    """Whether ``text`` begins with a predicate rather than with a noun phrase."""
    body = _ADVERB.sub("", text)
    if body != text and text[:1] not in ("全", "共", ","):
        return True
    tokens = tag(body[:14])
    if not tokens:
        return False
    word, kind = tokens[0]
    if word in STOP_WORDS:
        return True
    if kind == "v" and (len(word) > 1 or word in "获有为被占达超列"):
        return not _nominal(0, tokens, started=False)
    return kind[0] in "pdc"


def verbs_at_end(text: str) -> str:
    """The run of verbs that ``text`` ends with (目前已培育创建 → 培育创建), weak ones left out."""
    taken: list[str] = []
    for word, kind in reversed(tag(text[-16:])):
        verbal = kind in ("v", "vn", "vg", "vd") and word not in WEAK_VERBS
        if verbal or word == "新" or (word == "、" and taken):
            taken.append(word)
        elif taken or kind not in ("d", "ad", "ul", "a") or len(word) > 2:
            break
    return "".join(reversed(taken)).strip("、")


def split_verb(text: str) -> tuple[str, str]:
    """``text`` as (leading verbs, noun phrase): 新增学位 → (新增, 学位)."""
    tokens = tag(text[:30])
    at = 0
    for index, (word, kind) in enumerate(tokens):
        linked = (
            0 < at <= 6 and word in "、和与及" and index + 1 < len(tokens) and tokens[index + 1][1] == "v"
        )
        noun_verb = kind == "vn" and at + len(word) < len(text) and word in NAMING_NOUNS
        verb = (kind == "v" or noun_verb) and word not in WEAK_VERBS
        if not (linked or verb or (word == "新" and at == 0)):
            break
        at += len(word)
    if at and text[at : at + 1] in ("、", "和", "与"):
        return "", text
    return text[:at], text[at:]


def first_verb(text: str) -> str:
    """The first verbs of ``text`` that are worth naming: 已组建“山海”“杭阿”等 → 组建."""
    verbs = ""
    for word, kind in tag(text[:24]):
        if (kind == "v" and word not in WEAK_VERBS) or (verbs and kind == "vn"):
            verbs += word
        elif verbs or kind[0] not in "dxrtmfpc":
            break
    return verbs
