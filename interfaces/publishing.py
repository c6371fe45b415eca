"""Where what is written to the store becomes visible: statuses are settled, the index catches up, both are published."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING

from kb.settings import Settings
from kb.store import Store

if TYPE_CHECKING:
    from search.index import Following


_MUCH = 2_000_000  # bytes of files from which making ready pays


class Publishing:
    """Follows a store that is being written with its index.

    The index and the embedder are opened when there is something to take in: until then files are being read.
    """

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._held = ExitStack()

    def __enter__(self) -> Publishing:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._held.close()

    @cached_property
    def _index(self) -> Following:
        from search.embedding import load_embedder
        from search.index import Following

        model = self._settings.embedding_model
        embedder = None if model == "none" else load_embedder(model)
        return self._held.enter_context(Following(self._store, self._settings, embedder))

    def expect(self, size: int) -> None:
        """Make ready for the passages of ``size`` bytes of files, while the first of them are being read."""
        if size >= _MUCH:
            self._index.prepare()

    def catch_up(self, written: int) -> None:
        """Take in what is written; see :meth:`search.index.Following.catch_up`."""
        self._index.catch_up(written)

    def publish(self, on_index: Callable[[int, int], None] | None = None) -> None:
        """Settle what is in force, bring the index up to the store, and publish both."""
        from ingest.standing import settle_statuses

        settle_statuses(self._store)
        self._index.publish(on_index)
