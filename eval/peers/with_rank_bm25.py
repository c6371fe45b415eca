"""rank_bm25, which scores every passage for every question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from eval.datasets import CorpusPassage
from eval.peers.base import Entrant, load, our_tokens, reading

Split = Callable[[str], list[str]]


class RankBM25:
    """BM25Okapi with its default parameters.

    :param split: text to tokens. The package has no tokeniser of its own; its documentation splits at white space.
    """

    def __init__(self, split: Split) -> None:
        self._split = split

    def build(self, passages: Sequence[CorpusPassage]) -> None:
        """Index the passages."""
        self._model = load("rank_bm25").BM25Okapi([self._split(reading(one)) for one in passages])

    def search(self, question: str, k: int) -> list[int]:
        """The best passages with a score above 0."""
        scores = self._model.get_scores(self._split(question))
        best = np.argsort(-scores, kind="stable")[:k]
        return [int(place) for place in best if scores[place] > 0]


def _default(_: Path) -> RankBM25:
    return RankBM25(str.split)


def _ours(_: Path) -> RankBM25:
    return RankBM25(our_tokens)


ENTRANTS = (
    Entrant("rank_bm25 默认词元", "rank_bm25", _default),
    Entrant("rank_bm25 本项目词元", "rank_bm25", _ours),
)
