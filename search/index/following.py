"""An index that follows its store while files are still being read.

What is written is analysed and embedded by the whole batch, and stays unseen until all is published.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np

from kb.errors import IndexDamaged, StoreBusy
from kb.settings import Layout, Settings
from kb.store import Reader, Store
from kb.store.locking import exclusive
from search.embedding.base import Embedder
from search.embedding.static import StaticEmbedder
from search.engines import manifest
from search.engines.local import LocalEngine
from search.engines.manifest import Recipe
from search.index.building import BATCH, OnProgress, Pool, processes, segments
from search.index.fields import ANALYSIS, Analysis
from search.index.vector_source import VectorSource

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did. ``rebuilt`` says why all was made anew, empty when only changes were."""

    generation: int
    added: int
    removed: int
    rebuilt: str
    seconds: float


def recipe_of(store: Store, embedder: Embedder | None, analysis: Analysis = ANALYSIS) -> Recipe:
    """What an index of this store by this program is made with."""
    if embedder is None:
        return Recipe(analysis.version, store=store.identity)
    return Recipe(analysis.version, embedder.identity, embedder.dimensions, store.identity)


class Following:
    """Brings the index up to what was written to the store, and publishes both.

    Only new passages are analysed and embedded, unless the index is missing, damaged or of another analysis or
    embedder. Killed at any moment it leaves the last published state; the next one does the rest, and vectors
    that a slow embedder had made by then are not made again.

    :param folder: the index folder; by default the one beside the store.

    >>> with Following(store, settings, embedder) as index:              # doctest: +SKIP
    ...     ingest(paths, store, on_written=index.catch_up)
    ...     index.publish()
    """

    def __init__(
        self,
        store: Store,
        settings: Settings,
        embedder: Embedder | None,
        *,
        folder: Path | None = None,
        analysis: Analysis = ANALYSIS,
    ) -> None:
        self._store = store
        self._settings = settings
        self._embedder = embedder
        self._folder = folder or Layout(store.path.parent).index
        self._analysis = analysis
        self._started = time.monotonic()
        self._held = ExitStack()
        self._work: _Work | None = None
        self._written = 0
        self._pool: Pool | None = None

    def __enter__(self) -> Following:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._held.close()

    def prepare(self) -> None:
        """Make ready for many passages, while there are none yet."""
        if self._pool is None and (os.cpu_count() or 1) > 1:
            self._pool = self._held.enter_context(processes(1))
        if isinstance(self._embedder, StaticEmbedder):
            self._embedder.prepare()

    def catch_up(self, written: int) -> None:
        """Take in what is written so far, as far as it makes whole batches.

        :param written: the number of passages that were written since the last call.
        """
        self._written += written
        if self._written < BATCH:
            return
        self._written = 0
        try:
            work = self._begun()
        except StoreBusy:
            log.info("另一个程序正在更新索引，写入完成后再试")
            return
        new = work.missing(self._changes(work, None)[0])
        whole = sum(map(len, new)) // BATCH * BATCH
        work.add(self._store.newest, _first(new, whole), self._analysis, None, self._pool)

    def publish(self, on_progress: OnProgress | None = None) -> Refreshed:
        """Take in the rest, and publish the store with the index.

        :param on_progress: called with the passages that are done and those in all that were left to do.
        :raises StoreBusy: another process refreshes the same index.
        """
        work = self._begun()
        store, engine = self._store, work.engine
        if not work.reason and not store.pending and engine.generation == store.generation:
            return Refreshed(engine.generation, 0, 0, "", time.monotonic() - self._started)
        target = store.freeze() if store.pending or not store.generation else store.generation
        added, removed = self._changes(work, target)
        engine.delete([*(key for keys in removed for key in keys), *work.surplus(added)])
        work.add(store.at(target), work.missing(added), self._analysis, on_progress, self._pool)
        engine.save(target, store.mark(target))
        store.publish(target)
        work.vectors.forget()
        count = [sum(map(len, ranges)) for ranges in (added, removed)]
        return Refreshed(target, count[0], count[1], work.reason, time.monotonic() - self._started)

    def _changes(self, work: _Work, until: int | None) -> tuple[Sequence[range], Sequence[range]]:
        """The keys that come to the published index, or to an empty one, and those that go; None: up to now."""
        if work.reason:
            reader = self._store.newest if until is None else self._store.at(until)
            return reader.passage_ranges(), ()
        changes = self._store.changes_since(work.engine.generation, until)
        return changes.added, changes.removed

    def _begun(self) -> _Work:
        if self._work is None:
            self._held.enter_context(exclusive(self._folder / "lock"))
            recipe = recipe_of(self._store, self._embedder, self._analysis)
            engine, reason = _current(self._store, self._folder, recipe, self._settings)
            old = _old(self._folder) if reason else None
            step = self._settings.embedding_batch
            self._work = _Work(engine, reason, VectorSource(self._folder, self._embedder, old, step=step))
        return self._work


class _Work:
    """An index in the making, and which passages it has taken in since it was published."""

    def __init__(self, engine: LocalEngine, reason: str, vectors: VectorSource) -> None:
        self.engine = engine
        self.reason = reason
        self.vectors = vectors
        self._taken: list[range] = []

    def add(
        self,
        reader: Reader,
        ranges: Sequence[range],
        analysis: Analysis,
        on_progress: OnProgress | None,
        pool: Pool | None,
    ) -> None:
        for segment in segments(reader, ranges, self.vectors, analysis, on_progress, pool):
            self.engine.add(segment)
        self._taken += ranges

    def missing(self, ranges: Sequence[range]) -> list[range]:
        """What of these keys is not taken in. Keys are given out ascending, so that is what follows the last one."""
        after = self._taken[-1].stop if self._taken else 0
        left = (range(max(keys.start, after), keys.stop) for keys in ranges)
        return [keys for keys in left if keys]

    def surplus(self, ranges: Sequence[range]) -> list[int]:
        """What was taken in and is not among these keys: it was written again since."""
        there, taken = (np.array([key for keys in of for key in keys]) for of in (ranges, self._taken))
        return [int(key) for key in np.setdiff1d(taken, there)]


def _first(ranges: Sequence[range], count: int) -> list[range]:
    """The first keys of ascending ranges, ``count`` of them."""
    first: list[range] = []
    for keys in ranges:
        if count <= 0:
            break
        first.append(keys[:count])
        count -= len(first[-1])
    return first


def _current(store: Store, folder: Path, recipe: Recipe, settings: Settings) -> tuple[LocalEngine, str]:
    """The published index, or an empty one and the reason why all must be built."""
    empty = LocalEngine(folder, recipe=recipe, exact_up_to=settings.exact_vectors)
    try:
        engine = LocalEngine.open(folder, recipe, exact_up_to=settings.exact_vectors)
    except IndexDamaged as error:
        if manifest.exists(folder):
            log.warning("%s", error)
        return empty, error.message
    if engine.mark != store.mark(engine.generation):
        # The store was put back from a backup: its generations are not those that the index knows.
        return empty, "知识库文件被换过"
    if engine.generation > store.generation:
        # Killed between the two: the index is out, so the store follows.
        store.publish(engine.generation)
    return engine, ""


def _old(folder: Path) -> LocalEngine | None:
    """The index that is to be rebuilt, whose vectors may do."""
    try:
        return LocalEngine.open(folder)
    except IndexDamaged:
        return None
