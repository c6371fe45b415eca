"""Fit the weights of the ranking on several retrieval sets at once, judged by each set left out of the fitting.

    python -m eval.fit_fusion --shared ../shared --write

Few weights, chosen on a coarse grid, and a set on which hybrid search falls below BM25 counts double: a model of many
features that was fitted to one kind of text fell below BM25 on the next.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.answers import build
from eval.datasets import Dataset, held_out, read_beir
from eval.metrics import ndcg, recall
from eval.own_set import own_set
from eval.policies import build_policies, policy_questions
from eval.questions import load_questions
from eval.retrieval import Bench
from search.embedding import Embedder, load_embedder
from search.engines.matches import Grid
from search.library import Library
from search.rank import RankQuery, Weights, load_weights
from search.rank.evidence import Evidence, closeness
from search.rank.fusion import fuse, total
from search.rank.ranker import READ
from search.rank.tokens import query_tokens
from search.rank.weights import SHIPPED

GRID: dict[str, tuple[float, ...]] = {
    "heading": (0.0, 0.3, 0.5, 0.7, 0.9),
    "document": (0.0, 0.3, 0.5, 0.7),
    "opening": (0.0, 0.3, 0.5, 0.7),
    "semantic": (0.0, 0.5, 1.0, 1.5, 2.0),
    "proximity": (0.0, 0.05, 0.1, 0.2),
}
QUESTIONS = 200
"""Questions of each set that are looked at, at most."""
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
        return self.ranking(self.evidence.body + weights.titles * self.evidence.heading)

    def hybrid(self, weights: Weights) -> list[str]:
        """The ranking by all features."""
        return self.ranking(total(fuse(self.evidence, weights)) + weights.proximity * self.near)


def questions_of(dataset: Dataset, embedder: Embedder, weights: Weights) -> list[Question]:
    """The evidence for every judged question of a set."""
    bench = Bench(dataset, embedder, weights)
    ranker = bench.ranker()
    gathered = []
    asked = list(dataset.judged)
    for name in random.Random(1).sample(asked, min(len(asked), QUESTIONS)):
        query = RankQuery(dataset.queries[name])
        tokens = query_tokens(query.text)
        evidence = ranker.evidence(query, tokens)
        if not evidence.keys.size:
            continue
        near = np.zeros(evidence.keys.size)
        first = np.argsort(-total(fuse(evidence, weights)), kind="stable")[:READ]
        near[first] = closeness([bench.text(int(key)) for key in evidence.keys[first]], tokens, bench.engine)
        names = [dataset.passages[key - 1].id for key in evidence.keys]
        gathered.append(Question(_compact(evidence), near, names, dataset.qrels[name]))
    return gathered


def _compact(evidence: Evidence) -> Evidence:
    """The evidence with its grids in a quarter of the room, since all questions of all sets are held at once."""

    def small(grid: Grid) -> Grid:
        return grid.astype(np.float32) if grid.any() else np.broadcast_to(np.float32(0), grid.shape)

    found = evidence.matches
    grids: dict[str, Any] = {
        name: small(getattr(found, name)) for name in ("body", "heading", "document", "opening")
    }
    return replace(evidence, matches=replace(found, **grids))


def library_sets(shared: Path, folder: Path) -> list[Dataset]:
    """The own questions, on the corpus and on the policies of ``shared``, those that answers are judged by left out."""
    sets = []
    for name, library, questions in (
        ("own", build(folder / "own"), load_questions()),
        ("policies", build_policies(shared, folder / "policies"), policy_questions()),
    ):
        seen = [question for question in questions if question.split == "dev"]
        sets.append(replace(own_set(Library(library).snapshot(), seen), name=name))
    return sets


class Board:
    """What weights reach on each set: mean nDCG@10, found once for all the fits that ask."""

    def __init__(self, sets: Mapping[str, Sequence[Question]]) -> None:
        self.sets = sets
        self._reached: dict[tuple[str, tuple[float, ...]], float] = {}
        self._lexical: dict[str, float] = {}

    def hybrid(self, name: str, weights: Weights) -> float:
        """Of all features."""
        key = name, tuple(float(getattr(weights, weight)) for weight in GRID)
        if key not in self._reached:
            self._reached[key] = _mean(ndcg(q.hybrid(weights), q.judged) for q in self.sets[name])
        return self._reached[key]

    def lexical(self, name: str, weights: Weights) -> float:
        """Of BM25, which no fitted weight changes."""
        if name not in self._lexical:
            self._lexical[name] = _mean(ndcg(q.lexical(weights), q.judged) for q in self.sets[name])
        return self._lexical[name]


def _mean(values: Iterable[float]) -> float:
    return float(np.mean(list(values)))


def _with(weights: Weights, name: str, value: float) -> Weights:
    changed: dict[str, Any] = {name: value}
    return replace(weights, **changed)


def fit(board: Board, names: Sequence[str], start: Weights) -> Weights:
    """The weights with the best mean over some sets, a loss counting double, found one weight at a time."""

    def worth(weights: Weights) -> float:
        reached = [board.hybrid(name, weights) for name in names]
        lost = [min(0.0, board.hybrid(name, weights) - board.lexical(name, weights)) for name in names]
        width = sum(float(getattr(weights, name)) / values[-1] for name, values in GRID.items())
        return float(np.mean(reached)) + float(np.mean(lost)) - _SHRINK * width

    best, value = start, worth(start)
    for _ in range(_ROUNDS):
        before = best
        for name, values in GRID.items():
            for other in values:
                candidate = _with(best, name, other)
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
    parser.add_argument("--shared", type=Path, help="a folder that holds bench/, train/ and policies/")
    parser.add_argument("--bench", type=Path, action="append", default=[], help="one more set in BEIR layout")
    parser.add_argument("--embedding", default="builtin")
    parser.add_argument("--write", action="store_true", help="write search/data/fusion.json")
    options = parser.parse_args()
    sets = [read_beir(folder) for folder in options.bench]
    if options.shared:
        sets += [read_beir(folder) for folder in sorted((options.shared / "bench").iterdir())]
        sets += held_out(options.shared / "train")
        with tempfile.TemporaryDirectory() as folder:
            sets += library_sets(options.shared, Path(folder))
    if len(sets) < 2:
        parser.error("至少要有两个数据集")
    embedder, start = load_embedder(options.embedding), load_weights()
    evidence = {one.name: questions_of(one, embedder, start) for one in sets}
    board = Board(evidence)
    weights = fit(board, list(evidence), start)
    print({name: getattr(weights, name) for name in GRID}, flush=True)
    left_out = {}
    for name, questions in evidence.items():
        others = fit(board, [other for other in evidence if other != name], start)
        print({name: getattr(others, name) for name in GRID})
        left_out[name] = report(f"left out: {name}", questions, others)
    fitted = {name: report(name, questions, weights) for name, questions in evidence.items()}
    if options.write:
        data = json.loads(SHIPPED.read_text(encoding="utf-8"))
        data["origin"] = (
            f"python -m eval.fit_fusion --shared ../shared --write, {date.today().isoformat()}; "
            f"sets: {', '.join(evidence)}; embedding {embedder.identity}"
        )
        data["weights"] = {name: getattr(weights, name) for name in GRID}
        data["fitted"], data["left out of the fitting"] = fitted, left_out
        SHIPPED.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(f"written to {SHIPPED}", file=sys.stderr)


if __name__ == "__main__":
    main()
