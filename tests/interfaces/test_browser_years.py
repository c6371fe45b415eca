"""What yearly reports and texts that are no longer in force look like: the line chart, and the marks of old texts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from interfaces.workspace import Workspace
from tests.interfaces.serving import served, tab

pytestmark = pytest.mark.browser
SLOW = 20_000


def report(year: int, teachers: int) -> str:
    return (
        f"---\ntitle: 临川教育工作总结（{year}年）\nregion: 江西省抚州市临川区\npublished: {year}-12-20\nkind: 总结\n---\n\n"
        f"一、教师队伍\n{year}年，全区交流教师{teachers}人。\n"
    )


RULE = (
    "---\ntitle: 临川区供热管理办法\nregion: 江西省抚州市临川区\npublished: 2011-03-01\nkind: 办法\nstatus: 失效\n---\n\n"
    "第一条 供热单位应当在每年十一月一日前完成管网检修。\n"
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("years")
    texts = folder / "texts"
    texts.mkdir()
    for year, teachers in ((2021, 820), (2022, 890), (2023, 1010)):
        (texts / f"总结{year}.md").write_text(report(year, teachers), encoding="utf-8")
    (texts / "供热.md").write_text(RULE, encoding="utf-8")
    with Workspace(folder / "kb") as workspace:
        assert not workspace.ingest([texts], workers=0).failed
        with served(workspace) as found:
            yield found


@pytest.mark.parametrize("width", [1280, 390])
def test_values_of_several_years_are_a_line_with_its_legend_below(
    browser: Browser, address: str, width: int
) -> None:
    with tab(browser, address, "指标对比", width=width) as page:
        page.goto(f"{address}/?tab=table&q=交流教师数")
        lines = page.locator("#table-lines")
        expect(lines.locator(".scatterlayer .point")).to_have_count(3, timeout=SLOW)
        years = lines.locator(".xtick text")
        assert [year.replace(",", "") for year in years.all_text_contents()] == ["2021", "2022", "2023"]
        legend, title = lines.locator(".legend").bounding_box(), lines.locator(".gtitle").bounding_box()
        axis = years.last.bounding_box()
        assert legend
        assert title
        assert axis
        assert title["y"] + title["height"] <= legend["y"]
        assert axis["y"] + axis["height"] <= legend["y"]


def test_a_text_no_longer_in_force_is_marked_wherever_it_is_shown(browser: Browser, address: str) -> None:
    with tab(browser, address, "检索") as page:
        page.goto(f"{address}/?tab=search&q=供热单位管网检修&status=repealed")
        hit = page.locator("#search-output .pk-hit").first
        expect(hit.locator(".pk-old")).to_have_text("失效", timeout=SLOW)
        hit.locator(".pk-quote").first.click()
        expect(page.locator("#search-source .pk-refusal")).to_contain_text(
            "引用前请核对现行文件", timeout=SLOW
        )
        # Unless it is asked for, it stays out.
        page.goto(f"{address}/?tab=search&q=供热单位管网检修")
        expect(page.locator("#search-output .pk-toolbar, #search-output .pk-empty").first).to_be_visible(
            timeout=SLOW
        )
        assert page.locator("#search-output .pk-hit", has_text="管网检修").count() == 0


def test_nothing_is_kept_free_for_a_source_before_one_is_opened(browser: Browser, address: str) -> None:
    with tab(browser, address, "检索") as page:
        page.goto(f"{address}/?tab=search&q=交流教师")
        hit = page.locator("#search-output .pk-hit").first
        expect(hit).to_be_visible(timeout=SLOW)
        expect(page.locator("#search-source")).to_be_hidden()
        before = hit.bounding_box()
        hit.click()
        expect(page.locator("#search-source .pk-reader")).to_be_visible(timeout=SLOW)
        after = hit.bounding_box()
        assert before
        assert after
        assert before["width"] > 1000 > after["width"]
