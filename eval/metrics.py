"""Measures of a ranking against judged passages, and their uncertainty."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

Judged = Mapping[str, int]
"""Relevance of passages by id; what is missing is not relevant."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with the bounds between which it lies in 95% of resampled question sets."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:.4f} [{self.low:.4f}, {self.high:.4f}]"


def ndcg(ranking: Sequence[str], judged: Judged, k: int = 10) -> float:
    """Normalised discounted cumulative gain at ``k`` with linear gains, as trec_eval's ``ndcg_cut``."""
    gains = sorted((gain for gain in judged.values() if gain > 0), reverse=True)[:k]
    ideal = sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))
    if not ideal:
        return 0.0
    found = sum(max(0, judged.get(name, 0)) / math.log2(place + 2) for place, name in enumerate(ranking[:k]))
    return found / ideal


def hit(ranking: Sequence[str], judged: Judged, k: int) -> float:
    """1 when a relevant passage is among the first ``k``, else 0."""
    return float(any(judged.get(name, 0) > 0 for name in ranking[:k]))


def reciprocal_rank(ranking: Sequence[str], judged: Judged, k: int = 10) -> float:
    """One divided by the place of the first relevant passage among the first ``k``, else 0."""
    for place, name in enumerate(ranking[:k], 1):
        if judged.get(name, 0) > 0:
            return 1.0 / place
    return 0.0


def recall(ranking: Sequence[str], judged: Judged, k: int = 100) -> float:
    """The share of the relevant passages that is among the first ``k``."""
    relevant = {name for name, gain in judged.items() if gain > 0}
    return len(relevant & set(ranking[:k])) / len(relevant) if relevant else 0.0


MEASURES: dict[str, Callable[[Sequence[str], Judged], float]] = {
    "ndcg@10": lambda ranking, judged: ndcg(ranking, judged, 10),
    "hit@1": lambda ranking, judged: hit(ranking, judged, 1),
    "hit@5": lambda ranking, judged: hit(ranking, judged, 5),
    "mrr@10": lambda ranking, judged: reciprocal_rank(ranking, judged, 10),
    "recall@100": lambda ranking, judged: recall(ranking, judged, 100),
}
"""What is reported of a retrieval run, by the name it is reported under."""


def bootstrap(values: Sequence[float], rounds: int = 2000, seed: int = 1) -> Interval:
    """The mean of per-question values with a 95% percentile bootstrap over questions."""
    data = np.asarray(values, np.float64)
    if data.size == 0:
        return Interval(0.0, 0.0, 0.0)
    draws = np.random.default_rng(seed).integers(0, data.size, (rounds, data.size))
    low, high = np.percentile(data[draws].mean(axis=1), [2.5, 97.5])
    return Interval(float(data.mean()), float(low), float(high))


def difference(ours: Sequence[float], theirs: Sequence[float], rounds: int = 2000, seed: int = 1) -> Interval:
    """The mean difference of two systems over the same questions, paired, with its 95% interval."""
    if len(ours) != len(theirs):
        raise ValueError(f"{len(ours)} and {len(theirs)} questions cannot be paired")
    return bootstrap([a - b for a, b in zip(ours, theirs, strict=True)], rounds, seed)
