"""Measures against values worked out by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics import bootstrap, difference, hit, ndcg, recall, reciprocal_rank


def test_ndcg_by_hand() -> None:
    judged = {"a": 1, "b": 1}
    assert ndcg(["a", "b"], judged) == 1
    assert ndcg(["x", "a"], judged) == pytest.approx((1 / math.log2(3)) / (1 + 1 / math.log2(3)))
    assert ndcg(["x"] * 10 + ["a"], judged) == 0


def test_graded_gains_prefer_the_better_passage_first() -> None:
    judged = {"a": 2, "b": 1}
    assert ndcg(["a", "b"], judged) == 1
    assert 0 < ndcg(["b", "a"], judged) < 1


def test_nothing_relevant_measures_zero() -> None:
    assert ndcg(["a"], {}) == recall(["a"], {}) == hit(["a"], {"a": 0}, 1) == 0


def test_hit_rank_and_recall() -> None:
    judged = {"a": 1, "b": 1}
    ranking = ["x", "a", "y", "b"]
    assert hit(ranking, judged, 1) == 0
    assert hit(ranking, judged, 2) == 1
    assert reciprocal_rank(ranking, judged) == 0.5
    assert recall(ranking, judged, 2) == 0.5
    assert recall(ranking, judged, 4) == 1


@given(st.permutations(["a", "b", "c", "d", "e"]))
def test_no_order_beats_the_ideal_one(order: list[str]) -> None:
    judged = {"a": 3, "b": 2, "c": 1}
    assert ndcg(order, judged) <= ndcg(["a", "b", "c"], judged) + 1e-12


def test_the_interval_holds_the_mean_and_narrows() -> None:
    few, many = bootstrap([0.0, 1.0] * 10), bootstrap([0.0, 1.0] * 500)
    assert few.low < few.mean == 0.5 < few.high
    assert many.high - many.low < few.high - few.low
    assert bootstrap([0.7] * 9).low == pytest.approx(0.7)
    assert bootstrap([]).mean == 0


def test_a_paired_difference_needs_pairs() -> None:
    assert difference([1.0, 1.0], [0.5, 0.5]).low == pytest.approx(0.5)
    with pytest.raises(ValueError, match="paired"):
        difference([1.0], [])
