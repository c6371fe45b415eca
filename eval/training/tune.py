"""Contrastive tuning: a question nearer to its passage than to others, in what the words alone don't tell.

The loss is InfoNCE over the passages of a batch and hard negatives. To the cosine it adds what BM25 would see, the
share of the question's words that a passage holds, so that the vectors learn what matching words leave open (the
idea of Gao et al., "Complement Lexical Retrieval Model with Semantic Residual Embeddings", 2021). Each token has a
direction and a weight of its own; weights begin as in SIF (Arora et al., 2017).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from torch import nn
from torch.nn import functional

from eval.training.material import Ids, Material

log = logging.getLogger(__name__)
_NOTHING = np.array([0], np.int32)


@dataclass(frozen=True, slots=True)
class Plan:
    """How to tune. ``temperature`` divides the cosines, ``lexical`` is what full word overlap counts at first;
    ``real`` is the share of real questions in a batch, the rest are made from windows; ``dropout`` leaves out
    tokens of passages; ``swapped`` is the share of hard negatives that are the passage itself with another region.
    """

    steps: int = 1000
    batch: int = 768
    rate: float = 2e-3
    weight_rate: float = 1e-2
    temperature: float = 0.05
    lexical: float = 10.0
    real: float = 0.5
    dropout: float = 0.1
    swapped: float = 0.1
    seed: int = 0


class Sampler:
    """Draws batches: questions, their passages, hard negatives, and a number that tells equal passages."""

    def __init__(self, material: Material, regions: Ids, plan: Plan) -> None:
        self._material, self._plan = material, plan
        self._regions = np.sort(regions)
        self._rng = np.random.default_rng(plan.seed)
        origins = sorted({one.origin for one in material.asked})
        self._by_origin = [
            np.array([i for i, one in enumerate(material.asked) if one.origin == origin])
            for origin in origins
        ]

    def batch(self) -> tuple[list[Ids], list[Ids], NDArray[np.int64], NDArray[np.int64]]:
        """Questions ``(b)``, passages ``(b + hard)``, and the identity of the passages of both."""
        queries: list[Ids] = []
        passages: list[Ids] = []
        hard: list[Ids] = []
        names: list[int] = []
        hard_names: list[int] = []
        for number in self._draw(int(self._plan.batch * self._plan.real)):
            one = self._material.asked[number]
            queries.append(_some(one.query))
            passage = self._material.passages[one.passage]
            passages.append(_some(self._thin(passage)))
            names.append(one.passage)
            swapped = self._swap(one.query, passage) if self._rng.random() < self._plan.swapped else None
            if swapped is not None:
                hard.append(swapped)
                hard_names.append(-(1 << 40) - len(hard))
            elif one.negatives:
                other = one.negatives[self._rng.integers(0, len(one.negatives))]
                hard.append(_some(self._thin(self._material.passages[other])))
                hard_names.append(other)
        while len(queries) < self._plan.batch and len(self._material.windows) > 1:
            # Two windows of one text in one batch are hard negatives of each other.
            first = int(self._rng.integers(0, len(self._material.windows) - 1))
            for number in (first, first + 1):
                query, passage = self._cloze(number)
                queries.append(query)
                passages.append(passage)
                names.append(-1 - number)
        return queries, passages + hard, np.array(names), np.array(names + hard_names)

    def _draw(self, n: int) -> NDArray[np.int64]:
        """Real questions, files in proportion to the square root of their sizes."""
        if not self._by_origin:
            return np.empty(0, np.int64)
        shares = np.sqrt([len(numbers) for numbers in self._by_origin])
        counts = self._rng.multinomial(n, shares / shares.sum())
        drawn = [
            self._rng.choice(numbers, count) for numbers, count in zip(self._by_origin, counts, strict=True)
        ]
        return np.concatenate(drawn)

    def _thin(self, ids: Ids) -> Ids:
        kept = ids[self._rng.random(len(ids)) >= self._plan.dropout]
        return kept if len(kept) else ids

    def _swap(self, query: Ids, passage: Ids) -> Ids | None:
        """The passage with the question's region replaced by another; None when they share no region."""
        shared = np.intersect1d(np.intersect1d(query, self._regions), passage)
        if not len(shared):
            return None
        swapped = passage.copy()
        for region in shared:
            swapped[swapped == region] = self._rng.choice(self._regions)
        return swapped

    def _cloze(self, number: int) -> tuple[Ids, Ids]:
        """A slice of a sentence as the question, the window with or without the sentence as the passage."""
        window = self._material.windows[number]
        chosen = int(self._rng.integers(0, len(window.sentences)))
        query = window.sentences[chosen]
        if len(query) > 12 and self._rng.random() < 0.7:
            length = int(self._rng.integers(5, 13))
            start = int(self._rng.integers(0, len(query) - length + 1))
            query = query[start : start + length]
        keep = self._rng.random() < 0.4 or len(window.sentences) == 1
        rest = [ids for place, ids in enumerate(window.sentences) if keep or place != chosen]
        passage = np.concatenate(rest)
        if len(window.name) and self._rng.random() < 0.5:
            query = np.concatenate([window.name, query])
        if len(window.name) and self._rng.random() < 0.5:
            passage = np.concatenate([window.name, passage])
        if len(query) > 4:
            query = query[self._rng.random(len(query)) > 0.15]
        return _some(query), _some(passage)


