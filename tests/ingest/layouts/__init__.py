"""Five layouts that a source may have, written for these tests. The counties in them are invented."""

from __future__ import annotations

from pathlib import Path

from ingest.clean import clean
from ingest.cleaning.model import CleanSource
from tests.ingest.layouts import yearbook
from tests.ingest.layouts.builder import loaded

HERE = Path(__file__).parent


def cleaned(name: str) -> CleanSource:
    """One of the layouts after the real cleaning."""
    if name == "yearbook":
        return clean(yearbook.source())
    return clean(loaded((HERE / f"{name}.txt").read_text(encoding="utf-8")))


ALL = ("newspaper", "numbered_cases", "notice_with_attachments", "regional_digest", "yearbook")
