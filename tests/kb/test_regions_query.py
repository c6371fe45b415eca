"""Regions in questions and filters."""

from __future__ import annotations

import pytest

from kb.errors import QueryError
from kb.regions import NATION, resolve_name, resolve_names, resolve_query


def read(text):
    return [(m.surface, m.code) for m in resolve_query(text) if m.role != "masked"]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("厦门市“名校跨岛”战略行动是怎么做的?", [("厦门市", "350200")]),
        ("济源的结题课题有多少", [("济源", "419001")]),
        ("贵州公办强校计划", [("贵州", "520000")]),
        ("河北保定莲池区", [("河北保定莲池区", "130606")]),
        ("吉林省和吉林市", [("吉林省", "220000"), ("吉林市", "220200")]),
        ("海南怎么做", [("海南", "460000")]),
        ("西城区新增学位", [("西城区", "110102")]),
        ("下城区", [("下城区", "330105")]),
        ("兵团第十二师", [("兵团第十二师", "65B012")]),
        ("常山的教共体", [("常山", "330822")]),
        ("沪苏两地", [("沪", "310000"), ("苏", "320000")]),
        ("学校合作办学与资源配置", []),
        ("江苏第二师范学院培训", []),
        ("衡水中学的均衡水平", []),
    ],
)
def test_questions_name_regions_without_evidence(question, wanted):
    assert read(question) == wanted


@pytest.mark.parametrize("name", ["朝阳区", "鼓楼区", "朝阳", "通州"])
def test_ambiguous_names_come_with_their_candidates(name):
    (mention,) = resolve_query(f"{name}怎么做")
    assert mention.code == ""
    assert len(mention.candidates) > 1


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("京津冀怎么做", "group"),
        ("西部地区的标准", "group"),
        ("计划单列市", "group"),
        ("各地集团化办学怎么做?", "everywhere"),
        ("哪些地区提前到2025年达标?", "everywhere"),
        ("全国义务教育巩固率", "nation"),
        ("我县方案差在哪里", "home_word"),
    ],
)
def test_other_ways_to_ask_for_places_are_told_by_kind(question, kind):
    assert kind in {mention.kind for mention in resolve_query(question)}


def test_words_that_begin_like_a_group_are_none():
    assert resolve_query("西部计划志愿者和西南大学") == []


def test_the_helper_is_asked_for_and_the_helped_is_its_partner():
    first, second = resolve_query("宁波对口帮扶凉山")
    assert (first.code, first.role) == ("330200", "mention")
    assert (second.code, second.role) == ("513400", "partner")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("河北省保定市莲池区", "130606"),
        ("保定", "130600"),
        ("130606", "130606"),
        ("河北 保定", "130600"),
        ("冀", "130000"),
        ("合作市", "623001"),
        ("大同", "140200"),
        ("濟源市", "419001"),
        ("全国", NATION),
    ],
)
def test_filters_take_names_paths_and_codes(name, code):
    assert resolve_name(name) == code


def test_an_ambiguous_filter_lists_what_it_may_mean():
    with pytest.raises(QueryError, match=r"北京市朝阳区.*长春市朝阳区"):
        resolve_name("朝阳区")


def test_an_unknown_filter_says_what_comes_near():
    with pytest.raises(QueryError) as caught:
        resolve_name("厦们市")
    assert "厦门市" in str(caught.value)


def test_groups_are_filters_of_their_members():
    assert resolve_names("京津冀") == ("110000", "120000", "130000")
    assert resolve_names("保定") == ("130600",)
    with pytest.raises(QueryError, match="一组地区"):
        resolve_name("京津冀")
