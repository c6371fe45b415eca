"""What programs may ask for: one method each, JSON records out; the HTTP endpoints and the MCP tools call the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from interfaces import records
from interfaces.reviewing import review
from interfaces.workspace import Workspace
from kb.errors import QueryError
from kb.model import FACT_KIND_NAMES, LEVEL_NAMES, PASSAGE_TYPE_NAMES, Filters
from kb.regions import resolve_name
from kb.store import with_descendants
from search.casebook import MOST as MOST_CASES
from search.casebook import build_casebook, read_request
from search.compare import summary_line
from search.table import build_table

Record = dict[str, Any]
MOST = 100
"""Hits that one call gives at most."""


class Tools:
    """The tools over one knowledge base. Names of regions, levels and kinds are taken in Chinese or as codes."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def search(
        self,
        query: str,
        count: int = 10,
        regions: Sequence[str] = (),
        levels: Sequence[str] = (),
        years: Sequence[int] = (),
        kinds: Sequence[str] = (),
    ) -> list[Record]:
        """The best passages. :raises QueryError: a filter names nothing that there is."""
        chosen = _filters(regions, levels, years, kinds)
        if not 1 <= count <= MOST:
            raise QueryError(f"条数 {count} 超出范围", remedy=f"应在 1 到 {MOST} 之间")
        result = self._workspace.search(query, k=count, filters=chosen)
        return [records.hit(hit) for hit in result.hits]

    def ask(
        self,
        question: str,
        regions: Sequence[str] = (),
        levels: Sequence[str] = (),
        years: Sequence[int] = (),
    ) -> Record:
        """An answer with its citations, or the refusal with its reason. :raises QueryError: see search."""
        return records.answer(self._workspace.ask(question, filters=_filters(regions, levels, years)))

    def facts(
        self,
        indicator: str = "",
        regions: Sequence[str] = (),
        document: str = "",
        kind: str = "",
        count: int = 200,
    ) -> list[Record]:
        """Facts, each with its sentence. :raises QueryError: unknown document, region or kind."""
        if document:
            self._workspace.store.document(document)
        codes = _codes(regions)
        found = self._workspace.store.facts(
            document=document or None,
            regions=with_descendants(codes) if codes else None,
            indicator=indicator or None,
            kind=_key(kind, FACT_KIND_NAMES, "数据项类别") if kind else None,
        )
        return [records.fact(item) for item in found[: max(0, count)]]

    def table(self, indicators: Sequence[str], regions: Sequence[str] = ()) -> list[Record]:
        """Region × indicator, one record a region. :raises QueryError: an unknown region or no indicator."""
        if not indicators:
            raise QueryError("没有写指标", remedy="例如：骨干教师占比")
        return records.table_rows(build_table(self._workspace.library, list(indicators), _codes(regions)))

    def compare(self, local: str, references: Sequence[str] = ()) -> Record:
        """A review of a document of the library. :raises QueryError: an unknown document, or no reference."""
        value = review(self._workspace, local, list(references))
        comparison = value.comparison
        return {
            "local": records.document(comparison.local),
            "references": [records.document(item) for item in comparison.references],
            "summary": summary_line(comparison),
            "clauses": [records.compare_clause(result) for result in comparison.results],
            "additions": [records.citation(clause.citation) for clause in comparison.additions],
        }

    def cases(
        self, topic: str, count: int = 0, with_numbers: bool = False, regions: Sequence[str] = ()
    ) -> list[Record]:
        """Cited cases on a topic; ``count`` 0 takes what the topic says, else 3. :raises QueryError: no topic."""
        if not topic.strip():
            raise QueryError("没有写主题", remedy="例如：找三个教师交流轮岗的案例，要有数字")
        if not 0 <= count <= MOST_CASES:
            raise QueryError(f"案例数 {count} 超出范围", remedy=f"应在 1 到 {MOST_CASES} 之间")
        request = read_request(topic, count=count or None, with_numbers=with_numbers or None)
        reader = self._workspace.library.snapshot().reader
        book = build_casebook(self._workspace.searcher, reader, request, Filters(regions=_codes(regions)))
        return [records.case_card(card) for card in book.cards]

    def documents(
        self, regions: Sequence[str] = (), levels: Sequence[str] = (), title: str = ""
    ) -> list[Record]:
        """The documents of the library. :raises QueryError: an unknown region or level."""
        found = self._workspace.store.documents(_filters(regions, levels))
        return [records.document(item) for item in found if title in item.title]

    def show(self, document: str, start: int = -1, end: int = -1) -> Record:
        """A document with its headings and its text, or with ``source_text[start:end]`` of it.

        :raises QueryError: there is no such document, or the span lies outside of it.
        """
        store = self._workspace.store
        found = store.document(document)
        first = found.start if start < 0 else start
        last = found.end if end < 0 else end
        if not found.start <= first <= last <= found.end:
            raise QueryError(
                f"位置 {first}–{last} 不在这篇文献里", remedy=f"应在 {found.start} 到 {found.end} 之间"
            )
        return {
            **records.document(found),
            "sections": records.sections(store.sections(document)),
            "text": store.source_text(found.source)[first:last],
            "text_start": first,
        }


def _filters(
    regions: Sequence[str] = (),
    levels: Sequence[str] = (),
    years: Sequence[int] = (),
    kinds: Sequence[str] = (),
) -> Filters:
    return Filters(
        regions=_codes(regions),
        levels=tuple(_key(level, LEVEL_NAMES, "层级") for level in levels or ()),
        years=tuple(int(year) for year in years or ()),
        types=tuple(_key(kind, PASSAGE_TYPE_NAMES, "段落类型") for kind in kinds or ()),  # type: ignore[misc]
    )


def _codes(regions: Sequence[str]) -> tuple[str, ...]:
    return tuple(resolve_name(name) for name in regions or ())


def _key(name: str, names: dict[str, str], what: str) -> str:
    """The key of a value given by its key or its Chinese name."""
    for key, chinese in names.items():
        if name in (key, chinese):
            return key
    raise QueryError(f"没有“{name}”这个{what}", remedy=f"可用：{'、'.join(names.values())}")
