"""PDF: paragraphs, columns, running lines, tables, pages, and files that hold no readable text."""

import io
import re

import pytest
from pypdf import PdfReader
from pypdf import PdfWriter as Encrypter

from ingest.clean import clean
from kb.errors import EncryptedSource, NeedsOCR, UnreadableSource
from tests.ingest.fixtures.files import cells_of, lines, load_bytes, text_of
from tests.ingest.fixtures.pages import PARAGRAPHS, TABLE, TITLE
from tests.ingest.fixtures.pdfs import HEIGHT, WIDTH, PdfWriter, set_paragraphs

LONG = (
    "各乡镇人民政府、县直有关部门要把学前教育扩容列入重要议事日程，建立主要负责同志亲自抓、分管负责同志具体抓的工作机制，"
    "逐项明确时间表和责任人，确保到2027年底新增学位2400个、招聘教师160名，让群众在家门口就能上好园。"
)


def wrapped(paragraphs, ems):
    """Lines of ``ems`` widths of a Chinese character, with whether each begins a paragraph."""
    for paragraph in paragraphs:
        first, line, room = True, "", ems - 2.0
        for char in paragraph:
            width = 0.5 if char.isascii() else 1.0
            if width > room:
                yield first, line
                first, line, room = False, "", float(ems)
            line += char
            room -= width
        yield first, line


def book(paragraphs, *, per_page=30, header="青石县文件汇编"):
    """Paragraphs over several pages with running header and page number."""
    writer = PdfWriter()
    y = HEIGHT
    for first, text in wrapped(paragraphs, 34):
        if y > 110 + per_page * 18:
            page, y = writer.page(), 110.0
            page.text(240, 50, header, 9)
            page.text(280, 810, f"— {len(writer.pages)} —", 10)
        page.text(90 + (24 if first else 0), y, text)
        y += 18
    return writer


def test_paragraphs_are_whole_over_lines_and_pages(tmp_path):
    paragraphs = [*PARAGRAPHS, *[LONG] * 12]
    loaded = load_bytes(tmp_path, "a.pdf", book(paragraphs).output())
    assert lines(loaded) == paragraphs
    assert loaded.loader == "pdf"


def test_running_headers_and_page_numbers_are_dropped_and_listed(tmp_path):
    loaded = load_bytes(tmp_path, "a.pdf", book([LONG] * 20).output())
    assert "汇编" not in loaded.text and "—" not in loaded.text
    assert {(d.reason, d.page) for d in loaded.dropped} == {
        (reason, page + 1) for reason in ("页眉页脚", "页码") for page in range(len(loaded.pages))
    }


def test_pages_begin_where_their_text_begins_even_inside_a_paragraph(tmp_path):
    writer = book([LONG] * 20)
    loaded = load_bytes(tmp_path, "a.pdf", writer.output())
    assert len(loaded.pages) == len(writer.pages) > 2
    reader = PdfReader(io.BytesIO(writer.output()))
    for number, start in enumerate(loaded.pages):
        shown = re.sub(r"\s", "", reader.pages[number].extract_text())
        assert re.sub(r"\s", "", loaded.text[start : start + 12]) in shown
    assert any(loaded.text[start - 1] != "\n" for start in loaded.pages[1:])


def test_two_columns_are_read_one_after_the_other(tmp_path):
    writer = PdfWriter()
    page = writer.page()
    page.text(WIDTH / 2 - 9 * 8, 90, "青石县学前教育调研报告", 14)
    paragraphs = [LONG[:60] + "。", *PARAGRAPHS[2:6], LONG, LONG[30:90] + "。"] * 2
    all_lines = list(wrapped(paragraphs, 16))
    half = (len(all_lines) + 1) // 2
    for column, part in ((90, all_lines[:half]), (320, all_lines[half:])):
        for row, (first, text) in enumerate(part):
            page.text(column + (24 if first else 0), 120 + 17 * row, text)
    loaded = load_bytes(tmp_path, "a.pdf", writer.output())
    assert lines(loaded) == ["青石县学前教育调研报告", *paragraphs]


