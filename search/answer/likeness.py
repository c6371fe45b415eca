"""Likeness in meaning of a question and sentences, by the vectors of an embedding."""

from __future__ import annotations

from threading import Lock

import numpy as np
from numpy.typing import NDArray

from search.embedding.base import Embedder

_KEPT_VECTORS = 30_000
Vectors = NDArray[np.float32]


class Likeness:
    """How alike in meaning texts are.

    :param embedder: gives the vectors. Those of sentences seen last are kept, so that a question asks the model
        for new ones only. Safe to use from several threads.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._vectors: dict[str, Vectors] = {}
        self._guard = Lock()

    def of_sentences(self, question: str, sentences: list[str]) -> list[float]:
        """The cosine similarity of a question with each sentence, none below 0."""
        if not sentences or not question:
            return [0.0] * len(sentences)
        with self._guard:
            matrix = self._of(sentences)
            vector = self._embedder.encode_queries([question])[0]
        found: list[float] = np.maximum(matrix @ vector, 0.0).tolist()
        return found

    def _of(self, listed: list[str]) -> Vectors:
        missing = [text for text in dict.fromkeys(listed) if text not in self._vectors]
        if missing:
            if len(self._vectors) + len(missing) > _KEPT_VECTORS:
                self._vectors.clear()
                missing = list(dict.fromkeys(listed))
            self._vectors.update(zip(missing, self._embedder.encode_passages(missing), strict=True))
        if not listed:
            return np.zeros((0, self._embedder.dimensions), np.float32)
        return np.stack([self._vectors[text] for text in listed])
