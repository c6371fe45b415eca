"""Cleaning of a loaded source; the entry that the other stages use."""

from __future__ import annotations

from ingest.cleaning.model import INFORMATIVE, CleanSource, Damage, Paragraph, Reason
from ingest.cleaning.run import clean

__all__ = ["INFORMATIVE", "CleanSource", "Damage", "Paragraph", "Reason", "clean"]
