"""How hits are grouped and explained."""

from __future__ import annotations

import pytest

from search.explain import explain
from search.grouping import group_hits
from search.library import Library
from search.retrieve import Searcher


def test_groups_hold_every_hit_once_and_follow_the_best(small_library: Library) -> None:
    hits = Searcher(small_library).search("集团化办学 教师", k=20).hits
    for by in ("", "region", "document"):
        groups = group_hits(hits, by)  # type: ignore[arg-type]
        assert sorted(hit.rank for group in groups for hit in group.hits) == [hit.rank for hit in hits]
        firsts = [group.hits[0].rank for group in groups]
        assert firsts == sorted(firsts)
    names = {group.name for group in group_hits(hits, "region")}
    assert "浙江省宁波市" in names


def test_a_group_never_mixes_regions(small_library: Library) -> None:
    hits = Searcher(small_library).search("教师", k=20).hits
    for group in group_hits(hits, "region"):
        assert {hit.document.region_code for hit in group.hits} == {group.key}


def test_reasons_add_up_to_the_score(small_library: Library) -> None:
    for hit in Searcher(small_library).search("教师轮岗制度", k=5).hits:
        reasons = explain(hit)
        # Parts too small to be seen are left out.
        assert sum(reason.points for reason in reasons) == pytest.approx(hit.score, abs=0.003)
        assert all(reason.text for reason in reasons)


def test_reasons_name_the_words_that_were_found(small_library: Library) -> None:
    best = Searcher(small_library).search("“名校跨岛”怎么做", k=1).hits[0]
    text = next(reason.text for reason in explain(best) if reason.name == "正文用词")
    assert "“名校跨岛”" in text
