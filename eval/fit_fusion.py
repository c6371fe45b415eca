"""Fit the weights of the ranking on several retrieval sets at once, judged by each set left out of the fitting.

    python -m eval.fit_fusion --bench ../shared/bench/ncp-dev --bench ../shared/bench/reply-dev \
        --train ../shared/train --items ../shared/policies/policies.jsonl --write

Few weights, chosen on a coarse grid, and a set on which hybrid search falls below BM25 counts double: a model of many
features that was fitted to one kind of text fell below BM25 on the next.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.datasets import Dataset, held_out, known_items, read_beir
from eval.metrics import ndcg, recall
from eval.retrieval import Bench
from search.embedding import Embedder, load_embedder
from search.rank import RankQuery, Weights, load_weights
from search.rank.evidence import Evidence, closeness
from search.rank.fusion import fuse, total
from search.rank.ranker import READ
from search.rank.tokens import query_tokens
from search.rank.weights import SHIPPED

GRID: dict[str, tuple[float, ...]] = {
    "heading": (0.3, 0.5, 0.7, 1.0),
    "document": (0.3, 0.5, 0.7, 1.0),
    "semantic": (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0),
    "proximity": (0.0, 0.05, 0.1, 0.2, 0.3),
}
_ROUNDS = 3
_SHRINK = 0.002  # of nDCG for the whole width of a grid: a weight is larger only if that pays


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A question's candidates with what is known of them, and their relevance."""

    evidence: Evidence
    near: NDArray[np.float64]
    names: list[str]
    judged: Mapping[str, int]

    def ranking(self, scores: NDArray[np.float64]) -> list[str]:
        """The ids of the candidates, best first."""
        order = np.lexsort((self.evidence.keys, -scores))[:100]
        return [self.names[i] for i in order]

    def lexical(self, weights: Weights) -> list[str]:
        """The ranking by BM25 of text and headings."""
        return self.ranking(self.evidence.body + weights.heading * self.evidence.heading)

    def hybrid(self, weights: Weights) -> list[str]:
        """The ranking by all features."""
        return self.ranking(total(fuse(self.evidence, weights)) + weights.proximity * self.near)


def questions_of(dataset: Dataset, embedder: Embedder, weights: Weights) -> list[Question]:
    """The evidence for every judged question of a set."""
    bench = Bench(dataset, embedder, weights)
    ranker = bench.ranker()
    gathered = []
    for name in dataset.judged:
        query = RankQuery(dataset.queries[name])
        tokens = query_tokens(query.text)
        evidence = ranker.evidence(query, tokens)
        near = np.zeros(evidence.keys.size)
        first = np.argsort(-total(fuse(evidence, weights)), kind="stable")[:READ]
        near[first] = closeness([bench.text(int(key)) for key in evidence.keys[first]], tokens, bench.engine)
        names = [dataset.passages[key - 1].id for key in evidence.keys]
        gathered.append(Question(evidence, near, names, dataset.qrels[name]))
    return gathered


def gain(questions: Sequence[Question], weights: Weights) -> float:
    """Mean nDCG@10 of hybrid search less that of BM25."""
    return float(
        np.mean([ndcg(q.hybrid(weights), q.judged) - ndcg(q.lexical(weights), q.judged) for q in questions])
    )


def fit(sets: Mapping[str, Sequence[Question]], start: Weights) -> Weights:
    """The weights with the best mean over sets, a loss counting double, found one weight at a time."""

    def worth(weights: Weights) -> float:
        reached = [
            float(np.mean([ndcg(q.hybrid(weights), q.judged) for q in questions]))
            for questions in sets.values()
        ]
        lost = [min(0.0, gain(questions, weights)) for questions in sets.values()]
        width = sum(float(getattr(weights, name)) / values[-1] for name, values in GRID.items())
        return float(np.mean(reached)) + float(np.mean(lost)) - _SHRINK * width

    best, value = start, worth(start)
    for _ in range(_ROUNDS):
        before = best
        for name, values in GRID.items():
            for candidate in (replace(best, **{name: v}) for v in values if v != getattr(best, name)):  # type: ignore[arg-type]
                if (reached := worth(candidate)) > value:
                    best, value = candidate, reached
        if best == before:
            break
    return best


def report(name: str, questions: Sequence[Question], weights: Weights) -> dict[str, float]:
    """Quality on one set by BM25 and by all features."""
    systems = {"lexical": Question.lexical, "hybrid": Question.hybrid}
    row: dict[str, float] = {"questions": len(questions)}
    for system, ranked in systems.items():
        rankings = [(ranked(q, weights), q.judged) for q in questions]
        row[f"{system} ndcg@10"] = round(float(np.mean([ndcg(r, j) for r, j in rankings])), 4)
        row[f"{system} recall@100"] = round(float(np.mean([recall(r, j) for r, j in rankings])), 4)
    print(f"{name:22} {json.dumps(row, ensure_ascii=False)}", flush=True)
    return row


def main() -> None:
    """Fit, judge, and write the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--bench", type=Path, action="append", default=[], help="a set in BEIR layout")
    parser.add_argument("--train", type=Path, help="the training folder, for the sets held out of it")
    parser.add_argument("--items", type=Path, help="JSON lines of long documents, for a known-item set")
    parser.add_argument("--embedding", default="builtin")
    parser.add_argument("--write", action="store_true", help="write search/data/fusion.json")
    options = parser.parse_args()
    sets = [read_beir(folder) for folder in options.bench]
    sets += [known_items(options.items)] if options.items else []
    sets += held_out(options.train) if options.train else []
    if len(sets) < 2:
        parser.error("至少要有两个数据集")
    embedder, start = load_embedder(options.embedding), load_weights()
    evidence = {one.name: questions_of(one, embedder, start) for one in sets}
    left_out = {}
    for name, questions in evidence.items():
        weights = fit({other: evidence[other] for other in evidence if other != name}, start)
        left_out[name] = report(f"left out: {name}", questions, weights)
    weights = fit(evidence, start)
    print({name: getattr(weights, name) for name in GRID})
    fitted = {name: report(name, questions, weights) for name, questions in evidence.items()}
    if options.write:
        data = json.loads(SHIPPED.read_text(encoding="utf-8"))
        data["origin"] = (
            f"python -m eval.fit_fusion; sets: {', '.join(evidence)}; embedding {embedder.identity}"
        )
        data["weights"] = {name: getattr(weights, name) for name in GRID}
        data["fitted"], data["left out of the fitting"] = fitted, left_out
        SHIPPED.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(f"written to {SHIPPED}", file=sys.stderr)


if __name__ == "__main__":
    main()
