"""Naming rates, shares, growth and ratios: 巩固率, 交流轮岗教师中骨干教师占比, 地区生产总值增速, 师生比."""

from __future__ import annotations

import re

from ingest.facts.lexicon import DOWN
from ingest.facts.named import Named, Slot, related
from ingest.facts.phrases import (
    change_at_end,
    is_metric,
    is_relational,
    is_verb_first,
    noun_phrase,
    plain,
    predicate,
    strip_lead,
    strip_tail,
    verbs_at_end,
)
from ingest.facts.subjects import core
from kb.model import Comparator
from kb.thesaurus import part_of

POINTS = frozenset({"个百分点", "百分点"})
UNITS = frozenset({"%", "‰", "倍", "番", ""}) | POINTS
_BY_AMOUNT = frozenset(
    {"提高", "提升", "调增", "上调", "上浮", "下浮", "下调", "扩大", "缩短", "压减", "压缩", "缩小"}
)
_TIES: dict[str, Comparator] = {
    "不低于": ">=",
    "不得低于": ">=",
    "不少于": ">=",
    "不得少于": ">=",
    "超过": ">",
    "高于": ">",
    "不超过": "<=",
    "不得超过": "<=",
    "不高于": "<=",
    "低于": "<",
}
_SHARE_OF = re.compile(
    r"^(?P<part>.*?)(?P<tie>约?占到?了?|达到?|不低于|不得低于|不少于|不得少于|超过|不超过|不得超过|低于|高于|不高于|为|按照?|以|相当于)"
    r"(?:全部|(?P<scope>全市|全省|全县|全国|全区|本地区|同期))?(?P<whole>[^占达,;。]{2,26}?)的?(?:比例|比重)?"
    r"(?:为|达到?|约|近|超过|不低于|均|均为|仅|分别为|由|从|分别)*$"
)
_OF_TAIL = re.compile(r"的(?:约|近|超过|不低于)?$")
_SHARE_NOUN = re.compile(r"占(?:比|有率|领|用)")
_SHARE_WORD = re.compile(r"^(?:占比|比例|比重|所占比例|所占比重)$")
_PART_TAIL = re.compile(r"(?:所|(?<!人)数量?|总数)$")
_WHOLE_TAIL = re.compile(r"(?:总数|总量|总额|(?<![人系指])数量?)$")
_RULED = re.compile(r"的(?P<metric>比例|标准|额度|费率|幅度|折扣)(?P<verb>[一-鿿]{2,4})?")
_FINED = re.compile(r"的?罚款")
_PUNISHED = re.compile(r"^(?:并|可以?)?处以?")
_PAID_BY = re.compile(r"(?P<what>.{2,12}?)由(?P<who>.{2,12})$")
_OF_LAND = re.compile(r"占(?:到)?(?P<scope>全[国省市县区州]|同期)(?:约|近|的|超过?|比重|比例|达到?)*$")
_RECKONED = re.compile(
    r"(?:估算|计算|核定|确定|计发|计提|给予|补助|补贴|收取|缴纳|安排|提取|列支|支付|报销|奖励|发放|执行)"
)
_GROUP = (
    r"小学|初中|高中|普通高中|幼儿园|中小学|中职|高职|本科|专科|城市|城镇|农村|乡村|城区|省级|市级|县级|区级|乡镇|男性|女性|男生|"
    r"女生|东部|中部|西部|东北|[甲乙丙丁一二三]类|[一二三]级|职工|居民|公办|民办"
)
_GROUPED = re.compile(
    rf"^(?P<measure>.*(?:系数|指数|率|比例|占比|比|标准|面积|班额|得分)),?(?P<group>{_GROUP})$"
)
_ONLY_GROUP = re.compile(rf"^(?:{_GROUP})$")
_SHARE_TAIL = re.compile(r"(?:占比|比例|比重)$")


