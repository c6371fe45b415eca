"""What programs may ask for: one method each, JSON records out; the HTTP endpoints and the MCP tools call the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from interfaces import records
from interfaces.drafting import draft_cases, draft_question
from interfaces.exporting import exported
from interfaces.reviewing import review, versions
from interfaces.workspace import Workspace
from kb.errors import QueryError
from kb.model import FACT_KIND_NAMES, LEVEL_NAMES, PASSAGE_TYPE_NAMES, Filters
from kb.regions import resolve_name
from kb.store import with_descendants
from search.casebook import MOST as MOST_CASES
from search.casebook import build_casebook, read_request
from search.checkup import examine
from search.compare import identity, summary_line, versions_line
from search.compare.set_aside import SetAside
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
        collections: Sequence[str] = (),
    ) -> list[Record]:
        """The best passages. :raises QueryError: a filter names nothing that there is."""
        chosen = _filters(regions, levels, years, kinds, collections)
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
        collections: Sequence[str] = (),
    ) -> Record:
        """An answer with its citations, or the refusal with its reason. :raises QueryError: see search."""
        chosen = _filters(regions, levels, years, collections=collections)
        return records.answer(self._workspace.ask(question, filters=chosen))

    def facts(
        self,
        indicator: str = "",
        regions: Sequence[str] = (),
        document: str = "",
        kind: str = "",
        count: int = 200,
        collections: Sequence[str] = (),
    ) -> list[Record]:
        """Facts, each with its sentence. :raises QueryError: unknown document, region or kind."""
        if document:
            self._workspace.store.document(document)
        codes = _codes(regions)
        self._workspace.store.members(collections or ())
        found = self._workspace.store.facts(
            document=document or None,
            regions=with_descendants(codes) if codes else None,
            indicator=indicator or None,
            kind=_key(kind, FACT_KIND_NAMES, "数据项类别") if kind else None,
            filters=Filters(collections=tuple(collections or ())),
        )
        return [records.fact(item) for item in found[: max(0, count)]]

    def table(
        self,
        indicators: Sequence[str],
        regions: Sequence[str] = (),
        kinds: Sequence[str] = (),
        collections: Sequence[str] = (),
    ) -> list[Record]:
        """Region × indicator, one record a region. :raises QueryError: an unknown region or no indicator."""
        if not indicators:
            raise QueryError("没有写指标", remedy="例如：骨干教师占比")
        wanted = [_key(kind, FACT_KIND_NAMES, "数据项类别") for kind in kinds or ()]
        chosen = Filters(collections=tuple(collections or ()))
        built = build_table(self._workspace.library, list(indicators), _codes(regions), chosen, kinds=wanted)
        return records.table_rows(built)

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

    def versions(self, old: str, new: str) -> Record:
        """An old version beside a new one, both documents of the library. :raises QueryError: unknown, or one."""
        found = versions(self._workspace, old, new).comparison
        return {
            "old": records.document(found.old),
            "new": records.document(found.new),
            "summary": versions_line(found),
            "changes": [records.version_change(change) for change in found.changes],
        }

    def set_aside(self, local: str, clauses: Sequence[str], aside: bool = True) -> Record:
        """Set clauses aside for a local document, or take them back in; kept for every later review.

        :param clauses: the ``key`` of each, as ``compare`` gives them.
        :raises QueryError: there is no such document.
        """
        document = self._workspace.store.document(local)
        kept = SetAside(self._workspace.folder)
        keys = kept.keys(identity(document))
        for key in clauses:
            keys = kept.change(identity(document), key, aside=aside)
        return {"local": local, "set_aside": sorted(keys)}

    def cases(
        self,
        topic: str,
        count: int = 0,
        with_numbers: bool = False,
        regions: Sequence[str] = (),
        collections: Sequence[str] = (),
    ) -> list[Record]:
        """Cited cases on a topic; ``count`` 0 takes what the topic says, else 3. :raises QueryError: no topic."""
        if not topic.strip():
            raise QueryError("没有写主题", remedy="例如：找三个教师交流轮岗的案例，要有数字")
        if not 0 <= count <= MOST_CASES:
            raise QueryError(f"案例数 {count} 超出范围", remedy=f"应在 1 到 {MOST_CASES} 之间")
        request = read_request(topic, count=count or None, with_numbers=with_numbers or None)
        reader = self._workspace.library.snapshot().reader
        chosen = _filters(regions, collections=collections)
        book = build_casebook(self._workspace.searcher, reader, request, chosen)
        return [records.case_card(card) for card in book.cards]

    def draft(
        self,
        question: str,
        regions: Sequence[str] = (),
        levels: Sequence[str] = (),
        years: Sequence[int] = (),
        collections: Sequence[str] = (),
        from_cases: bool = False,
    ) -> Record:
        """A draft from the passages of an answer, or of the cases on a topic; sent to the endpoint of the settings.

        :raises DraftError: drafting is off, there is nothing to write from, or the endpoint fails.
        """
        if not question.strip():
            raise QueryError("没有写题目", remedy="例如：厦门市怎样推进教师交流轮岗？")
        chosen = _filters(regions, levels, years, collections=collections)
        write = draft_cases if from_cases else draft_question
        return records.draft(write(self._workspace, question, chosen))

    def collections(self) -> list[Record]:
        """The collections with the ids of their documents."""
        found = self._workspace.store.collections()
        return [
            {"collection": name, "count": len(members), "documents": list(members)}
            for name, members in found.items()
        ]

    def check(self) -> list[Record]:
        """What is wrong with documents of the library, by kind of finding."""
        return [records.finding(item) for item in examine(self._workspace.store)]

    def export(
        self,
        what: str,
        suffix: str = ".docx",
        documents: Sequence[str] = (),
        topic: str = "",
        indicators: Sequence[str] = (),
        regions: Sequence[str] = (),
    ) -> Record:
        """A file that a page can export; see :func:`interfaces.exporting.exported`."""
        return exported(
            self._workspace,
            what,
            suffix,
            documents=documents or (),
            topic=topic,
            indicators=indicators or (),
            regions=regions or (),
        )

    def documents(
        self,
        regions: Sequence[str] = (),
        levels: Sequence[str] = (),
        title: str = "",
        collections: Sequence[str] = (),
    ) -> list[Record]:
        """The documents of the library. :raises QueryError: an unknown region, level or collection."""
        self._workspace.store.members(collections or ())
        found = self._workspace.store.documents(_filters(regions, levels, collections=collections))
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
    collections: Sequence[str] = (),
) -> Filters:
    return Filters(
        regions=_codes(regions),
        levels=tuple(_key(level, LEVEL_NAMES, "层级") for level in levels or ()),
        years=tuple(int(year) for year in years or ()),
        types=tuple(_key(kind, PASSAGE_TYPE_NAMES, "段落类型") for kind in kinds or ()),  # type: ignore[misc]
        collections=tuple(collections or ()),
    )


def _codes(regions: Sequence[str]) -> tuple[str, ...]:
    return tuple(resolve_name(name) for name in regions or ())


def _key(name: str, names: dict[str, str], what: str) -> str:
    """The key of a value given by its key or its Chinese name."""
    for key, chinese in names.items():
        if name in (key, chinese):
            return key
    raise QueryError(f"没有“{name}”这个{what}", remedy=f"可用：{'、'.join(names.values())}")
