"""What ``policykb eval`` prints: systems side by side, splits apart, one line a figure for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from eval import overall
from eval.answers import build, evaluate
from eval.history import Figure
from eval.questions import load_questions
from search.library import Library

SOME = ("num-009", "col-003", "mul-001", "una-001", "una-068")


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Figure]]:
    library = Library(build(tmp_path_factory.mktemp("corpus")))
    questions = [q for path in overall.QUESTION_FILES for q in load_questions(path)]
    some = [q for q in questions if q.id in SOME or q.split == "fresh"]
    found = overall.retrieval_figures(library, some)
    yield [*found, *overall.answer_figures(evaluate(library, some)), *overall.relevance_figures([])]
    library.close()


def test_three_systems_are_measured_on_the_same_questions(figures: list[Figure]) -> None:
    names = [f"{system} ndcg@10" for system in ("词面", "语义", "混合")]
    measured = {figure.name: figure for figure in figures if figure.name in names}
    assert list(measured) == names
    assert len({tuple(figure.values) for figure in measured.values()}) == 1
    means = [figure.interval.mean for figure in measured.values()]
    assert len(set(means)) == 3
    assert min(means) > 0.4


def test_splits_are_kept_apart_and_every_citation_is_exact(figures: list[Figure]) -> None:
    by_name = {figure.name: figure for figure in figures}
    assert len(by_name["fresh 误答"].values) == 20
    assert len(by_name["fresh 误拒"].values) == 40
    assert set(by_name["fresh 引文逐字相符"].values.values()) == {1.0}
    assert by_name["fresh 误答"].less_is_better
    assert not by_name["fresh 数值正确"].less_is_better


def test_the_report_and_the_lines_hold_the_same_figures(
    figures: list[Figure],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: object,
) -> None:
    monkeypatch.setenv("POLICYKB_EVAL_HISTORY", str(tmp_path))
    monkeypatch.setattr(overall, "measure", lambda: (figures, [], []))
    assert overall.main([]) == 0
    report = capsys.readouterr().out
    assert "混合" in report
    assert "没有上次的结果" in report
    assert overall.main(["--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["figure"] for line in lines] == [figure.name for figure in figures]
    hybrid = next(line for line in lines if line["figure"] == "混合 hit@5")
    assert hybrid["verdict"] == "same"
    assert hybrid["difference"] == 0
    assert f"{hybrid['value']:.4f}" in report
