"""The structure gold against the program, where the shared material is at hand."""

from __future__ import annotations

import pytest

from eval.structure import SHARED, cases, headings, metadata

pytestmark = pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason=f"没有共享材料 {SHARED}")


def test_headings_of_the_seeds_are_at_the_right_level() -> None:
    rows = [row for row in headings() if row.source.startswith("seeds/")]
    assert len(rows) == 5
    for row in rows:
        assert row.recall >= 0.95, row.errors
        assert row.precision >= 0.95, row.errors


def test_headings_of_policies_are_at_the_right_level() -> None:
    rows = [row for row in headings() if row.source.startswith("policies/")]
    assert len(rows) >= 12
    assert sum(row.right for row in rows) >= 0.97 * sum(row.expected for row in rows)
    assert sum(row.right for row in rows) >= 0.97 * sum(row.sections for row in rows)


def test_the_collection_of_cases_is_cut_and_nothing_else() -> None:
    rows = cases()
    collections = [row for row in rows if row.expected > 1]
    assert [(row.expected, row.starts, row.ends) for row in collections] == [(11, 11, 11)]
    assert [row.source for row in rows if row.expected == 1 and row.documents != 1] == []


def test_metadata_fields() -> None:
    for row in metadata():
        assert row.right >= 0.95 * row.expected, row.errors
        assert row.right >= 0.95 * row.given, row.errors