def test_a_ruled_table_becomes_rows_where_it_stands(tmp_path):
    writer = PdfWriter()
    page = writer.page()
    set_paragraphs(page, [PARAGRAPHS[0]], y=120)
    xs, ys = [90.0, 200.0, 310.0, 420.0], [180.0, 205.0, 230.0, 255.0]
    page.grid(xs, ys)
    for row, cells in enumerate(TABLE):
        for column, cell in enumerate(cells):
            page.text(xs[column] + 5, ys[row] + 17, cell)
    set_paragraphs(page, [PARAGRAPHS[7]], y=290)
    loaded = load_bytes(tmp_path, "a.pdf", writer.output())
    rows = [block for block in loaded.blocks if block.kind == "row"]
    assert [tuple(cells_of(loaded, row)) for row in rows] == list(TABLE)
    assert [row.header for row in rows] == [True, False, False]
    assert lines(loaded) == [PARAGRAPHS[0], *("\t".join(row) for row in TABLE), PARAGRAPHS[7]]


def test_a_table_that_goes_on_overleaf_is_one_and_its_header_is_read_once(tmp_path):
    writer = PdfWriter()
    for part in (TABLE, (TABLE[0], ("2027年", "900个", "700万元"), ("2028年", "300个", "200万元"))):
        page = writer.page()
        xs, ys = [90.0, 200.0, 310.0, 420.0], [150.0, 175.0, 200.0, 225.0]
        page.grid(xs, ys)
        for row, cells in enumerate(part):
            for column, cell in enumerate(cells):
                page.text(xs[column] + 5, ys[row] + 17, cell)
    loaded = load_bytes(tmp_path, "a.pdf", writer.output())
    rows = [block for block in loaded.blocks if block.kind == "row"]
    assert [cells_of(loaded, row)[0] for row in rows] == ["年份", "2025年", "2026年", "2027年", "2028年"]
    assert {row.table for row in rows} == {0}
    assert [dropped.reason for dropped in loaded.dropped] == ["续表的表头"]


def test_bookmarks_and_large_type_are_headings(tmp_path):
    writer = PdfWriter(
        info={"Title": TITLE, "Author": "县教育局"}, bookmarks=[("一、总体目标", 0), ("三、保障措施", 0)]
    )
    page = writer.page()
    for row, part in enumerate((TITLE[:14], TITLE[14:])):
        page.text(WIDTH / 2 - 9 * len(part), 80 + 28 * row, part, 18)
    set_paragraphs(page, [*PARAGRAPHS, LONG], y=150)
    loaded = load_bytes(tmp_path, "a.pdf", writer.output())
    headings = {
        text_of(loaded, block): (block.level, block.reason)
        for block in loaded.blocks
        if block.kind == "heading"
    }
    assert headings == {TITLE: (0, "大字号"), "一、总体目标": (1, "书签"), "三、保障措施": (1, "书签")}
    assert loaded.metadata["title"] == TITLE
    assert loaded.metadata_origin["title"] == "pdf_info"


def test_letter_spacing_and_double_print_leave_no_trace(tmp_path):
    writer = PdfWriter()
    page = writer.page()
    page.text(90, 100, "普惠性幼儿园覆盖率达到百分之九十二。", spacing=6)
    for shift in (0, 0.3):
        page.text(90 + shift, 140, "加粗的一句话是重复印刷的。")
    page.text(90, 180, "各乡镇人民政府要落实属地责任，每季度报告一次。")
    loaded = load_bytes(tmp_path, "a.pdf", writer.output())
    assert lines(loaded) == [
        "普惠性幼儿园覆盖率达到百分之九十二。",
        "加粗的一句话是重复印刷的。",
        "各乡镇人民政府要落实属地责任，每季度报告一次。",
    ]


def test_a_page_that_is_set_sideways_is_read_and_a_slanted_watermark_is_not(tmp_path):
    writer = PdfWriter()
    page = writer.page()
    for row, (first, text) in enumerate(wrapped([LONG] * 3, 34)):
        page.text(120 + 18 * row, 780 - (24 if first else 0), text, turn="0 1 -1 0")
    page.text(200, 500, "内部资料", 40, turn="0.7 0.7 -0.7 0.7")
    loaded = load_bytes(tmp_path, "a.pdf", writer.output())
    assert lines(loaded) == [LONG] * 3
    assert [(dropped.text, dropped.reason) for dropped in loaded.dropped] == [("内部资料", "水印")]


