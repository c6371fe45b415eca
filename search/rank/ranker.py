"""Ranking passages for a question: BM25 first, and a few features that add what it leaves open."""

from __future__ import annotations

import numpy as np

from search.embedding.base import Embedder, Vectors
from search.engines.base import EngineFilter, EngineQuery
from search.rank.evidence import Column, CountingEngine, Evidence, closeness, gather
from search.rank.fusion import fuse, total
from search.rank.model import Mode, Ranked, RankQuery, Reader
from search.rank.tokens import QueryTokens, query_tokens
from search.rank.weights import Weights, load_weights

_CANDIDATES = 200
READ = 50
"""Passages whose text is looked at."""


RELATED = 0.3
"""Part of the best passage's score by words from which a passage has to do with the question."""


class Ranker:
    """Ranks the passages of an engine.

    :param engine: opened with the ``k1`` and ``b`` of the weights.
    :param embedder: the model of the engine's vectors; None for words alone.
    :param reader: gives the passages' texts for proximity and roles; None ranks without.
    """

    def __init__(
        self,
        engine: CountingEngine,
        embedder: Embedder | None = None,
        weights: Weights | None = None,
        reader: Reader | None = None,
    ) -> None:
        self._engine = engine
        self._embedder = embedder
        self.weights = weights or load_weights()
        self._reader = reader

    def rank(
        self, query: RankQuery, filter: EngineFilter | None = None, mode: Mode = "hybrid"
    ) -> list[Ranked]:
        """The best ``query.k`` of the passages that the filter admits, best first, ties by key.

        :param mode: ``lexical`` for BM25 alone, ``semantic`` for vectors alone.
        """
        tokens = query_tokens(query.text, query.expansions)
        evidence = self.evidence(query, tokens, filter, mode)
        if not evidence.keys.size:
            return []
        lexical = evidence.body + self.weights.titles * evidence.heading
        if mode == "lexical":
            features = {"text": evidence.body, "heading": lexical - evidence.body}
        elif mode == "semantic":
            features = {"semantic": evidence.semantic}
        else:
            features = fuse(evidence, self.weights)
            features.update(self._by_text(tokens, evidence, total(features)))
        scores = total(features)
        return [
            Ranked(
                int(evidence.keys[i]),
                float(scores[i]),
                float(lexical[i]),
                float(evidence.semantic[i]),
                {name: float(column[i]) for name, column in features.items()},
            )
            for i in np.lexsort((evidence.keys, -scores))[: query.k]
        ]

    def related(self, query: RankQuery, filter: EngineFilter | None = None) -> list[int]:
        """The keys of the passages whose words come near to those of the best, at most ``query.k``, best first."""
        tokens = query_tokens(query.text, query.expansions)
        evidence = self.evidence(query, tokens, filter, "lexical")
        lexical = evidence.body + self.weights.titles * evidence.heading
        enough = lexical >= max(RELATED * float(lexical.max(initial=0)), 1e-9)
        order = np.lexsort((evidence.keys, -lexical))
        return [int(key) for key in evidence.keys[order][enough[order]][: query.k]]

    def evidence(
        self,
        query: RankQuery,
        tokens: QueryTokens,
        filter: EngineFilter | None = None,
        mode: Mode = "hybrid",
    ) -> Evidence:
        """What the engine knows of the candidates for a question."""
        asked = EngineQuery(
            {} if mode == "semantic" else {"body": tokens.tokens, "heading": tokens.tokens},
            None if mode == "lexical" else self._vector(query.text),
            filter or EngineFilter(),
            max(_CANDIDATES, query.k),
            ("body",) if mode == "hybrid" and self.weights.document > 0 else (),
        )
        return gather(asked, tokens, self._engine, around=mode == "hybrid")

    def _vector(self, text: str) -> Vectors | None:
        return None if self._embedder is None else self._embedder.encode_queries([text])[0]

    def _by_text(self, tokens: QueryTokens, evidence: Evidence, scores: Column) -> dict[str, Column]:
        """Proximity and demotions of the passages that are first so far."""
        if self._reader is None:
            return {}
        first = np.lexsort((evidence.keys, -scores))[:READ]
        keys = [int(key) for key in evidence.keys[first]]
        known = self._reader(keys)
        texts = [known.get(key) for key in keys]
        near, role = np.zeros(scores.size), np.zeros(scores.size)
        near[first] = self.weights.proximity * closeness(texts, tokens, self._engine)
        factors = np.array([self.weights.roles.get(text.role, 1.0) if text else 1.0 for text in texts])
        role[first] = (factors - 1) * (scores[first] + near[first])
        return {"proximity": near, "role": role} if role.any() else {"proximity": near}
