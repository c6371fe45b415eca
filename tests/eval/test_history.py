"""Figures are kept and compared with those of the run before."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from eval.history import Figure, against_last, compared, history_folder

KEYS = [f"q{i}" for i in range(60)]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("POLICYKB_EVAL_HISTORY", str(tmp_path / "eval"))
    return tmp_path / "eval"


def figure(values: Iterable[float], *, less_is_better: bool = False, name: str = "命中") -> Figure:
    return Figure(name, dict(zip(KEYS, values, strict=False)), less_is_better)


def test_the_first_run_has_nothing_to_compare_with() -> None:
    (change,) = compared("own", [figure([1.0] * 60)])
    assert change.verdict == "new"
    assert change.as_json()["previous"] is None
    assert "没有上次" in against_last([change])[0]


def test_a_fall_on_many_questions_is_worse_and_a_rise_better() -> None:
    compared("own", [figure([1.0] * 60)])
    (worse,) = compared("own", [figure([0.0] * 20 + [1.0] * 40)])
    assert worse.verdict == "worse"
    assert worse.as_json()["difference"] == pytest.approx(-1 / 3, abs=1e-3)
    assert against_last([worse])[0].startswith("变差：命中 1.0000 → 0.6667")
    (better,) = compared("own", [figure([1.0] * 60)])
    assert better.verdict == "better"


def test_one_question_more_or_less_is_noise() -> None:
    compared("own", [figure([1.0] * 60)])
    (change,) = compared("own", [figure([0.0] + [1.0] * 59)])
    assert change.verdict == "same"
    assert "1 项无显著变化" in against_last([change])[0]


def test_fewer_false_answers_are_better() -> None:
    compared("own", [figure([1.0] * 60, less_is_better=True)])
    (change,) = compared("own", [figure([0.0] * 60, less_is_better=True)])
    assert change.verdict == "better"


def test_only_the_same_questions_are_compared() -> None:
    compared("own", [figure([0.0] * 60)])
    (change,) = compared("own", [Figure("命中", {f"other{i}": 1.0 for i in range(60)})])
    assert change.verdict == "new"


def test_sets_do_not_take_each_others_place() -> None:
    compared("own", [figure([0.0] * 60)])
    (change,) = compared("ncp", [figure([1.0] * 60)])
    assert change.verdict == "new"


def test_a_damaged_file_is_passed_over_and_replaced(folder: Path) -> None:
    folder.mkdir()
    (folder / "own.json").write_text('{"figures": {"命中": 3}}', encoding="utf-8")
    (change,) = compared("own", [figure([1.0] * 60)])
    assert change.verdict == "new"
    (again,) = compared("own", [figure([1.0] * 60)])
    assert again.verdict == "same"


def test_a_folder_that_cannot_be_written_only_costs_the_comparison(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("POLICYKB_EVAL_HISTORY", str(blocked))
    (change,) = compared("own", [figure([1.0] * 60)])
    assert change.verdict == "new"
    assert "没能存下" in caplog.text


def test_without_a_folder_named_the_cache_of_the_user_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("POLICYKB_EVAL_HISTORY")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert history_folder() == tmp_path / "policykb" / "eval"
