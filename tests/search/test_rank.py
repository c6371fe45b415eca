"""Ranking on a small corpus: what must come first, what a feature may and may not do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import SettingsError
from search.analysis import analyse
from search.embedding import load_embedder
from search.engines.base import Attributes, EngineFilter, Entry
from search.engines.local import LocalEngine
from search.engines.manifest import Recipe
from search.rank import Ranker, RankQuery, RankText, Weights, load_weights
from search.rank.proximity import proximity
from search.rank.tokens import query_tokens

PASSAGES = [
    ("baotou", "包头市集团化办学方案", "核增200余个专项编制，用于支教教师派出学校。结对率达到100%。", "body"),
    (
        "baotou",
        "包头市集团化办学方案",
        "城区学校与农牧区学校结对，教师每三年轮岗一次，轮岗比例不低于62.3%。",
        "body",
    ),
    ("xiamen", "厦门市名校跨岛战略", "厦门市实施名校跨岛战略，岛内学校到岛外办分校。", "body"),
    ("xiamen", "厦门市名校跨岛战略", "分校的教师由本校派出，经费由区财政保障，新增学位13万余个。", "body"),
    ("xiamen", "厦门市名校跨岛战略", "一、名校跨岛 二、经费保障 三、教师派出", "contents"),
    ("jinan", "济南市停车管理办法", "公共停车场按次收费，收费标准由物价部门核定为623元。", "body"),
    ("beijing", "北京市养老服务条例", "失能老人照护床位每千人不少于5张，由财政给予运营补贴。", "body"),
]
ROLES = {key: RankText(text, role) for key, (_, _, text, role) in enumerate(PASSAGES, 1)}  # type: ignore[arg-type]


def reader(keys: Sequence[int]) -> Mapping[int, RankText]:
    return {key: ROLES[key] for key in keys}


@pytest.fixture(scope="module")
def engine() -> LocalEngine:
    embedder, weights = load_embedder(), load_weights()
    built = LocalEngine(recipe=Recipe(dimensions=embedder.dimensions), k1=weights.k1, b=weights.b)
    vectors = embedder.encode_passages([f"{title}\n{text}" for _, title, text, _ in PASSAGES])
    built.upsert(
        [
            Entry(
                key,
                {"body": analyse(text), "heading": analyse(title)},
                vectors[key - 1],
                Attributes(document=document),
            )
            for key, (document, title, text, _) in enumerate(PASSAGES, 1)
        ]
    )
    return built


@pytest.fixture
def ranker(engine: LocalEngine) -> Ranker:
    return Ranker(engine, load_embedder(), reader=reader)


def first(ranker: Ranker, text: str, **options: object) -> int:
    return ranker.rank(RankQuery(text), **options)[0].key  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("教师多久轮岗一次", 2),
        ("轮岗比例62.3%", 2),
        ("收费标准623元", 6),
        ("名校跨岛怎么做", 3),
        ("新增学位13万", 4),
        ("老年人护理床位", 7),
    ],
)
def test_the_passage_that_answers_comes_first(ranker: Ranker, question: str, key: int) -> None:
    assert first(ranker, question) == key


def test_a_passage_is_found_by_what_its_document_says_elsewhere(engine: LocalEngine) -> None:
    # 岛内 stands in the third passage alone; the fourth is of the same document, the others are not.
    ranked = {item.key: item.features for item in Ranker(engine, None).rank(RankQuery("岛内"))}
    assert ranked[4]["text"] == ranked[4]["heading"] == 0
    assert ranked[4]["document"] > 0
    assert not {1, 2, 6, 7} & set(ranked)


def test_a_contents_page_does_not_come_before_the_text(ranker: Ranker, engine: LocalEngine) -> None:
    order = [item.key for item in ranker.rank(RankQuery("名校跨岛 经费保障 教师派出"))]
    assert order.index(5) > 0
    plain = Ranker(engine, load_embedder(), replace(load_weights(), roles={}), reader)
    assert first(plain, "名校跨岛 经费保障 教师派出") == 5


@pytest.mark.parametrize("mode", ["lexical", "semantic", "hybrid"])
def test_features_add_up_to_the_score(ranker: Ranker, mode: str) -> None:
    for item in ranker.rank(RankQuery("教师轮岗"), mode=mode):  # type: ignore[arg-type]
        assert item.score == pytest.approx(sum(item.features.values()))


def test_scores_fall_and_k_limits(ranker: Ranker) -> None:
    ranked = ranker.rank(RankQuery("教师", k=2))
    assert len(ranked) == 2
    assert ranked[0].score >= ranked[1].score


def test_a_filter_admits_nothing_else(ranker: Ranker) -> None:
    only = EngineFilter(documents=frozenset({"xiamen"}))
    assert {item.key for item in ranker.rank(RankQuery("教师轮岗 停车 养老"), only)} <= {3, 4, 5}
    assert ranker.rank(RankQuery("教师"), EngineFilter(documents=frozenset())) == []


def test_without_an_embedder_words_alone_rank(engine: LocalEngine) -> None:
    ranked = Ranker(engine, None, reader=reader).rank(RankQuery("教师轮岗"))
    assert ranked[0].key == 2
    assert all(item.semantic == 0 for item in ranked)


def test_a_question_without_known_words_finds_nothing_by_words(ranker: Ranker) -> None:
    assert ranker.rank(RankQuery("！？"), mode="lexical") == []


def test_expansions_find_what_the_question_does_not_say(engine: LocalEngine) -> None:
    ranker = Ranker(engine, None)
    assert not ranker.rank(RankQuery("泊位"))
    assert ranker.rank(RankQuery("泊位", expansions=("停车场",)))[0].key == 6


def test_words_of_request_count_half() -> None:
    tokens = query_tokens("咨询停车收费问题")
    assert tokens.words["停车"] == 1
    assert tokens.words["咨询"] == 0.5
    assert tokens.tokens.count("停车") == 2 * tokens.tokens.count("咨询")


def test_an_expansion_never_repeats_the_question() -> None:
    assert query_tokens("停车", ("停车",)).tokens == query_tokens("停车").tokens


def test_words_close_together_are_nearer_than_words_apart() -> None:
    words = {"教师": 1.0, "轮岗": 3.0}
    near = proximity("教师定期轮岗。", words)
    apart = proximity("教师队伍建设" + "，另" * 60 + "轮岗", words)
    assert near == 1
    assert apart == pytest.approx(0.75)
    assert proximity("无关", words) == 0
    assert proximity("无关", {}) == 0


@settings(deadline=None)
@given(st.text(alphabet="甲乙丙丁，", max_size=200))
def test_proximity_is_the_best_window_of_all(text: str) -> None:
    words = {"甲": 1.0, "乙": 2.0, "丙丁": 4.0}
    windows = (text[at : at + 60] for at in range(max(1, len(text))))
    wanted = max(sum(weight for word, weight in words.items() if word in window) for window in windows) / 7
    assert proximity(text, words) == pytest.approx(wanted)


def test_shipped_weights_say_where_they_come_from() -> None:
    weights = load_weights()
    assert weights.origin
    assert weights.semantic > 0


def test_unreadable_weights_are_told_in_chinese(tmp_path: Path) -> None:
    path = tmp_path / "fusion.json"
    path.write_text('{"weights": {"nonsense": 1}, "bm25": {"k1": 1, "b": 1}}', encoding="utf-8")
    with pytest.raises(SettingsError, match="nonsense"):
        load_weights(path)
    with pytest.raises(SettingsError, match="无法读取"):
        load_weights(tmp_path / "missing.json")


def test_documents_context_equals_a_fresh_build(engine: LocalEngine) -> None:
    grown = LocalEngine(recipe=engine.recipe, k1=0.8)
    entries = [
        Entry(key, {"body": analyse(text)}, None, Attributes(document=document))
        for key, (document, _, text, _) in enumerate(PASSAGES, 1)
    ]
    grown.upsert([Entry(99, {"body": analyse("教师轮岗的旧文本")}, None, Attributes(document="xiamen"))])
    grown.upsert(entries[:3])
    grown.upsert(entries[3:])
    grown.delete([99])
    fresh = LocalEngine(recipe=engine.recipe, k1=0.8)
    fresh.upsert(entries)
    weights = replace(load_weights(), k1=0.8, semantic=0.0)
    for question in ("教师轮岗", "名校跨岛 经费", "停车"):
        one, other = (Ranker(e, None, weights).rank(RankQuery(question)) for e in (grown, fresh))
        assert [item.key for item in one] == [item.key for item in other]
        assert np.allclose([item.score for item in one], [item.score for item in other])


def test_weights_of_zero_leave_bm25(engine: LocalEngine) -> None:
    none = Weights(heading=0, document=0, opening=0, semantic=0, proximity=0, titles=0)
    ranker = Ranker(engine, load_embedder(), none, reader)
    hybrid = [item.key for item in ranker.rank(RankQuery("教师轮岗")) if item.lexical > 0]
    assert hybrid == [item.key for item in ranker.rank(RankQuery("教师轮岗"), mode="lexical")]
