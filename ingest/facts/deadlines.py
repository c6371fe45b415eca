"""Naming the time within which something has to be done: 提出审核意见期限, 执法决定信息公开期限."""

from __future__ import annotations

import re

from ingest.facts.named import Named, Slot
from ingest.facts.phrases import is_verb_first, predicate, strip_lead, strip_tail

_OFFICE = re.compile(
    r"(?:部门|机关|政府|单位|机构|办事处|中心|企业|公司|学校|医院|银行|委员会|[厅局委院]|人|者|方|家庭|职工|对象)"
    r"(?:\([^()]*\))?$"
)
_MODAL = re.compile(r"(?:应当?|须|必须|要|需|可以?|有权|负责|将|未)+$")
_FROM_ON = re.compile(r"(?:自|从|在|于)(?:[^,。;]{1,24}?)(?:之日起|次日起|之日|当日起|当天起|起|后)(?:的)?$")
_TOWARDS = re.compile(
    r"^(?:向(?:全?社会|[^,;。]{1,12}?(?:部门|机关|政府|机构|单位|中心|办事处|委员会|法院|[局厅]))|依法|及时|主动|并|应当?|须|要|予以|根据[^,;。]{2,20}|按照?[^,;。]{2,16})"
)
_EVENT = re.compile(r"(?:毕业|登记注册|注册登记|注册|成立|签订合同|参加工作|取得证书)$")


def name_deadline(slot: Slot, before: Named | None) -> Named | None:
    """The name of 20个工作日内 and the like; None where nothing says what is to be done.

    What is done stands after the number, if need be in the clauses that follow; who does it is left out.
    """
    event = _EVENT.search(slot.left)
    if event:
        return Named(f"{event.group()}时间", event.group(), event.group())
    follow = _act(slot) if not slot.right.strip(",、") or is_verb_first(slot.right) else ""
    if not follow:
        return None
    subject = strip_tail(_MODAL.sub("", strip_lead(_FROM_ON.sub("", slot.left))))
    subject = _MODAL.sub("", subject)
    if _OFFICE.search(subject) or len(subject) > 18 or slot.left.startswith(("自", "从")):
        subject = ""
    return Named(f"{subject}{follow}期限", subject or follow, subject or follow)


def _act(slot: Slot) -> str:
    words = slot.right
    if not words.strip(",、") and slot.clause is not None:
        words = slot.text[slot.clause.end + 1 : slot.clause.end + 70].split("。")[0]
    for part in re.split("[,;]", words)[:3]:
        rest = part.strip()
        while rest:
            shorter = _TOWARDS.sub("", rest)
            if shorter == rest:
                break
            rest = shorter
        done = predicate(rest.lstrip("的内"))
        if 2 <= len(done) <= 24:
            return done
    return ""
