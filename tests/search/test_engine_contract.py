"""What every engine must do. Another engine takes part by adding its maker to ``MAKERS``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from search.engines.base import Attributes, Candidate, Engine, EngineFilter, EngineQuery, Entry
from search.engines.local import LocalEngine
from search.engines.manifest import Recipe

DIMENSIONS = 4
RECIPE = Recipe(analysis="1", embedder="test", dimensions=DIMENSIONS)


class Reopened:
    """A local engine that is saved and opened again after every write, so that each test is one of files too."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._engine = LocalEngine(folder, recipe=RECIPE)
        self._reopen()

    def _reopen(self) -> None:
        self._engine.save(self._engine.generation + 1)
        self._engine = LocalEngine.open(self._folder, RECIPE)

    def upsert(self, entries: Sequence[Entry]) -> None:
        self._engine.upsert(entries)
        self._reopen()

    def delete(self, keys: Sequence[int]) -> None:
        self._engine.delete(keys)
        self._reopen()

    def search(self, query: EngineQuery) -> list[Candidate]:
        return self._engine.search(query)

    def count(self, filter: EngineFilter | None = None) -> int:
        return self._engine.count(filter)


Make = Callable[[], Engine]
MAKERS: dict[str, Callable[[Path], Engine]] = {
    "local in memory": lambda folder: LocalEngine(recipe=RECIPE),
    "local in files": lambda folder: LocalEngine(folder, recipe=RECIPE),
    "local reopened": Reopened,
}


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """No power fails here, and hundreds of saves would spend their time on fsync."""
    monkeypatch.setattr("search.engines.manifest._to_disk", lambda path: None)