def test_a_footnote_comes_before_the_paragraph_that_goes_on_over_the_page(tmp_path):
    writer = PdfWriter()
    page = writer.page()
    rows = list(wrapped([LONG] * 7, 34))
    for row, (first, text) in enumerate(rows[:20]):
        page.text(90 + (24 if first else 0), 110 + 18 * row, text)
    page.text(90, 700, "①本表数据截至2025年底。", 9)
    page = writer.page()
    for row, (first, text) in enumerate(rows[20:]):
        page.text(90 + (24 if first else 0), 110 + 18 * row, text)
    loaded = load_bytes(tmp_path, "a.pdf", writer.output())
    assert sorted(lines(loaded)) == sorted([*[LONG] * 7, "①本表数据截至2025年底。"])
    assert all(start <= end for start, end in zip(loaded.pages, loaded.pages[1:], strict=False))


@pytest.mark.parametrize("password", ["", "secret"])
def test_a_password_to_open_is_named_and_an_owner_password_does_no_harm(tmp_path, password):
    encrypter = Encrypter(clone_from=PdfReader(io.BytesIO(book([LONG]).output())))
    encrypter.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
    buffer = io.BytesIO()
    encrypter.write(buffer)
    if password:
        with pytest.raises(EncryptedSource, match="密码"):
            load_bytes(tmp_path, "密.pdf", buffer.getvalue())
    else:
        assert lines(load_bytes(tmp_path, "a.pdf", buffer.getvalue())) == [LONG]


def test_a_scan_needs_ocr_and_an_empty_page_is_no_scan(tmp_path):
    writer = PdfWriter()
    for _ in range(3):
        writer.page(picture=True)
    with pytest.raises(NeedsOCR, match="3 页中有 3 页是图片"):
        load_bytes(tmp_path, "扫描.pdf", writer.output())
    writer = PdfWriter()
    writer.page()
    with pytest.raises(UnreadableSource, match="没有文字"):
        load_bytes(tmp_path, "空白.pdf", writer.output())


def test_pages_without_text_between_others_keep_the_page_count(tmp_path):
    writer = PdfWriter()
    set_paragraphs(writer.page(), [LONG])
    writer.page()
    set_paragraphs(writer.page(), [PARAGRAPHS[0]])
    loaded = load_bytes(tmp_path, "a.pdf", writer.output())
    assert len(loaded.pages) == 3
    assert loaded.pages[1] == loaded.pages[2] == loaded.text.index(PARAGRAPHS[0])


@pytest.mark.parametrize("damage", [lambda d: d[:200], lambda d: b"%PDF-1.5\n" + b"\xff" * 500])
def test_a_damaged_file_is_refused(tmp_path, damage):
    with pytest.raises(UnreadableSource, match="损坏"):
        load_bytes(tmp_path, "坏.pdf", damage(book([LONG]).output()))


def test_a_wrong_cross_reference_table_does_no_harm(tmp_path):
    data = book([LONG]).output().replace(b"startxref\n", b"startxref\n9")
    assert lines(load_bytes(tmp_path, "a.pdf", data)) == [LONG]


PRIVATE = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
1 beginbfrange <4e00> <9fff> <ac00> endbfrange endcmap end end"""


def test_garbled_pages_are_refused_by_number(tmp_path):
    writer = book([LONG] * 3)
    writer.to_unicode = PRIVATE
    with pytest.raises(UnreadableSource, match="第 1 页的文字是乱码"):
        load_bytes(tmp_path, "乱码.pdf", writer.output())


def test_what_is_cleaned_from_a_pdf_is_prose_only(tmp_path):
    cleaned = clean(load_bytes(tmp_path, "a.pdf", book([*PARAGRAPHS, LONG]).output()))
    assert len(cleaned.paragraphs) == len(PARAGRAPHS) + 1
    assert cleaned.removals == ()
