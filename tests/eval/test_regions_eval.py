"""The gold for regions fits the tree, and on the shared texts the results keep what was reached."""

from __future__ import annotations

import json

import pytest

from eval.regions import GOLD, SHARED, home_rows, mention_rows, seed_rows
from kb.regions import tree

needs_texts = pytest.mark.skipif(
    not (SHARED / "policies").exists(), reason="没有 ../shared/policies：真实政策文本不随项目分发"
)


def test_the_gold_names_codes_that_exist():
    for line in (GOLD / "regions.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        assert all(code in tree() for code in item.get("cases") or [item["code"]])
    mentions = 0
    for line in (GOLD / "regions_mentions.jsonl").read_text(encoding="utf-8").splitlines():
        window = json.loads(line)
        places = [place for place, *_ in window["mentions"]]
        assert places == sorted(set(places))
        assert all(window["from"] <= place < window["to"] for place in places)
        assert all(code in tree() for _, _, code, _ in window["mentions"])
        mentions += len(places)
    assert mentions >= 200


@needs_texts
def test_home_regions_are_right_for_every_policy_by_title_and_text():
    rows = [row for row in home_rows(SHARED) if row.measure == "home: title and text"]
    assert [(row.half, row.errors) for row in rows] == [("rules", ()), ("held_out", ())]


@needs_texts
def test_home_regions_are_right_for_seeds_and_cases():
    assert [row.errors for row in seed_rows(SHARED)] == [()]


@needs_texts
def test_mentions_are_precise_on_both_halves():
    rows = [row for row in mention_rows(SHARED) if row.measure == "mentions"]
    assert {row.half for row in rows} == {"rules", "held_out"}
    assert all(row.precision >= 0.98 and row.recall >= 0.98 for row in rows)
