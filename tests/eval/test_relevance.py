"""The relevance tests are run, each on a library of its own texts."""

from __future__ import annotations

from typing import Any

import pytest

from eval.relevance import (
    RelevanceTest,
    Verdict,
    counts,
    failures,
    load_tests,
    main,
    run,
    unexpected,
)

TEXTS = (
    {"id": "a", "text": "毛入园率达到62.3%，较上年有所提高。"},
    {"id": "b", "text": "全县新建校舍623间，全部投入使用。"},
)


@pytest.fixture(scope="module")
def verdicts() -> list[Verdict]:
    return list(run(load_tests()))


def test_every_relevance_test_passes_or_says_why_it_fails(verdicts: list[Verdict]) -> None:
    assert unexpected(verdicts) == []


def test_few_relevance_tests_are_known_to_fail(verdicts: list[Verdict]) -> None:
    assert sum(bool(v.test.known) for v in verdicts) <= 6
    assert sum(total for _, total in counts(verdicts).values()) == len(verdicts) >= 100


def one(**wanted: Any) -> Verdict:
    test = RelevanceTest("x", "precision", "62.3%", TEXTS, **wanted)
    (verdict,) = run([test])
    return verdict


def test_a_test_that_is_met_passes() -> None:
    assert one(must_return=("a",), must_not_return=("b",), strict=True).passed


def test_each_kind_of_fault_is_told() -> None:
    assert one(must_return=("b",)).faults == ("没有找到b",)
    assert one(must_not_return=("a",)).faults == ("a不该排在前面",)
    assert one(order=("b", "a")).faults == ("b应在a之前",)
    assert "相同" in one(other="校舍多少间", expect="same").faults[0]
    assert one(other="校舍多少间", expect="different").passed


def test_a_failure_without_a_reason_is_unexpected() -> None:
    known, unknown = one(must_return=("b",), known="尚未处理"), one(must_return=("b",))
    assert len(unexpected([known, unknown])) == 1
    assert "已知：尚未处理" in failures([known])[0]
    assert "可以去掉" in failures([one(must_return=("a",), known="尚未处理")])[0]


def test_the_report_counts_by_kind(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eval.relevance.load_tests", lambda: load_tests()[:3])
    assert main([]) == 0
    printed = capsys.readouterr().out
    assert "3/3 条通过" in printed
    assert "查准" in printed
