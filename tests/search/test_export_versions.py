"""Two versions set side by side as files: what was dropped and what was added can be told apart in each."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest

from search.compare import compare_versions
from search.export import export_versions
from tests.search.compare_samples import material


@pytest.fixture
def versions():
    old = material(
        "一、目标\n到2026年，补助标准为每人每月500元。\n完善考核办法，<b>按季</b>公布。", id="old", title="旧"
    )
    new = material(
        "一、目标\n到2027年，补助标准为每人每月600元。\n建设统计监测平台，公布学位余量。",
        id="new",
        title="新",
    )
    return compare_versions(old, new)


def test_a_word_file_of_two_versions_strikes_out_and_underlines(versions, tmp_path: Path) -> None:
    path = tmp_path / "新旧.docx"
    export_versions(versions, path)
    runs = [run for paragraph in docx.Document(str(path)).paragraphs for run in paragraph.runs]
    assert any(run.font.strike and "2026" in run.text for run in runs)
    assert any(run.font.underline and "600" in run.text for run in runs)
    text = "\n".join(run.text for run in runs)
    assert "<b>按季</b>" in text


def test_a_workbook_of_two_versions_has_both_sides(versions, tmp_path: Path) -> None:
    path = tmp_path / "新旧.xlsx"
    export_versions(versions, path)
    book = openpyxl.load_workbook(path)
    rows = list(book["条款"].values)
    assert rows[0] == ("变化", "章节", "旧版", "新版", "改动之处")
    assert {row[0] for row in rows[1:]} == {"有改动", "删去", "新增"}
    assert any("【删：" in (row[4] or "") and "【增：" in row[4] for row in rows[1:])
    assert [row[-1] for row in list(book["数值"].values)[1:]] == ["推迟"]


def test_markdown_of_two_versions_marks_the_words(versions, tmp_path: Path) -> None:
    path = tmp_path / "新旧.md"
    export_versions(versions, path)
    text = path.read_text(encoding="utf-8")
    assert "<del>" in text and "<ins>" in text and "<b>" not in text
