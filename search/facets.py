"""Facets: how the passages that have to do with a question spread over regions, years, kinds, with what is chosen.

The counts are over all such passages, not over the hits that are shown. Each facet counts what the choices in the
*other* facets admit, so that a second value of the same facet can be seen and added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast, get_args

from kb.model import LEVEL_NAMES, PASSAGE_TYPE_NAMES, STATUS_NAMES, Document, Filters, PassageType
from kb.regions import NATION, tree
from kb.store import publication_year
from search.query.model import Query
from search.retrieve import View
from search.scope import STATUSES

FacetField = Literal["regions", "levels", "years", "types", "statuses", "kinds"]
FIELDS: tuple[FacetField, ...] = get_args(FacetField)
FACET_NAMES: dict[FacetField, str] = {
    "regions": "地区",
    "levels": "层级",
    "years": "年份",
    "types": "类别",
    "statuses": "时效",
    "kinds": "文种",
}
_UNKNOWN = {"regions": "地区不明", "levels": "层级不明", "years": "日期不明", "kinds": "文种不明"}
_SHORT = 12  # so many regions are listed as they are; of more, the provinces


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value with the number of passages that choosing it gives.

    :ivar usable: whether it can be chosen; passages of an unknown region and national ones can only be counted.
    """

    value: str
    name: str
    count: int
    chosen: bool = False
    usable: bool = True


@dataclass(frozen=True, slots=True)
class Facet:
    """One property of passages with its values, the most frequent first, years newest first."""

    field: FacetField
    values: tuple[FacetValue, ...]

    @property
    def name(self) -> str:
        """The property's Chinese name."""
        return FACET_NAMES[self.field]


@dataclass(frozen=True, slots=True)
class Facets:
    """All facets of a question.

    :ivar related: passages that have to do with the question, all choices applied.
    :ivar by_document: how many of them each document has.
    """

    facets: tuple[Facet, ...] = ()
    related: int = 0
    by_document: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Member:
    """A related passage, by what it can be chosen by."""

    document: Document
    types: tuple[PassageType, ...]

    def values(self, field: FacetField) -> tuple[str, ...]:
        """Its values; a region stands for itself only."""
        document = self.document
        if field == "types":
            return self.types
        if field == "years":
            return (str(publication_year(document)),)
        values = {
            "regions": document.region_code,
            "levels": document.level,
            "statuses": document.status,
            "kinds": document.kind,
        }
        return (values[field],)

    def admitted(self, field: FacetField, filters: Filters) -> bool:
        """Whether the choices in one facet admit it."""
        wanted = chosen(filters, field)
        if field == "statuses" and not wanted:
            wanted = frozenset(STATUSES)
        if not wanted:
            return True
        if field == "regions":
            return not wanted.isdisjoint(_with_ancestors(self.document.region_code))
        return any(value in wanted for value in self.values(field))


def chosen(filters: Filters, field: FacetField) -> frozenset[str]:
    """The values chosen in a facet, as text."""
    return frozenset(map(str, getattr(filters, field)))


def toggled(filters: Filters, field: FacetField, value: str) -> Filters:
    """The filters with a value of a facet added, or taken out where it is in."""
    values = [v for v in map(str, getattr(filters, field)) if v != value]
    if value not in chosen(filters, field):
        values.append(value)
    match field:
        case "regions":
            return replace(filters, regions=tuple(values))
        case "levels":
            return replace(filters, levels=tuple(values))
        case "years":
            return replace(filters, years=tuple(int(v) for v in values if v.isdigit()))
        case "types":
            return replace(filters, types=tuple(cast(PassageType, v) for v in values))
        case "statuses":
            return replace(filters, statuses=tuple(values))
        case "kinds":
            return replace(filters, kinds=tuple(values))


def count_facets(view: View, query: Query, filters: Filters) -> Facets:
    """The facets of a question under filters. Collections and documents of the filters bound all counts."""
    bounds = Filters(
        documents=filters.documents, collections=filters.collections, statuses=tuple(STATUS_NAMES)
    )
    scope = view.scope(query, bounds)
    if scope.empty or not query.has_content:
        return Facets()
    keys = view.snapshot.related(query, scope.mask)
    stored = view.snapshot.passages(keys)
    documents = view.snapshot.documents(passage.document for passage in stored.values())
    members = [
        _Member(documents[passage.document], passage.passage.types)
        for passage in stored.values()
        if passage.document in documents
    ]
    held = [m for m in members if all(m.admitted(field, filters) for field in FIELDS)]
    by_document = Counter(member.document.id for member in held)
    facets = (_facet(field, members, filters) for field in FIELDS)
    return Facets(
        tuple(facet for facet in facets if facet.values), len(held), tuple(by_document.most_common())
    )


def _facet(field: FacetField, members: Sequence[_Member], filters: Filters) -> Facet:
    others = [other for other in FIELDS if other != field]
    counted = [m for m in members if all(m.admitted(other, filters) for other in others)]
    picked = chosen(filters, field)
    if field == "regions":
        counts = _by_region([m.document.region_code for m in counted], picked)
    else:
        counts = Counter(value for m in counted for value in m.values(field) if value != "background")
    for value in picked:
        counts.setdefault(value, 0)
    values = [
        FacetValue(value, _name(field, value), count, value in picked, _usable(field, value, picked))
        for value, count in counts.items()
    ]
    newest_first = field == "years"
    values.sort(key=lambda v: (-int(v.value) if newest_first else -v.count, v.name))
    return Facet(field, tuple(values))


def _usable(field: FacetField, value: str, picked: Collection[str]) -> bool:
    """The nation as a region means all of it; its own texts are chosen by their level."""
    return field != "regions" or value in picked or value not in ("", NATION)


def _name(field: FacetField, value: str) -> str:
    if not value or (field == "years" and value == "0"):
        return _UNKNOWN[field]
    if field == "regions":
        return tree().full_name(value) if value in tree() else value
    if field == "years":
        return f"{value}年"
    names = {"levels": LEVEL_NAMES, "types": PASSAGE_TYPE_NAMES, "statuses": STATUS_NAMES}.get(field, {})
    return names.get(value, value)


def _by_region(codes: Sequence[str], picked: Collection[str]) -> Counter[str]:
    """Passages by region: each region where they are few; else by province, and below what is chosen by its parts."""
    if len(set(codes)) <= _SHORT:
        shown = set(codes)
    else:
        regions = tree()
        tops = {_top(code) for code in codes}
        parts = {
            up
            for code in set(codes)
            for up in _with_ancestors(code)
            if up in regions and regions.get(up).parent in set(picked) - {NATION}
        }
        shown = tops | parts
    shown |= set(picked)
    counts: Counter[str] = Counter()
    for code in codes:
        above = _with_ancestors(code)
        counts.update(
            value
            for value in shown
            if value in above and (value != NATION or code == NATION or NATION in picked)
        )
    return counts


def _top(code: str) -> str:
    """The province of a region; the nation for national texts."""
    if code not in tree() or code == NATION:
        return code
    above = [up for up in (code, *tree().ancestors(code)) if up != NATION]
    return above[-1]


def _with_ancestors(code: str) -> frozenset[str]:
    return frozenset((code, *tree().ancestors(code))) if code in tree() else frozenset((code,))
