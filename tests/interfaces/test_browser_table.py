"""指标对比 in a real browser: from an indicator to the opened file."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from search.export.fonts import font_file
from tests.interfaces.serving import save, tab

pytestmark = pytest.mark.browser
INDICATORS = ("新增学位", "骨干教师占比")


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with tab(browser, address, "指标对比") as opened:
        yield opened


def choose(page: Page, *indicators: str) -> None:
    box = page.locator("#table-indicators input").first
    for name in indicators:
        box.fill(name)
        box.press("Enter")
        expect(page.locator("#table-indicators .token", has_text=name).first).to_be_visible()
    box.press("Tab")


def compare(page: Page) -> None:
    page.locator("#table-go").click()
    expect(page.locator("#table-output .pk-matrix")).to_be_visible(timeout=20_000)


def regions(page: Page) -> list[str]:
    return page.locator("#table-output tbody th").all_inner_texts()


def download(page: Page, kind: str, folder: Path) -> Path:
    with page.expect_download(timeout=20_000) as waiting:
        page.locator(f"#table-{kind}").click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_staff_compare_regions_open_a_sentence_and_take_the_table_along(page: Page, tmp_path: Path) -> None:
    choose(page, *INDICATORS)
    compare(page)
    row = page.locator("#table-output tbody tr", has_text="济源")
    expect(row.locator("td").nth(1)).to_contain_text("12%")
    row.locator("td").nth(1).locator(".pk-value").first.click()
    expect(page.locator("#table-source .pk-here").first).to_be_in_viewport()
    assert "12%" in "".join(page.locator("#table-source .pk-here").all_inner_texts())
    expect(page.locator("#table-output .pk-missing").first).to_have_text("缺")
    expect(page.locator("#table-bars .js-plotly-plot")).to_be_visible()
    save(page, "table")

    path = download(page, "xlsx", tmp_path)
    assert path.name == "指标对比：新增学位、骨干教师占比.xlsx"
    book = openpyxl.load_workbook(path)
    head, *rows = book["指标对比"].iter_rows(values_only=True)
    value = {row[0]: dict(zip(head, row, strict=True)) for row in rows}["河南省济源市"]
    assert value["骨干教师占比（%，成效）"] == 12
    assert value["新增学位（个，成效）"] == 15_000
    facts = list(book["数据"].iter_rows(values_only=True))
    cited = {row[0] for row in book["引文"].iter_rows(min_row=2, values_only=True)}
    assert {row[-1] for row in facts[1:]} <= cited
    text = download(page, "csv", tmp_path).read_bytes()
    assert text.startswith(b"\xef\xbb\xbf") and "河南省济源市" in text.decode("utf-8-sig")
    if font_file() is not None:
        with Image.open(download(page, "png", tmp_path)) as image:
            assert image.format == "PNG"


def test_rows_sort_by_value_with_what_is_missing_last(page: Page) -> None:
    choose(page, "新增学位", "骨干教师占比")
    compare(page)
    head = page.locator("#table-output thead th").nth(1)
    for direction, backwards in (("descending", True), ("ascending", False)):
        head.locator("button").click()
        expect(head).to_have_attribute("aria-sort", direction)
        values = page.locator("#table-output tbody tr td:nth-child(2)").evaluate_all(
            "cells => cells.map(cell => cell.dataset.value)"
        )
        numbers = [float(value) for value in values if value]
        assert numbers == sorted(numbers, reverse=backwards)
        assert "" not in values[: len(numbers)]


def test_regions_are_picked_in_the_tree_or_by_tile(page: Page) -> None:
    choose(page, "新增学位")
    page.locator("#table-where button").first.click()
    tree = page.locator("#table-regions")
    expect(tree.locator(".pk-picked")).to_contain_text("所有有数据的地区")
    tree.locator(".pk-tile", has_text="河南").click()
    expect(tree.locator(".pk-picked")).to_contain_text("已选 1 个")
    expect(tree.locator("input[data-code='419001']")).to_be_checked()
    tree.locator("details[data-region='350000'] > summary").click()
    tree.locator("input[data-code='350200']").check()
    compare(page)
    assert sorted(regions(page)) == ["河南省济源市", "福建省厦门市"]
    tree.locator("[data-pick=none]").click()
    expect(tree.locator(".pk-picked")).to_contain_text("没有选择")
    page.locator("#table-go").click()
    expect(page.locator("#table-output tbody tr")).not_to_have_count(2, timeout=20_000)


def test_targets_can_be_looked_at_alone(page: Page) -> None:
    choose(page, "骨干教师占比")
    compare(page)
    page.locator("#table-kinds").get_by_text("目标").click()
    expect(page.locator("#table-output .pk-k-achieved")).to_have_count(0, timeout=20_000)
    expect(page.locator("#table-output .pk-k-target").first).to_be_visible()


def test_an_unknown_indicator_says_what_to_try(page: Page) -> None:
    choose(page, "港口吞吐量")
    page.locator("#table-go").click()
    expect(page.locator("#table-output .pk-empty")).to_contain_text("没有这个指标", timeout=20_000)


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_runs_out_of_the_page(browser: Browser, address: str, width: int) -> None:
    with tab(browser, address, "指标对比", width=width) as page:
        choose(page, *INDICATORS)
        page.locator("#table-where button").first.click()
        compare(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
