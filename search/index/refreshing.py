"""The index follows the store: what is new is analysed and embedded, what is gone is dropped, all is published."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.errors import IndexDamaged
from kb.settings import Layout, Settings
from kb.store import Store
from kb.store.locking import exclusive
from search.embedding.base import Embedder
from search.engines import manifest
from search.engines.local import LocalEngine
from search.engines.manifest import Recipe
from search.index.building import OnProgress, segments
from search.index.fields import ANALYSIS, Analysis
from search.index.vector_source import VectorSource
from search.rank.weights import load_weights

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


def open_index(folder: Path, recipe: Recipe | None = None, settings: Settings | None = None) -> LocalEngine:
    """The published index; read the store ``at(engine.generation)`` with it.

    :param folder: the index folder of a knowledge base (:attr:`kb.settings.Layout.index`).
    :param recipe: what it must have been made with; None takes any.
    :raises IndexDamaged: there is none or it must be rebuilt: :func:`refresh` does that.
    """
    settings = settings or Settings()
    weights = load_weights(Path(settings.fusion) if settings.fusion else None)
    return LocalEngine.open(folder, recipe, exact_up_to=settings.exact_vectors, k1=weights.k1, b=weights.b)


def published_generation(folder: Path) -> int:
    """The generation that an index folder names now, 0 for none: a reader with another one opens it anew."""
    return manifest.read(folder).generation if manifest.exists(folder) else 0


def refresh(
    store: Store,
    settings: Settings,
    embedder: Embedder | None,
    *,
    folder: Path | None = None,
    analysis: Analysis = ANALYSIS,
    on_progress: OnProgress | None = None,
) -> Refreshed:
    """Bring the index up to what was written to the store, and publish both.

    Only new passages are analysed and embedded, unless the index is missing, damaged or of another analysis or
    embedder. Killed at any moment it leaves the last published state; the next call does the rest, and vectors
    that a slow embedder had made by then are not made again.

    :param folder: the index folder; by default the one beside the store.
    :raises StoreBusy: another process refreshes the same index.
    """
    started = time.monotonic()
    folder = folder or Layout(store.path.parent).index
    with exclusive(folder / "lock"):
        engine, reason = _current(store, folder, recipe_of(store, embedder, analysis), settings)
        if not reason and not store.pending and engine.generation == store.generation:
            return Refreshed(engine.generation, 0, 0, "", time.monotonic() - started)
        target = store.freeze() if store.pending or not store.generation else store.generation
        reader = store.at(target)
        added: Sequence[range] = reader.passage_ranges()
        removed: Sequence[range] = ()
        if not reason:
            changes = store.changes_since(engine.generation, target)
            added, removed = changes.added, changes.removed
        vectors = VectorSource(
            folder, embedder, _old(folder) if reason else None, step=settings.embedding_batch
        )
        engine.delete([key for keys in removed for key in keys])
        for segment in segments(reader, added, vectors, analysis, on_progress):
            engine.add(segment)
        engine.save(target, store.mark(target))
        store.publish(target)
        vectors.forget()
    count = [sum(map(len, ranges)) for ranges in (added, removed)]
    return Refreshed(target, count[0], count[1], reason, time.monotonic() - started)


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
