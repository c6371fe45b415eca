"""Chips: what was understood, each with the words of the question that said so, to be removed by a click."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kb.model import LEVEL_NAMES, PASSAGE_TYPE_NAMES
from kb.regions import tree
from search.query.model import FORM_NAMES, Chip, ChipKind, Comparison
from search.query.places import Place
from search.query.reading import Reading

_COMPARISONS = {
    ">": "大于", ">=": "不低于", "<": "小于", "<=": "不超过", "=": "等于",
    "max": "最高", "min": "最低", "earlier": "更早", "later": "更晚",
}  # fmt: skip
_NAMES_SHOWN = 6


@dataclass(frozen=True, slots=True)
class _Draft:
    kind: ChipKind
    value: str
    label: str
    start: int
    end: int


def chips_of(
    reading: Reading, at_source: Callable[[int, int], tuple[int, int]], question: str
) -> tuple[Chip, ...]:
    """The chips of a reading in the order of the question.

    :param at_source: turns a stretch of the reading into one of ``question``.
    """
    drafts = [
        draft for source in (_corrections, _regions, _asked, _conditions, _names) for draft in source(reading)
    ]
    chips = []
    for draft in drafts:
        start, end = at_source(draft.start, draft.end)
        chips.append(Chip(draft.kind, draft.value, draft.label, start, end, question[start:end]))
    return tuple(sorted(chips, key=lambda chip: chip.start))


def _corrections(reading: Reading) -> Iterator[_Draft]:
    for c in reading.corrections:
        label = f"已按“{c.read}”理解“{c.written}”"
        yield _Draft("correction", f"{c.written}>{c.read}", label, c.start, c.end)


def _regions(reading: Reading) -> Iterator[_Draft]:
    for place in reading.named:
        yield _Draft("region", place.surface, f"地区：{_region_label(place)}", place.start, place.end)
    for place in reading.excluded:
        yield _Draft("exclusion", place.surface, f"不含：{_region_label(place)}", place.start, place.end)
    if reading.places.everywhere and not reading.named:
        yield _Draft("scope", "everywhere", "范围：各地", *reading.places.everywhere)
    if reading.places.national:
        yield _Draft("scope", "national", "范围：国家文件", *reading.places.national)
    if reading.level:
        level, stretch = reading.level
        yield _Draft("level", level, f"层级：{LEVEL_NAMES[level]}", *stretch)


def _region_label(place: Place) -> str:
    if place.group:
        return place.group
    if place.ambiguous:
        return f"{place.surface}（有{len(place.codes)}处同名）"
    names = "、".join(tree().full_name(code) for code in place.codes[:_NAMES_SHOWN])
    return f"{names}等" if len(place.codes) > _NAMES_SHOWN else names


def _asked(reading: Reading) -> Iterator[_Draft]:
    asked = reading.asked
    for kind, stretch in zip(asked.types, asked.type_spans, strict=True):
        yield _Draft("type", kind, f"内容：{PASSAGE_TYPE_NAMES[kind]}", *stretch)
    if asked.end > asked.start:
        yield _Draft("form", asked.form, FORM_NAMES[asked.form], asked.start, asked.end)


def _conditions(reading: Reading) -> Iterator[_Draft]:
    for span in reading.spans:
        years = f"{span.first}年" if span.first == span.last else f"{span.first}—{span.last}年"
        yield _Draft("year", span.surface, f"年份：{years}", span.start, span.end)
    for comparison in reading.comparisons:
        surface = reading.text[comparison.start : comparison.end]
        yield _Draft(
            "comparison", surface, f"比较：{_condition(comparison)}", comparison.start, comparison.end
        )


def _condition(comparison: Comparison) -> str:
    name = _COMPARISONS[comparison.operator]
    return name if comparison.value is None else f"{name}{comparison.value:g}{comparison.unit}"


def _names(reading: Reading) -> Iterator[_Draft]:
    for reference in reading.references:
        yield _Draft("reference", reference.value, f"文献：{reference.value}", reference.start, reference.end)
    used = {term.text for term in reading.terms}
    for wording in reading.wordings:
        if wording.surface in used:
            label = f"也按“{'、'.join(wording.terms[:3])}”检索"
            yield _Draft("wording", wording.surface, label, wording.start, wording.end)
