"""Fields that a person set right: checked here, kept by source and place, found again after re-ingestion."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date

from kb.errors import StoreError
from kb.model import LEVEL_NAMES, STATUS_NAMES, IngestedDocument
from kb.store.writing import CORRECTABLE, now

_DATES = ("published", "issued", "effective_from", "expires")
_CODE = re.compile(r"\d{6}(\d{3}|\d{6})?|[0-9A-Z]{2,12}|")


def checked(field: str, value: str) -> str:
    """The value as it is stored.

    :raises StoreError: the field cannot be corrected or the value does not fit it.
    """
    value = value.strip()
    if field not in CORRECTABLE:
        raise StoreError(f"字段“{field}”不能更正", remedy=f"可更正的字段：{'、'.join(CORRECTABLE)}")
    if field in _DATES and value:
        try:
            date.fromisoformat(value)
        except ValueError as error:
            raise StoreError(f"“{value}”不是日期", remedy="日期写成 2024-05-31 的样子") from error
    if field == "level" and value and value not in LEVEL_NAMES:
        raise StoreError(f"没有“{value}”这个层级", remedy=f"可用：{'、'.join(LEVEL_NAMES)}")
    if field == "status" and value not in STATUS_NAMES:
        raise StoreError(f"没有“{value}”这个时效状态", remedy=f"可用：{'、'.join(STATUS_NAMES)}")
    if field == "region_code" and not _CODE.fullmatch(value):
        raise StoreError(f"“{value}”不是地区代码", remedy="请用六位代码，例如 130600；全国为 100000")
    if field == "is_digest":
        if value.lower() not in ("0", "1", "true", "false"):
            raise StoreError(f"“{value}”不是是否值", remedy="请用 1 或 0")
        return str(int(value.lower() in ("1", "true")))
    return value


def remember(
    db: sqlite3.Connection, path: str, ordinal: int, read_title: str, field: str, value: str
) -> None:
    """Keep a correction for the next time the source is ingested."""
    db.execute(
        "INSERT INTO corrections VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (source_path, ordinal, field) "
        "DO UPDATE SET read_title = excluded.read_title, value = excluded.value, made_at = excluded.made_at",
        (path, ordinal, read_title, field, value, now()),
    )


def forget(db: sqlite3.Connection, path: str, ordinal: int, field: str) -> None:
    """Drop a correction."""
    db.execute(
        "DELETE FROM corrections WHERE source_path = ? AND ordinal = ? AND field = ?", (path, ordinal, field)
    )


def for_source(
    db: sqlite3.Connection, path: str, documents: Sequence[IngestedDocument]
) -> list[dict[str, str]]:
    """The corrections of each document of a source that is ingested again, by field.

    A document is found again by the title it was read with, wherever it stands now; a lone document also
    under a new title. A correction that finds no document stays dormant.
    """
    kept: dict[tuple[int, str], dict[str, str]] = {}
    rows = db.execute(
        "SELECT ordinal, read_title, field, value FROM corrections WHERE source_path = ?", (path,)
    ).fetchall()
    for ordinal, title, field, value in rows:
        kept.setdefault((ordinal, title), {})[field] = value
    found: list[dict[str, str]] = [{} for _ in documents]
    if not kept:
        return found
    titles = [document.document.title for document in documents]
    for (ordinal, title), fields in kept.items():
        place = place_of(titles, ordinal, title)
        if place is not None:
            found[place] = {**found[place], **fields}
            _move(db, path, (ordinal, place), fields, titles[place])
    return found


def place_of(titles: Sequence[str], ordinal: int, title: str) -> int | None:
    """Where the document that was read with ``title`` at ``ordinal`` stands among ``titles`` now; None: nowhere."""
    if ordinal < len(titles) and titles[ordinal] == title:
        return ordinal
    if titles.count(title) == 1:
        return titles.index(title)
    # A lone document keeps its corrections even under a new title; among several, a place says too little.
    return 0 if len(titles) == 1 and ordinal == 0 else None


def _move(
    db: sqlite3.Connection, path: str, places: tuple[int, int], fields: Mapping[str, str], title: str
) -> None:
    before, after = places
    for field, value in fields.items():
        if before != after:
            forget(db, path, before, field)
        remember(db, path, after, title, field, value)
