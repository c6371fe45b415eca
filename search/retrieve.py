"""From a question to hits: understand it, mask what it excludes, rank, fold copies, keep every region in view."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.model import Citation, Document, Filters
from kb.regions import tree
from kb.store import StoredPassage
from search.answer.evidence import holds
from search.articles import articles_of, named_articles
from search.citations import check, checked, cite
from search.duplicates import fold
from search.engines.base import EngineFilter
from search.hits import Hit, Note, SearchResult
from search.library import Library, Snapshot
from search.query.model import Query
from search.query.understand import understand
from search.rank import Mode, Ranked
from search.scope import STATUSES, Scope, scope_of

POOL = 60
"""Passages that are looked at beyond those asked for, so that copies and regions can be sorted out."""
WIDE_POOL = 300
"""The same for questions about all regions."""
_FAINT = 0.3  # of the best score: below it a region's passage is no evidence


@dataclass(frozen=True, slots=True)
class Found:
    """A ranked passage with its document, before it is cited."""

    item: Ranked
    stored: StoredPassage
    document: Document

    @property
    def text(self) -> str:
        """The cleaned reading of the passage."""
        return self.stored.passage.text

    @property
    def region(self) -> str:
        """The region of its document."""
        return self.document.region_code


class Searcher:
    """Searches a library, each time in the state that is published then.

    >>> Searcher(library).search("厦门市的名校跨岛怎么做？", k=5).hits     # doctest: +SKIP
    """

    def __init__(self, library: Library) -> None:
        self.library = library

    def understand(self, text: str, *, dismissed: Collection[str] = ()) -> Query:
        """Read a question with the words of this library."""
        return View(self.library.snapshot()).understand(text, dismissed=dismissed)

    def search(
        self,
        query: Query | str,
        k: int = 10,
        filters: Filters | None = None,
        *,
        dismissed: Collection[str] = (),
        mode: Mode = "hybrid",
    ) -> SearchResult:
        """The best ``k`` passages.

        :param filters: restrictions of the caller; regions that the question names restrict further.
        :param dismissed: keys of chips to leave out of the understanding of a question given as text.
        :param mode: ``lexical`` ranks by words alone, ``semantic`` by vectors alone.
        """
        view = View(self.library.snapshot())
        if isinstance(query, str):
            query = view.understand(query, dismissed=dismissed)
        return view.search(query, view.scope(query, filters or Filters()), k, mode=mode)


class View:
    """Searches one snapshot of a library."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    def understand(self, text: str, *, dismissed: Collection[str] = ()) -> Query:
        """Read a question with the words of this library."""
        return understand(text, self.snapshot.lexicon, dismissed=dismissed, thesaurus=self.snapshot.thesaurus)

    def scope(self, query: Query, filters: Filters) -> Scope:
        """What the question and the filters restrict the search to. :raises QueryError: an unknown collection."""
        members = self.snapshot.reader.members(filters.collections) if filters.collections else None
        return scope_of(query, filters, self.snapshot.region_counts, self.snapshot.named, members)

    def search(
        self, query: Query, scope: Scope, k: int, *, naming: bool = False, mode: Mode = "hybrid"
    ) -> SearchResult:
        """The best ``k`` passages in a scope.

        :param naming: for a region without documents of its own take the passages of those above it that name it,
            as evidence to be looked at sentence by sentence. As hits they would be of another region than asked for.
        """
        notes = [*scope.notes, *_corrections(query)]
        if not query.has_content:
            notes.append(Note("no_content", "问题里没有可以检索的内容，请写明想了解的事项。"))
            return SearchResult(query, (), scope.filters, tuple(notes))
        if scope.empty:
            return SearchResult(query, (), scope.filters, tuple(notes))
        wide = is_wide(query)
        ranked = self.snapshot.rank(query, scope.mask, max(3 * k, WIDE_POOL if wide else POOL), mode)
        if not ranked and not self.snapshot.count(scope.mask):
            notes.append(Note("empty_filter", "没有文献同时符合这些条件，请放宽地区、年份、层级或类型。"))
        ranked = self._of_articles(query, scope, ranked, notes)
        hits = self._hits(query, ranked, k, wide=wide, naming=scope.naming)
        if scope.naming and hits:
            notes.append(_named_within(scope, hits, shown=naming))
            hits = hits if naming else ()
        return SearchResult(query, hits, scope.filters, tuple(notes), len(ranked))

    def _of_articles(
        self, query: Query, scope: Scope, ranked: list[Ranked], notes: list[Note]
    ) -> list[Ranked]:
        """Only the passages of the articles that the question names (《法名》第十二条), where it names any."""
        wanted = named_articles(query)
        if not wanted or not scope.documents:
            return ranked
        places = {item.key: item for item in ranked}
        found = [
            places.get(stored.key, Ranked(stored.key, 0.0, 0.0, 0.0))
            for document in scope.documents
            for stored in self.snapshot.reader.passages_of(document.id)
            if wanted & articles_of(stored)
        ]
        if not found:
            titles = "、".join(f"《{document.title}》" for document in scope.documents[:3])
            names = "、".join(ref.value for ref in query.references if ref.kind == "article")
            notes.append(Note("unknown_article", f"{titles}中没有找到{names}。"))
        return sorted(found, key=lambda item: (-item.score, item.key))

    def nearest(self, query: Query, k: int = 3) -> tuple[Hit, ...]:
        """The closest material without the restriction to regions, to be offered as such."""
        if not query.terms:
            return ()
        mask = EngineFilter(statuses=frozenset(STATUSES))
        return self._hits(query, self.snapshot.rank(query, mask, POOL), k, wide=False)

    def _hits(
        self, query: Query, ranked: Sequence[Ranked], k: int, *, wide: bool, naming: tuple[str, ...] = ()
    ) -> tuple[Hit, ...]:
        """The first ``k`` different passages of the ranking, those that are still there, with exact citations.

        :param naming: names one of which a passage must hold; empty: any passage will do.
        """
        found: Iterable[Found] = self._found(ranked, len(ranked) if wide or naming else 2 * k)
        if naming:
            found = (one for one in found if any(name in one.text for name in naming))
        if wide:
            found = every_region_first(list(found))
        words = _words(query)
        hits: list[Hit] = []
        folded = fold(found, k, across_regions=not wide)
        self.snapshot.open_sources(one.document.source for best, copies in folded for one in (best, *copies))
        for best, copies in folded:
            citation = self._citation(best)
            if check(citation, self.snapshot):
                others = checked(map(self._citation, copies), self.snapshot)
                hits.append(_hit(best, citation, others, words, len(hits) + 1))
        return tuple(hits)

    def _found(self, ranked: Sequence[Ranked], at_once: int) -> Iterator[Found]:
        """Those of the passages that are still there, with their documents, fetched as they are asked for."""
        for first in range(0, len(ranked), max(1, at_once)):
            items = ranked[first : first + at_once]
            stored = self.snapshot.passages([item.key for item in items])
            documents = self.snapshot.documents(passage.document for passage in stored.values())
            for item in items:
                passage = stored.get(item.key)
                if passage is not None and passage.document in documents:
                    yield Found(item, passage, documents[passage.document])

    def _citation(self, found: Found) -> Citation:
        passage = found.stored.passage
        return cite(self.snapshot, found.document, found.stored.path, passage.start, passage.end)


