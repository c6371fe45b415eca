"""The index that is published: bringing it up to the store, and opening it."""

from __future__ import annotations

from pathlib import Path

from kb.settings import Settings
from kb.store import Store
from search.embedding.base import Embedder
from search.engines import manifest
from search.engines.local import LocalEngine
from search.engines.manifest import Recipe
from search.index.building import OnProgress
from search.index.fields import ANALYSIS, Analysis
from search.index.following import Following, Refreshed
from search.rank.weights import load_weights


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
    """Bring the index up to what was written to the store, and publish both; see :class:`Following`.

    :param folder: the index folder; by default the one beside the store.
    :raises StoreBusy: another process refreshes the same index.
    """
    with Following(store, settings, embedder, folder=folder, analysis=analysis) as index:
        return index.publish(on_progress)
