"""Likeness in meaning by the vectors of an embedding: of words (落水 and 溺亡), of a question and a sentence."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from kb.words import words
from search.embedding.base import Embedder

_KEPT_VECTORS = 30_000
_KEPT_TEXTS = 512
Vectors = NDArray[np.float32]


class Likeness:
    """How alike in meaning texts are.

    :param embedder: gives the vectors. Those of words and sentences seen last are kept, so that a question asks
        the model for new ones only. Safe to use from several threads.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._vectors: dict[str, Vectors] = {}
        self._texts: OrderedDict[str, Vectors] = OrderedDict()
        self._guard = Lock()

    def of_word(self, term: str, text: str) -> float:
        """The largest cosine similarity between ``term`` and a word of ``text``, 0 for a text without words."""
        with self._guard:
            matrix = self._texts.get(text)
            if matrix is None:
                matrix = self._of(list(dict.fromkeys(word for word in words(text) if len(word) > 1)))
                self._texts[text] = matrix
                if len(self._texts) > _KEPT_TEXTS:
                    self._texts.popitem(last=False)
            vector = self._of([term])[0]
        return float(max(0.0, (matrix @ vector).max())) if len(matrix) else 0.0

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
