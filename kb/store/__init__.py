"""The store of a knowledge base: SQLite, generations, nothing lost. Start at :class:`Store`."""

from kb.store.ids import document_id
from kb.store.reading import Reader
from kb.store.records import (
    Changes,
    Correction,
    SourceReading,
    Statistics,
    StoredFact,
    StoredPassage,
    StoredSource,
    Unread,
    page_of,
    publication_year,
)
from kb.store.selection import with_descendants
from kb.store.store import Store
from kb.store.writing import CORRECTABLE

__all__ = [
    "CORRECTABLE",
    "Changes",
    "Correction",
    "Reader",
    "SourceReading",
    "Statistics",
    "Store",
    "StoredFact",
    "StoredPassage",
    "StoredSource",
    "Unread",
    "document_id",
    "page_of",
    "publication_year",
    "with_descendants",
]