def _hit(
    found: Found, citation: Citation, copies: tuple[Citation, ...], words: tuple[str, ...], rank: int
) -> Hit:
    item, passage = found.item, found.stored.passage
    return Hit(
        rank=rank,
        key=item.key,
        score=item.score,
        lexical=item.lexical,
        semantic=item.semantic,
        citation=citation,
        document=found.document,
        text=passage.text,
        types=passage.types,
        role=passage.role,
        damaged=passage.damaged,
        explanation=item.features,
        matched=tuple(word for word in words if holds(passage.text, word)),
        copies=copies,
    )


def _named_within(scope: Scope, hits: Sequence[Hit], *, shown: bool) -> Note:
    """That documents of the region above name the region that was asked for."""
    if shown:
        return Note("named_within", f"以下段落出自上级地区的文献，其中写到了{scope.naming[0]}。")
    places = "、".join(dict.fromkeys(tree().get(hit.document.region_code).name for hit in hits))
    return Note(
        "named_within", f"{places}的文献里有段落写到{scope.naming[0]}；要看这些段落，请按{places}查找。"
    )


def _words(query: Query) -> tuple[str, ...]:
    """The words that may be marked in a hit."""
    return tuple(dict.fromkeys(word for term in query.terms for word in term.spellings))


def _corrections(query: Query) -> list[Note]:
    return [Note("corrected", f"已把“{c.written}”按“{c.read}”理解。") for c in query.corrections]


def is_wide(query: Query) -> bool:
    """Whether the question is about several regions, each of which should be represented."""
    compared = query.national and bool(query.regions)
    return query.scope == "everywhere" or len(query.regions) > 1 or bool(query.excluded) or compared


def every_region_first(found: Sequence[Found]) -> list[Found]:
    """The best passage of each region before any second one, as far as it is no mere echo of the question."""
    if not found:
        return []
    floor = _FAINT * found[0].item.score
    firsts: dict[str, Found] = {}
    for one in found:
        if one.item.score >= floor:
            firsts.setdefault(one.region, one)
    chosen = {one.item.key for one in firsts.values()}
    return [*firsts.values(), *(one for one in found if one.item.key not in chosen)]
