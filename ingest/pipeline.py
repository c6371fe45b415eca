"""Ingestion: files in, whole documents in the store. Every file goes its own way; one that fails stops no other."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from ingest.ahead import Ahead
from ingest.discover import Found, discover
from ingest.lengths import Lengths
from ingest.outcomes import Failure, Outcome, failure, read, reason
from ingest.provenance import ORIGIN, READING, reading_of
from ingest.readers import Readers
from kb.errors import UnreadableSource
from kb.model import IngestedSource
from kb.settings import Settings
from kb.store import Store

__all__ = ["Failure", "Progress", "Report", "ingest"]

# Formats that are text already: a handful of small ones isn't worth starting processes for.
_LIGHT = {".txt", ".md", ".markdown", ".html", ".htm", ".csv", ".tsv"}
_INLINE_BYTES = 400_000
_BATCH_FILES = 64
_BATCH_BYTES = 1_000_000
_BATCH_SECONDS = 2.0
_WAITING = 1_000_000  # characters, per process, that are read and wait to be written


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingestion has come: files done of files in all, passages so far, seconds since the start."""

    done: int
    files: int
    passages: int
    seconds: float
    current: str


@dataclass(slots=True)
class Report:
    """What an ingestion did. ``bytes`` counts the files that were read, not the unchanged ones."""

    files: int = 0
    documents: int = 0
    passages: int = 0
    facts: int = 0
    unchanged: int = 0
    bytes: int = 0
    seconds: float = 0.0
    failed: list[Failure] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)


OnProgress = Callable[[Progress], None]
OnWritten = Callable[[int], None]
"""Called with the number of passages each time some have been written."""


def ingest(
    paths: Sequence[Path],
    store: Store,
    *,
    collection: str = "",
    workers: int | None = None,
    force: bool = False,
    settings: Settings | None = None,
    on_progress: OnProgress | None = None,
    on_begun: Callable[[int], None] | None = None,
    on_written: OnWritten | None = None,
) -> Report:
    """Read files and folders into the store, each whole or not at all.

    :param paths: files and folders; see :func:`ingest.discover.discover`.
    :param collection: the collection the documents go to, in place of what the files say.
    :param workers: processes that read; None takes the number of cores (at most 8), 0 reads in this process.
    :param force: read files again that have not changed.
    :param settings: how long passages are and how long the reading of a file may take. A file that was read with
        other lengths, or by a program that reads otherwise, counts as changed.
    :param on_progress: called after each file.
    :param on_begun: called with the bytes of the files to be read, when their reading has begun elsewhere.
    :param on_written: called between files, while others are being read.
    :returns: what was done; files that could not be read stand in ``failed`` with the reason.
    :raises UnreadableSource: a path does not exist.
    """
    started = time.monotonic()
    found = list(discover(paths))
    report = Report(files=len(found))
    hashes = store.source_hashes()
    stored = {source.path: source.metadata for source in store.newest.sources()}
    names = _Names({path: metadata.get(ORIGIN, "") for path, metadata in stored.items()})
    settings = settings or Settings()
    lengths = Lengths(settings.passage_min, settings.passage_max)
    reading = reading_of(lengths)

    def tell(done: int, current: str) -> None:
        if on_progress is not None:
            elapsed = time.monotonic() - started
            on_progress(Progress(done, len(found), report.passages, elapsed, current))

    fresh: list[Found] = []
    for item in found:
        try:
            digest = _sha256(item.path)
        except OSError as error:
            report.failed.append(failure(item, error))
            continue
        relative = names.take(item)
        as_before = stored.get(relative, {}).get(READING) == reading
        if hashes.get(relative) == digest and as_before and not force:
            report.unchanged += 1
        else:
            fresh.append(Found(item.path, relative))
    settled = len(found) - len(fresh)
    tell(settled, "")
    done = settled
    read_one = partial(read, lengths=lengths)
    with _outcomes(fresh, read_one, workers, settings.read_seconds) as outcomes:
        if on_begun is not None and fresh:
            on_begun(sum(_size(item) for item in fresh))
        for batch in _batches(outcomes):
            written = report.passages
            with store.batch():
                for _, outcome in batch:
                    if isinstance(outcome, Failure):
                        report.failed.append(outcome)
                    else:
                        _write(store, outcome, report, collection=collection)
            done += len(batch)
            tell(done, batch[-1][0].relative)
            if on_written is not None and report.passages > written:
                on_written(report.passages - written)
    report.seconds = time.monotonic() - started
    return report


def _write(store: Store, source: IngestedSource, report: Report, *, collection: str) -> None:
    try:
        # What is as it was is not read in the first place.
        ids = store.replace_source(source, collection=collection, force=True)
    except UnreadableSource as error:
        report.failed.append(Failure(source.loaded.path, reason(error)))
        return
    report.ids.extend(ids)
    report.documents += len(source.documents)
    report.bytes += source.loaded.size
    for document in source.documents:
        report.passages += len(document.passages)
        report.facts += len(document.facts)


class _Names:
    """Gives every file its own stored name, also when two folders hold files of one name.

    A file whose name is already stored replaces what is there, unless that came from another file which still
    exists: then both are kept, the new one under a name of its own.
    """

    def __init__(self, stored: dict[str, str]) -> None:
        self._origins = stored

    def take(self, item: Found) -> str:
        origin = str(item.path.resolve())
        stem, dot, suffix = item.relative.rpartition(".")
        if not dot:
            stem, suffix = item.relative, ""
        name, number = item.relative, 2
        while not self._free(name, origin):
            name = f"{stem}({number}){dot}{suffix}"
            number += 1
        self._origins[name] = origin
        return name

    def _free(self, name: str, origin: str) -> bool:
        before = self._origins.get(name, "")
        return before in ("", origin) or not Path(before).exists()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        digest = hashlib.sha256()
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def _batches(outcomes: Iterable[Outcome]) -> Iterator[list[Outcome]]:
    """Outcomes that are written together, so that the disk is waited for once: some files, text, or seconds."""
    batch: list[Outcome] = []
    size, since = 0, time.monotonic()
    for item, outcome in outcomes:
        batch.append((item, outcome))
        size += 0 if isinstance(outcome, Failure) else outcome.loaded.size
        late = time.monotonic() - since >= _BATCH_SECONDS
        if len(batch) >= _BATCH_FILES or size >= _BATCH_BYTES or late:
            yield batch
            batch, size, since = [], 0, time.monotonic()
    if batch:
        yield batch


@contextmanager
def _outcomes(
    files: Sequence[Found],
    read_one: Callable[[Found], IngestedSource | Failure],
    workers: int | None,
    seconds: float,
) -> Iterator[Iterable[Outcome]]:
    """Read files, in processes where it pays; there, and only there, a file that never ends is given up."""
    if workers is None:
        workers = min(os.cpu_count() or 1, 8)
    light = all(item.path.suffix.lower() in _LIGHT for item in files)
    small = sum(map(_size, files)) < _INLINE_BYTES
    if workers == 0 or not files or (light and small):
        yield ((item, read_one(item)) for item in files)
        return
    readers = Readers(files, read_one, min(workers, len(files)), seconds)
    with Ahead(readers.outcomes(), _weight, _WAITING * min(workers, len(files))) as outcomes:
        yield outcomes


def _size(item: Found) -> int:
    return item.path.stat().st_size if item.path.exists() else 0


def _weight(outcome: Outcome) -> int:
    read = outcome[1]
    return 1 if isinstance(read, Failure) else len(read.loaded.text)
