"""Vector search is exact where it says so, deterministic everywhere."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from search.lexical.rows import RowSet
from search.vectors import Vectors, VectorSearch, VectorShard


def unit(rng: np.random.Generator, *shape: int) -> NDArray[Any]:
    vectors = rng.standard_normal(shape).astype(np.float32)
    norms: NDArray[Any] = np.linalg.norm(vectors, axis=-1, keepdims=True)
    normalised: NDArray[Any] = vectors / norms
    return normalised


def clusters(rng: np.random.Generator, rows: int, dimensions: int) -> NDArray[Any]:
    """Vectors as texts give them: around some themes."""
    themes = unit(rng, 40, dimensions)
    vectors = themes[rng.integers(0, 40, rows)] + 0.5 * unit(rng, rows, dimensions)
    norms: NDArray[Any] = np.linalg.norm(vectors, axis=1, keepdims=True)
    halves: NDArray[Any] = (vectors / norms).astype(np.float16)
    return halves


def search_of(
    halves: NDArray[Any], cuts: list[int], alive: NDArray[Any], exact_up_to: int = 10**9
) -> VectorSearch:
    edges = itertools.pairwise([0, *sorted(cuts), len(halves)])
    return VectorSearch(
        [VectorShard(Vectors.build(halves[a:b], exact_up_to=exact_up_to), a, alive[a:b]) for a, b in edges]
    )


def expected_best(
    halves: NDArray[Any], query: NDArray[Any], rows: NDArray[Any], keys: NDArray[Any], n: int
) -> list[int]:
    scores = np.einsum("ij,j->i", halves[rows].astype(np.float32), query)
    best: list[int] = rows[np.lexsort((keys[rows], -scores))][:n].tolist()
    return best


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 120), st.integers(1, 40), st.booleans(), st.booleans())
def test_the_best_are_the_nearest_of_the_living_admitted_rows(
    seed: int, rows: int, n: int, filtered: bool, repeated: bool
) -> None:
    rng = np.random.default_rng(seed)
    halves = unit(rng, rows, 16).astype(np.float16)
    if repeated:  # many rows with the same vector
        halves = halves[rng.integers(0, max(1, rows // 10), rows)]
    alive = rng.random(rows) < 0.8
    keys = rng.permutation(rows)
    cuts = sorted(rng.integers(0, rows + 1, 2).tolist())
    admitted = RowSet(alive & (rng.random(rows) < 0.5)) if filtered else None
    allowed = np.flatnonzero(alive) if admitted is None else admitted.rows
    query = unit(rng, 16)
    search = search_of(halves, cuts, alive)
    best = search.best(query, n, admitted, keys)
    assert best.tolist() == expected_best(halves, query, allowed, keys, n)


def test_scores_do_not_depend_on_the_company_a_row_keeps() -> None:
    rng = np.random.default_rng(1)
    halves = unit(rng, 500, 64).astype(np.float16)
    query = unit(rng, 64)
    whole = search_of(halves, [], np.ones(500, bool)).scores(query, np.arange(500))
    parts = search_of(halves, [7, 300], np.ones(500, bool))
    for rows in (np.array([3]), np.array([3, 250, 499]), np.arange(0, 500, 7)):
        assert np.array_equal(parts.scores(query, rows), whole[rows])
    np.testing.assert_allclose(whole, halves.astype(np.float32) @ query, atol=1e-6)


@pytest.mark.parametrize("share", [0.02, 0.3])
def test_a_filtered_search_among_very_many_is_exact(share: float) -> None:
    rng = np.random.default_rng(2)
    halves = clusters(rng, 5000, 32)
    alive = np.ones(5000, bool)
    keys = np.arange(5000)
    search = search_of(halves, [], alive, exact_up_to=1000)
    admitted = RowSet(rng.random(5000) < share)
    for query in unit(rng, 5, 32):
        expected = expected_best(halves, query, admitted.rows, keys, 50)
        assert search.best(query, 50, admitted, keys).tolist() == expected


def test_an_approximate_search_finds_nearly_all_and_always_the_same() -> None:
    rng = np.random.default_rng(3)
    halves = clusters(rng, 6000, 32)
    alive = rng.random(6000) < 0.9
    keys = np.arange(6000)
    first, second = (search_of(halves, [], alive, exact_up_to=1000) for _ in range(2))
    found = 0
    for query in clusters(rng, 10, 32).astype(np.float32):
        best = first.best(query, 100, None, keys)
        assert best.tolist() == second.best(query, 100, None, keys).tolist()
        assert alive[best].all()
        found += len(set(best.tolist()) & set(expected_best(halves, query, np.flatnonzero(alive), keys, 100)))
    assert found >= 950


def test_the_index_of_an_approximate_search_outlives_its_process() -> None:
    halves = clusters(np.random.default_rng(4), 3000, 16)
    built = Vectors.build(halves, exact_up_to=100)
    assert built.ivf is not None
    again = Vectors(halves, built.ivf.copy())
    query = halves[5].astype(np.float32)
    assert (
        again.find(query, 20, None, exact=False).tolist() == built.find(query, 20, None, exact=False).tolist()
    )


def test_no_vectors_find_nothing() -> None:
    empty = search_of(np.empty((0, 8), np.float16), [], np.ones(0, bool))
    assert empty.best(np.ones(8, np.float32), 5, None, np.empty(0, np.int64)).size == 0
    assert VectorSearch([]).best(np.ones(8, np.float32), 5, None, np.empty(0, np.int64)).size == 0
