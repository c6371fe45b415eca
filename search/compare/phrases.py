"""The phrases around a number: stage of schooling, per head or in total, bound, and the case a rule is for."""

from __future__ import annotations

import re

from kb.model import Comparator, Fact

_STAGE = r"小学|初中|高中|幼儿园|中职|义务教育"
_STAGES = re.compile(rf"中小学|{_STAGE}")
_FRONT = re.compile(
    rf"^(?:其中|全[省市县区州]|公办|民办|城乡|农村|普通|各|九年|阶段|的)*"
    rf"(?P<stages>(?:中小学|(?:{_STAGE})(?:[、和及与](?:{_STAGE}))*))(?!招生|分配)"
)
_TAIL = re.compile(rf"(?P<stages>(?:{_STAGE})(?:[、和及与](?:{_STAGE}))*)(?:均|都|各|分别|学校|阶段)*$")
_CASE_AFTER = re.compile(
    r"(?:班|人|名|位|学生|人口|平方米)*(?:(?:及|或)?以[上下](?:的|且)|及以[上下]|的(?:乡村|农村|学校|县|地区|教学点)|为一个周期|"
    r"[^，,；;。]{0,6}的(?:乡村|农村|学校|教学点|班级|县))"
)
_CASE_BEFORE = re.compile(r"(?:不足|每|为期|实行|以)$")
_FROM = re.compile(r"(?:由|从)(?:[^，,；;。]{0,12}的)?$")
_PER = re.compile(
    r"(?:生|人|户|班|校|师)均|每(?:百|千|万)?(?:名|人|生|户|班|县|校|位|所)(?:学生|人口)?|平均每"
)
_PER_SAID = re.compile(
    r"(?:生|人|户|班|校)均|每(?:百|千|万)?(?:名|人|生|户|校|所)(?:学生|人口)?(?:拥有|配备|配置)?"
)
_CLASS_SIZE = re.compile(r"班额|(?<![一-鿿])[大中小]班(?:额|人数)?(?![一-鿿])")
"""Names of a number of pupils per class that do not say 每班."""
_COUNT = re.compile(r"(?:总数|总量|数量|人数|个数|(?<![系指参倍分常函])数)$")
_SCOPE = re.compile(r"^(?:全[省市县区州旗师]|各?县域?内?|[我本该][省市县区]|各地|目前|已)")
_LEAST = re.compile(
    r"(?:不(?:得|能)?(?:低|少|小)于|至少|不下于|(?<![不得能])(?:高于|超过|超|多于)|达到?|完成|保持|稳定在|突破|实现|提高到|提升到)"
)
_MOST = re.compile(
    r"(?:不(?:得|能)?(?:超过|高于|多于|大于)|(?<![不得能])(?:低于|小于|少于)|控制在|压减[到至]|降[到至低]+)"
)


_CHANGES = re.compile(
    r"(?:增加|增长|提高|提升|上升|减少|下降|降低|压减|缩小|新增|扩大)了?(?:约|近|超过?|不[低少]于|至少)?$"
)
_BOUND_AT_END = re.compile(
    r"(?:均|都|各|分别)?(?:不?[低高少多大小超][于过]|达到?|至少|为|占|保持在?|稳定在)*$"
)
_TIME = re.compile(r"^(?:到|至|截至)?\d{4}年(?:底|末)?(?:前)?")


def stages_said(piece: str, ahead: str) -> list[str]:
    """The stages of schooling that a clause opens with, or that stand right before its number.

    :param piece: the clause. :param ahead: its words before the number.
    """
    opening = _FRONT.match(_TIME.sub("", piece.strip()))
    found = opening or _TAIL.search(_BOUND_AT_END.sub("", ahead))
    return _STAGES.findall(found["stages"]) if found else []


def stages_in(text: str) -> frozenset[str]:
    """All stages of schooling named in a few words, such as the head of a column."""
    return frozenset(_STAGES.findall(text))


def per_said(text: str) -> str:
    """What a number is taken per, by one name: 生均 and 每生 are the same, 每百名学生 is another; empty for a total."""
    found = _PER.search(text)
    if found is None:
        return "班" if _CLASS_SIZE.search(text) else ""
    word = found.group()
    if re.search("[百千万]", word):
        return word[:3]
    core = word.strip("每均平")[:1]
    return {"名": "人", "所": "校"}.get(core, core) or word


def bare_subject(subject: str, *, at_end: bool = True) -> str:
    """A subject without stage, per-head words, scope and counting words.

    :param at_end: the number ends the clause; else a stage at the end is what is counted (建有1所中心幼儿园).
    """
    plain = _SCOPE.sub("", _COUNT.sub("", _PER_SAID.sub("", subject))) or subject
    plain = _FRONT.sub("", plain) or plain
    return (_TAIL.sub("", plain) if at_end else plain).strip("、和及与的") or plain


def is_case(ahead: str, after: str) -> bool:
    """Whether a number only tells which case a rule is for (不足100名学生的学校), or where a change began (由70%提高到)."""
    if _CASE_BEFORE.search(ahead) or (_FROM.search(ahead) and re.search(r"[到至成为]", after)):
        return True
    return bool(_CASE_AFTER.match(after) and not _LEAST.search(ahead) and not _MOST.search(ahead))


def is_change(ahead: str) -> bool:
    """Whether a number says by how much something changes (增加120所), not what it comes to (增加到120所)."""
    return bool(_CHANGES.search(ahead))


def comparator_said(fact: Fact, ahead: str) -> Comparator:
    """The fact's comparator, where it has one; else what the words of the clause before the number say."""
    if fact.comparator not in ("=", "≈"):
        return fact.comparator
    most, least = list(_MOST.finditer(ahead)), list(_LEAST.finditer(ahead))
    if most and (not least or most[-1].end() >= least[-1].end()):
        return "<="
    return ">=" if least else fact.comparator
