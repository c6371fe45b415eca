"""Where the vectors of passages come from: an earlier index, work that was broken off, or the embedder."""

from __future__ import annotations

import hashlib
import logging
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.embedding.base import Embedder
from search.engines.local import LocalEngine

log = logging.getLogger(__name__)
_WORK = "embedding"
_KEEP_AFTER = 5.0  # seconds of embedding that are worth keeping


def _nobody(done: int) -> None:
    del done


class VectorSource:
    """Gives vectors by passage key. A key's text never changes, so a vector of the same embedder stays good.

    :param folder: the index folder; unfinished work is kept in ``embedding`` inside it.
    :param embedder: None: there are no vectors.
    :param old: an index whose vectors serve where they are the same embedder's.
    :param step: passages that are embedded at a time.
    """

    def __init__(
        self, folder: Path, embedder: Embedder | None, old: LocalEngine | None = None, *, step: int = 256
    ) -> None:
        self._step = step
        self._embedder = embedder
        self._folder = folder / _WORK
        self._old: LocalEngine | None = None
        self._made: list[tuple[int, NDArray[np.float16]]] = []
        self._made_since = time.monotonic()
        self._kept: dict[int, NDArray[np.float16]] = {}
        if embedder is not None:
            wanted = (embedder.identity, embedder.dimensions)
            if old is not None and (old.recipe.embedder, old.recipe.dimensions) == wanted:
                self._old = old
            self._row = np.dtype([("key", np.int64), ("vector", np.float16, (embedder.dimensions,))])
            self._own = self._folder / hashlib.sha256(repr(wanted).encode()).hexdigest()[:16]
            self._read_kept()

    def of(
        self, keys: Sequence[int], texts: Sequence[str], on_made: Callable[[int], None] | None = None
    ) -> NDArray[np.float16] | None:
        """The vectors of passages, shape ``(len(keys), dimensions)``; None without an embedder.

        :param on_made: called with the number of vectors there are, each time some more have been made.
        """
        tell = on_made or _nobody
        if self._embedder is None:
            tell(len(keys))
            return None
        vectors = np.zeros((len(keys), self._embedder.dimensions), np.float16)
        known: dict[int, NDArray[np.float16]] = {} if self._old is None else self._old.vectors_of(keys)
        known |= {key: self._kept[key] for key in keys if key in self._kept}
        missing = [row for row, key in enumerate(keys) if key not in known]
        for row, key in enumerate(keys):
            if key in known:
                vectors[row] = known[key]
        for first in range(0, len(missing), self._step):
            rows = missing[first : first + self._step]
            vectors[rows] = self._embedder.encode_passages([texts[row] for row in rows])
            self._keep([(keys[row], vectors[row]) for row in rows])
            tell(len(keys) - len(missing) + first + len(rows))
        if not missing:
            tell(len(keys))
        return vectors

    def forget(self) -> None:
        """Delete unfinished work, once it is finished."""
        self._made.clear()
        if self._folder.exists():
            shutil.rmtree(self._folder, ignore_errors=True)

    def _keep(self, made: list[tuple[int, NDArray[np.float16]]]) -> None:
        """Write what was made since the last time, where it took long to make."""
        self._made += made
        if time.monotonic() - self._made_since < _KEEP_AFTER:
            return
        self._own.mkdir(parents=True, exist_ok=True)
        path = self._own / f"{self._made[0][0]}.npy"
        beside = path.with_suffix(".new")
        with beside.open("wb") as file:
            np.lib.format.write_array(file, np.array(self._made, self._row), allow_pickle=False)
        beside.replace(path)
        self._made = []
        self._made_since = time.monotonic()

    def _read_kept(self) -> None:
        if not self._own.is_dir():
            return
        for path in sorted(self._own.glob("*.npy")):
            try:
                rows: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
                self._kept.update(zip(rows["key"].tolist(), rows["vector"], strict=True))
            except (OSError, ValueError, IndexError) as error:
                log.info("跳过未写完的向量文件 %s（%s）", path, error)
