"""bm25s: BM25 scores computed when indexing, kept as a sparse matrix."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.datasets import CorpusPassage
from eval.peers.base import Entrant, load, our_tokens, reading


class BM25S:
    """bm25s with its default parameters.

    :param ours: our tokens instead of its own (words of two letters and more, at word boundaries).
    """

    def __init__(self, *, ours: bool) -> None:
        self._ours = ours
        self._bm25s = load("bm25s")

    def _tokens(self, texts: Sequence[str], *, query: bool = False) -> Any:
        if self._ours:
            return [our_tokens(text) for text in texts]
        return self._bm25s.tokenize(list(texts), return_ids=not query, show_progress=False)

    def build(self, passages: Sequence[CorpusPassage]) -> None:
        """Index the passages."""
        self._size = len(passages)
        self._model = self._bm25s.BM25()
        self._model.index(self._tokens([reading(one) for one in passages]), show_progress=False)

    def search(self, question: str, k: int) -> list[int]:
        """The best passages with a score above 0."""
        tokens = self._tokens([question], query=True)
        if not tokens[0]:
            return []
        places, scores = self._model.retrieve(tokens, k=min(k, self._size), show_progress=False)
        return [int(place) for place, score in zip(places[0], scores[0], strict=True) if score > 0]


def _default(_: Path) -> BM25S:
    return BM25S(ours=False)


def _ours(_: Path) -> BM25S:
    return BM25S(ours=True)


ENTRANTS = (
    Entrant("bm25s 默认词元", "bm25s", _default),
    Entrant("bm25s 本项目词元", "bm25s", _ours),
)
