"""资料库 in a real browser: folders in, collections, statistics, the examination; other tabs follow at once."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from interfaces.workspace import Workspace
from tests.interfaces.serving import served, tab

pytestmark = pytest.mark.browser
WATER = "---\ntitle: 青云县农村供水办法\nregion: 河北省保定市\npublished: 2021-03-04\n---\n# 青云县农村供水办法\n\n农村供水水价每立方米不超过3元。\n"
HEAT = "关于做好供热补贴发放工作的通知\n供热补贴标准为每户每年300元，由街道按时发放。\n"


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    texts = tmp_path / "先有的"
    texts.mkdir()
    (texts / "交通.md").write_text(
        "---\ntitle: 宁波市公交办法\nregion: 浙江省宁波市\npublished: 2020-01-02\ncollection: 交通\n---\n"
        "# 宁波市公交办法\n\n公交票价每人次2元，供水设施由市政部门负责。\n",
        encoding="utf-8",
    )
    with Workspace(tmp_path / "kb") as workspace:
        assert not workspace.ingest([texts], workers=0).failed
        with served(workspace) as found:
            yield found


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with tab(browser, address, "资料库") as opened:
        yield opened


def folder_of(tmp_path: Path) -> Path:
    folder = tmp_path / "政策"
    (folder / "民生").mkdir(parents=True)
    (folder / "民生" / "供水.md").write_text(WATER, encoding="utf-8")
    (folder / "民生" / "供热.txt").write_text(HEAT, encoding="utf-8")
    (folder / "坏.pdf").write_bytes(b"%PDF-1.4 nothing")
    (folder / "程序.exe").write_bytes(b"MZ")
    return folder


def send_folder(page: Page, folder: Path) -> None:
    with page.expect_file_chooser() as waiting:
        page.locator("#library-upload [data-choose=folder]").click()
    waiting.value.set_files(folder)
    expect(page.locator("#library-outcome")).to_contain_text("读入 2 篇文献", timeout=60_000)


def tick(page: Page, title: str) -> None:
    page.locator("#library-table [role=row]", has_text=title).locator("input").check()


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()


def test_a_folder_goes_in_file_by_file_and_failures_say_what_to_do(page: Page, tmp_path: Path) -> None:
    send_folder(page, folder_of(tmp_path))
    outcome = page.locator("#library-outcome")
    errors = " ".join(outcome.locator(".pk-error").all_inner_texts())
    assert "政策/坏.pdf" in errors and "政策/程序.exe" in errors and "另存为" in errors
    expect(outcome.locator("li", has_text="政策/民生/供水.md")).to_contain_text("读入 1 篇")
    expect(page.locator("#library-table tbody [role=row]")).to_have_count(3)
    send_again = folder_of(tmp_path / "再来")
    with page.expect_file_chooser() as waiting:
        page.locator("#library-upload [data-choose=folder]").click()
    waiting.value.set_files(send_again)
    expect(outcome.locator("li", has_text="供水.md")).to_contain_text("没有改动", timeout=60_000)
    expect(page.locator("#library-table tbody [role=row]")).to_have_count(3)


def test_dropped_files_are_read(page: Page) -> None:
    page.evaluate(
        """text => {
          const data = new DataTransfer();
          data.items.add(new File([text], '供水.md', {type: 'text/markdown'}));
          const box = document.querySelector('#library-upload .pk-drop');
          box.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));
        }""",
        WATER,
    )
    expect(page.locator("#library-outcome")).to_contain_text("读入 1 篇文献", timeout=60_000)


def test_what_came_in_can_be_chosen_on_the_other_tabs_without_loading_the_page_again(
    page: Page, tmp_path: Path
) -> None:
    send_folder(page, folder_of(tmp_path))
    open_tab(page, "检索")
    page.locator("button:visible", has_text="筛选条件").click()
    box = page.get_by_label("发布年份").locator("visible=true").first
    box.click()
    expect(page.get_by_role("option", name="2021").first).to_be_visible()
    box.press("Escape")
    open_tab(page, "指标对比")
    box = page.locator("#table-indicators input").first
    box.click()
    box.fill("水价")
    expect(page.get_by_role("option", name="水价").first).to_be_visible()


def test_a_collection_is_made_and_searched_in_alone(page: Page, tmp_path: Path) -> None:
    send_folder(page, folder_of(tmp_path))
    tick(page, "供水办法")
    tick(page, "供热补贴")
    page.locator("#library-shelves button").first.click()
    name = page.locator("#shelves-name input")
    name.fill("民生")
    name.press("Tab")
    page.locator("#shelves-add").click()
    expect(page.locator("#shelves")).to_contain_text("民生（2 篇）", timeout=20_000)
    expect(page.locator("#shelves")).to_contain_text("交通（1 篇）")
    open_tab(page, "检索")
    page.locator("button:visible", has_text="筛选条件").click()
    box = page.get_by_label("专题").locator("visible=true").first
    box.click()
    page.get_by_role("option", name="交通").first.click()
    box.press("Escape")
    question = page.locator("#search-question textarea, #search-question input").first
    question.fill("供水")
    question.press("Enter")
    expect(page.locator("#search-output .pk-hit").first).to_be_visible(timeout=20_000)
    titles = set(page.locator("#search-output .pk-hit .pk-title").all_inner_texts())
    assert titles == {"宁波市公交办法"}
    open_tab(page, "资料库")
    page.locator("#shelves-new input, #shelves-new textarea").first.fill("民生保障")
    page.locator("#shelves-rename").click()
    expect(page.locator("#shelves")).to_contain_text("民生保障（2 篇）", timeout=20_000)
    page.locator("#shelves-delete").click()
    expect(page.locator("#shelves")).not_to_contain_text("民生保障", timeout=20_000)
    expect(page.locator("#library-table tbody [role=row]")).to_have_count(3)


def test_ticked_documents_go_together(page: Page, tmp_path: Path) -> None:
    send_folder(page, folder_of(tmp_path))
    tick(page, "供水办法")
    tick(page, "供热补贴")
    page.locator("#library-remove").click()
    expect(page.locator("#library-outcome")).to_contain_text("已移除 2 篇", timeout=20_000)
    expect(page.locator("#library-table tbody [role=row]")).to_have_count(1)


def test_documents_are_found_by_words(page: Page, tmp_path: Path) -> None:
    send_folder(page, folder_of(tmp_path))
    page.locator("#library-words input, #library-words textarea").first.fill("保定 供水")
    expect(page.locator("#library-table tbody [role=row]")).to_have_count(1, timeout=20_000)


def test_statistics_count_what_is_there(page: Page) -> None:
    open_tab(page, "统计")
    counts = page.locator("#library-statistics section")
    for label, value in (("地区", "浙江省"), ("年份", "2020"), ("专题", "交通")):
        expect(counts.filter(has_text=label).locator("tr", has_text=value).first).to_contain_text("1")


def test_the_examination_leads_to_the_document_its_correction_and_a_workbook(
    page: Page, tmp_path: Path
) -> None:
    send_folder(page, folder_of(tmp_path))
    open_tab(page, "知识库体检")
    unknown = page.locator("#checkup [data-finding=unknown_region]")
    expect(unknown.locator("li")).to_have_count(1, timeout=20_000)
    expect(page.locator("#checkup [data-finding=unreadable]")).to_contain_text("坏.pdf")
    with page.expect_download(timeout=20_000) as waiting:
        page.locator("#checkup-xlsx").click()
    path = tmp_path / "体检.xlsx"
    waiting.value.save_as(path)
    book = openpyxl.load_workbook(path)
    counts = {row[0]: row[1] for row in book["汇总"].iter_rows(min_row=2, values_only=True)}
    assert counts["地区不明"] == 1 and counts["未能读入的文件"] == 2
    assert [row[1] for row in book["地区不明"].iter_rows(min_row=2, values_only=True)] == [
        unknown.locator("li").inner_text().split(" 政策/")[0].strip()
    ]
    unknown.locator("[data-act=correct]").click()
    region = page.locator("#mend-region-code input, #mend-region-code textarea").first
    expect(region).to_be_visible(timeout=20_000)
    expect(page.locator("#checkup-source .pk-text")).to_contain_text("供热补贴")
    region.fill("河北省保定市")
    page.locator("#mend-save").click()
    expect(unknown).to_have_count(0, timeout=20_000)


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_runs_out_of_the_page(browser: Browser, address: str, width: int) -> None:
    with tab(browser, address, "资料库", width=width) as page:
        for name in ("文献目录", "统计", "知识库体检"):
            open_tab(page, name)
            page.wait_for_timeout(400)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
