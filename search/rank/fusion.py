"""From evidence to scores.

    score = (text + heading·H + document·D) / (1 + document)
          + semantic·(1 - c)·(S + document·T) / (1 + document) + proximity·P

``text``, ``H`` and ``D`` are the BM25 scores of a passage, its headings and its whole document as parts of the best
passage's and the best document's; ``S`` and ``T`` the cosines of the passage and of its document's best candidate. ``c``
is how much of the question the best passage covers by its words: where words find everything, the vectors have
nothing to add, and where they find little, meaning counts in full.
"""

from __future__ import annotations

import numpy as np

from search.rank.evidence import Column, Evidence
from search.rank.weights import Weights


def fuse(evidence: Evidence, weights: Weights) -> dict[str, Column]:
    """What each feature that the engine gives adds to the score of each candidate."""
    top = float(evidence.body.max(initial=0)) or 1.0
    highest = float(evidence.document.max(initial=0))
    around = weights.document if highest else 0.0
    features = {
        "text": evidence.body / top / (1 + around),
        "heading": weights.heading * evidence.heading / top / (1 + around),
    }
    if around:
        features["document"] = around * evidence.document / highest / (1 + around)
    if evidence.semantic.any():
        meaning = (evidence.semantic + around * evidence.document_semantic) / (1 + around)
        features["semantic"] = weights.semantic * (1 - evidence.covered) * np.maximum(meaning, 0)
    return features


def total(features: dict[str, Column]) -> Column:
    """The scores: the sum of what the features add."""
    scores: Column = np.sum(list(features.values()), axis=0)
    return scores
