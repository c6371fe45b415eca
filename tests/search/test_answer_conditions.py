"""What a question demands of its answer: the kind of figure, its year, a threshold, the region by name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from interfaces.workspace import Workspace
from search.answer.answerer import Answerer
from search.library import Library
from search.retrieve import Searcher

_REPORT = """---
title: {year}年{name}政府工作报告
region: {name}
published: {year}-01-20
level: provincial
kind: 报告
---
# {year}年{name}政府工作报告

## 一、去年工作回顾

{done}

## 二、今年工作安排

{plan}
"""

_TEXTS = {
    "江苏.md": _REPORT.format(
        year=2026,
        name="江苏省",
        done="2025年，全省地区生产总值增长5.3%，研发投入强度达3.38%，棉花产量占全国两成以上，棉花总产量120万吨。苏州地铁新开通2条线路。",
        plan="今年地区生产总值预期增长5%左右，计划新增养老床位2万张。推进集团化办学。",
    ),
    "贵州.md": _REPORT.format(
        year=2026,
        name="贵州省",
        done="2025年，全省研发投入强度1.6%，人均地区生产总值增长9%，新增养老床位1.1万张。旅游收入8000亿元。",
        plan="今年地区生产总值预期增长6%左右。推进集团化办学。",
    ),
}


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    folder = tmp_path_factory.mktemp("conditions")
    (folder / "texts").mkdir()
    for name, text in _TEXTS.items():
        (folder / "texts" / name).write_text(text, encoding="utf-8")
    with Workspace(folder / "kb") as workspace:
        workspace.ingest([folder / "texts"], workers=0)
    library = Library(folder / "kb")
    yield Answerer(Searcher(library))
    library.close()


def test_only_regions_above_the_threshold_answer(answerer: Answerer) -> None:
    assert answerer.ask("研发投入强度超过3%的省份有哪些？").regions == ("320000",)
    assert not answerer.ask("研发投入强度超过4%的省份有哪些？").answered


def test_a_figure_per_head_is_not_the_whole(answerer: Answerer) -> None:
    assert "520000" not in answerer.ask("2025年地区生产总值增长超过6%的省份有哪些？").regions


def test_what_was_reached_is_no_target(answerer: Answerer) -> None:
    answer = answerer.ask("江苏2025年地区生产总值增长目标是多少？")
    assert not any(item.fact.kind == "achieved" for item in answer.facts)


def test_plans_answer_for_the_coming_year(answerer: Answerer) -> None:
    answer = answerer.ask("江苏今年要新增多少张养老床位？")
    assert {item.fact.value for item in answer.facts} == {20_000.0}


def test_a_topic_that_ends_in_what_is_measured_asks_for_the_figure(answerer: Answerer) -> None:
    answer = answerer.ask("江苏棉花产量")
    assert [item.fact.unit for item in answer.facts] == ["吨"]
    assert "120万吨" in answer.text.splitlines()[0]


def test_a_figure_of_another_year_is_refused(answerer: Answerer) -> None:
    answer = answerer.ask("江苏2019年研发投入强度是多少？")
    assert answer.reason == "year_outside"


def test_a_region_inside_a_compound_word_is_the_region(answerer: Answerer) -> None:
    answer = answerer.ask("云南旅游收入")
    assert not answer.answered
    assert answer.reason == "unknown_region"


def test_a_city_without_documents_is_answered_only_where_it_is_named(answerer: Answerer) -> None:
    assert answerer.ask("苏州研发投入强度").reason == "unknown_region"
    answer = answerer.ask("苏州地铁新开通几条线路？")
    assert [item.citation.quote for item in answer.citations] == ["苏州地铁新开通2条线路。"]
