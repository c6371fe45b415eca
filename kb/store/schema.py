"""The tables of the store and the migrations that lead to them."""

from __future__ import annotations

import sqlite3

from kb.errors import SchemaTooNew

# A row of ``documents`` or ``sources`` is visible in the generations from ``added_generation`` up to, but not
# including, ``removed_generation``. What hangs on it (sections, passages, facts, texts) is visible with it.
_VERSION_1 = """
CREATE TABLE state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    identity TEXT NOT NULL,       -- tells this store from every other
    published INTEGER NOT NULL,   -- readers see this generation
    writing INTEGER NOT NULL      -- writers write this one; always greater
);
INSERT INTO state VALUES (1, lower(hex(randomblob(16))), 0, 1);

CREATE TABLE sources (
    row INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    loader TEXT NOT NULL,
    characters INTEGER NOT NULL,
    pages TEXT NOT NULL,
    dropped TEXT NOT NULL,
    metadata TEXT NOT NULL,
    metadata_origin TEXT NOT NULL,
    ingested_at TEXT NOT NULL,
    added_generation INTEGER NOT NULL,
    removed_generation INTEGER
);
CREATE UNIQUE INDEX sources_current ON sources (path) WHERE removed_generation IS NULL;
CREATE INDEX sources_path ON sources (path);
CREATE INDEX sources_removed ON sources (removed_generation) WHERE removed_generation IS NOT NULL;

CREATE TABLE source_texts (
    source_row INTEGER PRIMARY KEY REFERENCES sources (row) ON DELETE CASCADE,
    text TEXT NOT NULL
);

CREATE TABLE removals (
    source_row INTEGER NOT NULL REFERENCES sources (row) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    start_at INTEGER NOT NULL,
    end_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (source_row, ordinal)
) WITHOUT ROWID;

CREATE TABLE documents (
    row INTEGER PRIMARY KEY,
    source_row INTEGER NOT NULL REFERENCES sources (row) ON DELETE CASCADE,
    id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    title TEXT NOT NULL,
    start_at INTEGER NOT NULL,
    end_at INTEGER NOT NULL,
    region_code TEXT NOT NULL,
    level TEXT NOT NULL,
    kind TEXT NOT NULL,
    issuer TEXT NOT NULL,
    number TEXT NOT NULL,
    published TEXT NOT NULL,
    issued TEXT NOT NULL,
    effective_from TEXT NOT NULL,
    expires TEXT NOT NULL,
    status TEXT NOT NULL,
    successor TEXT NOT NULL,
    is_digest INTEGER NOT NULL,
    damage INTEGER NOT NULL,
    evidence TEXT NOT NULL,
    repeals TEXT NOT NULL,
    collection TEXT NOT NULL,
    as_read TEXT NOT NULL,        -- what corrected fields said before the correction
    first_key INTEGER NOT NULL,   -- the keys of its passages are one unbroken range
    passage_count INTEGER NOT NULL,
    fact_count INTEGER NOT NULL,
    added_generation INTEGER NOT NULL,
    removed_generation INTEGER
);
CREATE UNIQUE INDEX documents_current ON documents (id) WHERE removed_generation IS NULL;
CREATE INDEX documents_id ON documents (id);
CREATE INDEX documents_source ON documents (source_row);
CREATE INDEX documents_removed ON documents (removed_generation) WHERE removed_generation IS NOT NULL;

CREATE TABLE sections (
    document_row INTEGER NOT NULL REFERENCES documents (row) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    title TEXT NOT NULL,
    level INTEGER NOT NULL,
    start_at INTEGER NOT NULL,
    end_at INTEGER NOT NULL,
    parent INTEGER NOT NULL,
    run_in INTEGER NOT NULL,
    path TEXT NOT NULL,           -- the titles from the top down to this section, as JSON
    PRIMARY KEY (document_row, ordinal)
) WITHOUT ROWID;

CREATE TABLE passages (
    key INTEGER PRIMARY KEY AUTOINCREMENT,   -- never used twice
    document_row INTEGER NOT NULL REFERENCES documents (row) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    start_at INTEGER NOT NULL,
    end_at INTEGER NOT NULL,
    text TEXT NOT NULL,
    section INTEGER NOT NULL,
    role TEXT NOT NULL,
    types TEXT NOT NULL,
    damaged INTEGER NOT NULL
);
CREATE INDEX passages_document ON passages (document_row);

CREATE TABLE facts (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    document_row INTEGER NOT NULL REFERENCES documents (row) ON DELETE CASCADE,
    passage_key INTEGER,
    surface TEXT NOT NULL,
    start_at INTEGER NOT NULL,
    end_at INTEGER NOT NULL,
    quote TEXT NOT NULL,
    quote_start INTEGER NOT NULL,
    indicator TEXT NOT NULL,
    indicator_key TEXT NOT NULL,
    value TEXT NOT NULL,          -- JSON: a number, a pair, a string
    unit TEXT NOT NULL,
    comparator TEXT NOT NULL,
    kind TEXT NOT NULL,
    time TEXT NOT NULL,
    time_inherited INTEGER NOT NULL,
    year_from INTEGER,
    year_to INTEGER,
    region_code TEXT NOT NULL
);
CREATE INDEX facts_document ON facts (document_row, start_at);
CREATE INDEX facts_indicator ON facts (indicator_key);
CREATE INDEX facts_region ON facts (region_code);
CREATE INDEX facts_passage ON facts (passage_key);

CREATE TABLE corrections (
    source_path TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    read_title TEXT NOT NULL,     -- the title as it was read, to find the document again
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (source_path, ordinal, field)
) WITHOUT ROWID;

CREATE TABLE change_log (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    generation INTEGER NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('add', 'remove')),
    document TEXT NOT NULL,
    first_key INTEGER NOT NULL,
    passage_count INTEGER NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX change_log_generation ON change_log (generation);
"""

