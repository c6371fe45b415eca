"""The index follows the store: documents appear with it or not at all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kb.errors import IndexDamaged
from search.engines.base import EngineFilter, EngineQuery
from search.index import (
    ANALYSIS as PROGRAM_ANALYSIS,
)
from search.index import (
    Analysis,
    BodyAndHeading,
    heading_of,
    open_index,
    passage_for_embedding,
    published_generation,
    recipe_of,
    refresh,
)
from tests.kb.store_samples import remove_source
from tests.search.index_samples import ANALYSIS, CharacterEmbedder, Library, policy


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
    remove_source(library.store, "b.txt")
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
        remove_source(library.store, source.loaded.path)
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


def test_what_is_indexed_and_embedded_of_a_passage() -> None:
    assert heading_of("方案", ["一、目标", "(一)学位"]) == "方案\n一、目标\n(一)学位"
    assert passage_for_embedding("方案", ["一、目标"], "新增学位。") == "方案 一、目标\n新增学位。"
    fields = PROGRAM_ANALYSIS.fields("保定市方案", "新增学位62.3%")
    assert set(fields) == {"body", "heading"}
    assert "62.3%" in fields["body"]
    assert "保定市" in fields["heading"]
