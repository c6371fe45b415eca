"""From evidence to scores.

    score = (text + heading·H + document·D) / (1 + document) + semantic·(1 - c)·S + proximity·P

``text``, ``H`` and ``D`` are the BM25 scores of a passage, its headings and its whole document as parts of the best
passage's and the best document's. ``c`` is how much of the question the best passage covers by its words: where words
find everything, the vectors have nothing to add, and where they find little, meaning counts in full.
"""

from __future__ import annotations

import numpy as np

from search.rank.evidence import Column, Evidence
from search.rank.weights import Weights


def fuse(evidence: Evidence, weights: Weights) -> dict[str, Column]:
    """What each feature that the engine gives adds to the score of each candidate."""
    top = float(evidence.body.max(initial=0)) or 1.0
    share = 1 + (weights.document if evidence.document.any() else 0.0)
    features = {
        "text": evidence.body / top / share,
        "heading": weights.heading * evidence.heading / top / share,
    }
    if evidence.document.any():
        features["document"] = weights.document * evidence.document / float(evidence.document.max()) / share
    if evidence.semantic.any():
        features["semantic"] = weights.semantic * (1 - evidence.covered) * np.maximum(evidence.semantic, 0)
    return features


def total(features: dict[str, Column]) -> Column:
    """The scores: the sum of what the features add."""
    scores: Column = np.sum(list(features.values()), axis=0)
    return scores
