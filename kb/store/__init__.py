"""The store of a knowledge base: SQLite, generations, nothing lost. Start at :class:`Store`."""

from kb.store.ids import document_id
from kb.store.reading import Reader
from kb.store.records import (
    Changes,
    Correction,
    Statistics,
    StoredFact,
    StoredPassage,
    StoredSource,
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
    "Statistics",
    "Store",
    "StoredFact",
    "StoredPassage",
    "StoredSource",
    "document_id",
    "page_of",
    "publication_year",
    "with_descendants",
]
