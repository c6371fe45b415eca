"""From passages to segments, a batch at a time: words in other processes where there is much, vectors in this one."""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial

import numpy as np

from kb.model import Document
from kb.store import Reader, StoredPassage, publication_year
from search.engines import columns
from search.engines.base import Attributes
from search.engines.segment import Segment
from search.index.fields import Analysis, heading_of, passage_for_embedding
from search.index.vector_source import VectorSource
from search.lexical.postings import Postings
from search.vectors import Vectors

log = logging.getLogger(__name__)
BATCH = 4_096
"""Passages of a new segment: their tokens, which are all held at once, take 120 MB at most."""
_IN_PROCESSES_FROM = 10_000  # passages below which starting processes takes longer than they save
_AHEAD = 2  # batches that wait for each process
OnProgress = Callable[[int, int], None]
"""Called with the passages that are done and those in all."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Processes that count words, and how many they are."""

    executor: ProcessPoolExecutor
    workers: int


@dataclass(frozen=True, slots=True)
class _Batch:
    """Passages with what is indexed of them."""

    passages: list[StoredPassage]
    attributes: list[Attributes]
    headings: list[str]
    texts: list[str]
    embedded: list[str]


def segments(
    reader: Reader,
    ranges: Sequence[range],
    vectors: VectorSource,
    analysis: Analysis,
    on_progress: OnProgress | None,
    pool: Pool | None = None,
) -> Iterator[Segment]:
    """Segments of the visible passages in ascending ranges of keys.

    :param pool: processes that count words; without it some are started where there is much to count.
    """
    total = sum(map(len, ranges))
    done = 0
    with ExitStack() as stack:
        if pool is None and total >= _IN_PROCESSES_FROM:
            pool = stack.enter_context(processes(max(1, (os.cpu_count() or 1) - 1)))
        workers = pool.workers if pool else 0
        for batch, field_postings in _with_postings(
            _batches(reader, ranges), analysis, pool.executor if pool else None, workers
        ):
            halves = vectors.of(
                [passage.key for passage in batch.passages],
                batch.embedded,
                None if on_progress is None else partial(_tell, on_progress, done, total),
            )
            done += len(batch.passages)
            yield Segment(
                np.array([passage.key for passage in batch.passages], np.int64),
                columns.build(batch.attributes),
                field_postings(),
                None if halves is None else Vectors(halves),
            )


def _tell(on_progress: OnProgress, before: int, total: int, done: int) -> None:
    on_progress(before + done, total)


Later = Callable[[], Mapping[str, Postings]]


def _with_postings(
    batches: Iterator[_Batch], analysis: Analysis, pool: ProcessPoolExecutor | None, workers: int
) -> Iterator[tuple[_Batch, Later]]:
    """Each batch with its postings to be, which other processes work on meanwhile."""
    waiting: deque[tuple[_Batch, Later]] = deque()
    for batch in batches:
        waiting.append((batch, _later(pool, analysis, batch)))
        if len(waiting) > workers * _AHEAD:
            yield waiting.popleft()
    yield from waiting


def _later(pool: ProcessPoolExecutor | None, analysis: Analysis, batch: _Batch) -> Later:
    """The postings of a batch: from another process, or made here when there is none or it died."""
    here = partial(analysis.postings, batch.headings, batch.texts)
    if pool is None:
        return here
    try:
        future = pool.submit(analysis.postings, batch.headings, batch.texts)
    except BrokenProcessPool:
        return here

    def result() -> Mapping[str, Postings]:
        try:
            return future.result()
        except BrokenProcessPool as error:
            log.warning("分词的子进程中断，改在主进程中继续（%s）", error)
            return here()

    return result


@contextmanager
def processes(workers: int) -> Iterator[Pool]:
    """Processes that count words, ended with the block."""
    # A forked child of a program with threads (the workbench) can lock up; the fork server has none.
    context = multiprocessing.get_context("forkserver" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as executor:
        yield Pool(executor, workers)


def _batches(reader: Reader, ranges: Sequence[range]) -> Iterator[_Batch]:
    collections = reader.stated_collections()
    passages: list[StoredPassage] = []
    for keys in _joined(ranges):
        for first in range(keys.start, keys.stop, BATCH):
            passages += reader.passages_in(range(first, min(first + BATCH, keys.stop)))
            while len(passages) >= BATCH:
                yield _batch(reader, passages[:BATCH], collections)
                passages = passages[BATCH:]
    if passages:
        yield _batch(reader, passages, collections)


def _joined(ranges: Sequence[range]) -> list[range]:
    """Ascending ranges with neighbours joined, so that many small documents are read as one."""
    joined: list[range] = []
    for keys in ranges:
        if joined and joined[-1].stop == keys.start:
            joined[-1] = range(joined[-1].start, keys.stop)
        else:
            joined.append(keys)
    return joined


def _batch(reader: Reader, passages: list[StoredPassage], collections: Mapping[str, str]) -> _Batch:
    documents = reader.documents_by_id({passage.document for passage in passages})
    titles = [documents[passage.document].title for passage in passages]
    pairs = list(zip(titles, passages, strict=True))
    return _Batch(
        passages,
        [_attributes(documents[passage.document], collections, passage) for passage in passages],
        [heading_of(title, passage.path) for title, passage in pairs],
        [passage.passage.text for passage in passages],
        [passage_for_embedding(title, passage.path, passage.passage.text) for title, passage in pairs],
    )


def _attributes(document: Document, collections: Mapping[str, str], passage: StoredPassage) -> Attributes:
    return Attributes(
        document=document.id,
        region=document.region_code,
        level=document.level,
        year=publication_year(document),
        kind=document.kind,
        status=document.status,
        types=passage.passage.types,
        collection=collections.get(document.id, ""),
    )
