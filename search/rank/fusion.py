"""From evidence to scores.

    score = W / max W + semantic·(1 - c)·S + proximity·P
    W     = sum over terms of idf·m·(1 - (1 - b/m)(1 - heading·h/m)(1 - document·d/m)(1 - opening·o/m))

``b``, ``h``, ``d`` and ``o`` are BM25's parts of a term in the passage, its headings, its whole document and, where
there is no title, the document's first passage; ``m`` is the most such a part can be. A term that the headings and
the document hold already adds little more by standing in the passage too, so that among the passages of one document
the rest of the question decides (the "noisy or" in place of the weighted sum of Robertson, Zaragoza and Taylor,
"Simple BM25 Extension to Multiple Weighted Fields", 2004). A passage without headings that is all of its document
has its plain BM25. ``S`` is the cosine, ``P`` the closeness of words. ``c`` is how much of the question the best
passage covers by its words: where words find everything, the vectors have nothing to add, and where they find little,
meaning counts in full.
"""

from __future__ import annotations

import numpy as np

from search.engines.matches import Matches
from search.rank.evidence import Column, Evidence
from search.rank.weights import Weights


def fuse(evidence: Evidence, weights: Weights) -> dict[str, Column]:
    """What each feature that the engine gives adds to the score of each candidate."""
    text, titled, whole = blend(evidence.matches, weights)
    top = float(whole.max(initial=0)) or 1.0
    features = {
        "text": text / top,
        "heading": (titled - text) / top,
        "document": (whole - titled) / top,
    }
    if evidence.semantic.any():
        meaning = np.maximum(evidence.semantic, 0)
        features["semantic"] = weights.semantic * (1 - evidence.covered) * meaning
    return features


def blend(matches: Matches, weights: Weights) -> tuple[Column, Column, Column]:
    """BM25 of each passage: by its text, with its headings, and with what stands around it, shape ``(passages,)``."""
    ceiling = matches.ceiling
    missing = 1 - matches.body / ceiling
    text = _score(missing, matches)
    missing = missing * (1 - weights.heading * matches.heading / ceiling)
    titled = _score(missing, matches)
    missing = missing * (1 - weights.document * matches.document / ceiling)
    missing = missing * (1 - weights.opening * matches.opening / ceiling)
    return text, titled, _score(missing, matches)


def _score(missing: Column, matches: Matches) -> Column:
    # Summed term by term, so that a passage's score does not depend on which others there are.
    score: Column = np.einsum("t,tp->p", matches.weights * matches.ceiling, 1 - missing, optimize=False)
    return score


def total(features: dict[str, Column]) -> Column:
    """The scores: the sum of what the features add."""
    scores: Column = np.sum(list(features.values()), axis=0)
    return scores
