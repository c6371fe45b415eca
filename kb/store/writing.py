"""Writing rows: sources and versions of documents in and out. Callers hold the transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from kb.model import Document, IngestedDocument, IngestedSource
from kb.store.records import dump, dump_evidence

CORRECTABLE = (
    "title",
    "region_code",
    "level",
    "kind",
    "issuer",
    "number",
    "published",
    "issued",
    "effective_from",
    "expires",
    "status",
    "successor",
    "is_digest",
    "collection",
)
"""The fields of a document that a person may set right."""


def now() -> str:
    """The time as the store writes it: ISO 8601, UTC, to the second."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


def insert_source(db: sqlite3.Connection, source: IngestedSource, generation: int) -> int:
    """Insert the source with its text and removals; its row number."""
    loaded = source.loaded
    row = db.execute(
        "INSERT INTO sources VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
        (
            loaded.path,
            loaded.sha256,
            loaded.size,
            loaded.loader,
            len(loaded.text),
            dump(loaded.pages),
            dump([(item.text, item.reason, item.page) for item in loaded.dropped]),
            dump(loaded.metadata),
            dump(loaded.metadata_origin),
            now(),
            generation,
        ),
    ).lastrowid
    if row is None:
        raise AssertionError("an INSERT gives a row")
    db.execute("INSERT INTO source_texts VALUES (?, ?)", (row, loaded.text))
    db.executemany(
        "INSERT INTO removals VALUES (?, ?, ?, ?, ?)",
        [(row, i, removal.start, removal.end, removal.reason) for i, removal in enumerate(source.removals)],
    )
    return row


def insert_document(
    db: sqlite3.Connection,
    ingested: IngestedDocument,
    *,
    source_row: int,
    ordinal: int,
    generation: int,
    corrections: Mapping[str, str],
    collection: str,
) -> None:
    """Insert a document with everything that hangs on it and note the addition in the change log."""
    document = ingested.document
    first_key = _next_key(db)
    values = _document_values(document, collection)
    as_read = {name: str(values[name]) for name in corrections}
    values.update(corrections)
    if "is_digest" in corrections:
        values["is_digest"] = int(corrections["is_digest"])
    values.update(
        source_row=source_row,
        ordinal=ordinal,
        repeals=dump(ingested.repeals),
        as_read=dump(as_read),
        first_key=first_key,
        passage_count=len(ingested.passages),
        fact_count=len(ingested.facts),
        added_generation=generation,
    )
    row = _insert(db, "documents", values)
    _insert_sections(db, row, ingested)
    _insert_passages(db, row, first_key, ingested)
    home = (document.region_code, str(values["region_code"]))
    _insert_facts(db, row, first_key, ingested, home)
    _log(db, generation, "add", document.id, first_key, len(ingested.passages))


def _document_values(document: Document, collection: str) -> dict[str, Any]:
    return {
        "id": document.id,
        "title": document.title,
        "start_at": document.start,
        "end_at": document.end,
        "region_code": document.region_code,
        "level": document.level,
        "kind": document.kind,
        "issuer": document.issuer,
        "number": document.number,
        "published": document.published,
        "issued": document.issued,
        "effective_from": document.effective_from,
        "expires": document.expires,
        "status": document.status,
        "successor": document.successor,
        "is_digest": int(document.is_digest),
        "damage": document.damage,
        "evidence": dump_evidence(document.evidence),
        "collection": collection,
    }


def _insert(db: sqlite3.Connection, table: str, values: Mapping[str, Any]) -> int:
    """Insert a row; table and column names come from this module, never from data."""
    columns = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    row = db.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", dict(values)).lastrowid
    if row is None:
        raise AssertionError("an INSERT gives a row")
    return row


def _insert_sections(db: sqlite3.Connection, row: int, ingested: IngestedDocument) -> None:
    paths: list[tuple[str, ...]] = []
    values = []
    for ordinal, section in enumerate(ingested.sections):
        above = paths[section.parent] if 0 <= section.parent < ordinal else ()
        paths.append((*above, section.title))
        values.append(
            (
                row,
                ordinal,
                section.title,
                section.level,
                section.start,
                section.end,
                section.parent,
                section.run_in,
                dump(paths[-1]),
            )
        )
    db.executemany("INSERT INTO sections VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)


def _insert_passages(db: sqlite3.Connection, row: int, first_key: int, ingested: IngestedDocument) -> None:
    db.executemany(
        "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                first_key + i,
                row,
                i,
                passage.start,
                passage.end,
                passage.text,
                passage.section,
                passage.role,
                " ".join(passage.types),
                passage.damaged,
            )
            for i, passage in enumerate(ingested.passages)
        ],
    )


