"""Naming sums that a rule grants or sets, and sums that are spent on counted things."""

from __future__ import annotations

import re

from ingest.facts.named import Named, Slot
from ingest.facts.phrases import is_metric, noun_phrase, strip_lead, strip_tail

_SCORED = re.compile(r"(?:认定|评定|评为|确定|授予)为?(?P<what>[^,;。]{2,20})")
_GRANTED = re.compile(
    r"(?:的标准)?(?:给予|予以|发放|享受|计发)?(?:一次性)?(?P<what>[一-鿿]{0,4}(?:补贴|补助|奖励|奖补|资助|津贴))(?=[,;。]|$)"
)
_FUNDED = re.compile(
    r"(?:用于)?(?P<verb>奖励|资助|补助|支持|扶持|培训|建设|改造|新建|表彰|慰问)(?:了|约|近)?\d[\d.]*[余多]?[万亿]?[余多]?"
    r"[名个所家户项位座处间](?P<what>[^,;。]{2,24})"
)
_RULED = re.compile(
    r"^(?P<what>.{2,40}?(?:标准|限额|额度|费率|价格|金额|比例|上限|下限))(?:分别|均|统一)?(?:为|按|是)(?P<who>.{2,16})$"
)
_AIMED_AT = re.compile(
    r"(?:(?P<fund>经费|资金)支持|(?:经费|资金)?(?:专项|主要|重点|全部)?(?:用于|帮助|助力|用以))(?:各地|地方)?(?P<what>[^,;。\d]{3,24})(?=[,;。]|$)"
)
_MONEY_END = re.compile(r"(?:资金|经费|专款)")
_GRANT_WORD = re.compile(r"补贴|补助|奖励|资助|津贴|奖补|救助")
_GRANT_NOUN = re.compile(r"[一-鿿]{0,6}(?:助学金|奖学金|补贴|补助|津贴|救助金|生活费|奖金|养老金)$")
_DIGIT = re.compile(r"\d")
_INCURRED = re.compile(r"发生|产生|享受|按照?|所需")


def scored(slot: Slot, right: str) -> Named | None:
    """850分以上认定为公办强校: 公办强校认定分数."""
    match = _SCORED.search(right) if slot.quantity.unit == "分" else None
    return Named(f"{match['what']}认定分数", match["what"], match["what"]) if match else None


def spent_on(slot: Slot) -> Named | None:
    """拿出5000万元奖励500名优秀乡村教师: 奖励优秀乡村教师资金."""
    if slot.base_unit == "元":
        aimed = _AIMED_AT.match(slot.right)
        what = aimed["what"] if aimed else ""
        if what and not _MONEY_END.search(what):
            return Named(f"{what}{(aimed and aimed['fund']) or '资金'}", what, what)
    match = _FUNDED.match(slot.beyond) if slot.base_unit == "元" else None
    thing = noun_phrase(match["what"], forced=True)[0] if match else ""
    if match is None or not thing:
        return None
    return Named(f"{match['verb']}{thing}资金", match["verb"] + thing, thing)


def granted_sum(slot: Slot, left: str, right: str, before: Named | None) -> Named | None:
    """按每人2000元给予补贴: the 补贴 with its receiver."""
    match = _GRANTED.match(right) if slot.base_unit == "元" else None
    if match is None:
        return None
    who = strip_tail(strip_lead(left)) or (before.subject if before else "")
    what = match["what"] + ("标准" if slot.quantity.per else "")
    return Named(f"{who if len(who) <= 16 else ''}{what}", who, who)


def per_sum(slot: Slot, before: Named | None) -> Named | None:
    """每人最高可补贴300元, 每生每年补助1500元: the standard of what is granted, to whom an earlier clause says."""
    if slot.base_unit != "元" or not slot.quantity.per:
        return None
    between = slot.text[slot.quantity.per_start + len(slot.quantity.per) : slot.quantity.start]
    said = _GRANT_WORD.search(between)
    for words in slot.earlier(2):
        kept = _GRANT_NOUN.search(words)
        if kept and not said:
            return Named(f"{kept.group()}标准", kept.group(), kept.group())
        whom = strip_tail(strip_lead(words))
        if said and 2 <= len(whom) <= 16 and not _DIGIT.search(whom):
            return Named(f"{whom}{said.group()}标准", whom, whom)
    grant = said.group() if said else "补助"
    return Named(f"{grant}标准", grant, grant)


def ruled_sum(subject: str, before: Named | None) -> Named | None:
    """费用限额标准为职工参保人员每人每天120元, 居民参保人员60元: each group with the one standard."""
    match = _RULED.match(subject)
    if match and not is_metric(match["who"]):
        what = _short_measure(match["what"])
        return Named(match["who"] + what, match["who"], match["who"], measure=what)
    if before and before.measure and subject and not is_metric(subject):
        return Named(subject + before.measure, subject, subject, measure=before.measure)
    return None


def _short_measure(what: str) -> str:
    """机构护理发生的生活照料费用纳入支付范围的费用限额标准 → 机构护理费用限额标准."""
    if len(what) <= 14:
        return what
    parts = what.split("的")
    head = _INCURRED.split(parts[0])[0]
    return parts[-1] if len(head) > 10 else head + parts[-1]
