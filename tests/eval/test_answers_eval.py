from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import numpy as np
import pytest

from eval.answers import Outcome, Share, build, evaluate, regions_represented, report, summary
from eval.calibrate import CALIBRATION, Example, fit, threshold_of
from eval.questions import load_questions, overlaps, span_of
from search.answer.support import Signs
from search.library import Library

SIGNS = [field.name for field in fields(Signs)]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Outcome]]:
    library = Library(build(tmp_path_factory.mktemp("corpus")))
    yield evaluate(library, load_questions())
    library.close()


def test_every_citation_of_the_gold_questions_is_exact(outcomes: list[Outcome]) -> None:
    assert sum(o.citations for o in outcomes) > 1000
    assert [o.question.id for o in outcomes if o.inexact] == []


def test_no_hit_and_no_citation_comes_from_a_wrong_region(outcomes: list[Outcome]) -> None:
    assert [o.question.id for o in outcomes if o.strangers] == []


def test_the_gold_questions_are_answered_and_refused_as_promised(outcomes: list[Outcome]) -> None:
    figures = summary(outcomes)
    assert figures["hit@5"].value >= 0.95
    assert figures["hit@5 paraphrase"].value >= 0.8
    assert figures["false answers"].value <= 0.05
    assert figures["false refusals"].value <= 0.08
    assert figures["reason right"].value >= 0.9
    assert regions_represented(outcomes) >= 0.9


def test_the_report_keeps_dev_and_test_apart(outcomes: list[Outcome]) -> None:
    text = report(outcomes)
    assert "== dev" in text
    assert "== test" in text
    only = [o for o in outcomes if o.question.split == "dev"]
    assert "== test" not in report(only)


def test_a_quote_is_found_across_line_breaks() -> None:
    text = "甲乙\n丙 丁戊"
    assert span_of("乙丙丁", text) == (1, 6)
    assert span_of("没有", text) is None


def test_half_of_the_evidence_must_be_held() -> None:
    place = ("a.md", 10, 20)
    assert overlaps(place, "a.md", 15, 40)
    assert not overlaps(place, "a.md", 16, 40)
    assert not overlaps(place, "b.md", 0, 40)


def test_an_interval_narrows_with_more_questions() -> None:
    few, many = Share(9, 10).interval(), Share(900, 1000).interval()
    assert few[0] < many[0] < 0.9 < many[1] < few[1]
    assert Share(0, 0).interval() == (0.0, 1.0)


def test_fitted_weights_point_the_right_way() -> None:
    rng = np.random.default_rng(1)
    examples = []
    for _ in range(200):
        cover, gap = rng.random(2)
        signs = Signs(**{**dict.fromkeys(SIGNS, 0.0), "sentence": cover, "gap": gap})
        examples.append(Example("q", "other", bool(cover > gap), signs))
    weights, _ = fit(examples, ["sentence", "gap", "semantic"])
    assert weights[0] > 0 > weights[1]
    assert weights[2] == 0.0


def test_the_threshold_refuses_the_share_that_it_may() -> None:
    confidence = np.linspace(0, 1, 101)
    answers = np.ones(101, bool)
    assert threshold_of(confidence, answers, 0.1) == pytest.approx(0.1)


def test_gold_files_load() -> None:
    questions = load_questions()
    assert {q.split for q in questions} == {"dev", "test"}
    assert all(q.gold for q in questions if q.answerable)
    assert all(q.answerable or q.reason for q in load_questions(CALIBRATION))