def _some(ids: Ids) -> Ids:
    return ids if len(ids) else _NOTHING


def tune(
    table: NDArray[np.float32],
    frequencies: NDArray[np.float64],
    material: Material,
    regions: Ids,
    plan: Plan,
    on_progress: Callable[[int, float, NDArray[np.float32] | None], None],
) -> NDArray[np.float32]:
    """The tuned table, shape as ``table``, whose rows are summed and normalised to embed a text.

    :param table: word vectors. :param frequencies: the share of each token in the texts.
    :param regions: ids of tokens that name regions.
    :param on_progress: called every 200 steps with the step, the mean loss, and the table so far at half time.
    """
    torch.manual_seed(plan.seed)
    sampler = Sampler(material, regions, plan)
    centred = table - (table * frequencies[:, None]).sum(axis=0)
    centred /= np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-6)
    centred[0] = 0
    bag = nn.EmbeddingBag.from_pretrained(
        torch.tensor(centred, dtype=torch.float32), freeze=False, mode="sum"
    )
    weights = nn.Parameter(torch.tensor(np.log(3e-4 / (3e-4 + frequencies)), dtype=torch.float32))
    lexical = nn.Parameter(torch.tensor([plan.lexical]))
    idf = np.maximum(np.minimum(-np.log(np.maximum(frequencies, 1e-9)), 13) - 4, 0).astype(np.float32)
    idf[0] = 0
    groups = [(list(bag.parameters()), plan.rate), ([weights], plan.weight_rate), ([lexical], 0.05)]
    optimiser = torch.optim.Adam([{"params": p, "lr": rate} for p, rate in groups], betas=(0.9, 0.99))

    def embed(texts: Sequence[Ids]) -> torch.Tensor:
        starts = np.cumsum([0, *(len(ids) for ids in texts[:-1])])
        ids = torch.tensor(np.concatenate(texts), dtype=torch.long)
        summed = bag(ids, torch.tensor(starts), per_sample_weights=torch.exp(weights)[ids])
        return functional.normalize(summed, dim=1)

    def current() -> NDArray[np.float32]:
        with torch.no_grad():
            rows: NDArray[np.float32] = (bag.weight * torch.exp(weights)[:, None]).numpy().copy()
        rows[0] = 0
        return rows

    total = 0.0
    for step in range(1, plan.steps + 1):
        pace = min(1.0, step / 100) * max(0.02, 1 - step / plan.steps)
        for group, (_, rate) in zip(optimiser.param_groups, groups, strict=True):
            group["lr"] = rate * pace
        queries, passages, names, all_names = sampler.batch()
        logits = embed(queries) @ embed(passages).T / plan.temperature
        if plan.lexical > 0:
            logits = logits + torch.tensor(overlap(queries, passages, idf)) * lexical
        same = torch.tensor(names[:, None] == all_names[None, :])
        diagonal = torch.arange(len(queries))
        same[diagonal, diagonal] = False
        logits = logits.masked_fill(same, -1e4)
        back = functional.cross_entropy(logits[:, : len(queries)].T, diagonal)
        loss = functional.cross_entropy(logits, diagonal) + 0.2 * back
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        total += float(loss.detach())
        if step % 200 == 0 or step == plan.steps:
            on_progress(step, total / (step % 200 or 200), current() if step == plan.steps // 2 else None)
            total = 0.0
    return current()


def overlap(queries: Sequence[Ids], passages: Sequence[Ids], idf: NDArray[np.float32]) -> NDArray[np.float32]:
    """The share of each question's idf that each passage holds, shape ``(questions, passages)``."""
    asked = _bags(queries, idf)
    totals = np.maximum(np.asarray(asked.sum(axis=1)).ravel(), 1e-6)
    shares = diags(1 / totals) @ asked @ _bags(passages, np.ones_like(idf)).T
    return np.asarray(shares.todense(), np.float32)


def _bags(texts: Sequence[Ids], values: NDArray[np.float32]) -> csr_matrix:
    sets = [np.unique(ids) for ids in texts]
    ends = np.cumsum([0, *map(len, sets)])
    flat = np.concatenate(sets)
    return csr_matrix((values[flat], flat, ends), shape=(len(texts), len(values)))
