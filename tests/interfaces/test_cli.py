"""The command line, held against its contract: the names of the JSON fields, exactness, exit codes, Chinese."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from interfaces.cli import COMMANDS, main
from interfaces.cli.reference import reference
from interfaces.workspace import Workspace

ROOT = Path(__file__).parent.parent.parent
CITATION = {"document", "title", "source", "region", "section", "page", "start", "end", "quote"}
FACT = {
    "document", "source", "surface", "start", "end", "quote", "quote_start", "indicator", "value", "unit",
    "comparator", "time", "time_inherited", "region", "kind",
}  # fmt: skip


@pytest.fixture
def run(sample_folder: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: str, folder: Path = sample_folder) -> tuple[int, list[dict[str, Any]]]:
        code = main(["--kb", str(folder), *arguments])
        return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return call


@pytest.fixture
def text_of(sample: Workspace) -> Any:
    return lambda record: sample.store.source_text(record["source"])


def test_documents_are_listed_with_their_metadata(run: Any) -> None:
    code, found = run("documents", "--json")
    assert code == 0
    assert {"id", "title", "source", "start", "end", "region", "level", "kind", "issuer", "number",
            "published", "status"} <= found[0].keys()  # fmt: skip
    assert {d["region"]["name"] for d in found} >= {"全国", "福建省厦门市", "河南省济源市", "北京市西城区"}


def test_a_region_takes_in_what_lies_below_it(run: Any) -> None:
    _, found = run("documents", "--region", "河北省", "--json")
    assert {d["region"]["name"] for d in found} == {"河北省保定市", "河北省唐山市迁西县"}


def test_sections_come_in_order_with_their_paths(run: Any) -> None:
    _, documents = run("documents", "--region", "厦门市", "--json")
    _, found = run("sections", documents[0]["id"], "--json")
    assert [s["start"] for s in found] == sorted(s["start"] for s in found)
    assert all(len(s["path"]) >= 1 and set(s) == {"path", "level", "start", "end", "run_in"} for s in found)


def test_search_quotes_exactly_and_stays_in_the_region(run: Any, text_of: Any) -> None:
    code, found = run("search", "教师交流轮岗", "--region", "济源市", "--json")
    assert code == 0
    assert found
    assert {"rank", "score", "lexical", "semantic", *CITATION} <= found[0].keys()
    for hit in found:
        assert hit["region"] == {"code": "419001", "name": "河南省济源市"}
        assert text_of(hit)[hit["start"] : hit["end"]] == hit["quote"]


def test_ask_answers_from_the_named_region_only(run: Any, text_of: Any) -> None:
    _, (answer,) = run("ask", "厦门市“名校跨岛”战略行动是怎么做的？", "--json")
    assert answer["answered"]
    assert answer["citations"]
    for citation in answer["citations"]:
        assert {"number", *CITATION} <= citation.keys()
        assert citation["region"]["name"] == "福建省厦门市"
        assert text_of(citation)[citation["start"] : citation["end"]] == citation["quote"]
        assert citation["quote"] in answer["answer"]


def test_ask_refuses_a_region_that_the_library_lacks(run: Any) -> None:
    code, (answer,) = run("ask", "成都市集团化办学怎么做？", "--json")
    assert code == 0
    assert not answer["answered"]
    assert answer["reason"] == "unknown_region"
    assert answer["citations"] == []
    assert "成都" in answer["answer"]


def test_a_batch_carries_its_queries(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("厦门市有多少所中小学校？\n\n你好\n"))
    _, found = run("ask", "-", "--json")
    assert [record["query"] for record in found] == ["厦门市有多少所中小学校？", "你好"]
    assert not found[1]["answered"]


def test_facts_stand_in_their_source(run: Any, text_of: Any) -> None:
    _, found = run("facts", "--region", "济源市", "--json")
    assert found
    for fact in found:
        assert set(fact) == FACT
        text = text_of(fact)
        assert text[fact["start"] : fact["end"]] == fact["surface"]
        assert text[fact["quote_start"] : fact["quote_start"] + len(fact["quote"])] == fact["quote"]


def test_the_table_sets_regions_side_by_side(run: Any) -> None:
    _, found = run("table", "--indicator", "骨干教师占比", "--json")
    by_region = {row["region"]["name"]: row["cells"][0] for row in found}
    assert [fact["value"] for fact in by_region["河南省济源市"]["facts"]] == [12]


def test_a_missing_region_gets_a_row_that_says_missing(run: Any) -> None:
    _, (row,) = run("table", "--indicator", "骨干教师占比", "--region", "成都市", "--json")
    assert row["cells"][0]["missing"]


def test_ingest_reports_what_it_did_and_what_failed(run: Any, tmp_path: Path) -> None:
    files = tmp_path / "文件"
    files.mkdir()
    (files / "好.txt").write_text("某市教育工作情况\n2024年，全市新增学位1.2万个。", encoding="utf-8")
    (files / "坏.pdf").write_bytes(b"%PDF-1.7 broken")
    code, (report,) = run("ingest", str(files), "--workers", "0", "--json", folder=tmp_path / "kb")
    assert code == 0
    assert (report["files"], report["documents"], report["unchanged"]) == (2, 1, 0)
    assert [failure["source"] for failure in report["failed"]] == ["坏.pdf"]
    _, (again,) = run("ingest", str(files / "好.txt"), "--json", folder=tmp_path / "kb")
    assert (again["documents"], again["unchanged"]) == (0, 1)


def test_ingest_fails_when_nothing_could_be_read(run: Any, tmp_path: Path) -> None:
    bad = tmp_path / "坏.docx"
    bad.write_bytes(b"PK\x03\x04 no")
    assert run("ingest", str(bad), "--json", folder=tmp_path / "kb")[0] == 1


def test_two_folders_may_hold_files_of_one_name(run: Any, tmp_path: Path) -> None:
    for name in ("甲", "乙"):
        (tmp_path / name).mkdir()
        text = f"{name}地工作情况\n2024年，全市新增学位1.2万个，{name}地做法得到推广。"
        (tmp_path / name / "报告.txt").write_text(text, encoding="utf-8")
        run("ingest", str(tmp_path / name), "--json", folder=tmp_path / "kb")
    _, found = run("documents", "--json", folder=tmp_path / "kb")
    assert sorted(d["source"] for d in found) == ["报告(2).txt", "报告.txt"]


def test_a_removed_document_is_gone_from_search(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "通知.txt"
    file.write_text("关于供热补贴的通知\n供热补贴标准为每户每年300元。", encoding="utf-8")
    run("ingest", str(file), "--json", folder=tmp_path / "kb")
    _, (document,) = run("documents", "--json", folder=tmp_path / "kb")
    assert run("search", "供热补贴", "--json", folder=tmp_path / "kb")[1]
    assert run("remove", document["id"], "--json", folder=tmp_path / "kb")[0] == 0
    assert run("search", "供热补贴", "--json", folder=tmp_path / "kb")[1] == []
    assert run("remove", document["id"], "--json", folder=tmp_path / "kb")[0] == 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["searc"], 2, "没有命令 searc"),
        (["search"], 2, "缺少"),
        (["search", "学位", "--level", "x"], 2, "只能是"),
        (["search", "学位", "--nix"], 2, "没有选项 --nix"),
        (["search", "学位", "--region", "不存在县"], 2, "不存在县"),
        (["sections", "没有"], 2, "没有编号为"),
        (["ingest", "/不存在/的文件"], 1, "找不到"),
    ],
)
def test_errors_are_one_chinese_line(
    sample_folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    assert main(["--kb", str(sample_folder), *arguments]) == code
    error = capsys.readouterr().err.strip()
    assert said in error
    assert "\n" not in error
    assert "Traceback" not in error


def test_a_search_from_a_shell_does_not_import_torch(sample_folder: Path) -> None:
    program = (
        "import sys; from interfaces.cli import main\n"
        f"code = main(['--kb', {str(sample_folder)!r}, 'search', '学位', '--json'])\n"
        "heavy = {'torch', 'sentence_transformers', 'gradio', 'transformers'} & set(sys.modules)\n"
        "print(code, sorted(heavy), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stderr.strip().splitlines()[-1] == "0 []"
    assert json.loads(done.stdout.splitlines()[0])["rank"] == 1


def test_the_reference_of_the_commands_is_up_to_date() -> None:
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == reference(), (
        "run: python -m interfaces.cli.reference docs/cli.md"
    )


def test_every_command_is_documented() -> None:
    text = reference()
    assert all(f"## {name}\n" in text for name in COMMANDS)