# Which collections a person made, and which documents they put in or took out; what a file itself says stays in
# ``documents.collection``. Documents are named as corrections name them, to be found again after re-ingestion.
_VERSION_2 = """
CREATE TABLE collections (
    name TEXT PRIMARY KEY,
    made_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE memberships (
    source_path TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    read_title TEXT NOT NULL,
    collection TEXT NOT NULL,
    inside INTEGER NOT NULL,      -- 1 put in, 0 taken out
    PRIMARY KEY (source_path, ordinal, collection)
) WITHOUT ROWID;
CREATE INDEX memberships_collection ON memberships (collection);
"""

# Files that could not be read the last time they were given, and why.
_VERSION_3 = """
CREATE TABLE unread (
    source_path TEXT PRIMARY KEY,
    error TEXT NOT NULL,
    at TEXT NOT NULL
) WITHOUT ROWID;
"""

MIGRATIONS: tuple[str, ...] = (_VERSION_1, _VERSION_2, _VERSION_3)
"""The script at index i leads from schema version i to i + 1. Scripts are appended, never edited."""


def migrate(connection: sqlite3.Connection, migrations: tuple[str, ...] = MIGRATIONS) -> None:
    """Bring the schema up to the newest version, each step in a transaction of its own.

    :raises SchemaTooNew: the file was written by a newer program.
    """
    if _version(connection) == len(migrations):
        return
    while True:
        connection.execute("BEGIN IMMEDIATE")
        # Read again under the lock: another process may have migrated meanwhile.
        version = _version(connection)
        if version >= len(migrations):
            connection.execute("ROLLBACK")
            break
        try:
            for statement in _statements(migrations[version]):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {version + 1:d}")
        except sqlite3.Error:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    if version > len(migrations):
        raise SchemaTooNew(
            f"知识库由更新版本的程序写成（格式 {version}，本程序最高支持 {len(migrations)}）",
            remedy="请升级程序后再打开",
        )


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> list[str]:
    """The statements of a script; ``executescript`` would commit the transaction it runs in."""
    statements: list[str] = []
    pending = ""
    for part in script.split(";"):
        pending += f"{part};"
        if sqlite3.complete_statement(pending):
            statements.append(pending)
            pending = ""
    return statements
