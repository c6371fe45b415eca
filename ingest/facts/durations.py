"""Naming durations, cycles, deadlines and ages: 评选周期, 项目学校培育期, 审核办结时限, 人均预期寿命."""

from __future__ import annotations

import re

from ingest.facts.deadlines import name_deadline
from ingest.facts.named import Named, Slot
from ingest.facts.phrases import (
    change_at_end,
    is_metric,
    is_verb_first,
    noun_phrase,
    plain,
    predicate,
    strip_lead,
    strip_tail,
    verbs_at_end,
)
from ingest.facts.subjects import core

UNITS = frozenset(
    {
        "年",
        "个月",
        "天",
        "日",
        "周",
        "小时",
        "个小时",
        "分钟",
        "秒",
        "个工作日",
        "工作日",
        "周岁",
        "岁",
        "个学期",
        "学期",
        "个学年",
        "学年",
        "个星期",
        "毫秒",
        "秒钟",
        "个季度",
    }
)
CYCLE = re.compile(r"^(?:为?一?个?(?:周期|聘期|任期)(?:制)?的?|为?一个?周(?=制|开|进|的))")
_STEMS = {
    **dict.fromkeys(("小时", "个小时", "分钟", "秒", "秒钟"), "时长"),
    **dict.fromkeys(("年", "个月"), "期限"),
    **dict.fromkeys(("日", "个工作日", "工作日"), "时限"),
    **dict.fromkeys(("周岁", "岁"), "年龄"),
    "天": "天数",
}
_SINCE = re.compile(r"(?:自|从|在|于)[^,。;]{1,16}?(?:之日起|次日起|之日|当日起|起|后)$")
_EVERY = re.compile(r"每(?:隔)?$")
_OPENING = re.compile(r"^(?:左右|内)?(?:至少|应当?|要|须|组织|集中|定期)*")
_ONCE = re.compile(r"[一1两2\d]次|[一1]轮|一遍")
_DOING = re.compile(r"^(?:开展|进行|举行|实施|举办|组织|参与|参加|制定|编制)(?=.{2})")
_AT_LEAST = re.compile(r"^(?:不少于|不低于|至少)[^的]{1,8}的")
_STOP = re.compile(r"[,;:。]")
_RULE_TAIL = re.compile(r"(?:实行|落实|每)+$")
_ACTED = re.compile(r"(修订|调整|评估|更新|复核|评选|考核|轮换|审查|检查|校准)(.{2,})$")
_WORK_TAIL = re.compile(r"(?:工作|制度|活动|制)$")
_FOR = re.compile(r"(?:进行|开展|实施|实行)?为期$")
_WITHIN = re.compile(r"(?:日|月|年|小时)(?:以内|之内|内)$")
_OWN_TERM = re.compile(r"的(?P<term>[一-鿿]{1,8}?(?:期限|期(?!间)))")
_TIME_NOUN = re.compile(r"(?:期限|期|时间|年龄|寿命|时限)$")


def name_duration(slot: Slot, before: Named | None) -> Named:
    """The name of a quantity of time: a norm, a term, a cycle, a deadline, an age."""
    left = _SINCE.sub("", plain(slot.left))
    right = plain(slot.right)
    right = "" if right[:1] in (",", ";", "、", ")") else right
    cycle = CYCLE.match(right)
    if cycle or _EVERY.search(left, max(0, len(left) - 2)):
        return _cycle(slot, left, cycle, before)
    if _WITHIN.search(slot.text, slot.quantity.core, slot.quantity.end):
        due = name_deadline(slot, before)
        if due:
            return due
    left = _FOR.sub("", left)
    if left.endswith("提前"):
        base = strip_tail(strip_lead(left[:-2]))
        return Named(f"{base}提前时间", base, base, consumed=1)
    change = change_at_end(left)
    subject = core(strip_tail(strip_lead(left)))
    if change and not is_metric(subject):
        base = strip_tail(strip_lead(left[: change.start()])) or (before.subject if before else "")
        return Named(f"{base}{change['verb']}时间", base, base)
    if is_metric(subject) or _TIME_NOUN.search(subject):
        return Named(subject, subject, subject)
    return _term(slot, subject, right, before)


def _cycle(slot: Slot, left: str, cycle: re.Match[str] | None, before: Named | None) -> Named:
    """每2-3年开展一次县级名校长评选; 5年一周期的教师全员培训."""
    body = plain(slot.beyond)
    body = body[cycle.end() :] if cycle else body
    body = _AT_LEAST.sub("", _DOING.sub("", _ONCE.sub("", _OPENING.sub("", body))))
    stop = _STOP.search(body)
    body = (body[: stop.start()] if stop else body).strip("的")
    acted = _ACTED.match(body)
    body = _WORK_TAIL.sub("", acted[2] + acted[1] if acted else body)
    base = (
        body
        or strip_tail(strip_lead(_RULE_TAIL.sub("", left)))
        or (cycle.group().strip("一个的为制") if cycle else "")
        or (before.subject if before else "")
    )
    return Named(base if base.endswith("期") else f"{base}周期", base, base)


def _term(slot: Slot, subject: str, right: str, before: Named | None) -> Named:
    unit = slot.quantity.unit
    own = _OWN_TERM.match(slot.right)
    if own:
        return Named(own["term"], own["term"], own["term"], consumed=own.end())
    if subject.endswith("连续"):
        subject = subject[:-2] + predicate(right)
        return Named(f"{subject}连续时间", subject, subject)
    stem = _STEMS.get(unit, "时间")
    verb_first = is_verb_first(right)
    if stem == "时限" and subject and verb_first:
        follow = predicate(right)
        if 0 < len(follow) <= 12:
            return Named(f"{subject}{follow}{stem}", subject, subject)
    noun, end = ("", 0) if verb_first or right[:1] == "的" else noun_phrase(right)
    if noun:
        base = subject if len(subject) <= 14 and not verbs_at_end(subject) else ""
        tail = "" if is_metric(noun) or noun.endswith("期") else "期" if stem == "期限" else stem
        return Named(f"{base}{noun}{tail}", noun, noun, consumed=end)
    if subject:
        return Named(f"{subject}{stem}", subject, subject)
    if before and slot.joined:
        return Named(before.subject.removesuffix(stem) + stem, before.subject, before.noun)
    if right[:1] == "的":
        noun, end = noun_phrase(right, forced=True)
        return Named(f"{noun}{'期' if stem == '期限' else stem}", noun, noun, consumed=end)
    base = predicate(right) or (before.subject if before else "")
    return Named(base.removesuffix(stem) + stem, base, base)
