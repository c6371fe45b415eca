"""The workbench in a real browser: each tab is clicked through as a person would."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from interfaces.workspace import Workspace
from tests.interfaces.serving import READY, save, served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    # A copy: one of the tests puts a file in.
    folder = tmp_path_factory.mktemp("web") / "kb"
    shutil.copytree(sample_folder, folder)
    with Workspace(folder) as workspace, served(workspace) as found:
        yield found


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    opened = context.new_page()
    elsewhere: list[str] = []
    opened.on(
        "request",
        lambda r: elsewhere.append(r.url) if not r.url.startswith((address, "data:", "blob:")) else None,
    )
    opened.goto(address)
    expect(opened.locator(READY).first).to_be_visible(timeout=20_000)
    yield opened
    # The page works with no network at all.
    assert elsewhere == []
    context.close()


def type_into(page: Page, name: str, text: str) -> None:
    box = page.locator(f"#{name} textarea, #{name} input").first
    box.fill(text)
    box.press("Enter")


def test_a_question_is_answered_and_a_citation_opens_at_the_quote(page: Page) -> None:
    type_into(page, "ask-question", "厦门市“名校跨岛”战略行动是怎么做的？")
    first = page.locator("#ask-output .pk-answer li").first
    expect(first).to_be_visible(timeout=20_000)
    quote = first.locator(".pk-quote").inner_text()
    first.locator(".pk-cite").click()
    expect(page.locator("#ask-source .pk-here").first).to_be_visible()
    opened = "".join(page.locator("#ask-source .pk-here").all_inner_texts())
    assert opened == quote
    assert "厦门" in page.locator("#ask-source .pk-meta").first.inner_text()
    save(page, "ask")


def test_a_question_that_the_library_cannot_answer_is_refused_with_a_reason(page: Page) -> None:
    type_into(page, "ask-question", "成都市集团化办学怎么做？")
    expect(page.locator("#ask-output .pk-refusal")).to_contain_text("成都", timeout=20_000)
    assert page.locator("#ask-output .pk-cite").count() == 0


def test_a_region_nearby_can_be_chosen_after_a_refusal(page: Page) -> None:
    type_into(page, "ask-question", "福建省泉州市教师队伍建设怎么做？")
    nearby = page.locator("#ask-output [data-act=region]", has_text="厦门")
    expect(nearby).to_be_visible(timeout=20_000)
    nearby.click()
    expect(page.locator("#ask-output .pk-cite").first).to_be_visible(timeout=20_000)
    assert set(page.locator("#ask-output .pk-region").all_inner_texts()) == {"福建省厦门市"}


def test_a_chip_can_be_taken_out(page: Page) -> None:
    type_into(page, "ask-question", "厦门市教师交流轮岗怎么做？")
    chip = page.locator("#ask-output [data-act=dismiss]", has_text="厦门")
    expect(chip).to_be_visible(timeout=20_000)
    chip.click()
    expect(page.locator("#ask-output [data-act=dismiss]", has_text="厦门")).to_have_count(0, timeout=20_000)


def test_search_marks_words_and_the_keyboard_moves_through_hits(page: Page) -> None:
    page.get_by_role("tab", name="检索").click()
    type_into(page, "search-question", "教师交流轮岗 骨干教师")
    hits = page.locator("#search-output .pk-hit")
    expect(hits.first).to_be_visible(timeout=20_000)
    expect(hits.first.locator("mark").first).to_be_visible()
    hits.first.focus()
    page.keyboard.press("ArrowDown")
    expect(hits.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#search-source .pk-here").first).to_be_visible()
    save(page, "search")


def test_the_region_filter_keeps_other_regions_out(page: Page) -> None:
    page.get_by_role("tab", name="检索").click()
    visible = page.locator("button:visible", has_text="筛选条件")
    visible.click()
    box = page.get_by_label("地区（含下级）").locator("visible=true").first
    box.click()
    box.fill("济源")
    page.get_by_role("option", name="济源").first.click()
    type_into(page, "search-question", "教师")
    expect(page.locator("#search-output .pk-hit").first).to_be_visible(timeout=20_000)
    regions = set(page.locator("#search-output .pk-region").all_inner_texts())
    assert regions == {"河南省济源市"}


def test_indicators_stand_side_by_side_and_open_their_sentence(page: Page) -> None:
    page.get_by_role("tab", name="指标对比").click()
    box = page.locator("#table-indicators input").first
    box.fill("骨干教师占比")
    box.press("Enter")
    page.locator("#table-go").click()
    row = page.locator("#table-output tr", has_text="济源")
    expect(row).to_contain_text("12%", timeout=20_000)
    row.locator(".pk-value").first.click()
    expect(page.locator("#table-source .pk-here").first).to_contain_text("12%")
    save(page, "table")


def test_a_file_goes_in_is_found_and_goes_out(page: Page, tmp_path: Path) -> None:
    good = tmp_path / "青云县供热补贴通知.txt"
    good.write_text(
        "关于做好供热补贴发放工作的通知\n供热补贴标准为每户每年300元。<b>按时</b>发放。", encoding="utf-8"
    )
    bad = tmp_path / "坏文件.pdf"
    bad.write_bytes(b"%PDF-1.4 nothing")
    page.get_by_role("tab", name="资料库").click()
    page.locator("#library-upload input[type=file]").set_input_files([good, bad])
    expect(page.locator("#library-outcome .pk-error")).to_contain_text("坏文件.pdf", timeout=60_000)
    expect(page.locator("#library-outcome")).to_contain_text("读入 1 篇文献")
    save(page, "library")
    page.get_by_role("tab", name="检索").click()
    type_into(page, "search-question", "供热补贴标准")
    hit = page.locator("#search-output .pk-hit", has_text="每户每年300元").first
    expect(hit).to_be_visible(timeout=20_000)
    # What a text holds stays text.
    assert hit.locator("b").count() == 0
    assert "<b>按时</b>" in hit.inner_text()
    page.get_by_role("tab", name="资料库").click()
    page.locator("#library-table [role=gridcell]", has_text="供热补贴").first.click()
    expect(page.locator("#library-chosen textarea, #library-chosen input").first).not_to_have_value("")
    page.locator("#library-remove").click()
    expect(page.locator("#library-outcome")).to_contain_text("已移除", timeout=20_000)


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_overlaps_or_runs_out_of_the_page(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.goto(address)
    expect(page.locator(READY).first).to_be_visible(timeout=20_000)
    type_into(page, "ask-question", "各地集团化办学怎么做？")
    expect(page.locator("#ask-output .pk-cite").first).to_be_visible(timeout=20_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