def _insert_facts(
    db: sqlite3.Connection, row: int, first_key: int, ingested: IngestedDocument, home: tuple[str, str]
) -> None:
    """Insert the facts, each with the passage it stands in.

    ``home``: the document's region as it was read and as it is; facts of the first become the second's.
    """
    read, corrected = home
    passages = sorted((passage.start, passage.end, i) for i, passage in enumerate(ingested.passages))
    values = []
    at = 0
    for fact in sorted(ingested.facts, key=lambda fact: (fact.start, fact.end)):
        while at < len(passages) and passages[at][1] <= fact.start:
            at += 1
        inside = at < len(passages) and passages[at][0] <= fact.start
        values.append(
            (
                row,
                first_key + passages[at][2] if inside else None,
                fact.surface,
                fact.start,
                fact.end,
                fact.quote,
                fact.quote_start,
                fact.indicator,
                fact.indicator_key,
                dump(fact.value),
                fact.unit,
                fact.comparator,
                fact.kind,
                fact.time,
                fact.time_inherited,
                fact.years[0] if fact.years else None,
                fact.years[1] if fact.years else None,
                corrected if fact.region_code == read else fact.region_code,
            )
        )
    db.executemany(
        "INSERT INTO facts VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values
    )


def copy_document(db: sqlite3.Connection, row: int, generation: int, changes: Mapping[str, Any]) -> None:
    """Put a changed version beside the document at ``row``, which must have been retired in ``generation``.

    Its passages get new keys: the index then treats it as any other document that came and went.
    """
    cursor = db.execute("SELECT * FROM documents WHERE row = ?", (row,))
    columns = [column[0] for column in cursor.description]
    values = dict(zip(columns, cursor.fetchone(), strict=True))
    old_key, new_key = values["first_key"], _next_key(db)
    home = (values["region_code"], changes.get("region_code", values["region_code"]))
    del values["row"]
    values.update(changes, first_key=new_key, added_generation=generation, removed_generation=None)
    new_row = _insert(db, "documents", values)
    shift = new_key - old_key
    db.execute(
        "INSERT INTO sections SELECT ?, ordinal, title, level, start_at, end_at, parent, run_in, path "
        "FROM sections WHERE document_row = ?",
        (new_row, row),
    )
    db.execute(
        "INSERT INTO passages SELECT key + ?, ?, ordinal, start_at, end_at, text, section, role, types, "
        "damaged FROM passages WHERE document_row = ? ORDER BY key",
        (shift, new_row, row),
    )
    db.execute(
        "INSERT INTO facts SELECT NULL, ?, passage_key + ?, surface, start_at, end_at, quote, quote_start, "
        "indicator, indicator_key, value, unit, comparator, kind, time, time_inherited, year_from, year_to, "
        "CASE WHEN region_code = ? THEN ? ELSE region_code END FROM facts WHERE document_row = ? "
        "ORDER BY key",
        (new_row, shift, *home, row),
    )
    _log(db, generation, "add", values["id"], new_key, values["passage_count"])


def retire_document(db: sqlite3.Connection, row: int, generation: int) -> None:
    """End a document's visibility with ``generation`` and note it in the change log.

    The rows stay, for readers of earlier generations, until :func:`purge`.
    """
    document, first_key, count = db.execute(
        "SELECT id, first_key, passage_count FROM documents WHERE row = ?", (row,)
    ).fetchone()
    db.execute("UPDATE documents SET removed_generation = ? WHERE row = ?", (generation, row))
    _log(db, generation, "remove", document, first_key, count)


def purge(db: sqlite3.Connection) -> None:
    """Delete what no reader of the published generation or a later one can see."""
    gone = (
        "removed_generation IS NOT NULL AND (removed_generation <= (SELECT published FROM state) "
        "OR removed_generation = added_generation)"
    )
    db.execute(f"DELETE FROM documents WHERE {gone}")
    db.execute(f"DELETE FROM sources WHERE {gone}")


def _next_key(db: sqlite3.Connection) -> int:
    found = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'passages'").fetchone()
    return int(found[0]) + 1 if found else 1


def _log(
    db: sqlite3.Connection, generation: int, action: str, document: str, first_key: int, count: int
) -> None:
    db.execute(
        "INSERT INTO change_log VALUES (NULL, ?, ?, ?, ?, ?, ?)",
        (generation, action, document, first_key, count, now()),
    )
