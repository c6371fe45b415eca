"""The file that a source was read from: still where it was, and still the same?"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ingest.provenance import ORIGIN
from kb.store import StoredSource


@dataclass(frozen=True, slots=True)
class Original:
    """Where the file lies, or in Chinese why it cannot be shown."""

    path: Path | None
    reason: str = ""


def find_original(source: StoredSource) -> Original:
    """The file of a source. Only the very bytes that were read count: another file in its place is not shown."""
    origin = source.metadata.get(ORIGIN, "")
    if not origin:
        return Original(None, "没有记下原文件的位置，只能看正文；重新读入一次就有原件页面。")
    path = Path(origin)
    try:
        status = path.stat()
        if not path.is_file():
            return Original(None, _gone(path))
        same = (
            status.st_size == source.size
            and _sha256(path, status.st_size, status.st_mtime_ns) == source.sha256
        )
    except OSError:
        return Original(None, _gone(path))
    if not same:
        return Original(None, f"原文件“{path.name}”在读入之后改过，只能看正文；重新读入一次就有原件页面。")
    return Original(path)


def _gone(path: Path) -> str:
    return f"原文件“{path.name}”已不在读入时的位置（{path.parent}），只能看正文；放回原处或重新读入就有原件页面。"


@lru_cache(maxsize=64)
def _sha256(path: Path, size: int, changed: int) -> str:
    """The digest of a file; ``size`` and ``changed`` tell one state of it from the next."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
