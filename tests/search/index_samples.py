"""A knowledge base with an embedder that needs no model, for the tests of the index."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from kb.model import Document, IngestedDocument, IngestedSource, Passage, Section
from search.embedding.base import Vectors
from search.engines.base import Candidate, Engine, EngineFilter, EngineQuery
from search.index import Analysis, BodyAndHeading
from tests.kb.store_samples import loaded

ANALYSIS = Analysis("1", BodyAndHeading(str.split))


class CharacterEmbedder:
    """Counts characters in a few bins; remembers how many texts it was given."""

    def __init__(self, dimensions: int = 8, name: str = "characters") -> None:
        self.name = name
        self.identity = f"{name}:{dimensions}"
        self.dimensions = dimensions
        self.encoded = 0

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.encoded += len(texts)
        return self.encode_queries(texts)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in enumerate(texts):
            for char in text:
                vectors[row, zlib.crc32(char.encode()) % self.dimensions] += 1
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return (vectors / np.where(norms, norms, 1)).astype(np.float32)


def policy(path: str, *sentences: str, region: str = "130600", title: str = "方案") -> IngestedSource:
    """A source with one document whose passages are words parted by spaces."""
    text = f"{title}\n总则\n" + "\n".join(sentences)
    section = Section("总则", 1, len(title) + 1, len(title) + 3)
    passages = []
    at = len(title) + 4
    for sentence in sentences:
        passages.append(Passage(at, at + len(sentence), sentence, 0, types=("measure",)))
        at += len(sentence) + 1
    document = Document("", path, title, 0, len(text), region_code=region, published="2023-05-01")
    return IngestedSource(
        loaded(path, text), (IngestedDocument(document, (section,), tuple(passages), ()),), ()
    )


def look(engine: Engine, words: str, region: str | None = None) -> list[Candidate]:
    regions = None if region is None else frozenset({region})
    return engine.search(EngineQuery({"body": words.split()}, None, EngineFilter(regions=regions)))
