"""The store: one SQLite file, the only truth about a knowledge base.

Writers write the *next* generation, readers see the *published* one. An index that has caught up with a
frozen generation publishes it; until then nothing of it is visible, and afterwards all of it is.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from kb.errors import QueryError, StoreBusy, StoreError, UnreadableSource
from kb.model import Evidence, IngestedSource
from kb.store import corrections, memberships
from kb.store.connection import Connections
from kb.store.ids import document_id
from kb.store.memberships import CollectionStore
from kb.store.reading import Reader
from kb.store.records import Changes, Correction, dump
from kb.store.writing import (
    CORRECTABLE,
    copy_document,
    insert_document,
    insert_source,
    purge,
    retire_document,
)

log = logging.getLogger(__name__)
_CURRENT = "d.removed_generation IS NULL"


class Store(CollectionStore):
    """A knowledge base's documents. Safe to use from several threads; several processes may read and write.

    >>> store = Store.open(folder / "store.sqlite")          # doctest: +SKIP
    >>> store.replace_source(ingested)                       # doctest: +SKIP
    >>> store.publish()                                      # doctest: +SKIP
    """

    @classmethod
    def open(cls, path: Path | str, *, busy_timeout_s: float = 10.0) -> Store:
        """Open the store, or make an empty one.

        :param path: the SQLite file, or a folder that holds it as ``store.sqlite``.
        :raises StoreError: the file cannot be opened or is no store. :raises SchemaTooNew: see there.
        """
        path = Path(path)
        if path.is_dir():
            path = path / "store.sqlite"
        return cls(Connections(path, busy_timeout_s=busy_timeout_s))

    @property
    def path(self) -> Path:
        """The SQLite file."""
        return self._connections.path

    def close(self) -> None:
        """Close the file. The store can be used again afterwards; it opens the file anew."""
        self._connections.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    # -- generations ----------------------------------------------------------------------------------

    @property
    def generation(self) -> int:
        """The generation that readers see; 0 before the first is published."""
        return int(self._rows("SELECT published FROM state")[0][0])

    @property
    def identity(self) -> str:
        """What tells this store from every other, so that an index of another one is not taken for its own."""
        return str(self._rows("SELECT identity FROM state")[0][0])

    def mark(self, generation: int) -> str:
        """What tells a generation from one of the same number in another history of this store.

        Histories part when the file is put back from a backup.
        """
        sql = "SELECT sequence, at FROM change_log WHERE generation <= :g ORDER BY sequence DESC LIMIT 1"
        return " ".join(str(value) for row in self._rows(sql, {"g": generation}) for value in row)

    @property
    def pending(self) -> bool:
        """Whether anything was written since the published generation."""
        sql = "SELECT EXISTS (SELECT 1 FROM change_log WHERE generation > (SELECT published FROM state))"
        return bool(self._rows(sql)[0][0])

    def at(self, generation: int) -> Reader:
        """A reader of one generation, e.g. of a frozen one for the index that will publish it."""
        return Reader(self._connections, at=generation)

    @property
    def newest(self) -> Reader:
        """A reader of all that was written so far, published or not."""
        return self.at(int(self._rows("SELECT writing FROM state")[0][0]))

    def freeze(self) -> int:
        """End the generation that is being written; what is written from now on belongs to the next one."""
        with self._connections.transaction() as db:
            (frozen,) = db.execute("SELECT writing FROM state").fetchone()
            db.execute("UPDATE state SET writing = writing + 1")
        return int(frozen)

    def publish(self, generation: int | None = None) -> int:
        """Make a frozen generation what readers see, then purge what none of them can see any more.

        :param generation: a frozen generation; None freezes the current one (for a store without an index).
            One that is already published changes nothing.
        :raises StoreError: the generation is still being written.
        """
        if generation is None:
            generation = self.freeze()
        with self._connections.transaction() as db:
            published, writing = db.execute("SELECT published, writing FROM state").fetchone()
            if generation >= writing:
                raise StoreError(f"第 {generation} 代尚未写完，不能发布", source=str(self.path))
            if generation > published:
                db.execute("UPDATE state SET published = ?", (generation,))
        try:
            self.purge()
        except StoreBusy:
            # It is published; what is superseded takes up room until the next time.
            log.info("另一个程序正在写入，旧版本的记录下次再清理")
        return generation

    def purge(self) -> None:
        """Delete the rows that were removed at or before the published generation."""
        with self._connections.transaction() as db:
            purge(db)

    def changes_since(self, generation: int, until: int | None = None) -> Changes:
        """The net change of the visible passages from one generation to another (None: the newest)."""
        sql = (
            "SELECT action, first_key, passage_count FROM change_log WHERE generation > :base "
            "AND (:until IS NULL OR generation <= :until) ORDER BY sequence"
        )
        added: dict[int, range] = {}
        removed: list[range] = []
        for action, first, count in self._rows(sql, {"base": generation, "until": until}):
            if count and action == "add":
                added[first] = range(first, first + count)
            elif count and added.pop(first, None) is None:
                removed.append(range(first, first + count))
        if until is None:
            until = int(self._rows("SELECT writing FROM state")[0][0])
        return Changes(generation, until, tuple(added.values()), tuple(removed))

    # -- writing --------------------------------------------------------------------------------------

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Several writes as one transaction: one wait for the disk instead of many, all of them or none."""
        with self._connections.transaction():
            yield

    def source_hashes(self) -> dict[str, str]:
        """The SHA-256 of every source as last written, published or not, by path."""
        return dict(self._rows("SELECT path, sha256 FROM sources WHERE removed_generation IS NULL"))

    def replace_source(
        self, source: IngestedSource, *, collection: str = "", force: bool = False
    ) -> list[str]:
        """Write a source with its documents, in place of what was stored for its path; one transaction.

        Nothing happens when the same bytes are already stored, unless ``force``. Document ids are given here,
        by path and place (:func:`kb.store.document_id`); fields that a person corrected stay corrected.

        :param collection: the collection of its documents; by default what the file's front matter says.
        :returns: the ids of its documents, in order; the same whether written or already there.
        :raises UnreadableSource: the text cannot be stored.
        """
        loaded = source.loaded
        ids = [document_id(loaded.path, i) for i in range(len(source.documents))]
        collection = collection or loaded.metadata.get("collection", "")
        try:
            with self._connections.transaction() as db:
                same = db.execute(
                    "SELECT 1 FROM sources WHERE path = ? AND sha256 = ? AND removed_generation IS NULL",
                    (loaded.path, loaded.sha256),
                ).fetchone()
                if same and not force:
                    return ids
                generation = self._retire_source(db, loaded.path)
                row = insert_source(db, source, generation)
                corrected = corrections.for_source(db, loaded.path, source.documents)
                memberships.follow(db, loaded.path, source.documents)
                for ordinal, ingested in enumerate(source.documents):
                    document = replace(ingested.document, id=ids[ordinal], source=loaded.path)
                    insert_document(
                        db,
                        replace(ingested, document=document),
                        source_row=row,
                        ordinal=ordinal,
                        generation=generation,
                        corrections=corrected[ordinal],
                        collection=collection,
                    )
        except UnicodeEncodeError as error:
            raise UnreadableSource(
                "文本含有无法保存的字符", source=loaded.path, remedy="请把文件另存为 UTF-8 后重试"
            ) from error
        return ids

    def remove_documents(self, ids: Iterable[str]) -> list[str]:
        """Remove documents, and sources that hold no other; the ids that there were.

        A document removed from a source with others stays away until that file changes.
        """
        removed: list[str] = []
        with self._connections.transaction() as db:
            generation = self._writing(db)
            for name in dict.fromkeys(ids):
                found = db.execute(
                    f"SELECT d.row, d.source_row FROM documents d WHERE d.id = ? AND {_CURRENT}", (name,)
                ).fetchone()
                if not found:
                    continue
                removed.append(name)
                retire_document(db, found[0], generation)
                db.execute(
                    "UPDATE sources SET removed_generation = ? WHERE row = ? AND NOT EXISTS "
                    f"(SELECT 1 FROM documents d WHERE d.source_row = sources.row AND {_CURRENT})",
                    (generation, found[1]),
                )
        return removed

    @staticmethod
    def _writing(db: Any) -> int:
        return int(db.execute("SELECT writing FROM state").fetchone()[0])

    def _retire_source(self, db: Any, path: str) -> int:
        """End the visibility of what is stored for a path; the generation being written."""
        generation = self._writing(db)
        found = db.execute(
            "SELECT row FROM sources WHERE path = ? AND removed_generation IS NULL", (path,)
        ).fetchone()
        if found:
            rows = db.execute(f"SELECT d.row FROM documents d WHERE d.source_row = ? AND {_CURRENT}", found)
            for (row,) in rows.fetchall():
                retire_document(db, row, generation)
            db.execute("UPDATE sources SET removed_generation = ? WHERE row = ?", (generation, found[0]))
        return generation

    # -- setting fields right -------------------------------------------------------------------------

    def set_correction(self, document: str, field: str, value: str | None) -> None:
        """Set a field of a document right, for good; visible with the next generation. None takes it back.

        Facts of the document's region follow a corrected ``region_code``.

        :raises StoreError: the field or the value will not do. :raises QueryError: no such document.
        """
        if value is not None:
            value = corrections.checked(field, value)
        with self._connections.transaction() as db:
            row, path, ordinal = self._current(db, document)
            current, title, as_read = db.execute(
                f"SELECT {_column(field)}, title, as_read FROM documents WHERE row = ?", (row,)
            ).fetchone()
            read: dict[str, str] = json.loads(as_read)
            if value is None:
                if field not in read:
                    return
                value = read.pop(field)
                corrections.forget(db, path, ordinal, field)
            else:
                read.setdefault(field, str(current))
                corrections.remember(db, path, ordinal, read.get("title", title), field, value)
            self._change(db, row, {field: _stored(field, value), "as_read": dump(read)})

    def corrections(self) -> list[Correction]:
        """The corrections in force, by document."""
        rows = self._rows(f"SELECT d.id, d.as_read, {_ALL_CORRECTABLE} FROM documents d WHERE {_CURRENT} "
                          "AND d.as_read != '{}' ORDER BY d.id")  # fmt: skip
        return [
            Correction(row[0], field, str(row[2 + CORRECTABLE.index(field)]), read)
            for row in rows
            for field, read in json.loads(row[1]).items()
        ]

    def revise(self, document: str, changes: Mapping[str, str], evidence: Evidence) -> None:
        """Change what the program had read of a document (its status, once a newer text repeals it).

        Unlike a correction it does not outlive re-ingestion, and it leaves corrected fields alone.
        """
        values = {field: corrections.checked(field, value) for field, value in changes.items()}
        with self._connections.transaction() as db:
            row, _, _ = self._current(db, document)
            columns = ", ".join(map(_column, values))
            *current, as_read, found = db.execute(
                f"SELECT {columns}, as_read, evidence FROM documents WHERE row = ?", (row,)
            ).fetchone()
            before = dict(zip(values, map(str, current), strict=True))
            kept = json.loads(as_read)
            new = {name: _stored(name, value) for name, value in values.items()
                   if name not in kept and value != before[name]}  # fmt: skip
            if not new:
                return
            said = {"origin": evidence.origin, "quote": evidence.quote, "start": evidence.start}
            self._change(
                db, row, {**new, "evidence": dump({**json.loads(found), **dict.fromkeys(new, said)})}
            )

    def _current(self, db: Any, document: str) -> tuple[int, str, int]:
        found = db.execute(
            "SELECT d.row, s.path, d.ordinal FROM documents d JOIN sources s ON s.row = d.source_row "
            f"WHERE d.id = ? AND {_CURRENT}",
            (document,),
        ).fetchone()
        if not found:
            raise QueryError(
                f"知识库中没有编号为“{document}”的文献", remedy="用 documents 命令查看全部文献的编号"
            )
        return found[0], found[1], found[2]

    def _change(self, db: Any, row: int, changes: Mapping[str, Any]) -> None:
        generation = self._writing(db)
        retire_document(db, row, generation)
        copy_document(db, row, generation, changes)

    # -- care -----------------------------------------------------------------------------------------

    def check(self) -> list[str]:
        """What is wrong with the file itself, in Chinese; empty when all is well."""
        problems = [
            f"数据库页损坏：{row[0]}" for row in self._rows("PRAGMA integrity_check") if row[0] != "ok"
        ]
        problems += [f"表 {row[0]} 有悬空引用" for row in self._rows("PRAGMA foreign_key_check")]
        sql = (
            "SELECT d.id FROM documents d WHERE d.passage_count != (SELECT count(*) FROM passages p "
            "WHERE p.document_row = d.row) OR d.fact_count != (SELECT count(*) FROM facts f "
            "WHERE f.document_row = d.row)"
        )
        problems += [f"文献 {row[0]} 不完整" for row in self._rows(sql)]
        return problems


def _column(field: str) -> str:
    """A column's name, from the list and nowhere else."""
    if field not in CORRECTABLE:
        raise StoreError(f"字段“{field}”不能更正", remedy=f"可更正的字段：{'、'.join(CORRECTABLE)}")
    return field


def _stored(field: str, value: str) -> str | int:
    return int(value) if field == "is_digest" else value


_ALL_CORRECTABLE = ", ".join(f"d.{field}" for field in CORRECTABLE)
