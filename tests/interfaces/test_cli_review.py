"""The commands compare and cases: the JSON of the contract, files read for one review only, and exported files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import docx
import pytest

from interfaces.cli import main
from interfaces.reviewing import read_local, review
from interfaces.workspace import Workspace
from kb.settings import Settings
from tests.interfaces.conftest import CORPUS
from tests.search.draft_server import scripted

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


def test_two_files_are_compared_as_versions(run: Any, sample: Workspace, tmp_path: Path) -> None:
    newer = tmp_path / "新版.md"
    newer.write_text(COUNTY.read_text("utf-8").replace("满意度达到90%以上", "满意度达到95%以上"), "utf-8")
    before = [d.id for d in sample.store.documents()]
    code, out = run(
        "compare", str(newer), "--versions", str(COUNTY), "--json", "-o", str(tmp_path / "a.xlsx")
    )
    assert code == 0 and (tmp_path / "a.xlsx").is_file()
    (changed,) = [item for item in map(json.loads, out.splitlines()) if item["change"] != "same"]
    assert [(p["kind"], p["text"]) for p in changed["pieces"] if p["kind"] != "same"] == [
        ("dropped", "90%"),
        ("added", "95%"),
    ]
    assert [(n["old"]["surface"], n["new"]["surface"], n["change"]) for n in changed["numbers"]] == [
        ("90%以上", "95%以上", "raised")
    ]
    assert [d.id for d in sample.store.documents()] == before
    code, out = run("compare", str(newer), "--versions", str(COUNTY))
    assert code == 0 and "[-90%-]{+95%+}" in out


def test_versions_and_references_exclude_each_other(run: Any) -> None:
    assert run("compare", str(COUNTY), "--versions", str(COUNTY), "--against", "x")[0] == 2


def test_a_document_is_no_reference_of_itself(run: Any, sample: Workspace) -> None:
    own = document(sample, "济源")
    assert run("compare", own, "--against", own)[0] == 2


def test_a_plan_of_a_said_region_is_held_against_its_province(tmp_path: Path) -> None:
    folder, text = tmp_path / "kb", COUNTY.read_text("utf-8")
    province = tmp_path / "河南省义务教育优质均衡实施意见.md"
    province.write_text(
        "---\ntitle: 河南省义务教育优质均衡实施意见\nregion: 河南省\nkind: 意见\nlevel: provincial\n"
        "status: effective\npublished: 2024-01-01\n---\n\n## 一、目标\n\n" + text.split("## 一、发展目标")[1],
        "utf-8",
    )
    with Workspace(folder) as workspace:
        workspace.ingest([CORPUS / "国家-督导评估办法-2017.pdf", province], workers=0)
        local = read_local(COUNTY)[0]
        national = review(workspace, local)
        both = review(workspace, local, region="河南省焦作市")
    assert [d.level for d in national.comparison.references] == ["national"]
    assert [d.level for d in both.comparison.references] == ["national", "provincial"]


def test_a_draft_is_printed_with_what_was_removed(
    sample_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "kb"
    shutil.copytree(sample_folder, folder)
    question = "厦门市“名校跨岛”战略行动是怎么做的？"
    with scripted() as (script, url):
        Settings(draft_base_url=url, draft_model="示例模型").save(folder)
        with Workspace(folder) as workspace:
            cited = workspace.ask(question).citations[0]
        held = f"{cited.citation.quote.rstrip('。')}[{cited.number}]。"
        script.content = held + "全市达标。"
        assert main(["--kb", str(folder), "ask", question, "--draft"]) == 0
        out = capsys.readouterr().out
        assert held in out and "× 全市达标。（没有引文编号）" in out and url.split("/")[2] in out
        assert main(["--kb", str(folder), "ask", question, "--draft", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["draft"]["text"] == held
        assert main(["--kb", str(folder), "ask", "成都市集团化办学怎么做？", "--draft"]) == 0
        assert len(script.requests) == 2
        script.status = 503
        assert main(["--kb", str(folder), "ask", question, "--draft"]) == 1
        assert "HTTP 503" in capsys.readouterr().err
