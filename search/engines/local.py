"""The engine in files of its own: BM25 over postings and FAISS, no server, exact filters.

An index is a list of immutable segments with tombstones. Writing adds a small segment or marks rows dead;
:meth:`LocalEngine.save` merges small segments, so that there are never many, and publishes all in one step.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.errors import IndexDamaged
from search.engines import manifest, segment
from search.engines.around import Surroundings, Walk
from search.engines.base import Candidate, EngineFilter, EngineQuery, Entry
from search.engines.documents import Documents
from search.engines.manifest import Manifest, Recipe
from search.engines.matches import Gathered, Matches, matches_of
from search.engines.parts import Keys, Part, open_part
from search.engines.segment import Segment
from search.lexical.bm25 import BM25
from search.lexical.rows import RowSet
from search.lexical.scoring import Scoring
from search.vectors import VectorSearch, VectorShard

_FILTERS_KEPT = 32
_MOST_SEGMENTS = 8
_MOST_DEAD = 0.3  # of a segment's rows, before it is written anew without them
SEMANTIC = "semantic"


class _State:
    """Parts and what is computed from them. Never changed, so that searches need no lock."""

    def __init__(self, parts: Sequence[Part], k1: float, b: float) -> None:
        self.parts = tuple(parts)
        self._k1, self._b = k1, b
        self.bases = np.concatenate(([0], np.cumsum([len(part.segment) for part in parts]))).astype(np.int64)
        self._filters: OrderedDict[EngineFilter, RowSet | None] = OrderedDict()
        self._guard = threading.Lock()

    @cached_property
    def keys(self) -> Keys:
        """The key of every row, dead ones included."""
        return np.concatenate([np.empty(0, np.int64), *(part.segment.keys for part in self.parts)])

    @cached_property
    def fields(self) -> dict[str, BM25]:
        """A model for each field that any row has."""
        names = sorted({name for part in self.parts for name in part.shards})
        return {
            name: BM25.over([part.shard(name) for part in self.parts], k1=self._k1, b=self._b)
            for name in names
        }

    @cached_property
    def documents(self) -> Documents:
        """Which rows belong to one document."""
        return Documents(self.parts)

    @cached_property
    def vectors(self) -> VectorSearch | None:
        """Search among the vectors; None without any."""
        shards = [
            VectorShard(part.segment.vectors, int(base), part.alive)
            for part, base in zip(self.parts, self.bases, strict=False)
            if part.segment.vectors is not None
        ]
        return VectorSearch(shards) if shards else None

    def surroundings(self, rows: Keys) -> Surroundings:
        """The documents of some rows."""
        documents = np.unique(self.documents.of_row[rows]).astype(np.int64)
        return Surroundings(self.documents, documents, self.keys)

    def admitted(self, filter: EngineFilter) -> RowSet | None:
        """The living rows that the filter admits; None when those are all."""
        with self._guard:
            if filter in self._filters:
                self._filters.move_to_end(filter)
                return self._filters[filter]
        masks = [part.segment.columns.mask(filter) for part in self.parts]
        rows = None
        if any(mask is not None for mask in masks):
            living = [
                mask if part.alive is None or mask is None else mask & part.alive
                for mask, part in zip(masks, self.parts, strict=True)
            ]
            rows = RowSet(np.concatenate([mask for mask in living if mask is not None]))
            if len(rows) == sum(part.living for part in self.parts):
                rows = None  # what admits every living row is no filter, and costs nothing
        with self._guard:
            self._filters[filter] = rows
            if len(self._filters) > _FILTERS_KEPT:
                self._filters.popitem(last=False)
        return rows


class LocalEngine:
    """An :class:`~search.engines.base.Engine` in memory, and in a folder once it is saved.

    :param folder: where segments go; None keeps all in memory.
    :param exact_up_to: rows up to which a segment's vectors are searched exactly without a filter too.
    :param k1: how fast repetitions of a word stop counting, in BM25. :param b: how much long passages are held
        down.

    Searches may run in any number of threads; writes must come from one at a time.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        recipe: Recipe | None = None,
        exact_up_to: int = 300_000,
        k1: float = 1.5,
        b: float = 0.75,
    ) -> None:
        self.folder = folder
        self.recipe = recipe or Recipe()
        self.generation = 0
        self.mark = ""
        self._exact_up_to = exact_up_to
        self._k1, self._b = k1, b
        self._state = self._settled(())

    @classmethod
    def open(
        cls,
        folder: Path,
        recipe: Recipe | None = None,
        *,
        exact_up_to: int = 300_000,
        k1: float = 1.5,
        b: float = 0.75,
    ) -> LocalEngine:
        """The published index in a folder; its files are mapped, not read.

        :param recipe: what the index must have been made with; None takes any.
        :raises IndexDamaged: there is none, it cannot be read, or its recipe is another one.
        """
        for attempt in range(3):
            published = manifest.read(folder)
            if recipe is not None and published.recipe != recipe:
                raise IndexDamaged(
                    "索引与当前的分析版本、向量模型或知识库不符", source=str(folder), remedy="索引将自动重建"
                )
            try:
                parts = [open_part(folder, files) for files in published.segments]
            except IndexDamaged:
                # A writer may have published and cleaned up since the manifest was read.
                if attempt < 2 and manifest.read(folder).generation != published.generation:
                    continue
                raise
            break
        engine = cls(folder, recipe=published.recipe, exact_up_to=exact_up_to, k1=k1, b=b)
        engine.generation, engine.mark = published.generation, published.mark
        engine._state = engine._settled(parts)
        return engine

    def _settled(self, parts: Sequence[Part]) -> _State:
        return _State(parts, self._k1, self._b)

    # -- the protocol ---------------------------------------------------------------------------------

    def upsert(self, entries: Sequence[Entry]) -> None:
        """Add entries; one with a key that is already there replaces it, the last one of several wins."""
        if not entries:
            return
        latest = list({entry.key: entry for entry in entries}.values())
        # In order of keys, so that ties and key look-ups follow the rows.
        latest.sort(key=lambda entry: entry.key)
        self.add(segment.build(latest, self.recipe.dimensions))

    def add(self, built: Segment) -> None:
        """Add a segment that was built elsewhere; its rows replace those with the same keys.

        :raises ValueError: its vectors are not those of the recipe.
        """
        dimensions = 0 if built.vectors is None else built.vectors.halves.shape[1]
        if dimensions != self.recipe.dimensions:
            raise ValueError(f"vectors of {dimensions} dimensions, not {self.recipe.dimensions}")
        new = Part.of(built)
        if self.folder is not None:
            new = new.written(self.folder)
        self._state = self._settled([*self._without(built.keys), new])

    def delete(self, keys: Sequence[int]) -> None:
        """Remove entries; unknown keys are passed over."""
        if len(keys):
            self._state = self._settled(self._without(np.unique(np.asarray(keys, np.int64))))

    def count(self, filter: EngineFilter | None = None) -> int:
        """How many entries the filter admits."""
        state = self._state
        admitted = None if filter is None else state.admitted(filter)
        return sum(part.living for part in state.parts) if admitted is None else len(admitted)

    def search(self, query: EngineQuery) -> list[Candidate]:
        """The union of the best ``candidates`` of each side by key, every one scored by every side.

        A side is a field with words of the query, or the vectors; of equal scores the smaller key is better.
        """
        found = self.gather(query, around=False)
        names = list(found.scores)
        rows = zip(*(column.tolist() for column in found.scores.values()), strict=True)
        return [
            Candidate(key, dict(zip(names, row, strict=True)))
            for key, row in zip(found.keys.tolist(), rows, strict=True)
        ]

    def gather(self, query: EngineQuery, *, around: bool) -> Gathered:
        """What :meth:`search` finds, as columns.

        :param around: with how strongly each word of the text stands in, over and around each passage.
        """
        try:
            return self._search(self._state, query, around=around)
        except (IndexError, ValueError) as error:
            raise IndexDamaged(
                f"索引内容有误：{error}", source=str(self.folder), remedy="索引将自动重建"
            ) from error

    @staticmethod
    def _search(state: _State, query: EngineQuery, *, around: bool) -> Gathered:
        admitted = state.admitted(query.filter)
        scorings: dict[str, Scoring | None] = {
            name: state.fields[name].scoring(words, admitted) if name in state.fields else None
            for name, words in query.fields.items()
        }
        found = [s.best(query.candidates, state.keys) for s in scorings.values() if s is not None]
        vectors = state.vectors
        vector = None if query.vector is None else np.asarray(query.vector, np.float32)
        # The zero vector is as near to every passage as to any other: it says nothing.
        if vectors is None or vector is None or not vector.any():
            vectors = vector = None
        if vectors is not None and vector is not None:
            found.append(vectors.best(vector, query.candidates, admitted, state.keys))
        rows = np.unique(np.concatenate([np.empty(0, np.int64), *found]))
        body = scorings.get("body")
        walk = None
        if body is not None and (query.context or around):
            walk = state.surroundings(rows).walk(state.fields["body"], body.terms)
        context: dict[str, NDArray[Any]] = {}
        if query.context and walk is not None:
            rows, context = _in_context(state, walk, query.candidates, rows, admitted)
        scores: dict[str, NDArray[Any]] = {
            name: np.zeros(rows.size) if scoring is None else scoring.scores(rows)
            for name, scoring in scorings.items()
        }
        nothing = vectors is None or vector is None
        scores[SEMANTIC] = np.zeros(rows.size) if nothing else vectors.scores(vector, rows)  # type: ignore[union-attr,arg-type]
        scores.update(context)
        matches = Matches.none(rows.size)
        if walk is not None and around and rows.size:
            matches = matches_of(
                walk, state.fields.get("heading"), query.fields["body"], rows, state.keys.size
            )
        keys = state.keys[rows]
        order = np.argsort(keys)
        return Gathered(
            keys[order], {name: column[order] for name, column in scores.items()}, matches.ordered(order)
        )

    # -- more than the protocol asks ------------------------------------------------------------------

    def matches(self, words: Sequence[str], keys: Keys) -> Matches:
        """How strongly each word stands in, over and around the passages of some keys.

        :param words: terms, repeated by weight. :param keys: ascending; one that is not there matches nothing.
        """
        state = self._state
        rows = np.sort(
            np.concatenate(
                [np.empty(0, np.int64)]
                + [part.rows_of(keys) + base for part, base in zip(state.parts, state.bases, strict=False)]
            )
        )
        fields = state.fields
        if not rows.size or "body" not in fields:
            return Matches.none(keys.size)
        try:
            walk = state.surroundings(rows).walk(fields["body"], fields["body"].terms(words))
            found = matches_of(walk, fields.get("heading"), words, rows, state.keys.size)
        except (IndexError, ValueError) as error:
            raise IndexDamaged(
                f"索引内容有误：{error}", source=str(self.folder), remedy="索引将自动重建"
            ) from error
        return found.spread(np.searchsorted(keys, state.keys[rows]), keys.size)

    def keys(self) -> Keys:
        """The keys of all living entries, ascending."""
        state = self._state
        living = [
            part.segment.keys if part.alive is None else part.segment.keys[part.alive] for part in state.parts
        ]
        return np.sort(np.concatenate([np.empty(0, np.int64), *living]))

    def frequencies(self, field: str, terms: Sequence[str]) -> list[int]:
        """In how many living entries each term stands in a field."""
        model = self._state.fields.get(field)
        return model.frequencies(terms) if model else [0] * len(terms)

    def vectors_of(self, keys: Iterable[int]) -> dict[int, NDArray[np.float16]]:
        """The vectors of those keys that are there."""
        wanted = np.fromiter(keys, np.int64)
        found: dict[int, NDArray[np.float16]] = {}
        for part in self._state.parts:
            if part.segment.vectors is not None and len(part.segment):
                rows = part.rows_of(wanted)
                halves = part.segment.vectors.halves[rows]
                found.update(zip(part.segment.keys[rows].tolist(), halves, strict=True))
        return found

    def verify(self) -> list[Path]:
        """The files that are not as they were written; reads every byte."""
        damaged: list[Path] = []
        for part in self._state.parts:
            if part.files is not None and self.folder is not None:
                folder = manifest.segment_folder(self.folder, part.files.name)
                damaged += segment.verify(folder, part.files.files)
                damaged += segment.verify(folder / part.files.dead, part.files.dead_files or {})
        return damaged

    def save(self, generation: int, mark: str = "") -> None:
        """Merge what is small, write what is new, and publish all of it as ``generation`` in one rename.

        :param mark: what tells this generation from another of the same number.
        :raises ValueError: the engine has no folder.
        """
        if self.folder is None:
            raise ValueError("an engine without a folder cannot be saved")
        parts = [part.written(self.folder) for part in self._compacted()]
        published = Manifest(generation, mark, self.recipe, tuple(part.files for part in parts if part.files))
        manifest.publish(self.folder, published)
        self._state = self._settled(parts)
        self.generation, self.mark = generation, mark
        manifest.clean(self.folder, published)

    def _without(self, keys: Keys) -> list[Part]:
        parts = (part.without(keys) for part in self._state.parts)
        return [part for part in parts if part.living]

    def _compacted(self) -> list[Part]:
        """The parts with small ones merged, so that each is at most half as large as the one before."""
        parts = sorted(self._state.parts, key=lambda part: part.living, reverse=True)
        group: list[Part] = []
        while parts and (
            not group
            or parts[-1].living <= 2 * sum(part.living for part in group)
            or len(parts) >= _MOST_SEGMENTS
        ):
            group.append(parts.pop())
        heavy = [part for part in parts if part.living < (1 - _MOST_DEAD) * len(part.segment)]
        kept = [part for part in parts if part not in heavy]
        merged = [self._merged([part]) for part in heavy]
        if len(group) > 1 or any(part.living < (1 - _MOST_DEAD) * len(part.segment) for part in group):
            group = [self._merged(group)]
        return [*kept, *merged, *group]

    def _merged(self, parts: Sequence[Part]) -> Part:
        # In order of keys, which is the order of arrival wherever keys are given out ascending.
        ordered = sorted(parts, key=lambda part: int(part.segment.keys[0]))
        pieces = [(part.segment, part.alive) for part in ordered]
        return Part.of(segment.merge(pieces, exact_up_to=self._exact_up_to))


def _in_context(
    state: _State, walk: Walk, candidates: int, rows: Keys, admitted: RowSet | None
) -> tuple[Keys, dict[str, NDArray[Any]]]:
    """The rows with those of the best documents added, ascending, and the documents' scores for each of them."""
    documents, scores = walk.around.numbers, walk.scores()
    best = np.argsort(-scores, kind="stable")
    more, _ = state.documents.rows(documents[best])
    rows = np.union1d(rows, (more if admitted is None else more[admitted.mask[more]])[:candidates])
    return rows, {"document:body": scores[np.searchsorted(documents, state.documents.of_row[rows])]}
