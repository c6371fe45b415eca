"""Document ids: short, the same on every ingestion of the same file."""

from __future__ import annotations

import base64
import hashlib

LENGTH = 10  # characters of base 32: 50 bits, so 100,000 documents collide with a chance of 4 in a million


def document_id(source: str, ordinal: int) -> str:
    """The id of the ``ordinal``-th document (from 0) of the source at the relative path ``source``.

    >>> document_id("baoding.txt", 0) == document_id("baoding.txt", 0)
    True
    """
    digest = hashlib.sha256(f"{source}\0{ordinal}".encode()).digest()
    return base64.b32encode(digest).decode("ascii").lower()[:LENGTH]
