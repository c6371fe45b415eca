"""What a stored source remembers of where it came from and how it was read, in its metadata."""

from __future__ import annotations

from ingest.lengths import Lengths

ORIGIN = "origin_path"
"""The key of where the file lay; it tells two files of one name apart."""
READING = "reading"
"""The key of how it was read; see :func:`reading_of`."""
_VERSION = 1  # one more whenever sources that are stored should be read again


def reading_of(lengths: Lengths) -> str:
    """How this program reads sources; one that was read otherwise is read again when it is next ingested."""
    return f"{_VERSION}:{lengths.fingerprint}"
