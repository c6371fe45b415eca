"""Spreadsheets: what the sheet shows, row by row, with the cells' places."""

import datetime
import io

import openpyxl
import pytest

from kb.errors import UnreadableSource
from tests.ingest.fixtures.files import cells_of, lines, load_bytes


def workbook(fill):
    book = openpyxl.Workbook()
    fill(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_values_appear_as_shown_and_hidden_sheets_are_skipped(tmp_path):
    def fill(book):
        sheet = book.active
        sheet.title = "学位"
        sheet.append(["青石县学位计划表"])
        sheet.append(["地区", "覆盖率", "日期", "投入"])
        sheet.append(["城关镇", 0.925, datetime.date(2025, 3, 12), 1800])
        sheet["B3"].number_format = "0.0%"
        sheet.append([None, "尚未 统计", True, 2.5])
        hidden = book.create_sheet("草稿")
        hidden.append(["不应出现", "x"])
        hidden.sheet_state = "hidden"

    loaded = load_bytes(tmp_path, "a.xlsx", workbook(fill))
    assert lines(loaded) == [
        "学位", "青石县学位计划表", "地区\t覆盖率\t日期\t投入", "城关镇\t92.5%\t2025-03-12\t1800", "\t尚未 统计\t是\t2.5",
    ]  # fmt: skip
    rows = [block for block in loaded.blocks if block.kind == "row"]
    assert [row.header for row in rows] == [True, False, False]
    assert cells_of(loaded, rows[2]) == ["", "尚未 统计", "是", "2.5"]
    assert loaded.blocks[0].kind == "heading"


def test_an_empty_or_damaged_workbook_is_refused(tmp_path):
    with pytest.raises(UnreadableSource, match="没有内容"):
        load_bytes(tmp_path, "空.xlsx", workbook(lambda book: None))
    data = workbook(lambda book: book.active.append(["a", "b"]))
    with pytest.raises(UnreadableSource):
        load_bytes(tmp_path, "坏.xlsx", data[: len(data) // 2])


@pytest.mark.parametrize(("name", "mark"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t")])
def test_a_csv_file_is_its_text_unchanged_with_the_cells_marked(tmp_path, name, mark):
    text = (
        mark.join(["地区", "学位数", "备注"])
        + "\r\n"
        + mark.join(["城关镇", '"1,800"', '"分两期\n建成"'])
        + "\r\n"
    )
    loaded = load_bytes(tmp_path, name, text.encode("gb18030"))
    assert loaded.text == text
    assert [cells_of(loaded, block) for block in loaded.blocks] == [
        ["地区", "学位数", "备注"],
        ["城关镇", "1,800", "分两期\n建成"],
    ]
    assert [block.header for block in loaded.blocks] == [True, False]


def test_a_stray_quotation_mark_loses_nothing(tmp_path):
    text = '地区,备注\n城关镇,他说"好\n"未完,的一行\n末行,x\n'
    loaded = load_bytes(tmp_path, "a.csv", text)
    marked = set()
    for block in loaded.blocks:
        marked.update(range(block.start, block.end))
    assert {i for i, char in enumerate(text) if not char.isspace()} <= marked