def name_rate(slot: Slot, before: Named | None) -> Named:
    """The name of a quantity in %, 个百分点, 倍, 番, or without a unit."""
    left = plain(slot.left)
    unit = slot.quantity.unit
    if slot.quantity.doubling:
        subject = strip_tail(strip_lead(left)) or (before.subject if before else "")
        return Named(f"{subject}翻番", subject, subject)
    change = change_at_end(left) if unit else None
    if change:
        return _change(slot, change, left, before)
    share = _share(slot, left, before)
    if share is not None:
        return share
    subject = core(strip_tail(strip_lead(left)))
    ruled = _ruled(slot, subject)
    if ruled:
        return ruled
    if unit in ("%", "‰") and not isinstance(slot.quantity.value, str) and not is_metric(subject):
        named = _attributive(slot, left, subject, before)
        if named is not None:
            return named
    return _level(slot, subject, before)


def _change(slot: Slot, change: re.Match[str], left: str, before: Named | None) -> Named:
    """增长5.5%, 提高5.9个百分点, 高于全国1.7个百分点, 增长1.5倍, 翻一番."""
    verb, unit = change["verb"], slot.quantity.unit
    than = any(change[f"than{i}"] for i in range(1, 6))
    subject = strip_tail(strip_lead(left[: change.start()]))
    if not subject and before:
        subject = before.indicator if than or unit in POINTS else before.subject
    elif before and len(subject) <= 6 and is_relational(subject):
        subject = before.noun + subject
    average = "年均" if "年均" in change.group() and not subject.endswith("年均") else ""
    if than or (verb in _BY_AMOUNT and unit != "倍"):
        name = f"{subject}{verb}幅度"
    elif unit in POINTS:
        name = f"{subject}{verb if len(verb) > 1 else '提高' if verb in '增涨' else '下降'}幅度"
    elif unit == "倍":
        name = f"{subject}{verb if len(verb) > 1 else '增长'}倍数"
    else:
        name = subject + average + ("降幅" if verb in DOWN else "增速")
    return Named(name, subject, subject)


def _share(slot: Slot, left: str, before: Named | None) -> Named | None:
    """A占B的N%, A不低于B的N%: the share of A in B."""
    tied = "占" in left and not _SHARE_NOUN.search(left)
    if not tied and not _OF_TAIL.search(left, max(0, len(left) - 4)):
        return None
    whole_land = _OF_LAND.search(left) if tied else None
    if whole_land:
        part = strip_tail(strip_lead(left[: whole_land.start()])) or (before.subject if before else "")
        return Named(f"{part}占{whole_land['scope']}比重", part, part)
    match = _SHARE_OF.match(strip_tail(left) if tied else left)
    if match is None and _RECKONED.match(slot.right):
        whole = _WHOLE_TAIL.sub("", left.removesuffix("的"))
        return Named(f"{predicate(slot.right)}占{whole}比例", whole, whole)
    if match is None or match["whole"] in ("比", "有率"):
        return None
    everywhere = match["scope"] if match["whole"] in ("比重", "比例") else ""
    part = strip_lead(match["part"])
    if not part and before:
        part = before.noun if slot.quantity.unit else before.subject
    part = _PART_TAIL.sub("", strip_tail(part)).replace("的", "") or part
    whole = _WHOLE_TAIL.sub("", match["whole"]) or match["whole"]
    slot.quantity.comparator = _TIES.get(match["tie"], slot.quantity.comparator)
    if not part:
        return Named(f"{predicate(slot.right)}占{whole}比例", whole, whole)
    ending = "倍数" if slot.quantity.unit == "倍" else "比例"
    if everywhere:
        return Named(f"{part}占{everywhere}{whole}", part, part)
    own = part_of(part, whole)
    if own != part and ending == "比例":
        return Named(f"{whole}中{own}占比", part, part)
    return Named(f"{part}占{whole}{ending}", part, part)


