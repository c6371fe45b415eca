"""BM25 over postings: the scores and the order of ``rank_bm25``, also after adding and deleting."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from search.lexical.bm25 import BM25
from search.lexical.hashing import term_hashes
from search.lexical.postings import build, merge
from search.lexical.rows import RowSet
from search.lexical.scoring import Scoring
from search.lexical.shards import Shard

WORDS = ["学位", "供给", "教师", "轮岗", "集团化", "办学", "保定市", "62.3%", "2025年", "的"]
documents = st.lists(st.sampled_from(WORDS), max_size=12)
corpora = st.lists(documents, min_size=1, max_size=25).filter(any)
queries = st.lists(st.sampled_from([*WORDS, "不在其中"]), max_size=8)


@settings(max_examples=300, deadline=None)
@given(corpora, queries)
def test_scores_and_order_are_the_parents(corpus: list[list[str]], query: list[str]) -> None:
    ours, theirs = BM25(corpus), BM25Okapi(corpus)
    assert ours.avgdl == theirs.avgdl
    assert ours.average_idf == theirs.average_idf
    expected = theirs.get_scores(query)
    # Equal to the last bit, hence in every tie.
    assert np.array_equal(ours.get_scores(query), expected)
    names = [str(i) for i in range(len(corpus))]
    assert ours.get_top_n(query, names, n=10) == theirs.get_top_n(query, names, n=10)
    chosen = list(range(0, len(corpus), 2))
    assert ours.get_batch_scores(query, chosen) == theirs.get_batch_scores(query, chosen)


@settings(max_examples=100, deadline=None)
@given(corpora, queries, st.floats(0.5, 2.5), st.floats(0, 0.99), st.floats(0, 0.5))
def test_parameters_mean_what_they_mean_to_the_parent(
    corpus: list[list[str]], query: list[str], k1: float, b: float, epsilon: float
) -> None:
    ours = BM25(corpus, k1=k1, b=b, epsilon=epsilon).get_scores(query)
    theirs = BM25Okapi(corpus, k1=k1, b=b, epsilon=epsilon).get_scores(query)
    np.testing.assert_allclose(ours, theirs, atol=1e-5, rtol=0)


def test_a_term_of_every_document_keeps_the_floor() -> None:
    corpus = [["的", "学位"], ["的", "教师"], ["的", "轮岗"], ["的", "供给"], ["的", "办学"]]
    scores = BM25(corpus).get_scores(["的"])
    assert np.array_equal(scores, BM25Okapi(corpus).get_scores(["的"]))
    assert scores.min() > 0


def test_a_count_above_255_is_kept() -> None:
    corpus = [["学位"] * 300 + ["教师"], ["教师"], ["轮岗"], ["办学"]]
    assert np.array_equal(BM25(corpus).get_scores(["学位"]), BM25Okapi(corpus).get_scores(["学位"]))


def test_a_tokenizer_is_applied_as_by_the_parent() -> None:
    corpus = ["学位 供给", "教师 轮岗", "办学"]
    assert np.array_equal(
        BM25(corpus, str.split).get_scores(["教师"]), BM25Okapi(corpus, str.split).get_scores(["教师"])
    )


def test_an_empty_collection_finds_nothing() -> None:
    model = BM25.over([])
    assert model.get_scores(["学位"]).size == 0
    assert model.frequencies(["学位"]) == [0]
    assert Scoring(model, ["学位"], None).best(5, np.empty(0, np.int64)).size == 0
    assert BM25([[], []]).get_scores(["学位"]).tolist() == [0, 0]


# -- shards and tombstones ------------------------------------------------------------------------------


def shards_of(corpus: list[list[str]], cuts: list[int], dead: set[int]) -> list[Shard]:
    """The corpus cut into shards, with the rows of ``dead`` removed one after another."""
    edges = sorted({0, len(corpus), *(cut % (len(corpus) + 1) for cut in cuts)})
    shards = []
    for start, end in itertools.pairwise(edges):
        shard = Shard(build(corpus[start:end]))
        for row in sorted(dead & set(range(start, end))):
            mask = np.zeros(end - start, np.bool_)
            mask[row - start] = True
            shard = shard.without(mask)
        shards.append(shard)
    return shards


@settings(max_examples=200, deadline=None)
@given(corpora, queries, st.lists(st.integers(0, 30), max_size=3), st.sets(st.integers(0, 24), max_size=8))
def test_shards_and_tombstones_score_as_a_fresh_build(
    corpus: list[list[str]], query: list[str], cuts: list[int], dead: set[int]
) -> None:
    living = [i for i in range(len(corpus)) if i not in dead]
    shards = shards_of(corpus, cuts, dead)
    sharded = BM25.over(shards)
    fresh = BM25.over([Shard(build([corpus[i] for i in living]))])
    merged = BM25.over([Shard(merge([(shard.postings, shard.alive) for shard in shards]))])
    expected = fresh.get_scores(query)
    assert np.array_equal(sharded.get_scores(query)[living], expected)
    assert np.array_equal(merged.get_scores(query), expected)
    assert sharded.get_scores(query)[sorted(dead & set(range(len(corpus))))].sum() == 0
    assert sharded.frequencies(WORDS) == merged.frequencies(WORDS) == fresh.frequencies(WORDS)
    if any(corpus[i] for i in living):
        theirs = BM25Okapi([corpus[i] for i in living]).get_scores(query)
        np.testing.assert_allclose(expected, theirs, atol=1e-5, rtol=0)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(documents, min_size=1, max_size=60).filter(any),
    queries,
    st.lists(st.integers(0, 60), max_size=2),
    st.sets(st.integers(0, 59), max_size=8),
    st.sets(st.integers(0, 59)) | st.none(),
    st.integers(1, 12),
)
def test_the_best_rows_are_those_of_all_scores_whatever_is_pruned(
    corpus: list[list[str]],
    query: list[str],
    cuts: list[int],
    dead: set[int],
    admitted: set[int] | None,
    n: int,
) -> None:
    model = BM25.over(shards_of(corpus, cuts, dead))
    rows = None
    allowed = set(range(len(corpus))) - dead
    if admitted is not None:
        allowed &= admitted
        rows = RowSet.of(np.array(sorted(allowed), np.int64), len(corpus))
    keys = np.arange(len(corpus), 0, -1)
    with pytest.MonkeyPatch.context() as patch:
        # Prune at every term, which large collections alone would do.
        patch.setattr("search.lexical.scoring._WORTH_PRUNING", 0)
        scoring = model.scoring(query, rows)
        best = scoring.best(n, keys)
    plain = model.scoring(query, rows)
    every = np.array(sorted(allowed), np.int64)
    scores = plain.scores(every)
    matching = [i for i in every.tolist() if set(corpus[i]) & set(query)]
    by_row = dict(zip(every.tolist(), scores.tolist(), strict=True))
    expected = sorted(matching, key=lambda row: (-by_row[row], keys[row]))[:n]
    assert best.tolist() == expected
    assert np.array_equal(scoring.scores(every), scores)
    np.testing.assert_allclose(scores, model.get_scores(query)[every], atol=1e-9, rtol=0)


def test_long_lists_are_pruned_without_changing_the_answer() -> None:
    rng = np.random.default_rng(5)
    common = [f"常{i}" for i in range(4)]
    corpus = [
        [word for word in common if rng.random() < 0.4]
        + [f"稀{rng.integers(60)}", "学位", "学校"][: rng.integers(1, 3)]
        for _ in range(3000)
    ]
    model = BM25.over([Shard(build(corpus[:2000])), Shard(build(corpus[2000:]))])
    keys = np.arange(3000)
    query = [*common, "稀3", "稀4", "稀5"]
    scores = model.scoring(query).scores(keys)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("search.lexical.scoring._WORTH_PRUNING", 500)
        scoring = model.scoring(query)
        best = scoring.best(20, keys)
    assert scoring._survivors is not None
    assert len(scoring._survivors) < 1500
    assert best.tolist() == np.lexsort((keys, -scores))[:20].tolist()
    assert np.array_equal(scoring.scores(keys), scores)


@given(st.lists(st.text(max_size=6), max_size=30, unique=True))
def test_different_terms_have_different_hashes(terms: list[str]) -> None:
    hashes = term_hashes(terms)
    assert len(set(hashes.tolist())) == len(terms)
    assert [int(term_hashes([term])[0]) for term in terms] == hashes.tolist()


def test_hashes_are_the_same_everywhere() -> None:
    assert term_hashes(["学位", "", "a"]).tolist() == [14071283799019455437, 0, 5718913436695043505]
