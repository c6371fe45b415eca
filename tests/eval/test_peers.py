"""Other systems and ours on one small set: each finds what its tokens allow, and is measured apart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.answers import build
from eval.datasets import CorpusPassage, Dataset, read_beir
from eval.own_set import own_set, write_beir
from eval.peers.__main__ import BASELINE, ENTRANTS, main
from eval.peers.base import Entrant, spaced
from eval.peers.measure import measure
from eval.questions import load_questions
from search.library import Library

TEXTS = {
    "a": "包头市推进集团化办学，核增专项编制。",
    "b": "教师每三年轮岗一次，骨干教师带头。",
    "c": "厦门市实施名校跨岛战略。",
    "d": "岛外新增学位13万个。",
}
# Without Chinese analysis these take a whole clause for a word, so nothing is asked of what they find.
BLIND = ("rank_bm25 默认词元", "bm25s 默认词元", "tantivy 默认词元")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    passages = tuple(CorpusPassage(name, "", text, name) for name, text in TEXTS.items())
    dataset = Dataset("small", passages, {"q": "老师轮岗多久一次教师"}, {"q": {"b": 1}})
    return write_beir(dataset, tmp_path / "small")


@pytest.mark.parametrize("entrant", [e for e in ENTRANTS if not e.needs], ids=lambda e: e.name)
def test_each_system_ranks_the_passages(entrant: Entrant, folder: Path) -> None:
    if not entrant.installed:
        pytest.skip(f"{entrant.package} is not installed")
    run = measure(entrant, folder)
    assert set(run.rankings) == {"q"}
    assert len(set(run.rankings["q"])) == len(run.rankings["q"]) <= len(TEXTS)
    if entrant.name not in BLIND:
        assert run.rankings["q"][0] == "b"
    assert 0 < run.p50 <= run.p95
    assert 0 < run.resident_mb <= run.peak_mb + 1


def test_the_table_has_a_line_for_each_system_and_says_which_is_missing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    absent = Entrant("某系统", "no_such_package", ENTRANTS[0].make)
    kept = [entrant for entrant in ENTRANTS if entrant.name == BASELINE]
    monkeypatch.setattr("eval.peers.__main__.ENTRANTS", (absent, *kept))
    assert main(["--dataset", str(folder)]) == 0
    out, err = capsys.readouterr()
    assert "| 某系统 | 未安装 |" in out
    assert f"| {BASELINE} | 1.000 ±0.000 |" in out
    assert ".[peers]" in err


def test_a_system_that_fails_is_reported_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = Dataset("x", (CorpusPassage("a", "", "", "a"),), {"q": "轮岗"}, {"q": {"a": 1}})
    monkeypatch.setattr("eval.peers.__main__.ENTRANTS", ENTRANTS[:1])
    main(["--dataset", str(write_beir(broken, tmp_path / "x")), "--json"])
    line = json.loads(capsys.readouterr().out)
    assert line["error"].startswith("失败")


def test_our_tokens_survive_white_space() -> None:
    assert spaced("教师轮岗").split() != []
    assert all(" " not in token for token in spaced("教师 Teacher 13万个").split())


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    opened = Library(build(tmp_path_factory.mktemp("corpus")))
    yield opened
    opened.close()


def test_own_questions_become_a_set_with_the_passages_that_hold_their_evidence(
    library: Library, tmp_path: Path
) -> None:
    questions = load_questions()
    made = read_beir(write_beir(own_set(library.snapshot(), questions), tmp_path / "own"))
    assert len(made.passages) == library.snapshot().passage_count
    answerable = [q for q in questions if q.answerable and not q.filters.regions]
    assert len(made.judged) >= 0.98 * len(answerable)
    texts = {passage.id: passage.text for passage in made.passages}
    (passage,) = made.qrels["num-009"]
    assert "13万余个" in texts[passage]