def _attributive(slot: Slot, left: str, subject: str, before: Named | None) -> Named | None:
    """90%以上的义务教育学校达到标准; 覆盖73.1%的乡村学校; 学校100%建立关系."""
    right = plain(slot.right)
    if not right or right[0] in ",;:。、)和与及":
        return None
    if not subject and before and slot.same_clause and len(right) <= 4 and not slot.joined:
        return Named(f"{before.subject}{right}率", before.subject, before.noun)
    if subject and right[0] != "的" and (len(right) <= 4 or is_verb_first(right)):
        follow = predicate(right)
        if not follow:
            return None
        return Named(subject + follow + ("率" if len(follow) <= 4 else "比例"), subject, subject)
    noun, end = noun_phrase(right)
    if not noun:
        return None
    if subject and slot.left.endswith("在"):
        return Named(f"{predicate(right[end:])}{subject}的{noun}占比", noun, noun, consumed=end)
    verb = verbs_at_end(strip_tail(left)) if subject else ""
    if verb:
        return Named(f"{verb}{noun}比例", noun, noun, verb, consumed=end)
    if subject and len(subject) <= 12:
        return Named(f"{subject}{noun}比例", subject, noun, consumed=end)
    return Named(f"{predicate(right[end:])}{noun}占比", noun, noun, consumed=end)


def _level(slot: Slot, subject: str, before: Named | None) -> Named:
    """教育巩固率达102.72%, 其中骨干教师占比12%, 由62%提高到83%, 系数低于0.28."""
    unit = slot.quantity.unit
    if not subject:
        return _continued(slot, before)
    grouped = _GROUPED.match(subject)
    if grouped:
        group, measure = grouped["group"], grouped["measure"]
        return Named(group + measure, group, group, measure=measure)
    if before and before.measure and _ONLY_GROUP.match(subject):
        return Named(subject + before.measure, subject, subject, measure=before.measure)
    if before and _SHARE_WORD.match(subject) and slot.left.startswith("的") and slot.clause:
        last = next((q for q in reversed(slot.clause.quantities) if q.end <= slot.quantity.start), None)
        if last is not None:
            name = f"{before.subject}{slot.text[last.start : last.end]}{subject}"
            return Named(name, before.subject, before.noun)
    if before and _SHARE_WORD.match(subject):
        part = before.noun or before.subject
        name = f"{before.whole}中{part}占比" if before.whole else f"{part}占比"
        return Named(name, before.subject, before.noun, whole=before.whole)
    if before and slot.part and unit == "%":
        return Named(f"{before.subject}中{_with_share(subject)}", subject, subject)
    subject = related(subject, slot, before)
    name = subject
    if unit == "倍":
        name = subject if subject.endswith(("倍数", "倍")) else f"{subject}倍数"
    elif unit in ("%", "‰"):
        name = _with_share(subject)
    elif isinstance(slot.quantity.value, str) and not subject.endswith(("比", "比例")):
        name = f"{subject}{'占比' if '/' in slot.quantity.value else '比'}"
    return Named(name, _SHARE_TAIL.sub("", subject) or subject, subject)


def _ruled(slot: Slot, subject: str) -> Named | None:
    """费用由申请人按50%的比例承担; 处违法所得1倍以上5倍以下的罚款."""
    fine = _FINED.match(slot.right or slot.beyond)
    if fine:
        base = _PUNISHED.sub("", subject)
        return Named(f"{base}罚款{'倍数' if slot.quantity.unit == '倍' else '比例'}", base, base)
    ruled = _RULED.match(slot.right or slot.beyond)
    if ruled is None or not subject or is_metric(subject):
        return None
    paid = _PAID_BY.match(subject)
    if paid:
        subject = f"{paid['who']}{ruled['verb'] or '承担'}{paid['what']}"
        return Named(f"{subject}{ruled['metric']}", subject, subject)
    return Named(f"{subject}{ruled['verb'] or ''}{ruled['metric']}", subject, subject)


def _continued(slot: Slot, before: Named | None) -> Named:
    """A number that continues what was named before: …提高到83%."""
    unit = slot.quantity.unit
    if before and (slot.elided or slot.joined or before.subject):
        growth = before.indicator.endswith(("增速", "降幅", "幅度"))
        moved = before.indicator.endswith("幅度") and unit == "%"
        name = before.subject if moved or (growth and unit not in ("%", "个百分点")) else before.indicator
        return Named(name, before.subject, before.noun, before.verb)
    noun, end = noun_phrase(plain(slot.right))
    return Named(noun + ("比例" if unit == "%" else ""), noun, noun, consumed=end)


def _with_share(subject: str) -> str:
    subject = subject.removesuffix("占")
    if is_metric(subject) or subject.endswith(("情况", "程度", "增长", "目标", "之比")):
        return subject
    return f"{subject}占比"
