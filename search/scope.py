"""What a search is restricted to: the caller's filters and what the question says, as one exact mask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from kb.model import Document, Filters
from kb.regions import NATION, tree
from kb.store import with_descendants
from search.engines.base import EngineFilter
from search.hits import Nearby, Note
from search.query.model import Query, Reference

STATUSES = ("effective", "unknown")
"""The document states that are searched unless the caller names others."""
_SIBLINGS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Scope:
    """The mask of a search.

    :ivar filters: the restriction in the words of the caller, with the question's regions added.
    :ivar mask: the same for the engine, descendants spelled out.
    :ivar naming: names of a region without documents of its own, asked for by the question: passages of the
        documents of a region above it count where they name it.
    :ivar within: the codes of that region and of all below it.
    :ivar documents: documents that the question names and the library has.
    :ivar notes: what the person should know of it before any search: unknown or empty regions.
    :ivar empty: whether nothing can be found, so that no search is needed.
    """

    filters: Filters
    mask: EngineFilter
    naming: tuple[str, ...] = ()
    within: frozenset[str] = frozenset()
    documents: tuple[Document, ...] = ()
    notes: tuple[Note, ...] = ()
    empty: bool = False


Named = Callable[[Reference], tuple[Document, ...]]
"""The documents of the library that a reference in a question names."""


def scope_of(
    query: Query,
    filters: Filters,
    counts: Mapping[str, int],
    named: Named,
    members: frozenset[str] | None = None,
) -> Scope:
    """Join the filters with the question. What it names restricts further; it never widens.

    :param counts: how many documents each region of the library has, by code.
    :param members: the documents of the collections that the filters name; None: they name none.
    """
    notes: list[Note] = []
    wanted = _wanted(query, counts, notes)
    regions = _joined(filters.regions, wanted, query.excluded, counts)
    naming: tuple[str, ...] = ()
    within = regions if regions is not None and not any(counts.get(code) for code in regions) else frozenset()
    if within:
        notes.append(nothing_in(tuple(wanted or filters.regions), counts))
        above = _above(query, filters, counts)
        if above:
            naming, regions = _short_names(query.regions[0]), above
    documents = _documents(query, named, notes)
    ids = frozenset(filters.documents) or None
    if documents:
        found = frozenset(document.id for document in documents)
        ids = found if ids is None else ids & found
    levels = filters.levels or ((query.level,) if query.level and not query.national else ())
    mask = EngineFilter(
        regions=regions,
        levels=frozenset(levels) or None,
        years=frozenset(filters.years) or None,
        kinds=frozenset(filters.kinds) or None,
        statuses=frozenset(filters.statuses or STATUSES),
        types=frozenset(filters.types) or None,
        documents=ids if members is None else members if ids is None else ids & members,
    )
    shown = replace(
        filters,
        regions=tuple(sorted(wanted)) if wanted is not None else filters.regions,
        levels=tuple(levels),
        documents=tuple(sorted(ids)) if ids is not None else (),
    )
    empty = (bool(query.unknown_regions) and wanted is None) or (bool(within) and not naming)
    return Scope(shown, mask, naming, within, documents, tuple(notes), empty)


def _above(query: Query, filters: Filters, counts: Mapping[str, int]) -> frozenset[str]:
    """The codes above the one region that the question names, those with documents, the whole country left out."""
    if len(query.regions) != 1 or query.ambiguous or query.national or filters.regions or query.excluded:
        return frozenset()
    return frozenset(up for up in tree().ancestors(query.regions[0]) if up != NATION and counts.get(up))


def _short_names(code: str) -> tuple[str, ...]:
    """A region's name, and its other names of two characters and more."""
    region = tree().get(code)
    return tuple(dict.fromkeys(name for name in (region.name, *region.aliases) if len(name) > 1))


def _wanted(query: Query, counts: Mapping[str, int], notes: list[Note]) -> tuple[str, ...] | None:
    """The codes that the question restricts to; None when it doesn't. ``100000`` means the national documents."""
    codes = list(query.regions)
    for name, candidates in query.ambiguous:
        present = [
            code for code in candidates if any(counts.get(below) for below in tree().descendants(code))
        ]
        codes.extend(present or candidates)
        if len(present) != 1:
            names = "、".join(tree().full_name(code) for code in (present or candidates)[:5])
            notes.append(Note("ambiguous_region", f"“{name}”可以指{names}；请写明所属的省、市。"))
    for name in query.unknown_regions:
        notes.append(Note("unknown_region", f"没有找到叫“{name}”的地区。"))
    if query.national:
        codes.append(NATION)
    return tuple(dict.fromkeys(codes)) or None


def _joined(
    asked: tuple[str, ...],
    wanted: tuple[str, ...] | None,
    excluded: tuple[str, ...],
    counts: Mapping[str, int],
) -> frozenset[str] | None:
    """The codes admitted by the caller's regions and by the question's, excluded ones left out; None: all."""
    regions: frozenset[str] | None = with_descendants(asked) if asked else None
    if wanted is not None:
        below = with_descendants(code for code in wanted if code != NATION)
        mine = below | {NATION} if NATION in wanted else below
        regions = mine if regions is None else regions & mine
    if excluded:
        out = with_descendants(excluded)
        regions = (regions if regions is not None else frozenset(counts)) - out
    return regions


def _documents(query: Query, named: Named, notes: list[Note]) -> tuple[Document, ...]:
    """The documents that the question names; a note for each that the library lacks."""
    found: dict[str, Document] = {}
    for reference in query.references:
        if reference.kind == "article":
            continue
        documents = named(reference)
        found.update((document.id, document) for document in documents)
        if not documents:
            name = f"《{reference.value}》" if reference.kind == "title" else reference.value
            notes.append(Note("unknown_document", f"资料库里没有{name}。"))
    return tuple(found.values())


def nothing_in(codes: tuple[str, ...], counts: Mapping[str, int]) -> Note:
    """The note that the library has nothing of these regions, with what it has nearby."""
    names = "、".join(tree().full_name(code) for code in codes[:4])
    around: dict[str, Nearby] = {}
    for code in codes:
        around.update((item.code, item) for item in nearby(code, counts))
    return Note("unknown_region", f"资料库里没有{names}的文献。", tuple(around.values())[:8])


def nearby(code: str, counts: Mapping[str, int]) -> tuple[Nearby, ...]:
    """Regions above and beside ``code`` that have documents: those above nearest first, then by number."""
    if code == NATION or code not in tree():
        return ()
    regions = tree()
    above = [up for up in regions.ancestors(code) if up != NATION and counts.get(up)]
    found = [Nearby(up, regions.full_name(up), "parent", counts[up]) for up in above]
    beside = frozenset(regions.siblings(code))
    totals: dict[str, int] = {}
    for other, number in counts.items():
        if other not in regions:
            continue
        sibling = next((up for up in (other, *regions.ancestors(other)) if up in beside), None)
        if sibling:
            totals[sibling] = totals.get(sibling, 0) + number
    most = sorted(totals, key=lambda sibling: (-totals[sibling], sibling))[:_SIBLINGS_SHOWN]
    found.extend(Nearby(sibling, regions.full_name(sibling), "sibling", totals[sibling]) for sibling in most)
    return tuple(found)
