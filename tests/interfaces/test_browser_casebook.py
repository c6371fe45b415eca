"""案例汇编 in a real browser: from a topic to the opened file."""

from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.interfaces.serving import save, tab

pytestmark = pytest.mark.browser
TOPIC = "找三个教师交流轮岗的案例，要有数字"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with tab(browser, address, "案例汇编") as opened:
        yield opened


def collect(page: Page, topic: str) -> None:
    box = page.locator("#cases-topic textarea, #cases-topic input").first
    box.fill(topic)
    box.press("Enter")
    expect(page.locator("#cases-output .pk-case").first).to_be_visible(timeout=30_000)


def download(page: Page, kind: str, folder: Path) -> Path:
    with page.expect_download(timeout=20_000) as waiting:
        page.locator(f"#cases-{kind}").click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_three_cases_with_numbers_each_from_another_region(page: Page) -> None:
    collect(page, TOPIC)
    cards = page.locator("#cases-output .pk-case")
    expect(cards).to_have_count(3)
    assert len(set(page.locator("#cases-output .pk-case .pk-region").all_inner_texts())) == 3
    for card in cards.all():
        assert card.locator(".pk-fact").count() > 0
    save(page, "cases")


def test_a_quote_opens_where_it_stands(page: Page) -> None:
    collect(page, "集团化办学")
    line = page.locator("#cases-output .pk-line").first
    quote = line.locator(".pk-quote").inner_text()
    line.locator(".pk-cite").click()
    expect(page.locator("#cases-source .pk-here").first).to_be_visible()
    assert "".join(page.locator("#cases-source .pk-here").all_inner_texts()) == quote


def test_what_is_chosen_ordered_and_written_is_what_is_exported(page: Page, tmp_path: Path) -> None:
    collect(page, TOPIC)
    cards = page.locator("#cases-output .pk-case")
    names = page.locator("#cases-output .pk-case .pk-title").all_inner_texts()
    cards.nth(0).locator("[data-act=down]").click()
    expect(cards.nth(1).locator(".pk-title")).to_have_text(names[0])
    cards.nth(2).locator("[data-act=choose]").uncheck()
    expect(page.locator("#cases-output .pk-off")).to_have_count(1)
    kept = cards.nth(0).locator(".pk-line").last.locator(".pk-quote").inner_text()
    cards.nth(0).locator("[data-act=wording]").fill("两地做法可以互相借鉴 <i>x</i>")
    path = download(page, "docx", tmp_path)
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    assert path.name == "教师交流轮岗案例汇编.docx"
    assert text.index(names[1]) < text.index(names[0])
    assert names[2] not in text
    assert "两地做法可以互相借鉴 <i>x</i>" in text
    assert kept in text
    book = openpyxl.load_workbook(download(page, "xlsx", tmp_path))
    assert any(isinstance(cell.value, int | float) for row in book["数据"].iter_rows() for cell in row[3:4])
    assert names[1] in download(page, "md", tmp_path).read_text(encoding="utf-8")


def test_an_edited_quote_visibly_loses_its_citation_mark_and_can_be_restored(
    page: Page, tmp_path: Path
) -> None:
    collect(page, TOPIC)
    line = page.locator("#cases-output .pk-line").first
    quote = line.locator(".pk-quote").inner_text()
    line.locator("[data-act=edit]").click()
    line.locator(".pk-editor textarea").fill("改写过的话<b>x</b>")
    line.locator("[data-act=reword]").click()
    expect(line.locator(".pk-lost")).to_be_visible()
    expect(line.locator(".pk-original")).to_contain_text(quote)
    assert line.locator(".pk-cite").count() == 0
    # What a person types stays text.
    assert line.locator("b").count() == 0
    exported = download(page, "md", tmp_path).read_text(encoding="utf-8")
    assert quote not in exported and "改写过的话" in exported
    line.locator("[data-act=restore]").click()
    expect(line.locator(".pk-cite")).to_be_visible()
    assert line.locator(".pk-quote").inner_text() == quote


def test_a_case_can_be_given_another_title(page: Page, tmp_path: Path) -> None:
    collect(page, TOPIC)
    card = page.locator("#cases-output .pk-case").first
    box = card.locator("input[data-act=title]")
    box.fill("教师“动”起来")
    box.press("Tab")
    expect(card.locator(".pk-title")).to_have_text("教师“动”起来", timeout=20_000)
    paragraphs = [
        paragraph.text for paragraph in docx.Document(str(download(page, "docx", tmp_path))).paragraphs
    ]
    assert "1. 教师“动”起来" in paragraphs


def test_without_a_topic_it_says_what_to_write(page: Page) -> None:
    page.locator("#cases-go").click()
    expect(page.locator("#cases-output .pk-error")).to_contain_text("主题", timeout=20_000)


def test_on_a_phone_nothing_runs_out_of_the_page(browser: Browser, address: str) -> None:
    with tab(browser, address, "案例汇编", width=390) as page:
        collect(page, "集团化办学")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.locator("#cases-output .pk-cite").last.click()
        expect(page.locator("#cases-source .pk-here").first).to_be_in_viewport()
