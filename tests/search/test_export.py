"""Exports: what stands in the files, that spreadsheets take nothing for a formula, and that Word files open."""

from __future__ import annotations

import csv
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
from docx.oxml.ns import qn
from PIL import Image

from kb.errors import ExportError
from kb.model import Citation, Document, Fact
from kb.store import StoredFact
from search.casebook import CaseBook, CaseCard, CaseQuote
from search.compare import compare
from search.export import export_casebook, export_comparison, export_table
from search.export.fonts import font, font_file
from search.export.workbook import harmless
from search.table import Cell, Entry, Row, Table
from tests.search.compare_samples import Number, material

QUOTE = "近年来，全市教师交流轮岗1500余人次，其中骨干教师占12%。"
FORMULA = '=HYPERLINK("http://example.invalid","点这里")，这是一句原文。'


def fact(surface: str, value, unit: str, indicator: str) -> StoredFact:
    start = QUOTE.index(surface)
    return StoredFact(
        1, "a", "甲.md", None,
        Fact(surface, start, start + len(surface), QUOTE, 0, indicator, indicator, value, unit, "=", "achieved",
             region_code="350200"),
    )  # fmt: skip


def citation(quote: str, document: Document, page: int | None = None) -> Citation:
    return Citation(document.id, document.title, document.source, document.region_code, ("一、做法",), page,
                    0, len(quote), quote)  # fmt: skip


FIRST = Document(
    "a", "甲.md", "甲市做法", 0, 99, "350200", "municipal", "案例", "甲市教育局", published="2024-04-05"
)
SECOND = Document("b", "乙.pdf", "乙区方案", 0, 99, "110102", "county", "方案", number="乙政〔2024〕3号")


@pytest.fixture
def book() -> CaseBook:
    rate = fact("12%", 12.0, "%", "骨干教师占比")
    first = CaseCard(
        FIRST, "福建省厦门市",
        (CaseQuote("measure", citation(FORMULA, FIRST)),),
        (CaseQuote("result", citation(QUOTE, FIRST), (rate,)),),
        wording="撰写者自己的话。",
    )  # fmt: skip
    second = CaseCard(
        SECOND, "北京市西城区",
        (CaseQuote("measure", citation("每年选派教师到乡村学校任教。", SECOND, 3)),
         CaseQuote("measure", citation("原来的句子，后来改了。", SECOND, 3), edited="改写后的句子。")),
        (),
    )  # fmt: skip
    return CaseBook("教师交流轮岗", (first, second))


@pytest.fixture
def comparison():
    reference = material(
        "深化“县管校聘”改革。\n小学每班学生不超过45人。\n为毕业生提供就业服务。",
        Number("45人", 45.0, "人", "<=", indicator="小学每班学生数"),
        id="r", title="国家办法", level="national", region="100000",
    )  # fmt: skip
    local = material(
        "全面深化“县管校聘”改革。\n小学每班学生不超过50人。\n组建航空特色教育联盟。",
        Number("50人", 50.0, "人", "<="), id="l", title="某县规划",
    )  # fmt: skip
    return compare(local, [reference])


@pytest.fixture
def table() -> Table:
    entry = Entry(fact("12%", 12.0, "%", "骨干教师占比"), citation(QUOTE, FIRST), 12.0, "%", "2024-04-05")
    cells = Cell("骨干教师占比", (entry,)), Cell("学位数", ())
    return Table(("骨干教师占比", "学位数"), ("%", ""), (Row("350200", "福建省厦门市", cells),))


