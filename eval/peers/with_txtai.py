"""txtai's hybrid search: its BM25 and a FAISS index of our vectors, mixed half and half as by default."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from eval.datasets import CorpusPassage
from eval.peers.base import Entrant, load, reading, spaced
from search.embedding import load_embedder
from search.index import passage_for_embedding


class Txtai:
    """Embeddings with ``hybrid``.

    :param ours: our tokens instead of its own (Unicode word boundaries).
    """

    def __init__(self, *, ours: bool) -> None:
        self._ours = ours
        self._embedder = load_embedder()
        self._vectors: dict[str, np.ndarray] = {}
        self._asked: dict[str, str] = {}

    def build(self, passages: Sequence[CorpusPassage]) -> None:
        """Index the passages; the vectors are made as for our own index."""
        texts = [spaced(reading(one)) if self._ours else reading(one) for one in passages]
        made = self._embedder.encode_passages([passage_for_embedding(p.title, (), p.text) for p in passages])
        made[~made.any(axis=1)] = (
            1.0  # a text without a known word has the zero vector, which txtai divides by
        )
        self._vectors = dict(zip(texts, made, strict=True))

        def transform(batch: Sequence[str]) -> np.ndarray:
            return np.stack([self._vector(text) for text in batch])

        scoring: dict[str, Any] = {"method": "bm25", "terms": True, "normalize": True}
        if self._ours:
            scoring["tokenizer"] = {"whitespace": True, "lowercase": False}
        self._index = load("txtai").Embeddings(
            {"method": "external", "transform": transform, "scoring": scoring, "content": False}
        )
        self._index.index([(place, text, None) for place, text in enumerate(texts)])
        self._vectors.clear()

    def _vector(self, text: str) -> np.ndarray:
        known = self._vectors.get(text)
        if known is not None:
            return known
        vector = self._embedder.encode_queries([self._asked.get(text, text)])[0]
        return vector if vector.any() else np.ones_like(vector)

    def search(self, question: str, k: int) -> list[int]:
        """The best passages."""
        text = spaced(question) if self._ours else question
        self._asked = {text: question}
        return [int(place) for place, _ in self._index.search(text, k)]


def _default(_: Path) -> Txtai:
    return Txtai(ours=False)


def _ours(_: Path) -> Txtai:
    return Txtai(ours=True)


ENTRANTS = (
    Entrant("txtai 混合 默认词元", "txtai", _default),
    Entrant("txtai 混合 本项目词元", "txtai", _ours),
)
