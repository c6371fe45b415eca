from __future__ import annotations

import re

import pytest

from kb.model import Filters
from search.answer.answerer import Answerer
from search.answer.model import Answer
from search.library import Library
from search.retrieve import Searcher


@pytest.fixture(scope="module")
def answerer(small_library: Library) -> Answerer:
    return Answerer(Searcher(small_library))


def values(answer: Answer) -> set[object]:
    return {item.fact.value for item in answer.facts}


def test_every_sentence_is_verbatim_and_numbered(small_library: Library, answerer: Answerer) -> None:
    snapshot = small_library.snapshot()
    for question in (
        "厦门市的名校跨岛怎么做？",
        "各地集团化办学怎么做？",
        "宁波随迁子女有多少人",
        "各地新增了多少学位？",
    ):
        answer = answerer.ask(question)
        assert answer.answered
        numbers = [item.number for item in answer.citations]
        assert numbers == list(range(1, len(numbers) + 1))
        for item in answer.citations:
            c = item.citation
            assert snapshot.source_text(c.source)[c.start : c.end] == c.quote
            assert f"{c.quote}[{item.number}]" in answer.text
        assert {int(n) for n in re.findall(r"\[(\d+)\]", answer.text)} == set(numbers)


def test_how_is_answered_by_what_was_done(answerer: Answerer) -> None:
    answer = answerer.ask("厦门市“名校跨岛”战略行动是怎么做的？")
    assert answer.regions == ("350200",)
    assert "委托管理、派驻团队" in answer.text
    assert "学位" not in answer.text


def test_a_number_is_answered_by_its_fact(answerer: Answerer) -> None:
    answer = answerer.ask("宁波随迁子女有多少人？")
    assert values(answer) == {307_000.0}
    assert answer.text.startswith("浙江省宁波市：30.7万名[1]")


def test_on_all_regions_the_answer_is_by_region(answerer: Answerer) -> None:
    answer = answerer.ask("各地集团化办学怎么做？")
    assert {"130600", "330200"} <= set(answer.regions)
    assert [group.region_code for group in answer.groups] == list(answer.regions)
    assert all(
        statement.number
        in {c.number for c in answer.citations if c.citation.region_code == group.region_code}
        for group in answer.groups
        for statement in group.statements
    )


def test_the_most_comes_first(answerer: Answerer) -> None:
    answer = answerer.ask("哪个地区教育集团最多？")
    assert answer.regions[:2] == ("130600", "330200")
    least = answerer.ask("哪个地区教育集团最少？")
    assert least.regions[:2] == ("330200", "130600")


def test_a_threshold_leaves_out_what_does_not_meet_it(answerer: Answerer) -> None:
    answer = answerer.ask("哪些地区教育集团超过100个？")
    assert values(answer) == {158.0}


def test_sources_that_differ_are_shown_side_by_side_with_dates(answerer: Answerer) -> None:
    answer = answerer.ask("厦门“十四五”期间新增学位多少个？")
    assert values(answer) == {314_000.0, 350_000.0}
    (conflict,) = answer.conflicts
    assert [date for _, date in conflict.facts] == ["2024-06-01", "2023-11-20"]
    assert "35万个" in answer.text
    assert "2024-06-01" in answer.text


def test_the_local_figure_stands_beside_the_national_one(answerer: Answerer) -> None:
    answer = answerer.ask("厦门的教师轮岗达到国家要求了吗？")
    assert set(answer.regions) == {"350200", "100000"}
    assert answer.regions[-1] == "100000"


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("你好", "no_content"),
        ("青岛市的集团化办学怎么做？", "unknown_region"),
        ("哥谭市的集团化办学怎么做？", "unknown_region"),
        ("厦门市2010年新增学位多少个？", "year_outside"),
        ("厦门市的随迁子女有多少人？", "no_indicator"),
        ("厦门市的养老院怎么申请入住？", "absent_topic"),
        ("住房公积金贷款额度是多少？", "absent_topic"),
        ("《没有这个办法》第二条规定什么？", "absent_topic"),
    ],
)
def test_what_the_library_does_not_support_is_refused_with_the_reason(
    answerer: Answerer, question: str, reason: str
) -> None:
    answer = answerer.ask(question)
    assert (answer.answered, answer.reason) == (False, reason)
    assert answer.citations == ()
    assert answer.facts == ()
    assert answer.regions == ()
    assert answer.text


def test_an_empty_filter_is_refused_as_such(answerer: Answerer) -> None:
    answer = answerer.ask("集团化办学怎么做？", Filters(years=(1999,)))
    assert (answer.answered, answer.reason) == (False, "empty_filter")


def test_the_nearest_material_is_offered_as_such(answerer: Answerer) -> None:
    answer = answerer.ask("泉州市的集团化办学怎么做？")
    assert not answer.answered
    assert answer.nearest
    assert [near.code for near in answer.nearby] == ["350200"]
    assert "不构成答案" in answer.text


def test_an_article_is_quoted_as_it_stands(answerer: Answerer) -> None:
    answer = answerer.ask("《义务教育优质均衡督导评估办法》第二条规定什么？")
    assert [item.citation.quote for item in answer.citations] == [
        "第二条 小学每班学生不超过45人，初中每班学生不超过50人。"
    ]
    assert not answerer.ask("《义务教育优质均衡督导评估办法》第九条规定什么？").answered


def test_a_removed_chip_changes_the_answer(answerer: Answerer) -> None:
    assert answerer.ask("厦门市集团化办学怎么做？").regions in ((), ("350200",))
    assert answerer.ask("厦门市集团化办学怎么做？").filters.regions == ("350200",)
    assert answerer.ask("厦门市集团化办学怎么做？", dismissed=["region:厦门市"]).filters.regions == ()


def test_questions_in_everyday_words_get_the_official_answer(answerer: Answerer) -> None:
    answer = answerer.ask("厦门老师轮来轮去咋弄的")
    assert "教师轮岗制度" in answer.text