@pytest.fixture(params=MAKERS)
def make(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Make:
    maker = MAKERS[request.param]
    return lambda: maker(tmp_path_factory.mktemp("index"))


@pytest.fixture
def engine(make: Make) -> Engine:
    return make()


def unit(*values: float) -> np.ndarray:
    vector = np.zeros(DIMENSIONS, np.float32)
    vector[: len(values)] = values
    return vector / max(float(np.linalg.norm(vector)), 1e-9)


def entry(key: int, body: str, *vector: float, heading: str = "", **attributes: object) -> Entry:
    fields = {"body": body.split(), "heading": heading.split()}
    return Entry(key, fields, unit(*vector) if vector else None, Attributes(**attributes))  # type: ignore[arg-type]


def ask(body: str = "", *vector: float, filter: EngineFilter | None = None, n: int = 200) -> EngineQuery:
    return EngineQuery({"body": body.split()}, unit(*vector) if vector else None, filter or EngineFilter(), n)


def keys(candidates: Sequence[Candidate]) -> list[int]:
    return [candidate.key for candidate in candidates]


CORPUS = [
    entry(1, "新增 学位 3.2万个", 1, 0, region="220000", level="provincial", year=2022, kind="意见",
          status="effective", types=("target", "number"), document="jl", collection="教育"),
    entry(2, "教师 轮岗 交流", 0, 1, region="220200", level="municipal", year=2023, kind="方案",
          status="repealed", types=("measure",), document="jls", collection="教育"),
    entry(3, "学位 供给 不足", 1, 1, region="370000", level="provincial", year=2023, kind="方案",
          status="effective", types=(), document="sd", collection="住房"),
    entry(4, "集团化 办学", 0, 0, 1, region="140000", level="provincial", document="sx"),
    entry(5, "课后 服务 全 覆盖", region="", document="none"),
]  # fmt: skip


def test_an_engine_is_an_engine(engine: Engine) -> None:
    assert isinstance(engine, Engine)


def test_an_empty_engine_finds_and_counts_nothing(engine: Engine) -> None:
    assert engine.search(ask("学位", 1)) == []
    assert engine.count() == 0
    assert engine.count(EngineFilter(regions=frozenset())) == 0
    engine.upsert([])
    engine.delete([])
    engine.delete([1])
    assert engine.count() == 0


def test_each_side_finds_and_every_side_scores(engine: Engine) -> None:
    engine.upsert(CORPUS)
    found = {c.key: c.scores for c in engine.search(ask("学位", 0, 1, n=2))}
    # 学位 finds 1 and 3, the vector 2 and 3.
    assert set(found) == {1, 2, 3}
    assert all(set(scores) == {"body", "semantic"} for scores in found.values())
    assert found[1]["body"] > 0
    assert found[2]["body"] == 0
    assert found[2]["semantic"] == pytest.approx(1, abs=1e-3)
    assert found[3]["semantic"] == pytest.approx(2**-0.5, abs=1e-3)


def test_scores_are_those_of_rank_bm25_and_the_cosine(engine: Engine) -> None:
    engine.upsert(CORPUS)
    query = ["学位", "供给", "学位", "无此词"]
    expected = BM25Okapi([list(e.fields["body"]) for e in CORPUS]).get_scores(query)
    found = {c.key: c.scores["body"] for c in engine.search(EngineQuery({"body": query}))}
    assert found == {key: pytest.approx(expected[key - 1], abs=1e-5) for key in (1, 3)}


def test_each_field_is_scored_for_itself(engine: Engine) -> None:
    engine.upsert([entry(1, "学位", heading="目标 任务"), entry(2, "教师", heading="学位"), entry(3, "办学")])
    engine.upsert([entry(4, "轮岗"), entry(5, "服务")])
    found = {c.key: c.scores for c in engine.search(EngineQuery({"body": ["学位"], "heading": ["学位"]}))}
    assert set(found) == {1, 2}
    assert found[1]["body"] > 0 == found[1]["heading"]
    assert found[2]["heading"] > 0 == found[2]["body"]
    none = engine.search(EngineQuery({"body": ["学位"], "summary": ["学位"]}))
    assert [c.scores["summary"] for c in none] == [0.0]


def test_a_question_without_words_or_direction_finds_nothing(engine: Engine) -> None:
    engine.upsert(CORPUS)
    assert engine.search(ask("")) == []
    assert engine.search(ask("无此词")) == []
    assert engine.search(EngineQuery({}, np.zeros(DIMENSIONS, np.float32))) == []


def test_a_word_that_half_the_entries_hold_still_finds_them(engine: Engine) -> None:
    # Its weight in rank_bm25 is exactly 0, and below 0 where all of a few entries hold a word.
    engine.upsert([entry(1, "学位"), entry(2, "教师")])
    assert keys(engine.search(ask("学位"))) == [1]


FILTERS: list[tuple[EngineFilter, set[int]]] = [
    (EngineFilter(), {1, 2, 3, 4, 5}),
    (EngineFilter(regions=frozenset({"220000"})), {1}),  # 吉林省 alone
    (EngineFilter(regions=frozenset({"220200"})), {2}),  # 吉林市 alone
    (EngineFilter(regions=frozenset({"220000", "220200"})), {1, 2}),
    (EngineFilter(regions=frozenset({"370000"})), {3}),  # 山东, never 山西
    (EngineFilter(regions=frozenset({"22"})), set()),
    (EngineFilter(regions=frozenset({""})), {5}),
    (EngineFilter(levels=frozenset({"provincial"})), {1, 3, 4}),
    (EngineFilter(years=frozenset({2022, 2023})), {1, 2, 3}),
    (EngineFilter(years=frozenset({2032})), set()),
    (EngineFilter(kinds=frozenset({"方案"})), {2, 3}),
    (EngineFilter(statuses=frozenset({"effective", "unknown"})), {1, 3, 4, 5}),
    (EngineFilter(types=frozenset({"number", "measure"})), {1, 2}),
    (EngineFilter(types=frozenset({"background"})), set()),
    (EngineFilter(documents=frozenset({"jl", "sd", "unknown"})), {1, 3}),
    (EngineFilter(collections=frozenset({"教育"})), {1, 2}),
    (EngineFilter(regions=frozenset({"220000", "370000"}), years=frozenset({2023})), {3}),
    *((EngineFilter(**{name: frozenset()}), set()) for name in EngineFilter.__dataclass_fields__),
]


@pytest.mark.parametrize(("filter", "admitted"), FILTERS)
def test_a_filter_is_an_exact_mask_for_every_side(
    engine: Engine, filter: EngineFilter, admitted: set[int]
) -> None:
    engine.upsert(CORPUS[:2])
    engine.upsert(CORPUS[2:])
    words = " ".join(word for e in CORPUS for word in e.fields["body"])
    assert engine.count(filter) == len(admitted)
    assert set(keys(engine.search(ask(words, 1, 1, 1, filter=filter)))) == admitted
    assert set(keys(engine.search(ask(words, filter=filter)))) == admitted
    assert set(keys(engine.search(ask("", 1, 1, 1, filter=filter)))) == admitted


def test_a_filter_does_not_change_scores(engine: Engine) -> None:
    engine.upsert(CORPUS)
    every = {c.key: dict(c.scores) for c in engine.search(ask("学位 供给", 1, 1))}
    only = EngineFilter(years=frozenset({2023}))
    assert {c.key: dict(c.scores) for c in engine.search(ask("学位 供给", 1, 1, filter=only))} == {
        key: every[key] for key in (2, 3)
    }


def test_a_filter_that_admits_every_living_entry_is_none(engine: Engine) -> None:
    engine.upsert(CORPUS)
    engine.delete([2])
    everything = EngineFilter(statuses=frozenset({"effective", "unknown"}))
    assert engine.count(everything) == engine.count() == len(CORPUS) - 1
    assert engine.search(ask("学位 轮岗", 1, 1, filter=everything)) == engine.search(ask("学位 轮岗", 1, 1))
    engine.upsert([entry(6, "轮岗", 1, 1, status="repealed")])
    assert 6 not in keys(engine.search(ask("学位 轮岗", 1, 1, filter=everything)))


def test_the_filter_acts_before_the_best_are_chosen(engine: Engine) -> None:
    engine.upsert([entry(key, "学位 学位 学位", 1, region="110000") for key in range(1, 50)])
    engine.upsert([entry(50, "学位 及 其他 许多 词语", 1, 1, region="120000")])
    engine.upsert([entry(key, "教师") for key in range(51, 200)])
    only = EngineFilter(regions=frozenset({"120000"}))
    assert keys(engine.search(ask("学位", 1, filter=only, n=3))) == [50]


def test_a_key_that_is_there_is_replaced(engine: Engine) -> None:
    engine.upsert(CORPUS)
    engine.upsert([entry(3, "轮岗", 0, 0, 0, 1, region="350200")])
    assert engine.count() == len(CORPUS)
    assert keys(engine.search(ask("供给"))) == []
    assert keys(engine.search(ask("轮岗"))) == [2, 3]
    assert keys(engine.search(ask("轮岗", filter=EngineFilter(regions=frozenset({"350200"}))))) == [3]


def test_of_one_key_given_twice_the_last_counts(engine: Engine) -> None:
    engine.upsert([entry(1, "学位"), entry(1, "轮岗"), entry(2, "教师"), entry(3, "办学")])
    assert engine.count() == 3
    assert keys(engine.search(ask("学位 轮岗"))) == [1]
    assert keys(engine.search(ask("学位"))) == []


def test_what_is_deleted_is_neither_found_nor_counted(engine: Engine) -> None:
    engine.upsert(CORPUS)
    engine.delete([1, 99])
    assert engine.count() == len(CORPUS) - 1
    assert engine.count(EngineFilter(levels=frozenset({"provincial"}))) == 2
    assert keys(engine.search(ask("学位", 1))) == [2, 3, 4, 5]
    engine.delete([e.key for e in CORPUS])
    assert engine.count() == 0
    assert engine.search(ask("学位", 1)) == []


def test_equal_scores_are_cut_by_key(engine: Engine) -> None:
    engine.upsert([entry(key, "教师") for key in range(100, 130)])
    engine.upsert([entry(key, "学位", 1) for key in (9, 3, 7)])
    engine.upsert([entry(key, "学位", 1) for key in (8, 2, 20)])
    assert keys(engine.search(ask("学位", n=4))) == [2, 3, 7, 8]
    assert keys(engine.search(ask("", 1, n=4))) == [2, 3, 7, 8]
    some = EngineFilter(years=frozenset({0}))
    assert keys(engine.search(ask("学位", 1, filter=some, n=2))) == [2, 3]


def test_many_equal_vectors_are_cut_by_key(engine: Engine) -> None:
    engine.upsert([entry(key, "学位", 1) for key in range(500, 0, -1)])
    engine.upsert([entry(key, "学位", 1, 1) for key in range(501, 1500)])
    assert keys(engine.search(ask("", 1, n=5))) == [1, 2, 3, 4, 5]


def test_an_entry_without_a_vector_is_found_by_words(engine: Engine) -> None:
    engine.upsert([entry(1, "学位"), entry(2, "教师", 1), entry(3, "办学", 0, 1)])
    (found,) = [c for c in engine.search(ask("学位", 1)) if c.key == 1]
    assert found.scores["body"] > 0 == found.scores["semantic"]


WORDS = ["学位", "供给", "教师", "轮岗", "办学", "的"]
bodies = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
vectors = st.lists(st.integers(-3, 3), min_size=DIMENSIONS, max_size=DIMENSIONS)
regions = st.sampled_from(["110000", "120000", ""])
steps = st.lists(
    st.one_of(
        st.tuples(
            st.just("put"), st.lists(st.tuples(st.integers(1, 12), bodies, vectors, regions), max_size=6)
        ),
        st.tuples(st.just("delete"), st.lists(st.integers(1, 12), max_size=6)),
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps, bodies, vectors, st.integers(1, 12))
def test_any_history_gives_the_scores_of_a_fresh_build(
    make: Make, history: list[tuple[str, Any]], body: str, vector: list[int], n: int
) -> None:
    changed = make()
    state: dict[int, Entry] = {}
    for action, values in history:
        if action == "put":
            entries = [entry(key, text, *towards, region=region) for key, text, towards, region in values]
            changed.upsert(entries)
            state.update({e.key: e for e in entries})
        else:
            changed.delete(values)
            state = {key: e for key, e in state.items() if key not in values}
    fresh = make()
    fresh.upsert(list(state.values()))
    assert changed.count() == fresh.count() == len(state)
    for filter in (None, EngineFilter(regions=frozenset({"110000"}))):
        query = ask(body, *vector, filter=filter, n=n)
        assert changed.search(query) == fresh.search(query)
