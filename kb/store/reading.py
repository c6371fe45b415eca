"""Reading the store: what is visible in one generation."""

from __future__ import annotations

import json
from collections import Counter, OrderedDict
from collections.abc import Collection, Iterable
from threading import Lock

from kb.errors import QueryError
from kb.model import Document, Dropped, Filters, Removal, Section
from kb.store.connection import Connections
from kb.store.records import (
    DOCUMENT_COLUMNS,
    FACT_COLUMNS,
    PASSAGE_COLUMNS,
    SECTION_COLUMNS,
    Row,
    SourceReading,
    Statistics,
    StoredFact,
    StoredPassage,
    StoredSource,
    dump,
    publication_year,
    to_document,
    to_fact,
    to_passage,
    to_section,
)
from kb.store.selection import (
    TAKEN_OUT,
    VISIBLE,
    VISIBLE_SOURCE,
    Conditions,
    document_conditions,
)

_DOCUMENTS = "documents d JOIN sources s ON s.row = d.source_row"
_PASSAGES = (
    "passages p JOIN documents d ON d.row = p.document_row "
    "LEFT JOIN sections n ON n.document_row = p.document_row AND n.ordinal = p.section"
)
_FACTS = "facts f JOIN documents d ON d.row = f.document_row JOIN sources s ON s.row = d.source_row"
_CACHED_CHARACTERS = 32_000_000  # of source texts kept decoded, at 2 bytes each


class _Texts:
    """The source texts read last, by row."""

    def __init__(self) -> None:
        self._texts: OrderedDict[int, str] = OrderedDict()
        self._characters = 0
        self._guard = Lock()

    def get(self, row: int) -> str | None:
        with self._guard:
            if row in self._texts:
                self._texts.move_to_end(row)
            return self._texts.get(row)

    def put(self, row: int, text: str) -> None:
        with self._guard:
            if row in self._texts:
                return
            self._texts[row] = text
            self._characters += len(text)
            while self._characters > _CACHED_CHARACTERS and len(self._texts) > 1:
                self._characters -= len(self._texts.popitem(last=False)[1])


