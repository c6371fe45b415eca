"""haystack's hybrid search: BM25 and our vectors in its in-memory store, joined by reciprocal ranks."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from eval.datasets import CorpusPassage
from eval.peers.base import Entrant, load, reading, spaced
from search.embedding import load_embedder
from search.index import passage_for_embedding


class Haystack:
    """Two retrievers and a joiner.

    :param ours: our tokens instead of its own (words, and single Chinese characters).
    """

    def __init__(self, *, ours: bool) -> None:
        os.environ.setdefault("HAYSTACK_TELEMETRY_ENABLED", "False")
        self._ours = ours
        self._embedder = load_embedder()

    def build(self, passages: Sequence[CorpusPassage]) -> None:
        """Index the passages; the vectors are made as for our own index."""
        stores = load("haystack.document_stores.in_memory")
        options = {"bm25_tokenization_regex": r"\S+"} if self._ours else {}
        self._store = stores.InMemoryDocumentStore(shared=False, return_embedding=False, **options)
        vectors = self._embedder.encode_passages(
            [passage_for_embedding(p.title, (), p.text) for p in passages]
        )
        document = load("haystack").Document
        self._store.write_documents(
            [
                document(
                    id=str(place),
                    content=spaced(reading(one)) if self._ours else reading(one),
                    embedding=vector.tolist(),
                )
                for place, (one, vector) in enumerate(zip(passages, vectors, strict=True))
            ]
        )
        joiners = load("haystack.components.joiners")
        self._joiner = joiners.DocumentJoiner(join_mode="reciprocal_rank_fusion")

    def search(self, question: str, k: int) -> list[int]:
        """The best passages."""
        by_words = self._store.bm25_retrieval(spaced(question) if self._ours else question, top_k=k)
        vector = self._embedder.encode_queries([question])[0].tolist()
        by_meaning = self._store.embedding_retrieval(vector, top_k=k)
        joined = self._joiner.run(documents=[by_words, by_meaning], top_k=k)["documents"]
        return [int(one.id) for one in joined]


def _default(_: Path) -> Haystack:
    return Haystack(ours=False)


def _ours(_: Path) -> Haystack:
    return Haystack(ours=True)


ENTRANTS = (
    Entrant("haystack 混合 默认词元", "haystack", _default),
    Entrant("haystack 混合 本项目词元", "haystack", _ours),
)
