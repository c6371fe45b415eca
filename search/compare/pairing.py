"""Which local number answers which number of the reference: the same indicator, said of the same stage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.model import Document
from kb.store import publication_year
from kb.units import comparable
from search.compare.matching import Rarity, similarity
from search.compare.quantities import Quantity
from search.embedding.base import Embedder

SAME = 0.44
"""Similarity of two subjects from which on their numbers are compared; fitted on eval/gold/compare."""
NEAR = 0.62
"""Similarity from which on two numbers that do not compare are worth showing, with the reason."""
_EQUAL_BONUS = 0.15
_SAME_PER = 0.05
_IN_PART = 0.3  # likeness of the subjects alone without which no context helps
_WIDER = 0.9
_TELLING = 40  # shares and small counts agree by chance, 2000人 hardly
_RIVAL = 0.04  # a local number belongs to the reference number it is closest to, this much apart at most


@dataclass(frozen=True, slots=True)
class Pair:
    """Indexes into the reference quantities and the local ones, and how alike their subjects are."""

    reference: int
    local: int
    score: float


def is_norm(quantity: Quantity, document: Document) -> bool:
    """Whether a reference's number asks for something: no condition, no state of an earlier year, no expense."""
    if quantity.case or quantity.fact.kind in ("achieved", "input"):
        return False
    year = publication_year(document)
    return not (year and quantity.years and quantity.years[1] < year)


def norms_of(quantities: Sequence[Quantity], document: Document) -> list[Quantity]:
    """The quantities that ask for something.

    Of 2022年为54%，到2027年达到60%以上 the first is where the aim starts from, also in a text without a date.
    """
    norms = [quantity for quantity in quantities if is_norm(quantity, document)]
    latest: dict[tuple[str, frozenset[str], str], int] = {}
    for norm in norms:
        if norm.years:
            name = norm.subject, norm.stages, norm.fact.unit
            latest[name] = max(latest.get(name, 0), norm.years[1])
    return [
        norm
        for norm in norms
        if not (
            norm.years
            and norm.comparator in ("=", "≈")
            and norm.years[1] < latest[norm.subject, norm.stages, norm.fact.unit]
        )
    ]


def pair(
    references: Sequence[Quantity], locals_: Sequence[Quantity], rarity: Rarity, embedder: Embedder | None
) -> list[Pair]:
    """For each reference quantity the local one of the same indicator, where there is one, in order.

    A quantity of two stages (小学、初中均…) may answer one of each.
    """
    if not references or not locals_:
        return []
    scores = _alike(references, locals_, rarity, embedder)
    equal = np.array([[_same_bound(norm, value) for value in locals_] for norm in references])
    scores = scores + _EQUAL_BONUS * equal
    fits = np.array([[_fits(norm, value) for value in locals_] for norm in references])
    close = np.where(fits, scores, 0.0)
    best_of_local = close.max(axis=0)
    pairs = []
    for index, row in enumerate(close):
        candidates = [
            column
            for column in range(len(locals_))
            if row[column] >= SAME and row[column] >= best_of_local[column] - _RIVAL
        ]
        if candidates:
            chosen = max(
                candidates, key=lambda column: _preference(references[index], locals_[column], row[column])
            )
            pairs.append(Pair(index, chosen, float(row[chosen])))
            continue
        near = int(np.argmax(scores[index]))
        alike = scores[index, near] >= NEAR and not fits[index, near]
        spare = best_of_local[near] < SAME and not locals_[near].case
        if alike and spare and _other_scope(references[index], locals_[near]):
            pairs.append(Pair(index, near, float(scores[index, near])))
    return pairs


def _alike(
    references: Sequence[Quantity], locals_: Sequence[Quantity], rarity: Rarity, embedder: Embedder | None
) -> NDArray[np.float64]:
    """How alike the subjects are; where they are so in part, the clauses before them may say the rest.

    支持提取住房公积金支付房租，每月提取额度 is 提取住房公积金支付房租的月额度.
    """
    subjects = [[(q.subject, q.terms) for q in side] for side in (references, locals_)]
    contexts = [[q.context for q in side] for side in (references, locals_)]
    scores = similarity(subjects[0], subjects[1], rarity, embedder)
    wider = np.maximum.reduce(
        [
            similarity(one, other, rarity, embedder)
            for one, other in (
                (contexts[0], contexts[1]),
                (contexts[0], subjects[1]),
                (subjects[0], contexts[1]),
            )
        ]
    )
    # 每百户 on both sides says as much as a word in common.
    same_per = np.array(
        [[bool(r.per) and len(r.per) > 1 and r.per == v.per for v in locals_] for r in references]
    )
    scores = scores + _SAME_PER * same_per
    return np.where(scores >= _IN_PART, np.maximum(scores, _WIDER * wider), scores)


def _same_bound(reference: Quantity, local: Quantity) -> bool:
    """Whether both state the same bound of the same stage: 在校生规模不超过2000人 and 学校规模不超过2000人."""
    return (
        reference.interval is not None
        and reference.interval == local.interval
        and reference.interval[0] >= _TELLING
        and reference.fact.unit != "%"
        and reference.fact.unit == local.fact.unit
        and reference.comparator == local.comparator
        and reference.stages == local.stages
    )


def _fits(reference: Quantity, local: Quantity) -> bool:
    """Whether nothing stands against comparing the two values."""
    if local.case or reference.per != local.per or reference.change != local.change:
        return False
    if reference.stages and local.stages and not reference.stages & local.stages:
        return False
    return comparable(reference.fact.unit, local.fact.unit) and _of_one_thing(
        reference.subject, local.subject
    )


_HOW_MEASURED = re.compile(
    r"的|(?:完成|覆盖|达标|合格|达到|落实|实现|建成|配备)?(?:率|比例|占比|比重|总数|数量|数|标准)$"
)
"""What tells how a thing is measured, not what: 培训完成率 and 转型完成率 share nothing but this."""


_WHO = re.compile(r"学生|教师|学校|教育|人员|儿童|幼儿|居民|群众|老年人|人口")
"""Whom nearly every indicator of a field is about: to share one of these is to share nothing yet."""


def _of_one_thing(one: str, other: str) -> bool:
    """Whether two subjects name a thing in common besides the way it is measured and whom it is about."""
    things = [_HOW_MEASURED.sub("", subject) for subject in (one, other)]
    shorter, longer = sorted(things, key=len)
    if shorter and shorter in longer and (shorter == longer or _WHO.sub("", shorter)):
        return True
    pairs = [
        {part[i : i + 2] for part in _WHO.split(thing) for i in range(len(part) - 1)} for thing in things
    ]
    return bool(pairs[0] & pairs[1])


_OVERLAPPING = ({"初中", "义务教育"}, {"小学", "义务教育"})


def _other_scope(reference: Quantity, local: Quantity) -> bool:
    """Whether the two differ in scope only: a total against a number per head, 义务教育 against 初中.

    小学 against 初中 is no such case: each has its own number.
    """
    if reference.stages and local.stages and not reference.stages & local.stages:
        return any(
            reference.stages | local.stages <= scopes and comparable(reference.fact.unit, local.fact.unit)
            for scopes in _OVERLAPPING
        )
    return reference.per != local.per and comparable(
        re.sub(r"/.*", "", reference.fact.unit), re.sub(r"/.*", "", local.fact.unit)
    )


def _preference(reference: Quantity, local: Quantity, score: float) -> tuple[float, bool, int]:
    """The closest subject first; of equals the one for the same stage, then a plan before a state, then the latest year."""
    planned = local.fact.kind in ("target", "requirement")
    return round(score, 1), planned, (local.years or (0, 0))[1]
