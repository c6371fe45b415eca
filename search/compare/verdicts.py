"""A local value against a reference value, in the direction that the reference's comparator gives."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.model import Comparator
from kb.units import comparable
from search.compare.model import Verdict
from search.compare.quantities import Quantity

_LESS_IS_BETTER = re.compile(
    r"差异|差距|辍学|流失|班额|规模|负担|压减|死亡|事故|下降|减少|每班|距离|时限|占用|能耗|排放|生师比"
)
_WORDS = {">=": "不低于", ">": "高于", "<=": "不超过", "<": "低于", "=": "为", "≈": "约", "range": "在"}


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and its reason in Chinese."""

    verdict: Verdict
    reason: str


def judge(reference: Quantity, local: Quantity) -> Judgement:
    """Compare two quantities of the same indicator.

    Units of one dimension are converted; a total does not compare with a number per head, nor a number of one
    stage of schooling with one of another.
    """
    obstacle = _obstacle(reference, local)
    if obstacle:
        return Judgement("incomparable", obstacle)
    assert reference.interval is not None
    assert local.interval is not None
    if reference.comparator == "range":
        return _within(reference, local)
    direction = _direction(reference)
    if direction == "=":
        same = _close(reference.interval[0], local.interval[0])
        return Judgement("met" if same else "unmet", _reason(reference, local, met=same))
    return _against(reference, local, direction)


def _obstacle(reference: Quantity, local: Quantity) -> str:
    if reference.per != local.per and (reference.per or local.per):
        sides = [f"“{side.per}”的数" if side.per else "总数" for side in (local, reference)]
        return f"{sides[0]}不能与{sides[1]}比较"
    if not comparable(reference.fact.unit, local.fact.unit):
        return f"单位不同：{reference.fact.unit or '无单位'}与{local.fact.unit or '无单位'}"
    if reference.stages and local.stages and not reference.stages & local.stages:
        return f"学段不同：{_stage_names(reference)}与{_stage_names(local)}不是同一指标"
    if reference.interval is None or local.interval is None:
        return "数值无法换算成可比的数"
    return ""


def _stage_names(quantity: Quantity) -> str:
    return "、".join(sorted(quantity.stages))


def _direction(reference: Quantity) -> Comparator:
    if reference.comparator in (">=", ">", "<=", "<"):
        return reference.comparator
    if _LESS_IS_BETTER.search(reference.subject):
        return "<="
    if isinstance(reference.fact.value, str) and reference.interval is not None:
        # Of 1:15 teachers to pupils more is better, of 15:1 pupils to teachers less.
        return ">=" if reference.interval[0] <= 1 else "<="
    # 按100名学生核定 names the number itself; a rate or a target without a bound is a least value.
    if reference.fact.unit == "%" or reference.fact.kind == "target":
        return ">="
    return "="


def _against(reference: Quantity, local: Quantity, direction: Comparator) -> Judgement:
    assert reference.interval is not None
    assert local.interval is not None
    upward = direction in (">=", ">")
    threshold = reference.interval[0 if upward else 1]
    # What the local text warrants: of 98%以上 the 98%, of 不超过55人 the 55.
    value = local.interval[0 if upward else 1]
    opposite = local.comparator in (("<=", "<") if upward else (">=", ">"))
    reached = (
        value > threshold or _close(value, threshold)
        if upward
        else value < threshold or _close(value, threshold)
    )
    strict = direction in (">", "<") and _close(value, threshold) and local.comparator not in (direction, "≈")
    met = reached and not strict
    if opposite and met and not _stated_as_level(local):
        return Judgement(
            "incomparable", f"本地只限定{_WORDS[local.comparator]}{local.fact.surface}，不能判断是否达到"
        )
    return Judgement("met" if met else "unmet", _reason(reference, local, met=met))


def _stated_as_level(local: Quantity) -> bool:
    """Whether a bound of the local text is only the word 达到, which states the value itself."""
    return local.fact.comparator in ("=", "≈")


def _within(reference: Quantity, local: Quantity) -> Judgement:
    assert reference.interval is not None
    assert local.interval is not None
    low, high = reference.interval
    met = low <= local.interval[0] and local.interval[1] <= high
    return Judgement("met" if met else "unmet", _reason(reference, local, met=met))


def _close(left: float, right: float) -> bool:
    return abs(left - right) <= 1e-9 * max(1.0, abs(left), abs(right))


def _reason(reference: Quantity, local: Quantity, *, met: bool) -> str:
    bound = _WORDS[_direction(reference) if reference.comparator != "range" else "range"]
    norm = _bare(reference.fact.surface)
    value = local.fact.surface
    return f"要求{bound}{norm}，本地为{value}，{'达到' if met else '未达到'}"


def _bare(surface: str) -> str:
    return re.sub(r"以[上下内]$|^(?:不[低高少多大小]于|不超过|超过?|至少|近|约)", "", surface)
