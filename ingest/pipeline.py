"""Ingestion: files in, whole documents in the store. Every file goes its own way; one that fails stops no other."""

from __future__ import annotations

import hashlib
import logging
import multiprocessing
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from ingest.discover import Found, discover
from ingest.read import ORIGIN, read_source
from kb.errors import PolicyKBError, UnreadableSource
from kb.model import IngestedSource
from kb.store import Store

log = logging.getLogger(__name__)

# Formats whose readers are pure Python and quick; a handful of small ones isn't worth starting processes for.
_LIGHT = {".txt", ".md", ".markdown", ".html", ".htm", ".docx", ".csv", ".xlsx"}
_INLINE_BYTES = 400_000
# Files that are read ahead of the one being written, per worker: enough to keep the workers busy, few enough
# that memory doesn't grow with the number of files.
_AHEAD = 4
_BATCH_FILES = 16
_BATCH_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why, in Chinese."""

    source: str
    error: str


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


def ingest(
    paths: Sequence[Path],
    store: Store,
    *,
    collection: str = "",
    workers: int | None = None,
    force: bool = False,
    on_progress: OnProgress | None = None,
) -> Report:
    """Read files and folders into the store, each whole or not at all.

    :param paths: files and folders; see :func:`ingest.discover.discover`.
    :param collection: the collection the documents go to, in place of what the files say.
    :param workers: processes that read; None takes the number of cores (at most 8), 0 reads in this process.
    :param force: read files again that have not changed.
    :param on_progress: called after each file.
    :returns: what was done; files that could not be read stand in ``failed`` with the reason.
    :raises UnreadableSource: a path does not exist.
    """
    started = time.monotonic()
    found = list(discover(paths))
    report = Report(files=len(found))
    hashes = store.source_hashes()
    names = _Names({stored.path: stored.metadata.get(ORIGIN, "") for stored in store.newest.sources()})

    def tell(done: int, current: str) -> None:
        if on_progress is not None:
            elapsed = time.monotonic() - started
            on_progress(Progress(done, len(found), report.passages, elapsed, current))

    fresh: list[Found] = []
    for item in found:
        try:
            digest = _sha256(item.path)
        except OSError as error:
            report.failed.append(_failure(item, error))
            continue
        relative = names.take(item)
        if hashes.get(relative) == digest and not force:
            report.unchanged += 1
        else:
            fresh.append(Found(item.path, relative))
    settled = len(found) - len(fresh)
    tell(settled, "")
    done = settled
    for batch in _batches(_read_all(fresh, workers)):
        with store.batch():
            for _, outcome in batch:
                if isinstance(outcome, Failure):
                    report.failed.append(outcome)
                else:
                    _write(store, outcome, report, collection=collection, force=force)
        done += len(batch)
        tell(done, batch[-1][0].relative)
    report.seconds = time.monotonic() - started
    return report


def _write(store: Store, source: IngestedSource, report: Report, *, collection: str, force: bool) -> None:
    try:
        ids = store.replace_source(source, collection=collection, force=force)
    except UnreadableSource as error:
        report.failed.append(Failure(source.loaded.path, _reason(error)))
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


def _failure(item: Found, error: BaseException) -> Failure:
    if isinstance(error, PolicyKBError):
        return Failure(item.relative, _reason(error))
    if isinstance(error, PermissionError):
        return Failure(item.relative, "没有读取权限（请检查文件权限后重试）")
    if isinstance(error, OSError):
        return Failure(item.relative, f"读不出来：{error.strerror or error}（请检查磁盘或网络盘后重试）")
    log.error("%s", item.relative, exc_info=error)
    return Failure(item.relative, f"处理时出错：{type(error).__name__}：{error}（请把这个文件反馈给开发者）")


def _reason(error: PolicyKBError) -> str:
    return f"{error.message}（{error.remedy}）" if error.remedy else error.message


Outcome = tuple[Found, "IngestedSource | Failure"]


def _batches(outcomes: Iterable[Outcome]) -> Iterator[list[Outcome]]:
    """Outcomes that are written together, so that the disk is waited for once: a few files or a lot of text."""
    batch: list[Outcome] = []
    size = 0
    for item, outcome in outcomes:
        batch.append((item, outcome))
        size += 0 if isinstance(outcome, Failure) else outcome.loaded.size
        if len(batch) >= _BATCH_FILES or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _read_all(files: Sequence[Found], workers: int | None) -> Iterator[Outcome]:
    """Read files, in processes where it pays, and give the outcomes in the order of the files."""
    if workers is None:
        workers = min(os.cpu_count() or 1, 8)
    light = all(item.path.suffix.lower() in _LIGHT for item in files)
    small = sum(item.path.stat().st_size for item in files if item.path.exists()) < _INLINE_BYTES
    if workers == 0 or not files or (light and small):
        yield from ((item, _read_here(item)) for item in files)
    else:
        yield from _read_in_processes(files, min(workers, len(files)))


def _read_here(item: Found) -> IngestedSource | Failure:
    try:
        return read_source(item.path, item.relative)
    except Exception as error:  # noqa: BLE001  whatever one file does, the others go on
        return _failure(item, error)


def _read_in_processes(files: Sequence[Found], workers: int) -> Iterator[Outcome]:
    """Read in a pool; a file that kills its process is tried once more alone, then reported."""
    waiting = deque(files)
    running: deque[tuple[Found, Future[IngestedSource | Failure]]] = deque()
    with ExitStack() as stack:
        pool = stack.enter_context(_pool(workers))
        while waiting or running:
            while waiting and len(running) < workers * _AHEAD:
                item = waiting.popleft()
                running.append((item, pool.submit(_read_here, item)))
            item, future = running.popleft()
            try:
                yield item, future.result()
            except BrokenProcessPool:
                # All that was in flight is lost with the pool; the culprit is among it.
                lost = [item, *(other for other, _ in running)]
                running.clear()
                yield from _read_alone(lost)
                pool = stack.enter_context(_pool(workers))


def _read_alone(files: Iterable[Found]) -> Iterator[Outcome]:
    for item in files:
        with _pool(1) as pool:
            try:
                yield item, pool.submit(_read_here, item).result()
            except BrokenProcessPool:
                yield (
                    item,
                    Failure(item.relative, "读取程序在这个文件上崩溃了（文件可能已损坏，请另存后重试）"),
                )


def _pool(workers: int) -> ProcessPoolExecutor:
    # spawn: a forked child of a program with threads (the workbench) can lock up.
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
