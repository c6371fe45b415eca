"""Collections, tables as files and the examination on the command line."""

import json
from pathlib import Path

import openpyxl
import pytest

from interfaces.cli import main
from tests.search.small_library import build


@pytest.fixture
def kb(tmp_path: Path) -> str:
    return str(build(tmp_path))


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_collection_restricts_every_command(kb: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--kb", kb, "documents", "--region", "浙江省宁波市", "--json"])
    ids = [str(record["id"]) for record in lines(capsys)]
    assert main(["--kb", kb, "collections", "--add", "宁波", *ids, "--json"]) == 0
    assert lines(capsys) == [{"collection": "宁波", "count": len(ids), "documents": sorted(ids)}]
    for command in (["search", "集团化办学"], ["documents"], ["facts"]):
        assert main(["--kb", kb, *command, "--collection", "宁波", "--json"]) == 0
        found = lines(capsys)
        assert found
        assert {str(record.get("document", record.get("id"))) for record in found} <= set(ids)
    main(["--kb", kb, "table", "--indicator", "教育集团", "--collection", "宁波", "--json"])
    assert [record["region"]["code"] for record in lines(capsys)] == ["330200"]


def test_a_collection_that_there_is_none_of_is_wrong_usage(
    kb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--kb", kb, "search", "教师", "--collection", "水利"]) == 2
    assert "水利" in capsys.readouterr().err


def test_a_table_is_written_as_a_file(kb: str, tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    assert main(["--kb", kb, "table", "--indicator", "新增学位", "-o", str(path)]) == 0
    rows = list(openpyxl.load_workbook(path)["指标对比"].iter_rows(values_only=True))
    assert rows == [
        ("地区", "新增学位（个，目标）", "新增学位（个，成效）"),
        ("福建省厦门市", 314_000, 350_000),
    ]


def test_indicators_are_suggested(kb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--kb", kb, "table", "--suggest", "学位", "--json"]) == 0
    assert {"indicator": "新增学位", "facts": 2} in lines(capsys)


def test_the_examination_lists_files_that_could_not_be_read(
    kb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "坏.pdf"
    bad.write_bytes(b"%PDF-1.4 nothing")
    main(["--kb", kb, "ingest", str(bad), "--workers", "0"])
    capsys.readouterr()
    assert main(["--kb", kb, "check", "--json"]) == 0
    found = {record["finding"]: record for record in lines(capsys)}
    assert found["unreadable"]["count"] == 1
    assert "失效.md" in json.dumps(found["superseded"]["items"], ensure_ascii=False)
    assert main(["--kb", kb, "check", "-o", str(tmp_path / "体检.xlsx")]) == 0
    assert "未能读入的文件" in openpyxl.load_workbook(tmp_path / "体检.xlsx").sheetnames
