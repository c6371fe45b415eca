"""Retrieval quality on a BEIR set: our engine and ranking, as lexical, semantic and hybrid search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from eval.datasets import Dataset, read_beir
from eval.metrics import MEASURES, Interval, bootstrap
from kb.text.shadow import fold
from search.embedding import Embedder, load_embedder
from search.engines.base import Attributes, Entry
from search.engines.local import LocalEngine
from search.engines.manifest import Recipe
from search.index import ANALYSIS, heading_of, passage_for_embedding
from search.rank import Mode, Ranker, RankQuery, RankText, Weights, load_weights

SYSTEMS: tuple[Mode, ...] = get_args(Mode)
_BATCH = 50_000  # passages of a segment; sets are rarely larger


@dataclass(frozen=True, slots=True)
class Row:
    """What a system reached on a set: each measure with its 95% interval over questions.

    :ivar values: the measures of each question, in the order of the set's judged questions.
    """

    dataset: str
    system: str
    measures: dict[str, Interval]
    queries: int
    corpus: int
    values: dict[str, list[float]]

    def as_json(self) -> dict[str, object]:
        """The line that ``eval --json`` prints."""
        means = {name: round(interval.mean, 4) for name, interval in self.measures.items()}
        return {"system": self.system, **means, "queries": self.queries, "corpus": self.corpus}


class Bench:
    """A set, indexed in memory.

    :param embedder: None leaves the vectors out.
    """

    def __init__(self, dataset: Dataset, embedder: Embedder | None, weights: Weights | None = None) -> None:
        self.dataset = dataset
        self.weights = weights or load_weights()
        self.embedder = embedder
        recipe = Recipe(dimensions=embedder.dimensions if embedder else 0)
        self.engine = LocalEngine(recipe=recipe, k1=self.weights.k1, b=self.weights.b)
        for start in range(0, len(dataset.passages), _BATCH):
            self.engine.upsert(self._entries(start))
        self._texts = {key: RankText(fold(one.text)) for key, one in enumerate(dataset.passages, 1)}

    def _entries(self, start: int) -> list[Entry]:
        passages = self.dataset.passages[start : start + _BATCH]
        vectors = None
        if self.embedder is not None:
            texts = [passage_for_embedding(one.title, (), one.text) for one in passages]
            vectors = self.embedder.encode_passages(texts)
        return [
            Entry(
                start + i + 1,
                ANALYSIS.fields(heading_of(one.title, ()), one.text),
                None if vectors is None else vectors[i],
                Attributes(document=one.document),
            )
            for i, one in enumerate(passages)
        ]

    def ranker(self, weights: Weights | None = None) -> Ranker:
        """Our ranking over this set."""
        return Ranker(self.engine, self.embedder, weights or self.weights, self._read)

    def text(self, key: int) -> RankText:
        """The text of a passage by its key, which is its place in the set counted from 1."""
        return self._texts[key]

    def _read(self, keys: Sequence[int]) -> Mapping[int, RankText]:
        return {key: self._texts[key] for key in keys}

    def rankings(self, mode: Mode, weights: Weights | None = None, k: int = 100) -> dict[str, list[str]]:
        """The ids of the first ``k`` passages for every judged question."""
        ranker = self.ranker(weights)
        names = [one.id for one in self.dataset.passages]
        return {
            query: [
                names[item.key - 1]
                for item in ranker.rank(RankQuery(self.dataset.queries[query], k=k), mode=mode)
            ]
            for query in self.dataset.judged
        }

    def row(self, mode: Mode, weights: Weights | None = None) -> Row:
        """The measures of one system."""
        return measured(self.dataset, mode, self.rankings(mode, weights))


def measured(dataset: Dataset, system: str, rankings: Mapping[str, Sequence[str]]) -> Row:
    """The measures of rankings by question."""
    values = {
        name: [measure(rankings[query], dataset.qrels[query]) for query in dataset.judged]
        for name, measure in MEASURES.items()
    }
    intervals = {name: bootstrap(numbers) for name, numbers in values.items()}
    return Row(dataset.name, system, intervals, len(dataset.judged), len(dataset.passages), values)


def evaluate_dataset(
    folder: Path,
    embedding: str = "builtin",
    systems: Sequence[Mode] = SYSTEMS,
    weights: Weights | None = None,
) -> list[Row]:
    """The rows of ``eval --dataset``: a set in BEIR layout, ranked by words, by meaning and by both.

    :param embedding: as in the settings; ``none`` leaves out what needs vectors.
    :raises UnreadableSource: the folder holds no such set. :raises ModelUnavailable: there is no such model.
    """
    embedder = None if embedding == "none" else load_embedder(embedding)
    bench = Bench(read_beir(folder), embedder, weights)
    return [bench.row(mode) for mode in systems if embedder is not None or mode != "semantic"]
