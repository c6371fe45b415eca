"""The reader's HTML: every character of the source is there, escaped, and what was damaged or marked says so."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from interfaces.web import reader_html
from interfaces.web.opened import OpenDocument
from interfaces.web.permalink import Opened
from interfaces.web.read import Reader, Reading, acted
from interfaces.web.reading import document_html
from interfaces.workspace import Workspace
from kb.model import Document, Section
from tests.interfaces.test_pdf_pages import PARAGRAPHS, SENTENCE, written

TEXT = "关于<b>学位</b>的通知\r\n一、目标\r\n到2025年新增学位3万个。\r\n"


def shown_text(shown: str) -> str:
    return unescape("".join(re.findall(r'<span data-at="\d+">(.*?)</span>', shown, re.DOTALL)))


def document(text: str) -> Document:
    return Document("a", "a.txt", "通知", 0, len(text))


def test_every_character_is_shown_and_none_is_markup() -> None:
    opened = OpenDocument(document(TEXT), TEXT, [Section("一、目标", 1, 15, 19)], damaged=[(25, 30)])
    shown = reader_html.text_html(opened, highlight=(21, 34))
    assert shown_text(shown) == TEXT
    assert "<b>学位" not in shown
    # A browser would make one line feed of a plain CR LF, and every later offset would be off by one.
    assert "\r" not in shown


def test_each_piece_says_where_it_begins() -> None:
    shown = reader_html.text_html(OpenDocument(document(TEXT), TEXT, pages=(0, 15)), highlight=(21, 26))
    for at, piece in re.findall(r'<span data-at="(\d+)">(.*?)</span>', shown, re.DOTALL):
        assert TEXT.startswith(unescape(piece), int(at))
    marked = "".join(re.findall(r'<mark class="pk-here">(.*?)</mark>', shown, re.DOTALL))
    assert shown_text(marked) == TEXT[21:26]
    assert 'data-page="第 2 页"' in shown


def test_damaged_places_are_marked_where_they_are(tmp_path: Path) -> None:
    file = tmp_path / "案例.md"
    file.write_text(
        "# 某县培训做法\n\n## 一、做法\n\n全县培训教师线余人次、线余场，教研员下校指导。\n\n课后服务覆盖全部学校。\n",
        encoding="utf-8",
    )
    with Workspace(tmp_path / "kb") as workspace:
        workspace.ingest([file], workers=0)
        (found,) = workspace.store.documents()
        opened = OpenDocument.read(workspace.store, found.id)
        assert found.damage
        spots = [opened.text[start:end] for start, end in opened.damaged]
        assert spots
        assert all("余" in spot and len(spot) < 8 for spot in spots)
        assert 'class="pk-damaged"' in document_html(workspace, found.id)


def test_a_number_is_written_as_people_write_it() -> None:
    assert reader_html.value_text(130000.0, ">", "人") == "＞130,000人"
    assert reader_html.value_text(3e10, ">=", "元") == "≥300亿元"
    assert reader_html.value_text(1.25e6, "=", "平方米") == "125万平方米"
    assert reader_html.value_text((3.0, 5.0), "range", "所") == "3 至 5所"
    assert reader_html.value_text("1:15", "=", "") == "1:15"
    assert reader_html.value_text(81.5, "≈", "%") == "约 81.5%"


@pytest.fixture
def plan(tmp_path: Path) -> tuple[Workspace, str, Path]:
    path = written(tmp_path)
    workspace = Workspace(tmp_path / "kb")
    workspace.ingest([path], workers=0)
    return workspace, workspace.store.documents()[0].id, path


def test_a_pdf_opens_at_the_page_of_the_quote_with_marks(plan: tuple[Workspace, str, Path]) -> None:
    workspace, name, _ = plan
    text = workspace.store.source_text("方案.pdf")
    start = text.index(SENTENCE)
    shown, reading = Reader(workspace).show(Reading(name, (start, start + len(SENTENCE))))
    assert (reading.mode, reading.page) == ("page", 1)
    assert "data:image/" in shown
    assert shown.count("pk-spot") >= 1
    # The picture is in the page itself; no path of this machine is.
    assert str(workspace.folder.parent) not in shown
    turned, reading = Reader(workspace).show(acted(reading, {"act": "page", "key": "2"}) or Reading())
    assert reading.page == 2
    assert "pk-spot" not in turned
    workspace.close()


def test_without_the_original_the_text_is_shown_and_why(plan: tuple[Workspace, str, Path]) -> None:
    workspace, name, path = plan
    path.unlink()
    shown, reading = Reader(workspace).show(Reading(name))
    assert reading.mode == "text"
    assert "已不在读入时的位置" in shown
    assert PARAGRAPHS[0][:20] in shown_text(shown)
    workspace.close()


def test_pages_out_of_range_and_other_tampering_do_no_harm(plan: tuple[Workspace, str, Path]) -> None:
    workspace, name, _ = plan
    reader = Reader(workspace)
    _, reading = reader.show(Reading(name, page=99))
    assert reading.page == 2
    assert acted(reading, {"act": "zoom", "key": "9999"}) is None
    assert acted(reading, {"act": "page", "key": "../../etc/passwd"}) is None
    assert acted(reading, {"act": "jump", "start": "0"}) is None
    assert acted(reading, {}) is None
    shown, reading = reader.show(Reading("../../etc/passwd"))
    assert "没有编号" in shown
    assert reading == Reading()
    _, reading = reader.show(Reading(name, (10**9, 10**9 + 5)))
    assert reading.span is None
    assert Opened(name, 5, 3).span is None
    workspace.close()
