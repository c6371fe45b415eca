"""One knowledge base as the faces use it: files in, documents out, questions answered.

This is where ingestion, which writes the store, and the index, which follows it, meet.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from interfaces.publishing import Publishing
from kb.errors import StoreError
from kb.model import Filters
from kb.settings import Layout, Settings
from kb.store import Store

if TYPE_CHECKING:
    from ingest.pipeline import OnProgress, Report
    from search.answer.answerer import Answerer
    from search.answer.model import Answer
    from search.facets import Facets
    from search.hits import SearchResult
    from search.library import Library
    from search.query.model import Query
    from search.retrieve import Searcher

OnIndex = Callable[[int, int], None]


class Workspace:
    """The folder of a knowledge base, opened. Safe to use from several threads.

    >>> with Workspace(Path("kb-data")) as workspace:            # doctest: +SKIP
    ...     workspace.ingest([Path("corpus")])
    ...     workspace.ask("各地集团化办学怎么做？").text
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = Settings.load(folder)
        self._writing = threading.Lock()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close what was opened."""
        for name in ("library", "store"):
            if name in self.__dict__:
                self.__dict__.pop(name).close()

    @cached_property
    def store(self) -> Store:
        """The documents."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"建不了知识库文件夹：{error.strerror or error}",
                source=str(self.folder),
                remedy="请换一个位置",
            ) from error
        return Store.open(Layout(self.folder).store)

    @cached_property
    def library(self) -> Library:
        """The published documents with their index."""
        from search.library import Library

        return Library(self.folder)

    @cached_property
    def searcher(self) -> Searcher:
        """Searches the library."""
        from search.retrieve import Searcher

        return Searcher(self.library)

    @cached_property
    def answerer(self) -> Answerer:
        """Answers from the library."""
        from search.answer.answerer import Answerer

        return Answerer(self.searcher)

    def search(
        self,
        question: str,
        *,
        k: int = 10,
        filters: Filters | None = None,
        dismissed: Collection[str] = (),
    ) -> SearchResult:
        """The best ``k`` passages; see :meth:`search.retrieve.Searcher.search`."""
        return self.searcher.search(question, k, filters, dismissed=dismissed)

    def ask(
        self, question: str, *, filters: Filters | None = None, dismissed: Collection[str] = ()
    ) -> Answer:
        """An answer, or a refusal; see :class:`search.answer.answerer.Answerer`."""
        return self.answerer.ask(question, filters, dismissed=dismissed)

    def facets(self, query: Query, filters: Filters) -> Facets:
        """How the passages of a question spread over regions, years and kinds; see :mod:`search.facets`."""
        from search.facets import count_facets
        from search.retrieve import View

        return count_facets(View(self.library.snapshot()), query, filters)

    def region_chips(self, question: str) -> tuple[str, ...]:
        """The keys of the chips by which a question names regions; see :class:`search.query.model.Chip`."""
        chips = self.searcher.understand(question).chips
        return tuple(chip.key for chip in chips if chip.kind == "region")

    def ingest(
        self,
        paths: Sequence[Path],
        *,
        collection: str = "",
        force: bool = False,
        workers: int | None = None,
        on_progress: OnProgress | None = None,
        on_index: OnIndex | None = None,
    ) -> Report:
        """Read files into the library and publish them with their index.

        One ingestion at a time: a second one waits. If it is broken off, what was read is kept, and the next
        one publishes it.
        """
        from ingest.pipeline import ingest

        with self._writing, self._publishing() as index:
            report = ingest(
                paths,
                self.store,
                collection=collection,
                force=force,
                workers=workers,
                settings=self.settings,
                on_progress=on_progress,
                on_begun=index.expect,
                on_written=index.catch_up,
            )
            self.store.note_unread((failure.source, failure.error) for failure in report.failed)
            index.publish(on_index)
        return report

    def remove(self, documents: Iterable[str]) -> list[str]:
        """Take documents out of the library; the ids of those that were there."""
        with self._writing, self._publishing() as index:
            removed = self.store.remove_documents(documents)
            if removed:
                index.publish()
        return removed

    def correct(self, document: str, values: Mapping[str, str | None]) -> None:
        """Set fields of a document right, for good; None takes a correction back.

        :raises StoreError: a field or a value will not do; then nothing is changed.
        :raises QueryError: there is no such document.
        """
        if not values:
            return
        with self._writing, self._publishing() as index:
            with self.store.batch():
                for field, value in values.items():
                    self.store.set_correction(document, field, value)
            index.publish()

    def _publishing(self) -> Publishing:
        return Publishing(self.store, self.settings)
