"""Ours: the engine and ranking alone, by words and hybrid, and the whole search of a library."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from eval.datasets import CorpusPassage, Dataset
from eval.peers.base import Entrant
from eval.retrieval import Bench
from search.embedding import load_embedder
from search.library import Library
from search.rank import Mode, RankQuery
from search.retrieve import Searcher

LIBRARY = "library"
"""The folder in a set's folder that holds its passages as a library; their ids are then the keys there."""


class Ranking:
    """The ranking over a set of passages, which knows no regions and reads nothing into a question."""

    def __init__(self, mode: Mode) -> None:
        self._mode = mode

    def build(self, passages: Sequence[CorpusPassage]) -> None:
        """Index the passages."""
        embedder = None if self._mode == "lexical" else load_embedder()
        self._ranker = Bench(Dataset("", tuple(passages), {}), embedder).ranker()

    def search(self, question: str, k: int) -> list[int]:
        """The best passages."""
        return [item.key - 1 for item in self._ranker.rank(RankQuery(question, k=k), mode=self._mode)]


class WholeSearch:
    """The search that a user gets: question understood, regions masked, ranked, checked against the sources."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / LIBRARY

    def build(self, passages: Sequence[CorpusPassage]) -> None:
        """Open the library, which was made with the set."""
        self._places = {int(one.id): place for place, one in enumerate(passages)}
        self._searcher = Searcher(Library(self._folder))
        self._searcher.search("预热", 1)

    def search(self, question: str, k: int) -> list[int]:
        """The best passages."""
        hits = self._searcher.search(question, k).hits
        return [self._places[hit.key] for hit in hits if hit.key in self._places]


def _lexical(_: Path) -> Ranking:
    return Ranking("lexical")


def _hybrid(_: Path) -> Ranking:
    return Ranking("hybrid")


ENTRANTS = (
    Entrant("policykb 词面", "search", _lexical),
    Entrant("policykb 混合", "search", _hybrid),
    Entrant("policykb 整套检索", "search", WholeSearch, needs=LIBRARY),
)
