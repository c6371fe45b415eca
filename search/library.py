"""An open library: the published documents with their index, and one consistent view of them for each question."""

from __future__ import annotations

import logging
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from kb.errors import IndexDamaged, ModelUnavailable
from kb.model import Document
from kb.regions.names import lookup
from kb.settings import Layout, Settings
from kb.store import Reader, SourceReading, Store, StoredPassage
from kb.text.shadow import fold
from kb.thesaurus import Thesaurus, load_thesaurus
from search.answer.likeness import Likeness
from search.embedding.base import Embedder
from search.engines.base import EngineFilter
from search.engines.local import LocalEngine
from search.index import open_index, published_generation
from search.query.model import Query, Reference
from search.rank import Mode, Ranked, Ranker, RankQuery, RankText, load_weights

_LOG = logging.getLogger(__name__)
_KEPT_PASSAGES = 20_000
_KEPT_CHARACTERS = 16_000_000  # of source texts, at 2 bytes each
_KEPT_SOURCES = 64  # at least, however long: all that one answer cites
_EXPANSIONS = 24  # words that are searched for beside those of the question
_RELATED = 2000  # passages that facets are counted over at most
_KNOWN = 50_000  # word frequencies that are kept at hand
_TITLE_MARKS = re.compile(r"[\s《》〈〉“”\"'()（）\[\]〔〕【】·,，。:：、—-]+")


class IndexLexicon:
    """The words of an index and how common they are; see :class:`search.query.lexicon.Lexicon`."""

    def __init__(self, engine: LocalEngine, titles: Callable[[], str]) -> None:
        self._engine = engine
        self._titles = titles
        self._known: dict[str, int] = {}

    @property
    def passages(self) -> int:
        """How many passages there are."""
        return self._engine.count()

    def frequencies(self, words: Sequence[str]) -> list[int]:
        """In how many passages, or in the headings of how many, each of ``words`` stands."""
        missing = list(dict.fromkeys(word for word in words if word not in self._known))
        if missing:
            if len(self._known) + len(missing) > _KNOWN:
                self._known.clear()
                missing = list(dict.fromkeys(words))
            counts = [self._engine.frequencies(field, missing) for field in ("body", "heading")]
            self._known.update(zip(missing, map(max, *counts), strict=True))
        return [self._known[word] for word in words]

    def pair_frequencies(self, pairs: Sequence[str]) -> list[int]:
        """In how many passages each pair of neighbouring Han characters stands."""
        return self.frequencies(pairs)

    @staticmethod
    def is_name(word: str) -> bool:
        """Whether ``word`` is a name of the gazetteer."""
        return word in lookup()

    def in_title(self, words: str) -> bool:
        """Whether ``words`` are a part of the title of a document."""
        return bare_name(words) in self._titles()


