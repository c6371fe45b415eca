"""The index follows the store: documents appear with it or not at all, whatever is interrupted."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from kb.errors import IndexDamaged, StoreBusy
from kb.settings import Layout, Settings
from kb.store import Store
from kb.store.locking import exclusive
from search.engines.base import EngineFilter, EngineQuery
from search.engines.local import LocalEngine
from search.index import (
    ANALYSIS as PROGRAM_ANALYSIS,
)
from search.index import (
    Analysis,
    BodyAndHeading,
    Refreshed,
    heading_of,
    open_index,
    passage_for_embedding,
    published_generation,
    recipe_of,
    refresh,
)
from tests.search.index_samples import ANALYSIS, CharacterEmbedder, look, policy


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


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "知识库")


def test_documents_appear_with_their_index_and_not_before(library: Library) -> None:
    library.store.replace_source(policy("a.txt", "新增 学位", "教师 轮岗", "集团化 办学"))
    assert library.store.documents() == []
    report = library.refresh()
    assert (report.added, report.removed, report.rebuilt) == (3, 0, "还没有索引")
    assert library.found("学位") == ["新增 学位"]
    library.store.replace_source(policy("b.txt", "学位 供给", region="110000"))
    assert library.found("学位") == ["新增 学位"]
    report = library.refresh()
    assert (report.added, report.removed, report.rebuilt) == (1, 0, "")
    assert library.found("学位") == ["新增 学位", "学位 供给"]
    assert library.found("学位", "110000") == ["学位 供给"]


def test_an_empty_store_has_an_empty_index(library: Library) -> None:
    library.refresh()
    assert library.found("学位") == []


def test_without_changes_nothing_happens(library: Library) -> None:
    library.store.replace_source(policy("a.txt", "新增 学位"))
    first = library.refresh()
    before = (library.index / "current.json").read_bytes()
    again = library.refresh()
    assert (again.generation, again.added, again.removed) == (first.generation, 0, 0)
    assert (library.index / "current.json").read_bytes() == before


def test_changed_and_removed_documents_follow(library: Library) -> None:
    library.store.replace_source(policy("a.txt", "新增 学位", "教师 轮岗"))
    library.store.replace_source(policy("b.txt", "学位 供给", "课后 服务"))
    library.refresh()
    library.store.replace_source(policy("a.txt", "学位 预警"))
    library.store.remove_source("b.txt")
    report = library.refresh()
    assert (report.added, report.removed) == (1, 4)
    assert library.found("学位") == ["学位 预警"]
    assert library.open().count() == 1
    assert published_generation(library.index) == library.store.generation == report.generation


def test_a_correction_reaches_the_filter(library: Library) -> None:
    (name,) = library.store.replace_source(policy("a.txt", "新增 学位", "教师 轮岗"))
    library.refresh()
    library.store.set_correction(name, "region_code", "370000")
    library.store.set_correction(name, "collection", "教育")
    library.refresh()
    assert library.found("学位", "130600") == []
    assert library.found("学位", "370000") == ["新增 学位"]
    assert library.open().count(EngineFilter(collections=frozenset({"教育"}))) == 2


def test_attributes_of_documents_become_filters(library: Library) -> None:
    library.store.replace_source(policy("a.txt", "新增 学位"))
    library.refresh()
    engine = library.open()
    assert engine.count(EngineFilter(years=frozenset({2023}))) == 1
    assert engine.count(EngineFilter(types=frozenset({"measure"}))) == 1
    assert engine.count(EngineFilter(statuses=frozenset({"unknown"}))) == 1
    assert engine.count(EngineFilter(documents=frozenset({library.store.documents()[0].id}))) == 1


def test_only_new_passages_are_embedded(library: Library) -> None:
    library.store.replace_source(policy("a.txt", "新增 学位", "教师 轮岗"))
    library.refresh()
    library.store.replace_source(policy("b.txt", "学位 供给"))
    library.refresh()
    assert library.embedder.encoded == 3


def test_any_order_of_changes_gives_the_scores_of_a_fresh_build(library: Library, tmp_path: Path) -> None:
    sources = [
        policy(f"{i}.txt", f"学位 第{i}", "教师 轮岗 交流", "学位 教师"[: i % 5 + 2]) for i in range(12)
    ]
    for source in sources[:6]:
        library.store.replace_source(source)
    library.refresh()
    for source in sources[3:9]:
        library.store.remove_source(source.loaded.path)
    library.refresh()
    for source in sources:
        library.store.replace_source(source)
        library.refresh()
    fresh = Library(tmp_path / "fresh")
    for source in sources:
        fresh.store.replace_source(source)
    fresh.refresh()
    assert library.scores() == fresh.scores()
    assert library.open().keys().tolist() == sorted(
        k for keys in library.store.passage_ranges() for k in keys
    )


def test_another_analysis_rebuilds_and_keeps_the_vectors(library: Library) -> None:
    library.store.replace_source(policy("a.txt", "新增 学位", "教师 轮岗"))
    library.refresh()
    library.analysis = Analysis("2", BodyAndHeading(list))
    with pytest.raises(IndexDamaged, match="分析版本"):
        library.open()
    report = library.refresh()
    assert report.rebuilt
    assert library.found("学") == ["新增 学位"]
    assert library.embedder.encoded == 2


def test_another_embedder_embeds_everything_again(library: Library) -> None:
    library.store.replace_source(policy("a.txt", "新增 学位", "教师 轮岗"))
    library.refresh()
    library.embedder = CharacterEmbedder(4, "another")
    assert library.refresh().rebuilt
    assert library.embedder.encoded == 2
    halves = library.open().vectors_of(library.open().keys())
    assert {vector.shape for vector in halves.values()} == {(4,)}


def test_without_an_embedder_words_alone_are_searched(library: Library) -> None:
    library.store.replace_source(policy("a.txt", "新增 学位", "教师 轮岗"))
    refresh(library.store, library.settings, None, analysis=ANALYSIS)
    engine = open_index(library.index, recipe_of(library.store, None, ANALYSIS))
    (found,) = engine.search(EngineQuery({"body": ["学位"]}, np.ones(8, np.float32)))
    assert found.scores["semantic"] == 0


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


def test_other_processes_build_the_same_index(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.index.building.BATCH", 5)
    sources = [policy(f"{i}.txt", f"学位 第{i}", "教师 轮岗 交流", "学位 教师") for i in range(8)]
    shared = Library(tmp_path / "shared")
    for source in sources:
        library.store.replace_source(source)
        shared.store.replace_source(source)
    library.refresh()
    monkeypatch.setattr("search.index.building._IN_PROCESSES_FROM", 1)
    shared.refresh()
    assert shared.scores() == library.scores()
    assert len(shared.scores()) == 10


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


def test_progress_counts_passages(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.index.building.BATCH", 4)
    library.store.replace_source(policy("a.txt", *(f"学位 {i}" for i in range(10))))
    seen: list[tuple[int, int]] = []
    refresh(
        library.store,
        library.settings,
        library.embedder,
        analysis=ANALYSIS,
        on_progress=lambda done, total: seen.append((done, total)),
    )
    assert seen == [(4, 10), (8, 10), (10, 10)]


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


def test_what_is_indexed_and_embedded_of_a_passage() -> None:
    assert heading_of("方案", ["一、目标", "(一)学位"]) == "方案\n一、目标\n(一)学位"
    assert passage_for_embedding("方案", ["一、目标"], "新增学位。") == "方案 一、目标\n新增学位。"
    fields = PROGRAM_ANALYSIS.fields("保定市方案", "新增学位62.3%")
    assert set(fields) == {"body", "heading"}
    assert "62.3%" in fields["body"]
    assert "保定市" in fields["heading"]


_WRITER = """
import sys
from pathlib import Path
from tests.search.test_index import Library
from tests.search.index_samples import policy
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
    root = Path(__file__).parents[2]
    rng = random.Random(3)
    turn = 0
    for _ in range(5):
        writer = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(tmp_path / "kb"), str(turn)],
            cwd=root,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(root)},
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(rng.uniform(0.02, 0.25))
        writer.send_signal(signal.SIGKILL)
        said = [int(line) for line in writer.stdout.read().split()]
        writer.wait()
        writer.stdout.close()
        published = max([turn, *said])
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