class Reader:
    """What is visible in the published generation, or in the one that ``at`` pins.

    Every method is one statement, so each sees one generation even while another is being published.
    """

    def __init__(self, connections: Connections, *, at: int | None = None) -> None:
        self._connections = connections
        self._at = at
        self._texts = _Texts()

    def _rows(self, sql: str, values: dict[str, object] | None = None) -> list[Row]:
        with self._connections.errors():
            cursor = self._connections.get().execute(sql, {"at": self._at, **(values or {})})
            return cursor.fetchall()

    # -- documents ------------------------------------------------------------------------------------

    def documents(self, filters: Filters | None = None) -> list[Document]:
        """The documents that the filters admit, by source path and place in it."""
        where = document_conditions(filters) if filters else Conditions()
        sql = (
            f"SELECT {DOCUMENT_COLUMNS} FROM {_DOCUMENTS} WHERE {VISIBLE}{where.sql} "
            "ORDER BY s.path, d.ordinal"
        )
        return [to_document(row) for row in self._rows(sql, where.values)]

    def documents_by_id(self, ids: Iterable[str]) -> dict[str, Document]:
        """Those of the documents that exist, by id."""
        where = Conditions()
        where.among("d.id", list(ids))
        sql = f"SELECT {DOCUMENT_COLUMNS} FROM {_DOCUMENTS} WHERE {VISIBLE}{where.sql}"
        return {row[0]: to_document(row) for row in self._rows(sql, where.values)}

    def document(self, document_id: str) -> Document:
        """The document.

        :raises QueryError: there is none with this id.
        """
        found = self.documents_by_id([document_id])
        if not found:
            raise QueryError(
                f"知识库中没有编号为“{document_id}”的文献", remedy="用 documents 命令查看全部文献的编号"
            )
        return found[document_id]

    def collections(self) -> dict[str, tuple[str, ...]]:
        """The ids of the documents of each collection, empty ones included; see :mod:`kb.store.memberships`."""
        sql = (
            f"SELECT m.collection, d.id FROM {_DOCUMENTS} JOIN memberships m ON m.source_path = s.path "
            f"AND m.ordinal = d.ordinal WHERE m.inside AND {VISIBLE} "
            f"UNION SELECT d.collection, d.id FROM {_DOCUMENTS} WHERE d.collection != '' AND {VISIBLE} "
            f"AND NOT {TAKEN_OUT} UNION SELECT c.name, '' FROM collections c ORDER BY 1, 2"
        )
        found: dict[str, list[str]] = {}
        for name, document in self._rows(sql):
            found.setdefault(name, []).extend([document] if document else [])
        return {name: tuple(documents) for name, documents in found.items()}

    def members(self, names: Collection[str]) -> frozenset[str]:
        """The ids of the documents in any of some collections.

        :raises QueryError: there is no collection of one of the names.
        """
        found = self.collections()
        for name in names:
            if name not in found:
                there = "、".join(list(found)[:10])
                raise QueryError(
                    f"没有“{name}”这个专题", remedy=f"已有：{there}" if there else "先把文献归入一个专题"
                )
        return frozenset(document for name in names for document in found[name])

    def stated_collections(self) -> dict[str, str]:
        """The collection that each document's own file names; documents whose file names none are left out."""
        sql = f"SELECT d.id, d.collection FROM documents d WHERE {VISIBLE} AND d.collection != ''"
        return dict(self._rows(sql))

    def region_counts(self) -> dict[str, int]:
        """How many documents each region has; "" for those whose region is unknown."""
        sql = f"SELECT d.region_code, count(*) FROM documents d WHERE {VISIBLE} GROUP BY 1"
        return dict(self._rows(sql))

    def repeals(self) -> dict[str, tuple[str, ...]]:
        """For each document that repeals others, the titles or numbers that it names."""
        sql = f"SELECT d.id, d.repeals FROM documents d WHERE {VISIBLE} AND d.repeals != '[]'"
        return {row[0]: tuple(json.loads(row[1])) for row in self._rows(sql)}

    def without_passages(self) -> frozenset[str]:
        """The ids of the documents that have nothing to search in."""
        return frozenset(
            row[0]
            for row in self._rows(f"SELECT d.id FROM documents d WHERE {VISIBLE} AND d.passage_count = 0")
        )

    def sections(self, document_id: str) -> list[Section]:
        """The sections of a document, in order; a section's ``parent`` is an index into this list."""
        sql = (
            f"SELECT {SECTION_COLUMNS} FROM sections n JOIN documents d ON d.row = n.document_row "
            f"WHERE d.id = :id AND {VISIBLE} ORDER BY n.ordinal"
        )
        return [to_section(row) for row in self._rows(sql, {"id": document_id})]

    # -- passages -------------------------------------------------------------------------------------

    def passages(self, keys: Collection[int]) -> list[StoredPassage]:
        """The passages with these keys, in the order of the keys; keys that are not visible are left out."""
        keys = [int(key) for key in keys]
        sql = (
            f"SELECT {PASSAGE_COLUMNS} FROM json_each(:keys) k CROSS JOIN {_PASSAGES} "
            f"WHERE p.key = k.value AND {VISIBLE} ORDER BY k.key"
        )
        return [to_passage(row) for row in self._rows(sql, {"keys": dump(keys)})]

    def passages_in(self, keys: range) -> list[StoredPassage]:
        """The visible passages with keys in a range of step 1, by key."""
        sql = (
            f"SELECT {PASSAGE_COLUMNS} FROM {_PASSAGES} "
            f"WHERE p.key >= :first AND p.key < :end AND {VISIBLE} ORDER BY p.key"
        )
        return [to_passage(row) for row in self._rows(sql, {"first": keys.start, "end": keys.stop})]

    def passages_of(self, document_id: str) -> list[StoredPassage]:
        """The passages of a document, in order."""
        sql = f"SELECT {PASSAGE_COLUMNS} FROM {_PASSAGES} WHERE d.id = :id AND {VISIBLE} ORDER BY p.key"
        return [to_passage(row) for row in self._rows(sql, {"id": document_id})]

    def passage_ranges(self) -> tuple[range, ...]:
        """The keys of all visible passages, a range for each document, ascending."""
        sql = (
            f"SELECT d.first_key, d.passage_count FROM documents d WHERE {VISIBLE} AND d.passage_count > 0 "
            "ORDER BY d.first_key"
        )
        return tuple(range(first, first + count) for first, count in self._rows(sql))

    # -- facts ----------------------------------------------------------------------------------------

    def facts(
        self,
        *,
        document: str | None = None,
        regions: Collection[str] | None = None,
        indicator: str | None = None,
        indicator_keys: Collection[str] | None = None,
        kind: str | None = None,
        keys: Collection[int] | None = None,
        passages: Collection[int] | None = None,
        filters: Filters | None = None,
        limit: int | None = None,
    ) -> list[StoredFact]:
        """The facts that meet all conditions, by source path and place.

        :param regions: region codes of the facts, descendants already spelled out; empty admits nothing.
        :param indicator: words that the indicator or its normalised form contains.
        :param indicator_keys: normalised indicators, any of which.
        :param keys: fact keys. :param passages: keys of the passages that the facts stand in.
        :param filters: conditions on the documents (``types`` on any of their passages).
        """
        where = document_conditions(filters) if filters else Conditions()
        if document is not None:
            where.holds("d.id = {}", document)
        if indicator is not None:
            where.holds(
                "(instr(f.indicator, {}) > 0 OR instr(f.indicator_key, {}) > 0)", indicator, indicator
            )
        if kind is not None:
            where.holds("f.kind = {}", kind)
        where.among("f.region_code", regions)
        where.among("f.indicator_key", indicator_keys)
        where.among("f.key", keys)
        where.among("f.passage_key", passages)
        sql = (
            f"SELECT {FACT_COLUMNS} FROM {_FACTS} WHERE {VISIBLE}{where.sql} "
            "ORDER BY s.path, d.ordinal, f.start_at, f.key LIMIT :limit"
        )
        rows = self._rows(sql, {**where.values, "limit": -1 if limit is None else limit})
        return [to_fact(row) for row in rows]

    def facts_in(self, document_id: str, start: int, end: int) -> list[StoredFact]:
        """The facts of a document whose numbers begin in ``source_text[start:end]``, by place."""
        sql = (
            f"SELECT {FACT_COLUMNS} FROM {_FACTS} WHERE d.id = :id AND f.start_at >= :start "
            f"AND f.start_at < :end AND {VISIBLE} ORDER BY f.start_at, f.key"
        )
        rows = self._rows(sql, {"id": document_id, "start": start, "end": end})
        return [to_fact(row) for row in rows]

    def indicators(self) -> dict[str, int]:
        """How many visible facts each normalised indicator has, the most frequent first."""
        sql = (
            "SELECT f.indicator_key, count(*) FROM facts f JOIN documents d ON d.row = f.document_row "
            f"WHERE {VISIBLE} AND f.indicator_key != '' GROUP BY 1 ORDER BY 2 DESC, 1"
        )
        return dict(self._rows(sql))

    def fact_regions(
        self, *, indicator_keys: Collection[str] | None = None, filters: Filters | None = None
    ) -> dict[str, int]:
        """How many visible facts each region has, by code; a fact of no region counts for its document's."""
        where = document_conditions(filters) if filters else Conditions()
        where.among("f.indicator_key", indicator_keys)
        sql = (
            "SELECT CASE WHEN f.region_code != '' THEN f.region_code ELSE d.region_code END, count(*) "
            f"FROM {_FACTS} WHERE {VISIBLE}{where.sql} GROUP BY 1"
        )
        return dict(self._rows(sql, where.values))

    # -- sources --------------------------------------------------------------------------------------

    def sources(self) -> list[StoredSource]:
        """The source files, by path."""
        return self._sources("")

    def source(self, path: str) -> StoredSource:
        """The source file at a relative path.

        :raises QueryError: there is none.
        """
        found = self._sources(" AND s.path = :path", {"path": path})
        if not found:
            raise _no_source(path)
        return found[0]

    def _sources(self, condition: str, values: dict[str, object] | None = None) -> list[StoredSource]:
        sql = (
            "SELECT s.path, s.sha256, s.size, s.loader, s.characters, s.pages, s.metadata, s.ingested_at "
            f"FROM sources s WHERE {VISIBLE_SOURCE}{condition} ORDER BY s.path"
        )
        return [
            StoredSource(
                row[0], row[1], row[2], row[3], row[4], tuple(json.loads(row[5])), json.loads(row[6]), row[7]
            )
            for row in self._rows(sql, values)
        ]

    def source_text(self, path: str) -> str:
        """The stored text of a source, which every offset points into.

        :raises QueryError: there is no source at this path.
        """
        # The row tells one version of the text from the next, so a cached text is never a stale one.
        found = self._rows(
            f"SELECT s.row FROM sources s WHERE s.path = :path AND {VISIBLE_SOURCE}", {"path": path}
        )
        if not found:
            raise _no_source(path)
        row: int = found[0][0]
        text = self._texts.get(row)
        if text is None:
            texts = self._rows("SELECT text FROM source_texts WHERE source_row = :row", {"row": row})
            if not texts:  # replaced and purged between the two statements
                return self.source_text(path)
            text = str(texts[0][0])
            self._texts.put(row, text)
        return text

    def source_readings(self, paths: Collection[str]) -> dict[str, SourceReading]:
        """Those of the sources that are there, by path: text and page offsets, in one statement for all."""
        sql = (
            "SELECT s.path, t.text, s.pages FROM json_each(:paths) k CROSS JOIN sources s ON s.path = k.value "
            f"JOIN source_texts t ON t.source_row = s.row WHERE {VISIBLE_SOURCE}"
        )
        rows = self._rows(sql, {"paths": dump(list(paths))})
        return {path: SourceReading(text, tuple(json.loads(pages))) for path, text, pages in rows}

    def pages(self, path: str) -> tuple[int, ...]:
        """The source offsets at which the pages of a paged file begin; empty for other files."""
        return self.source(path).pages

    def removals(self, path: str) -> list[Removal]:
        """The spans of a source's text that are in no passage, each with its reason, in order."""
        sql = (
            "SELECT r.start_at, r.end_at, r.reason FROM removals r JOIN sources s ON s.row = r.source_row "
            f"WHERE s.path = :path AND {VISIBLE_SOURCE} ORDER BY r.ordinal"
        )
        return [Removal(*row) for row in self._rows(sql, {"path": path})]

    def dropped(self, path: str) -> list[Dropped]:
        """What the loader left out of a source's text, and why."""
        sql = f"SELECT s.dropped FROM sources s WHERE s.path = :path AND {VISIBLE_SOURCE}"
        rows = self._rows(sql, {"path": path})
        return [Dropped(*item) for item in json.loads(rows[0][0])] if rows else []

    # -- counts ---------------------------------------------------------------------------------------

    def statistics(self) -> Statistics:
        """Counts over all that is visible."""
        documents = self.documents()
        sizes = self._rows(
            f"SELECT count(*), coalesce(sum(characters), 0) FROM sources s WHERE {VISIBLE_SOURCE}"
        )
        parts = self._rows(
            "SELECT coalesce(sum(passage_count), 0), coalesce(sum(fact_count), 0) "
            f"FROM documents d WHERE {VISIBLE}"
        )
        return Statistics(
            sources=sizes[0][0],
            documents=len(documents),
            passages=parts[0][0],
            facts=parts[0][1],
            characters=sizes[0][1],
            by_region=dict(Counter(d.region_code for d in documents)),
            by_level=dict(Counter(d.level for d in documents)),
            by_year=dict(Counter(map(publication_year, documents))),
            by_kind=dict(Counter(d.kind for d in documents)),
            by_status=dict(Counter(d.status for d in documents)),
            by_collection={name: len(ids) for name, ids in self.collections().items()},
        )


def _no_source(path: str) -> QueryError:
    return QueryError("知识库中没有这个来源文件", source=path, remedy="请先用 ingest 命令入库")
