"""Collections (专题): which documents a person put together, kept when their files are read in again.

A document may be in several. What a file says itself (``collection`` in its front matter) holds until a person
takes the document out. Changes are seen at once: no index has to be made anew for them.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Iterable, Sequence

from kb.errors import QueryError
from kb.model import IngestedDocument
from kb.store.corrections import place_of
from kb.store.unread import UnreadStore
from kb.store.writing import now

LONGEST = 30
"""Characters of a collection's name at most."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_NAMED = (
    "SELECT s.path, d.ordinal, d.title, d.as_read FROM documents d "
    "JOIN sources s ON s.row = d.source_row WHERE d.removed_generation IS NULL AND "
)


class CollectionStore(UnreadStore):
    """The part of the store that changes collections."""

    def create_collection(self, name: str) -> str:
        """Make a collection without documents; the name as it is kept. :raises QueryError: it exists, or won't do."""
        name = checked_name(name)
        if name in self.collections():
            raise QueryError(f"已经有专题“{name}”", remedy="换一个名称，或直接把文献归入它")
        with self._connections.transaction() as db:
            _make(db, name)
        return name

    def rename_collection(self, name: str, new: str) -> str:
        """Give a collection another name; its documents go with it. :raises QueryError: unknown, or taken."""
        new = checked_name(new)
        members = self.members([name])
        if new == name:
            return new
        if new in self.collections():
            raise QueryError(f"已经有专题“{new}”", remedy="换一个名称")
        with self._connections.transaction() as db:
            _make(db, new)
            _set(db, new, members, inside=True)
            _drop(db, name, members)
        return new

    def delete_collection(self, name: str) -> None:
        """Undo a collection; its documents stay in the library. :raises QueryError: there is none."""
        members = self.members([name])
        with self._connections.transaction() as db:
            _drop(db, name, members)

    def put_into_collection(self, name: str, documents: Iterable[str]) -> int:
        """Put documents into a collection, which is made where there is none; how many were not in it before.

        :raises QueryError: the name won't do, or a document is unknown.
        """
        name = checked_name(name)
        wanted = dict.fromkeys(documents)
        new = [document for document in wanted if document not in self.collections().get(name, ())]
        with self._connections.transaction() as db:
            _make(db, name)
            _set(db, name, new, inside=True)
        return len(new)

    def take_out_of_collection(self, name: str, documents: Iterable[str]) -> int:
        """Take documents out of a collection; how many were in it. :raises QueryError: there is none."""
        members = self.members([name])
        gone = [document for document in dict.fromkeys(documents) if document in members]
        with self._connections.transaction() as db:
            _set(db, name, gone, inside=False)
        return len(gone)


def checked_name(name: str) -> str:
    """The name as it is kept. :raises QueryError: it is empty, too long, or has characters that don't print."""
    name = name.strip()
    if not name:
        raise QueryError("专题还没有名称", remedy="例如：教育")
    if len(name) > LONGEST or _CONTROL.search(name):
        raise QueryError(f"“{name[:LONGEST]}”不能作专题的名称", remedy=f"请用不超过 {LONGEST} 个字的一行文字")
    return name


def follow(db: sqlite3.Connection, path: str, documents: Sequence[IngestedDocument]) -> None:
    """Keep the memberships of a source that is ingested again with the documents that they were made for."""
    rows = db.execute(
        "SELECT ordinal, read_title, collection, inside FROM memberships WHERE source_path = ?", (path,)
    ).fetchall()
    titles = [document.document.title for document in documents]
    moved = []
    for ordinal, title, collection, inside in rows:
        place = place_of(titles, ordinal, title)
        if place is not None and (place, titles[place]) != (ordinal, title):
            db.execute(
                "DELETE FROM memberships WHERE source_path = ? AND ordinal = ? AND collection = ?",
                (path, ordinal, collection),
            )
            moved.append((path, place, titles[place], collection, inside))
    db.executemany("INSERT OR REPLACE INTO memberships VALUES (?, ?, ?, ?, ?)", moved)


def _make(db: sqlite3.Connection, name: str) -> None:
    db.execute("INSERT OR IGNORE INTO collections VALUES (?, ?)", (name, now()))


def _drop(db: sqlite3.Connection, name: str, members: Collection[str]) -> None:
    """Forget a collection. Documents that their own files put there are taken out, so that it does not come back."""
    db.execute("DELETE FROM collections WHERE name = ?", (name,))
    db.execute("DELETE FROM memberships WHERE collection = ? AND inside", (name,))
    said = {
        row[0]
        for row in db.execute(
            "SELECT id FROM documents WHERE removed_generation IS NULL AND collection = ?", (name,)
        )
    }
    _set(db, name, [document for document in members if document in said], inside=False)


def _set(db: sqlite3.Connection, name: str, documents: Iterable[str], *, inside: bool) -> None:
    for document in documents:
        found = db.execute(f"{_NAMED}d.id = ?", (document,)).fetchone()
        if not found:
            raise QueryError(
                f"知识库中没有编号为“{document}”的文献", remedy="用 documents 命令查看全部文献的编号"
            )
        path, ordinal, title, as_read = found
        db.execute(
            "INSERT OR REPLACE INTO memberships VALUES (?, ?, ?, ?, ?)",
            (path, ordinal, json.loads(as_read).get("title", title), name, int(inside)),
        )
