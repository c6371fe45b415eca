"""Whatever is interrupted, lost, damaged or put back: the index is as if nothing had happened, or is built again."""

from __future__ import annotations

import multiprocessing
import os
import random
from pathlib import Path

import numpy as np
import pytest

from kb.errors import StoreBusy
from kb.store import Store
from kb.store.locking import exclusive
from search.index import (
    Analysis,
    BodyAndHeading,
    passage_for_embedding,
)
from tests.kb.killing import killed_after
from tests.search.index_samples import CharacterEmbedder, Library, look, policy


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "知识库")


class FailsAt(CharacterEmbedder):
    """Breaks down once it has made so many vectors."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def encode_passages(self, texts):  # type: ignore[no-untyped-def]
        if self.encoded >= self._limit:
            raise KeyboardInterrupt
        return super().encode_passages(texts)


def test_embedding_that_was_broken_off_is_resumed(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.index.building.BATCH", 4)
    monkeypatch.setattr("search.index.vector_source._KEEP_AFTER", 0.0)
    library.store.replace_source(policy("a.txt", *(f"学位 {i}" for i in range(20))))
    library.embedder = FailsAt(8)
    with pytest.raises(KeyboardInterrupt):
        library.refresh()
    assert library.store.documents() == []
    (damaged, *_) = sorted((library.index / "embedding").rglob("*.npy"))
    library.embedder = CharacterEmbedder()
    library.refresh()
    assert library.embedder.encoded == 12
    assert not damaged.exists()
    expected = library.embedder.encode_queries([passage_for_embedding("方案", ["总则"], "学位 3")])[0]
    key = next(p.key for p in library.store.passages(library.open().keys()) if p.passage.text == "学位 3")
    np.testing.assert_allclose(library.open().vectors_of([key])[key], expected, atol=1e-3)


def test_unfinished_work_that_is_damaged_is_done_again(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.index.building.BATCH", 4)
    monkeypatch.setattr("search.index.vector_source._KEEP_AFTER", 0.0)
    library.store.replace_source(policy("a.txt", *(f"学位 {i}" for i in range(8))))
    library.embedder = FailsAt(4)
    with pytest.raises(KeyboardInterrupt):
        library.refresh()
    (kept,) = (library.index / "embedding").rglob("*.npy")
    kept.write_bytes(kept.read_bytes()[:100])
    library.embedder = CharacterEmbedder()
    library.refresh()
    assert library.embedder.encoded == 8


def dies_elsewhere(text: str) -> list[str]:
    """An analysis that brings down any process but the first."""
    if multiprocessing.parent_process() is not None:
        os._exit(1)
    return text.split()


def test_processes_that_die_are_done_without(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.index.building.BATCH", 2)
    monkeypatch.setattr("search.index.building._IN_PROCESSES_FROM", 1)
    library.analysis = Analysis("dies", BodyAndHeading(dies_elsewhere))
    library.store.replace_source(policy("a.txt", *(f"学位 第{i}" for i in range(9))))
    library.refresh()
    assert len(library.found("学位")) == 9


def test_the_store_follows_an_index_that_was_published_before_a_crash(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.store.replace_source(policy("a.txt", "新增 学位"))
    library.refresh()
    library.store.replace_source(policy("a.txt", "学位 预警"))

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Store, "publish", crash)
        with pytest.raises(KeyboardInterrupt):
            library.refresh()
    # What a reader sees now: the index's generation, in the store too.
    engine = library.open()
    (found,) = look(engine, "学位")
    reader = library.store.at(engine.generation)
    assert [p.passage.text for p in reader.passages([found.key])] == ["学位 预警"]
    library.refresh()
    assert library.found("学位") == ["学位 预警"]


def test_a_lost_index_is_built_again(library: Library) -> None:
    library.store.replace_source(policy("a.txt", "新增 学位"))
    library.refresh()
    (library.index / "current.json").unlink()
    assert library.refresh().rebuilt == "还没有索引"
    assert library.found("学位") == ["新增 学位"]


def test_a_store_from_a_backup_is_indexed_anew(library: Library) -> None:
    library.store.replace_source(policy("a.txt", "新增 学位"))
    library.refresh()
    library.store.close()
    backup = library.store.path.read_bytes()
    library.store.replace_source(policy("b.txt", "学位 供给"))
    library.refresh()
    library.store.close()
    for path in library.folder.glob("store.sqlite*"):
        path.unlink()
    library.store.path.write_bytes(backup)
    assert library.refresh().rebuilt == "知识库文件被换过"
    assert library.found("学位") == ["新增 学位"]


def test_an_index_of_another_store_is_not_taken(library: Library, tmp_path: Path) -> None:
    library.store.replace_source(policy("a.txt", "新增 学位"))
    library.refresh()
    library.store.close()
    library.store.path.unlink()
    library.store = Store.open(library.store.path)
    library.store.replace_source(policy("b.txt", "学位 供给"))
    assert library.refresh().rebuilt
    assert library.found("学位") == ["学位 供给"]


def test_two_refreshes_at_once_are_refused(library: Library) -> None:
    with exclusive(library.index / "lock"), pytest.raises(StoreBusy, match="另一个程序"):
        library.refresh()
    library.refresh()


_WRITER = """
import sys
from pathlib import Path
from tests.search.index_samples import Library, policy
library = Library(Path(sys.argv[1]))
turn = int(sys.argv[2])
print("ready", flush=True)
while True:
    turn += 1
    with library.store.batch():
        for number in range(3):
            library.store.replace_source(policy(f"{number}.txt", f"学位 第{turn}次", "教师 轮岗"))
    library.refresh()
    print(turn, flush=True)
"""


def test_killed_at_any_moment_it_keeps_the_last_published_state(tmp_path: Path) -> None:
    rng = random.Random(3)
    turn = 0
    for _ in range(5):
        published = killed_after(rng.uniform(0.02, 0.25), _WRITER, tmp_path / "kb", turn)
        library = Library(tmp_path / "kb")
        if published:
            # A reader who comes before anyone repairs anything.
            engine = library.open()
            reader = library.store.at(engine.generation)
            texts = [p.passage.text for p in reader.passages([c.key for c in look(engine, "学位")])]
            assert len(texts) == 3
            assert len(set(texts)) == 1
            assert published <= int(texts[0][4:-1]) <= published + 1
            assert engine.count() == 6
            assert engine.verify() == []
        library.refresh()
        found = library.found("学位")
        turn = int(found[0][4:-1]) if found else 0
        assert len(found) == (3 if turn else 0)
        assert turn >= published
        library.store.close()
