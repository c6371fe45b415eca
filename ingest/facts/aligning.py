"""Lists that align: 分别为1235名、19196名、23021名 with 市、区、校; 20%、50%以上; 增长8.7%、31.5%和32.3%."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.facts.model import Quantity
from ingest.facts.named import Named, Slot, tidy
from ingest.facts.naming import build
from ingest.facts.phrases import change_at_end, is_metric, plain, strip_lead, strip_tail
from ingest.facts.tagging import tag

_JOINT = re.compile(r"(?:[、和与及以,]|以及|分别)*")
_LINK = re.compile("[、和与及]")
_GRANTED = re.compile(r"[一-鿿]{0,4}(?:补贴|补助|奖励|奖补|资助|津贴)")
_LIST_TAIL = re.compile(r"(?:等|等级的|的)$")
_ITEM = re.compile(r"、|和(?![平谐睦田美硕])|(?<!参)与(?!会)|以及|(?<![普惠涉以])及(?![率格时早其第])")
_SECTORS = re.compile(r"一二三(?:次)?产业?(?P<rest>.+)")
_TRADE = re.compile("(?:进出口|出口|进口|消费|贷款|用电|销售)$")
_QUOTED = re.compile(r"“([^“”]{2,30})”")
_LEVELS = re.compile(
    r"(?P<levels>(?:[省市区县乡校国州师团]、)+[省市区县乡镇村校国州师团])(?:[两二三四五]级)?(?P<noun>[一-鿿]{2,12}?)(?:梯队|体系|队伍|网络|培养体系)?$"
)


def runs(text: str, quantities: Sequence[Quantity]) -> list[list[Quantity]]:
    """Quantities of one clause grouped so that those with nothing between them but 、 and 和 stand together."""
    groups: list[list[Quantity]] = []
    for quantity in quantities:
        if groups:
            last = groups[-1][-1]
            between = text[last.end : quantity.start]
            if _JOINT.fullmatch(between) and (_LINK.search(between) or _same_measure(last, quantity)):
                groups[-1].append(quantity)
                continue
        groups.append([quantity])
    return groups


def _same_measure(left: Quantity, right: Quantity) -> bool:
    if left.unit.split("/")[0] == right.unit and left.per:
        return True
    return (
        left.unit == right.unit
        or not left.unit
        or (left.unit == "个" and right.unit in ("个百分点", "百分点"))
    )


def share_units(run: Sequence[Quantity], *, aligned: bool = False) -> None:
    """Give the members of a run what only the last one says: its unit, its 以上, its 分别超过.

    :param aligned: the run follows 分别, so that the last one's 以上 holds for other units as well.
    """
    last = run[-1]
    for quantity in run[:-1]:
        same = _same_measure(quantity, last)
        if not same and not aligned:
            continue
        if not same:
            pass
        elif not quantity.unit or (quantity.unit == "个" and last.unit.endswith("百分点")):
            quantity.unit = last.unit
        if (
            last.comparator in (">=", "<=", "≈")
            and quantity.comparator == "="
            and last.end > last.core + len(last.unit)
        ):
            quantity.comparator = last.comparator
    first = run[0]
    for quantity in run[1:]:
        if not _same_measure(first, quantity):
            continue
        if first.per and quantity.unit == first.unit.split("/")[0]:
            quantity.unit, quantity.per, quantity.per_start = first.unit, first.per, first.per_start
        if (
            first.comparator in (">", "<", ">=", "<=")
            and quantity.comparator == "="
            and first.end <= first.core + len(first.unit)
        ):
            quantity.comparator = first.comparator


def aligned_names(
    slot: Slot, run: Sequence[Quantity], listed: list[str], recent: Sequence[str] = ()
) -> list[Named]:
    """A name for each quantity of a run, where the words before it are a list as long as the run; else [].

    :param listed: the items of the last list of the sentence; a clause without a subject takes them up again, and
        the items found now are left there.
    :param recent: what the single numbers before were about (收入11759元,…3587元,分别增长10.4%和7.4%).
    """
    left = plain(slot.left)
    rate = run[0].unit in ("%", "个百分点", "倍")
    change = change_at_end(left) if rate or "分别" in slot.left else None
    if change and not rate and len(change["verb"]) < 2:
        change = None  # 分别新增 counts anew what it names
    subject = strip_tail(strip_lead(left[: change.start()] if change else left))
    divided = len(subject) <= 8 and ("分别" in slot.left or "各" in slot.left) and not is_metric(subject)
    earlier = [slot.text[c.start : c.end] for c in reversed(slot.before) if not c.aside][:3]
    parts = items("" if divided else subject, len(run), earlier)
    if not parts and not subject and len(listed) == len(run):
        parts = list(listed)
    if not parts and not subject and "分别" in slot.left and len(recent) >= len(run):
        parts = list(recent[-len(run) :])
    if not parts or not all(parts):
        return []
    listed[:] = parts
    granted = _GRANTED.match(slot.right) if slot.base_unit == "元" else None
    tail = left[change.start() :] if change else ""
    names: list[Named] = []
    for part, quantity in zip(parts, run, strict=True):
        made = build(Slot(quantity, part + tail, slot.right if quantity is run[-1] else ""), None)
        if granted and not is_metric(part):
            made.indicator = tidy(part + granted.group())
        names.append(made)
    return names


def items(subject: str, count: int, before: Sequence[str]) -> list[str]:
    """``subject`` as a list of ``count`` names, or [] if it isn't one.

    :param before: the clauses before, nearest first, where 市、区、校三级 may stand.
    """
    quoted = _QUOTED.findall(subject)
    if len(quoted) == count and count > 1 and subject.startswith("“"):
        return list(quoted)
    sectors = _SECTORS.match(subject)
    if sectors and count == 3:
        return [f"第{n}产业{sectors['rest']}" for n in "一二三"]
    parts = [p for p in _ITEM.split(subject) if p]
    if len(parts) == count:
        if parts[:2] == ["一", "二"] and "产业" in parts[-1]:
            rest = parts[-1].partition("产业")[2]
            return [f"第{part[0]}产业{rest}" for part in parts]
        return _distribute(parts)
    if count == 2 and "城乡" in subject:
        return [subject.replace("城乡", "城镇", 1), subject.replace("城乡", "农村", 1)]
    if count == 2 and "城镇和农村" in subject:
        return [subject.replace("城镇和农村", "城镇"), subject.replace("城镇和农村", "农村")]
    if not subject:
        for clause in before:
            match = _LEVELS.search(clause)
            if match and len(match["levels"].split("、")) == count:
                return [f"{level}级{match['noun']}" for level in match["levels"].split("、")]
            # A list in the clause before, taken up by 分别为.
            listed = [p for p in _ITEM.split(_LIST_TAIL.sub("", strip_tail(strip_lead(clause)))) if p]
            if len(listed) == count and count > 1:
                return _distribute(listed)
    return []


def _distribute(parts: list[str]) -> list[str]:
    """花生种植、收获机械化率 → 花生种植机械化率, 花生收获机械化率: the last item's measure, the first one's head."""
    last = parts[-1]
    tail = ""
    if _measures(last) and not any(_measures(p) for p in parts[:-1]):
        tail = _tail(last, [len(p) for p in parts[:-1]])
    named = [p + tail for p in parts[:-1]] + [last]
    head = _head(parts, tail)
    if head:
        named = [named[0], *(_under(head, name) for name in named[1:])]
    return named


def _measures(name: str) -> bool:
    return is_metric(name) or _TRADE.search(name) is not None


def _under(head: str, name: str) -> str:
    """``name`` after ``head``, what both say said once: (开发区规上工业, 工业投资) → 开发区规上工业投资."""
    if name.startswith(head):
        return name
    shared = next((n for n in range(min(len(head), len(name)), 0, -1) if head.endswith(name[:n])), 0)
    return head + name[shared:]


def _tail(last: str, lengths: Sequence[int]) -> str:
    want = sum(lengths) / len(lengths)
    best, gap = "", 99.0
    at = 0
    words = [w for w, _ in tag(last)]
    for word in words[:-1]:
        at += len(word)
        if _measures(last[at:]) and abs(at - want) < gap:
            best, gap = last[at:], abs(at - want)
    return best or (words[-1] if _measures(words[-1]) else "")


def _head(parts: Sequence[str], tail: str) -> str:
    """The first item's words that the short others leave out (生产安全事故起数和死亡人数)."""
    first = parts[0]
    core = max(len(p[: len(p) - len(tail)] if tail and p.endswith(tail) else p) for p in parts[1:])
    words = [w for w, _ in tag(first)]
    if len(words) < 2 or core > 4 or len(first) < core + 2:
        return ""
    short = max(len(p) for p in parts[1:])
    if short <= 4 and len(first) >= short + 6 and len(parts) > 2:
        return first[: len(first) - min(len(p) for p in parts[1:])]
    keep = ""
    for word in words[:-1]:
        keep += word
    return keep if len(first) - len(keep) <= core + 1 else ""
