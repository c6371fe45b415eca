"""Pages of PDFs: the quote is marked where it stands, pictures are kept within bounds, other files are not shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from interfaces.originals import find_original
from interfaces.pdf import Box, Pictures, Rectangle, find_on_page, open_page
from interfaces.workspace import Workspace
from kb.errors import UnreadableSource
from tests.ingest.fixtures.pdfs import HEIGHT, WIDTH, PdfWriter, set_paragraphs

SENTENCE = "到2025年全市新增公办义务教育学位三万个。"
PARAGRAPHS = [
    "为促进义务教育优质均衡发展，制定本方案，各区县和有关部门应当结合实际认真贯彻执行，不得走样变形。",
    f"坚持学校建设先行，{SENTENCE}教师交流轮岗每年不低于百分之十，其中骨干教师不低于百分之二十。",
]


def written(folder: Path, *, rotate: int = 0) -> Path:
    writer = PdfWriter()
    first = writer.page(rotate=rotate)
    first.text(220, 60, "某市教育发展方案", 16)
    set_paragraphs(first, PARAGRAPHS)
    writer.page().text(90, 120, "第二页没有引文。")
    path = folder / "方案.pdf"
    path.write_bytes(writer.output())
    return path


def line(text: str, top: float, left: float = 0.1) -> list[Box]:
    return [Box(char, left + 0.02 * i, top, left + 0.02 * (i + 1), top + 0.02) for i, char in enumerate(text)]


def covered(boxes: list[Box], marks: tuple[Rectangle, ...]) -> str:
    return "".join(
        box.char
        for box in boxes
        if any(
            m.left - 1e-6 <= box.left
            and box.right <= m.right + 1e-6
            and m.top - 1e-6 <= box.top
            and box.bottom <= m.bottom + 1e-6
            for m in marks
        )
    )


def test_a_reflowed_quote_is_marked_on_both_of_its_lines() -> None:
    boxes = line("全市新增学位", 0.1) + line("三万个，投入一亿元。", 0.14)
    text = "全市新增学位三万个，投入一亿元。"
    marks = find_on_page(boxes, text, 2, 9)
    assert covered(boxes, marks) == "新增学位三万个"
    assert len(marks) == 2


def test_of_equal_sentences_the_right_one_is_marked() -> None:
    boxes = line("达到95%。", 0.1) + line("另一句。", 0.14) + line("达到95%。", 0.18)
    text = "达到95%。\n另一句。\n达到95%。"
    marks = find_on_page(boxes, text, text.rindex("达到"), len(text))
    assert [mark.top for mark in marks] == [pytest.approx(0.18)]


def test_headers_and_page_numbers_between_do_not_matter() -> None:
    boxes = line("页眉", 0.05) + line("全市新增学位", 0.1) + line("—1—", 0.12) + line("三万个。", 0.14)
    marks = find_on_page(boxes, "全市新增学位三万个。", 0, 10)
    assert covered(boxes, marks).replace("—1—", "") == "全市新增学位三万个。"


def test_full_and_half_width_are_the_same_on_a_page() -> None:
    boxes = line("比例（达到９５％）。", 0.1)
    assert find_on_page(boxes, "比例(达到95%)。", 0, 8)


def test_columns_written_in_another_order_are_found_line_by_line() -> None:
    left, right = line("一二三", 0.1), line("四五六", 0.1, left=0.5)
    boxes = [box for pair in zip(left, right, strict=True) for box in pair]
    marks = find_on_page(boxes, "一二三四五六", 0, 6)
    assert covered(boxes, marks) == "一四二五三六"


def test_what_is_not_on_the_page_is_not_marked() -> None:
    assert find_on_page(line("完全不同的内容在这里", 0.1), "教师交流轮岗比例", 0, 8) == ()
    assert find_on_page([], "教师", 0, 2) == ()


@pytest.mark.parametrize("rotate", [0, 90])
def test_the_marks_lie_on_the_printed_words(tmp_path: Path, rotate: int) -> None:
    page = open_page(written(tmp_path, rotate=rotate), 1, scale=1.0)
    text = "".join(box.char for box in page.boxes)
    start = text.index(SENTENCE)
    marks = find_on_page(page.boxes, text, start, start + len(SENTENCE))
    assert covered(list(page.boxes), marks) == SENTENCE
    assert all(0 <= m.left < m.right <= 1 and 0 <= m.top < m.bottom <= 1 for m in marks)
    if not rotate:
        # The second paragraph begins on the third line: 120 + 2 · 18 points from the top.
        assert marks[0].top * HEIGHT < 120 + 2 * 18 < marks[0].bottom * HEIGHT + 4
        assert marks[0].left * WIDTH > 90


def test_a_page_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="没有第 3 页"):
        open_page(written(tmp_path), 3, scale=1.0)
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing")
    with pytest.raises(UnreadableSource, match="打不开"):
        open_page(broken, 1, scale=1.0)


def test_pictures_are_kept_and_bounded(tmp_path: Path) -> None:
    path = written(tmp_path)
    pictures = Pictures(most_bytes=1)
    first = pictures.page(path, "a" * 64, 1, scale=1.0)
    path.unlink()
    assert pictures.page(path, "a" * 64, 1, scale=1.0) == first  # not rendered again
    pictures.page(written(tmp_path), "a" * 64, 2, scale=1.0)
    assert len(list(pictures.folder.iterdir())) == 1


def test_pictures_survive_a_cleaned_temporary_folder(tmp_path: Path) -> None:
    path = written(tmp_path)
    pictures = Pictures()
    first = pictures.page(path, "b" * 64, 1, scale=1.0)
    for file in pictures.folder.iterdir():
        file.unlink()
    assert pictures.page(path, "b" * 64, 1, scale=1.0).picture == first.picture


def test_only_the_file_that_was_read_is_shown(tmp_path: Path) -> None:
    path = written(tmp_path)
    with Workspace(tmp_path / "kb") as workspace:
        workspace.ingest([path], workers=0)
        (source,) = workspace.store.sources()
        assert find_original(source).path == path
        path.write_bytes(path.read_bytes() + b"\n% other")
        changed = find_original(source)
        assert changed.path is None
        assert "改过" in changed.reason
        path.unlink()
        gone = find_original(source)
        assert gone.path is None
        assert "已不在" in gone.reason
