"""The commands compare and cases: the JSON of the contract, files read for one review only, and exported files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import docx
import pytest

from interfaces.cli import main
from interfaces.workspace import Workspace

PLANS = Path(__file__).parents[2] / "eval" / "gold" / "plans"
COUNTY = PLANS / "示例-云岭县规划.md"


@pytest.fixture
def run(sample_folder: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: str) -> tuple[int, str]:
        code = main(["--kb", str(sample_folder), *arguments])
        return code, capsys.readouterr().out

    return call


def document(workspace: Workspace, name: str) -> str:
    return next(d.id for d in workspace.store.documents() if name in d.source)


def test_a_file_is_compared_without_being_kept(run: Any, sample: Workspace) -> None:
    before = [d.id for d in sample.store.documents()]
    code, out = run("compare", str(COUNTY), "--against", document(sample, "督导评估办法"), "--json")
    assert code == 0
    found = [json.loads(line) for line in out.splitlines()]
    assert [d.id for d in sample.store.documents()] == before
    assert {"clause", "status", "matches", "numbers"} <= found[0].keys()
    assert {"document", "start", "end", "quote"} <= found[0]["clause"].keys()
    source = sample.store.source_text(found[0]["clause"]["source"])
    for record in found:
        clause = record["clause"]
        assert source[clause["start"] : clause["end"]] == clause["quote"]
    pairs = [
        (number["reference"]["surface"], number["local"]["surface"], number["verdict"])
        for record in found
        for number in record["numbers"]
    ]
    assert ("20%", "15%", "unmet") in pairs
    assert ("50人", "55人", "unmet") in pairs


def test_a_document_of_the_library_is_compared_with_the_national_ones(run: Any, sample: Workspace) -> None:
    code, out = run("compare", document(sample, "济源"), "--json")
    assert code == 0
    references = {json.loads(line)["clause"]["document"] for line in out.splitlines()}
    levels = {sample.store.document(name).level for name in references}
    assert levels == {"national"}


def test_a_review_is_written_to_a_file(run: Any, tmp_path: Path) -> None:
    code, out = run("compare", str(COUNTY), "-o", str(tmp_path / "a.docx"))
    assert code == 0
    assert "未达到" in out
    paragraphs = [p.text for p in docx.Document(str(tmp_path / "a.docx")).paragraphs]
    assert any("骨干教师" in text for text in paragraphs)


def test_an_unknown_document_is_wrong_usage(run: Any) -> None:
    assert run("compare", "没有这篇")[0] == 2


def test_cases_are_written_with_their_references(run: Any, tmp_path: Path) -> None:
    code, _ = run("cases", "找三个教师交流轮岗的案例，要有数字", "-o", str(tmp_path / "a.docx"))
    assert code == 0
    text = "\n".join(p.text for p in docx.Document(str(tmp_path / "a.docx")).paragraphs)
    assert "参考文献" in text
    assert "[3]" in text


def test_cases_stay_in_the_region_and_quote_exactly(run: Any, sample: Workspace) -> None:
    code, out = run("cases", "教师交流轮岗", "-n", "1", "--region", "济源市", "--json")
    assert code == 0
    (card,) = [json.loads(line) for line in out.splitlines()]
    assert card["region"]["name"] == "河南省济源市"
    text = sample.store.source_text(card["source"])
    for quote in card["quotes"]:
        place = quote["citation"]
        assert text[place["start"] : place["end"]] == place["quote"] == quote["text"]


def test_an_unwritable_format_is_an_error_with_the_remedy(
    sample_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["--kb", str(sample_folder), "cases", "教师交流轮岗", "-o", str(tmp_path / "a.pptx")])
    assert code == 1
    assert ".docx" in capsys.readouterr().err