class Snapshot:
    """The documents and the index of one generation. What it gives stays consistent while others write."""

    def __init__(self, folder: Path, settings: Settings, store: Store, engine: LocalEngine) -> None:
        self.settings = settings
        self.engine = engine
        self.generation = engine.generation
        self.reader: Reader = store.at(engine.generation)
        self.lexicon = IndexLexicon(engine, lambda: self._titles)
        self.thesaurus: Thesaurus = load_thesaurus(folder)
        self.passage_count = engine.count()
        self._sources: OrderedDict[str, SourceReading] = OrderedDict()
        self._characters = 0
        self._documents: dict[str, Document] = {}
        self._passages: OrderedDict[int, StoredPassage] = OrderedDict()
        self._guard = threading.Lock()

    # -- texts and documents ------------------------------------------------------------------------------

    def source_text(self, path: str) -> str:
        """The stored text of a source, kept at hand.

        :raises QueryError: there is none.
        """
        return self._source(path).text

    def pages(self, path: str) -> tuple[int, ...]:
        """The offsets at which the pages of a source begin; empty for sources without pages."""
        return self._source(path).pages

    def open_sources(self, paths: Iterable[str]) -> None:
        """Read the sources that will be asked for next, all in one go."""
        wanted = dict.fromkeys(paths)
        with self._guard:
            missing = [path for path in wanted if path not in self._sources]
        if missing:
            self._keep(self.reader.source_readings(missing))

    def _source(self, path: str) -> SourceReading:
        with self._guard:
            found = self._sources.get(path)
            if found is not None:
                self._sources.move_to_end(path)
                return found
        found = self.reader.source_readings([path]).get(path)
        if found is None:
            found = SourceReading(
                self.reader.source_text(path), self.reader.pages(path)
            )  # tells what is wrong
        self._keep({path: found})
        return found

    def _keep(self, readings: Mapping[str, SourceReading]) -> None:
        with self._guard:
            for path, reading in readings.items():
                if path not in self._sources:
                    self._sources[path] = reading
                    self._characters += len(reading.text)
            while self._characters > _KEPT_CHARACTERS and len(self._sources) > _KEPT_SOURCES:
                self._characters -= len(self._sources.popitem(last=False)[1].text)

    def passages(self, keys: Sequence[int]) -> dict[int, StoredPassage]:
        """Those of the passages that are there, by key; the ones seen last are kept at hand."""
        with self._guard:
            missing = [key for key in keys if key not in self._passages]
            for stored in self.reader.passages(missing) if missing else ():
                self._passages[stored.key] = stored
            found = {key: self._passages[key] for key in keys if key in self._passages}
            for key in found:
                self._passages.move_to_end(key)
            while len(self._passages) > _KEPT_PASSAGES:
                self._passages.popitem(last=False)
        return found

    def documents(self, ids: Iterable[str]) -> dict[str, Document]:
        """Those of the documents that exist, by id."""
        wanted = dict.fromkeys(ids)
        missing = [name for name in wanted if name not in self._documents]
        if missing:
            self._documents.update(self.reader.documents_by_id(missing))
        return {name: self._documents[name] for name in wanted if name in self._documents}

    @cached_property
    def region_counts(self) -> Mapping[str, int]:
        """How many documents each region has."""
        return self.reader.region_counts()

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        """Document ids by bare title and bare number."""
        names: dict[str, list[str]] = {}
        for document in self.reader.documents():
            for name in {bare_name(document.title), bare_name(document.number)}:
                if name:
                    names.setdefault(name, []).append(document.id)
        return names

    @cached_property
    def _titles(self) -> str:
        """All bare titles and numbers, a line each."""
        return "\n".join(self._by_name)

    def named(self, reference: Reference) -> tuple[Document, ...]:
        """The documents that a reference names: the title or number itself, else titles that contain it."""
        wanted = bare_name(reference.value)
        if not wanted:
            return ()
        ids = self._by_name.get(wanted, [])
        if not ids and len(wanted) >= 5:
            ids = [name for title, found in self._by_name.items() if wanted in title for name in found]
        return tuple(self.documents(ids).values())

    # -- search -------------------------------------------------------------------------------------------

    @cached_property
    def embedder(self) -> Embedder | None:
        """The model that the vectors of the index were made with; None without one or when it cannot be opened."""
        if not self.engine.recipe.embedder or self.settings.embedding_model == "none":
            return None
        from search.embedding import load_embedder

        try:
            embedder = load_embedder(self.settings.embedding_model)
        except ModelUnavailable as error:
            _LOG.warning("%s；这次只按字词检索", error)
            return None
        if embedder.identity != self.engine.recipe.embedder:
            _LOG.warning("索引的向量出自另一个模型，重新入库后才能使用；这次只按字词检索")
            return None
        return embedder

    @cached_property
    def likeness(self) -> Likeness | None:
        """How alike in meaning texts are, by the embedder; None without one."""
        return None if self.embedder is None else Likeness(self.embedder)

    @cached_property
    def _ranker(self) -> Ranker:
        weights = load_weights(Path(self.settings.fusion) if self.settings.fusion else None)
        return Ranker(self.engine, self.embedder, weights, self._texts_of)

    def _texts_of(self, keys: Sequence[int]) -> dict[int, RankText]:
        return {
            key: RankText(stored.passage.text, stored.passage.role)
            for key, stored in self.passages(keys).items()
        }

    def rank(self, query: Query, mask: EngineFilter, limit: int, mode: Mode = "hybrid") -> list[Ranked]:
        """The best passages for a question among those that the mask admits."""
        return self._ranker.rank(_rank_query(query, limit), mask, mode)

    def related(self, query: Query, mask: EngineFilter) -> list[int]:
        """The keys of all passages among them that share a good part of the question's words, best first."""
        return self._ranker.related(_rank_query(query, _RELATED), mask)

    def count(self, mask: EngineFilter) -> int:
        """How many passages the mask admits."""
        return self.engine.count(mask)


def _rank_query(query: Query, limit: int) -> RankQuery:
    others = (word for term in query.terms for word in (*term.alternatives, *term.related))
    return RankQuery(query.subject, tuple(dict.fromkeys(others))[:_EXPANSIONS], limit)


class Library:
    """A knowledge base's folder, opened for reading; safe to use from several threads.

    >>> Library(Path("kb-data")).snapshot().passage_count          # doctest: +SKIP
    """

    def __init__(self, folder: Path, settings: Settings | None = None) -> None:
        self.folder = folder
        self.settings = settings or Settings.load(folder)
        self._layout = Layout(folder)
        self._guard = threading.Lock()
        self._store: Store | None = None
        self._snapshot: Snapshot | None = None

    def snapshot(self) -> Snapshot:
        """The published state; the same object until something new is published.

        :raises IndexDamaged: nothing has been published yet, or the index must be rebuilt.
        """
        published = published_generation(self._layout.index)
        with self._guard:
            if self._snapshot is None or self._snapshot.generation != published:
                if not published:
                    raise IndexDamaged(
                        "知识库里还没有文献", source=str(self.folder), remedy="请先用 ingest 命令读入文件"
                    )
                if self._store is None:
                    self._store = Store.open(self._layout.store)
                engine = open_index(self._layout.index, settings=self.settings)
                self._snapshot = Snapshot(self.folder, self.settings, self._store, engine)
            return self._snapshot

    def close(self) -> None:
        """Close the store."""
        with self._guard:
            if self._store is not None:
                self._store.close()
            self._store = self._snapshot = None


def bare_name(name: str) -> str:
    """A title or number without brackets, marks and spaces, for comparing."""
    return _TITLE_MARKS.sub("", fold(name))
