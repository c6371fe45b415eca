"""A knowledge base with an embedder that needs no model, for the tests of the index."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from kb.model import Document, IngestedDocument, IngestedSource, Passage, Section
from kb.settings import Layout, Settings
from kb.store import Store
from search.embedding.base import Vectors
from search.engines.base import Candidate, Engine, EngineFilter, EngineQuery
from search.engines.local import LocalEngine
from search.index import Analysis, BodyAndHeading, Refreshed, open_index, recipe_of, refresh
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


class Library:
    """A store with its index, refreshed by hand."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = Store.open(Layout(folder).store)
        self.embedder = CharacterEmbedder()
        self.analysis = ANALYSIS
        self.settings = Settings()

    @property
    def index(self) -> Path:
        return Layout(self.folder).index

    def refresh(self) -> Refreshed:
        return refresh(self.store, self.settings, self.embedder, analysis=self.analysis)

    def open(self) -> LocalEngine:
        return open_index(self.index, recipe_of(self.store, self.embedder, self.analysis))

    def found(self, words: str, region: str | None = None) -> list[str]:
        """The texts of the passages that the published index finds, by key."""
        engine = self.open()
        assert engine.generation == self.store.generation
        keys = [candidate.key for candidate in look(engine, words, region)]
        passages = self.store.passages(keys)
        assert len(passages) == len(keys)
        return [passage.passage.text for passage in passages]

    def scores(self) -> dict[str, dict[str, float]]:
        """All scores of a question by the passages' texts, which unlike keys outlive a rebuild."""
        query = EngineQuery(
            {"body": ["学位", "教师"], "heading": ["总则", "方案"]},
            self.embedder.encode_queries(["学位"])[0],
        )
        found = self.open().search(query)
        texts = self.store.passages([candidate.key for candidate in found])
        return {p.passage.text: dict(c.scores) for p, c in zip(texts, found, strict=True)}