def word_text(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def sheet(path: Path, name: str) -> list[tuple]:
    return list(openpyxl.load_workbook(path)[name].iter_rows(values_only=True))


# -- case books ---------------------------------------------------------------------------------------------------


def test_a_word_case_book_numbers_its_references(book: CaseBook, tmp_path: Path) -> None:
    export_casebook(book, tmp_path / "a.docx")
    text = word_text(tmp_path / "a.docx")
    assert f"{QUOTE}[1]" in text
    assert "每年选派教师到乡村学校任教。[2]第3页" in text
    assert "[1] 甲市教育局. 甲市做法[Z]. 2024-04-05." in text
    assert "[2] 乙区方案: 乙政〔2024〕3号[Z]." in text
    assert "撰写者自己的话。" in text


def test_an_edited_quote_is_marked_and_not_cited(book: CaseBook, tmp_path: Path) -> None:
    for name in ("a.docx", "a.md"):
        export_casebook(book, tmp_path / name)
    for text in (word_text(tmp_path / "a.docx"), (tmp_path / "a.md").read_text(encoding="utf-8")):
        assert "改写后的句子。（经改写，非原文）" in text
        assert "原来的句子" not in text
    export_casebook(book, tmp_path / "a.xlsx")
    row = next(row for row in sheet(tmp_path / "a.xlsx", "案例") if row[4] == "改写后的句子。")
    assert row[5] is None
    assert all("原来的句子" not in row[7] for row in sheet(tmp_path / "a.xlsx", "引文"))


def test_word_text_has_chinese_fonts(book: CaseBook, tmp_path: Path) -> None:
    export_casebook(book, tmp_path / "a.docx")
    styles = docx.Document(str(tmp_path / "a.docx")).styles
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        fonts = styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) in {"宋体", "黑体"}
        assert fonts.get(qn("w:eastAsiaTheme")) is None


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="没有安装 LibreOffice（soffice），不能试开 Word 文件"
)
def test_word_files_open_and_show_their_quotes(book: CaseBook, comparison, tmp_path: Path) -> None:
    export_casebook(book, tmp_path / "book.docx")
    export_comparison(comparison, tmp_path / "review.docx")
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(tmp_path / "book.docx"), str(tmp_path / "review.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert "".join(QUOTE.split()) in pdf_text(tmp_path / "book.pdf")
    assert "全面深化“县管校聘”改革" in pdf_text(tmp_path / "review.pdf")


def pdf_text(path: Path) -> str:
    document = pypdfium2.PdfDocument(str(path))
    try:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    finally:
        document.close()


def test_an_xlsx_case_book_has_real_numbers_and_every_citation(book: CaseBook, tmp_path: Path) -> None:
    export_casebook(book, tmp_path / "a.xlsx")
    head, row = sheet(tmp_path / "a.xlsx", "数据")
    assert row[head.index("数值")] == 12
    assert row[head.index("单位")] == "%"
    citations = sheet(tmp_path / "a.xlsx", "引文")
    assert citations[0][0] == "编号"
    assert QUOTE in {row[7] for row in citations}


def test_no_cell_is_a_formula(book: CaseBook, tmp_path: Path) -> None:
    export_casebook(book, tmp_path / "a.xlsx")
    export_casebook(book, tmp_path / "a.csv")
    cells = [c for page in openpyxl.load_workbook(tmp_path / "a.xlsx") for row in page for c in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert f"'{FORMULA}" in {cell.value for cell in cells}
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        texts = [cell for row in csv.reader(file) for cell in row]
    assert f"'{FORMULA}" in texts
    assert not [text for text in texts if text.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("cell", ["=1+1", "+86", "-5%", "@SUM(A1)", "\t=1", "\r=1", "\x00=1"])
def test_active_cells_become_texts(cell: str) -> None:
    assert str(harmless(cell)).startswith("'")


def test_numbers_stay_numbers() -> None:
    assert harmless(-5.0) == -5.0
    assert harmless(None) is None


def test_markup_in_a_quote_stays_text(book: CaseBook, tmp_path: Path) -> None:
    wild = CaseQuote("measure", citation("<script>alert(1)</script> *星号* [链接](x)", FIRST))
    export_casebook(CaseBook("主题", (CaseCard(FIRST, "福建省厦门市", (wild,), ()),)), tmp_path / "a.md")
    text = (tmp_path / "a.md").read_text(encoding="utf-8")
    assert "<script>" not in text.replace("\\<", "")
    assert "\\*星号\\*" in text


def test_characters_that_no_file_can_hold_are_left_out(tmp_path: Path) -> None:
    wild = CaseQuote("measure", citation("学\x0b位\x00数\ufffe增加", FIRST))
    broken = CaseBook("主题\x01", (CaseCard(FIRST, "福建省厦门市", (wild,), ()),))
    for name in ("a.docx", "a.xlsx", "a.md", "a.csv"):
        export_casebook(broken, tmp_path / name)
    assert "学位数增加" in word_text(tmp_path / "a.docx")


# -- comparisons and tables ---------------------------------------------------------------------------------------


def test_a_word_review_quotes_both_sides(comparison, tmp_path: Path) -> None:
    export_comparison(comparison, tmp_path / "a.docx")
    text = word_text(tmp_path / "a.docx")
    for expected in (
        "小学每班学生不超过45人。",
        "小学每班学生不超过50人。",
        "未达到",
        "【未回应】",
        "组建航空特色教育联盟",
    ):
        assert expected in text


def test_an_xlsx_review_compares_real_numbers(comparison, tmp_path: Path) -> None:
    export_comparison(comparison, tmp_path / "a.xlsx")
    head, row = sheet(tmp_path / "a.xlsx", "数值")
    assert (row[head.index("要求数值")], row[head.index("本地数值")]) == (45, 50)
    assert row[head.index("结论")] == "未达到"
    assert len(sheet(tmp_path / "a.xlsx", "条款")) == 4
    assert [row[2] for row in sheet(tmp_path / "a.xlsx", "本地新增")[1:]] == ["组建航空特色教育联盟。"]


def test_a_table_has_units_in_its_heads_and_says_what_is_missing(table: Table, tmp_path: Path) -> None:
    export_table(table, tmp_path / "a.xlsx", {"a": FIRST})
    assert sheet(tmp_path / "a.xlsx", "指标对比") == [
        ("地区", "骨干教师占比（%，成效）", "学位数"),
        ("福建省厦门市", 12, "缺"),
    ]
    assert sheet(tmp_path / "a.xlsx", "引文")[1][7] == QUOTE
    export_table(table, tmp_path / "a.csv", {"a": FIRST})
    assert "福建省厦门市,12,缺" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    export_table(table, tmp_path / "a.docx", {"a": FIRST})
    assert "12%[1]" in word_text(tmp_path / "a.docx")


def test_kinds_have_columns_of_their_own_and_contradictions_a_second_row(tmp_path: Path) -> None:
    def entry(value: float, kind: str) -> Entry:
        stored = fact("12%", value, "%", "骨干教师占比")
        stored = replace(stored, fact=replace(stored.fact, kind=kind))
        return Entry(stored, citation(QUOTE, FIRST), value, "%", "2024-04-05")

    cells = (
        Cell(
            "占比",
            (entry(12.0, "achieved"), entry(15.0, "achieved"), entry(20.0, "target")),
            conflicting=True,
        ),
    )
    export_table(
        Table(("占比",), ("%",), (Row("350200", "厦门市", cells),)), tmp_path / "a.xlsx", {"a": FIRST}
    )
    assert sheet(tmp_path / "a.xlsx", "指标对比") == [
        ("地区", "占比（%，目标）", "占比（%，成效）"),
        ("厦门市", 20, 12),
        ("厦门市（另一说法）", None, 15),
    ]


@pytest.mark.skipif(font_file() is None, reason="这台机器没有中文字体")
def test_a_table_is_drawn_as_a_picture(table: Table, tmp_path: Path) -> None:
    export_table(table, tmp_path / "a.png", {"a": FIRST})
    with Image.open(tmp_path / "a.png") as image:
        colours = {colour for _, colour in image.convert("RGB").getcolors(1 << 24)}
        assert image.format == "PNG" and image.width > 800
    assert (0, 0x72, 0xB2) in colours  # the bar of what is reached


def test_without_a_chinese_font_it_says_what_to_do(
    table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    font.cache_clear()
    monkeypatch.setattr("search.export.fonts.font_file", lambda: None)
    with pytest.raises(ExportError, match="中文字体"):
        export_table(table, tmp_path / "a.png", {"a": FIRST})
    assert not (tmp_path / "a.png").exists()


def test_an_empty_table_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="没有可以导出的数据"):
        export_table(Table(("占比",), ("",), ()), tmp_path / "a.xlsx", {})


# -- failures -----------------------------------------------------------------------------------------------------


def test_another_ending_is_refused(book: CaseBook, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="docx"):
        export_casebook(book, tmp_path / "a.pptx")


def test_a_missing_folder_is_named(book: CaseBook, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="文件夹不存在"):
        export_casebook(book, tmp_path / "没有" / "a.md")


def test_an_empty_book_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="没有可以导出的案例"):
        export_casebook(CaseBook("主题", ()), tmp_path / "a.md")
    assert list(tmp_path.iterdir()) == []


def test_a_failed_export_leaves_the_earlier_file_and_no_rest(
    book: CaseBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.md"
    export_casebook(book, target)
    before = target.read_bytes()

    def fail(report: object, path: Path) -> None:
        path.write_text("半", encoding="utf-8")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("search.export.save.write_markdown", fail)
    with pytest.raises(ExportError, match="写不了文件"):
        export_casebook(book, target)
    assert target.read_bytes() == before
    assert list(tmp_path.iterdir()) == [target]
