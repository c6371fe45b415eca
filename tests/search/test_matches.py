"""What stands in, over and around a passage: what each place may add, and that it outlives adding and deleting."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from search.analysis import analyse
from search.engines.base import Attributes, EngineQuery, Entry
from search.engines.local import LocalEngine
from search.rank import Ranker, RankQuery, Weights
from search.rank.fusion import blend
from search.rank.tokens import query_tokens

WEIGHTS = Weights(heading=0.7, document=0.5, opening=0.5, semantic=0, proximity=0)

# key, document, title, text
PASSAGES = [
    (1, "huairou", "", "怀柔区城市管理委部署五大行业复工复产，加强人员管理。"),
    (2, "huairou", "", "加强督导检查，严格落实四方责任，对企业逐户抽查。"),
    (3, "huairou", "", "做好窗口行业管理，定期巡查供电供暖设施。"),
    (4, "miyun", "", "密云区城市管理委检查燃气安全。"),
    (5, "parking", "停车管理办法", "收费标准由主管部门核定。"),
    (6, "parking", "停车管理办法", "违反规定的，处二百元罚款。"),
    (7, "library", "", "图书馆延长开放时间。"),
]


def entries(passages: list[tuple[int, str, str, str]]) -> list[Entry]:
    return [
        Entry(
            key,
            {"body": analyse(text), **({"heading": analyse(title)} if title else {})},
            attributes=Attributes(document=document),
        )
        for key, document, title, text in passages
    ]


def built(passages: list[tuple[int, str, str, str]]) -> LocalEngine:
    engine = LocalEngine(k1=0.8)
    engine.upsert(entries(passages))
    return engine


def blended(engine: LocalEngine, question: str, weights: Weights = WEIGHTS) -> dict[int, float]:
    keys = engine.keys()
    found = engine.matches(query_tokens(question).tokens, keys)
    return dict(zip(keys.tolist(), blend(found, weights)[2].tolist(), strict=True))


def test_among_the_passages_of_a_document_the_rest_of_the_question_decides() -> None:
    engine = built(PASSAGES)
    question = RankQuery("怀柔区城市管理委怎样督导检查")
    assert Ranker(engine, None, WEIGHTS).rank(question)[0].key == 2
    alone = replace(WEIGHTS, document=0.0, opening=0.0)
    assert Ranker(engine, None, alone).rank(question)[0].key == 1


def test_a_passage_that_is_all_of_its_document_has_its_plain_score() -> None:
    engine = built(PASSAGES)
    question = "图书馆开放时间"
    (found,) = [
        candidate
        for candidate in Ranker(engine, None, WEIGHTS).rank(RankQuery(question), mode="lexical")
        if candidate.key == 7
    ]
    assert blended(engine, question)[7] == pytest.approx(2 * found.lexical)  # tokens are asked for twice


def test_the_opening_stands_in_for_a_missing_title_only() -> None:
    engine = built(PASSAGES)
    opening = engine.matches(query_tokens("怀柔区 收费标准").tokens, engine.keys()).opening
    assert opening[:, 1].any()  # the second passage is told by the first
    assert not opening[:, 0].any()  # which is not told by itself
    assert not opening[:, 5].any()  # and a passage with a title not by another


def test_what_a_title_says_counts_less_where_the_passage_says_it_too() -> None:
    engine = built(PASSAGES)
    found = engine.matches(query_tokens("停车 罚款").tokens, engine.keys())
    text, titled, whole = blend(found, WEIGHTS)
    assert titled[5] > text[5]
    assert np.all(text <= titled)
    assert np.all(titled <= whole)
    assert np.all(whole <= found.ceiling * found.weights.sum() + 1e-9)


def test_matches_after_adding_and_deleting_are_those_of_a_fresh_build() -> None:
    question = "怀柔区城市管理委 停车收费 图书馆"
    grown = built(PASSAGES[:3])
    grown.upsert(entries([(8, "huairou", "", "供暖设施每日消毒。"), (9, "old", "停车", "停车收费旧办法。")]))
    grown.upsert(entries(PASSAGES[3:]))
    grown.delete([8, 9])
    assert blended(grown, question) == pytest.approx(blended(built(PASSAGES), question), abs=0)


def test_a_search_gathers_the_matches_of_what_it_found_in_order_of_keys() -> None:
    engine = LocalEngine(k1=0.8)
    engine.upsert(entries(PASSAGES[3:]))
    engine.upsert(entries(PASSAGES[:3]))  # smaller keys in later rows
    words = query_tokens("怀柔区城市管理委 停车收费").tokens
    query = EngineQuery({"body": words, "heading": words}, context=("body",))
    found = engine.gather(query, around=True)
    assert found.keys.tolist() == [1, 2, 3, 4, 5, 6]  # 2, 3 and 6 by their documents
    asked = engine.matches(words, found.keys)
    for name in ("weights", "body", "heading", "document", "opening"):
        assert np.array_equal(getattr(found.matches, name), getattr(asked, name))
    assert not engine.gather(query, around=False).matches.body.size
    assert (
        engine.matches(words, engine.keys()).opening[:, 1].any()
    )  # the first passage is that of the smallest key
    assert not engine.matches(words, engine.keys()).opening[:, 0].any()


def test_a_key_that_is_gone_matches_nothing() -> None:
    engine = built(PASSAGES)
    words = query_tokens("停车收费").tokens
    found = engine.matches(words, np.array([5, 99], np.int64))
    assert found.heading[:, 0].any()
    assert not found.heading[:, 1].any()
    assert not engine.matches(words, np.array([99], np.int64)).body.any()
