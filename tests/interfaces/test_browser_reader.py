"""文献阅读 in a real browser: outline, numbers, the page of a PDF with the quote marked on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from interfaces.workspace import Workspace
from tests.interfaces.serving import save

pytestmark = pytest.mark.browser
SLOW = 20_000


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    faults: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    assert faults == []
    context.close()


def named(workspace: Workspace, part: str) -> str:
    return next(d.id for d in workspace.store.documents() if part in d.source)


def marked(page: Page) -> str:
    return "".join(page.locator("#read-view mark.pk-here").all_inner_texts())


def in_view(page: Page) -> bool:
    return bool(
        page.evaluate(
            """() => {
              const here = document.querySelector("#read-view .pk-here").getBoundingClientRect();
              const box = document.querySelector("#read-view .pk-text, #read-view .pk-sheet").getBoundingClientRect();
              return here.top >= box.top - 1 && here.bottom <= box.bottom + 1;
            }"""
        )
    )


def test_outline_and_numbers_mark_their_words_in_the_text(
    page: Page, address: str, workspace: Workspace
) -> None:
    page.goto(f"{address}/?tab=read&doc={named(workspace, '厦门')}")
    headings = page.locator("#read-view .pk-outline button")
    expect(headings.first).to_be_visible(timeout=SLOW)
    last = headings.last
    last.click()
    assert marked(page) == last.inner_text()
    assert in_view(page)
    row = page.locator("#read-view .pk-factlist tbody tr", has_text="新增学位数").first
    row.click()
    assert "31.4万个" in marked(page)
    assert in_view(page)
    text = page.locator("#read-view .pk-text").evaluate("e => e.textContent")
    document = workspace.store.document(named(workspace, "厦门"))
    source = workspace.store.source_text(document.source)
    assert text == source[document.start : document.end]


def test_a_quote_in_the_panel_leads_to_the_same_quote_in_the_reader(page: Page, address: str) -> None:
    page.goto(f"{address}/?tab=search&q=名校跨岛战略")
    hit = page.locator("#search-output .pk-hit").first
    expect(hit).to_be_visible(timeout=SLOW)
    hit.focus()
    page.keyboard.press("Enter")
    panel = page.locator("#search-source")
    expect(panel.locator(".pk-here").first).to_be_visible(timeout=SLOW)
    quote = "".join(panel.locator(".pk-here").all_inner_texts())
    page.goto(f"{address}/{panel.locator('a', has_text='文献阅读').get_attribute('href')}")
    expect(page.locator("#read-view mark.pk-here").first).to_be_visible(timeout=SLOW)
    assert marked(page) == quote


def test_a_pdf_shows_its_page_with_the_quote_marked_and_turns(
    page: Page, address: str, workspace: Workspace
) -> None:
    name = named(workspace, ".pdf")
    fact = next(f.fact for f in workspace.store.facts(document=name) if "轮岗教师总数" in f.fact.quote)
    start, end = fact.quote_start, fact.quote_start + len(fact.quote)
    page.goto(f"{address}/?tab=read&doc={name}&start={start}&end={end}")
    picture = page.locator("#read-view .pk-paper img")
    expect(picture).to_be_visible(timeout=SLOW)
    expect(page.locator("#read-view .pk-turning").first).to_contain_text("第 2 页，共 3 页")
    spots = page.locator("#read-view .pk-spot")
    assert spots.count() >= 1
    assert in_view(page)
    save(page, "read")
    # There is ink under every mark, and there is paper beside it.
    dark = page.evaluate(
        """() => [...document.querySelectorAll("#read-view .pk-spot")].map((spot) => {
          const img = document.querySelector("#read-view .pk-paper img");
          const canvas = document.createElement("canvas");
          canvas.width = img.naturalWidth; canvas.height = img.naturalHeight;
          const pen = canvas.getContext("2d");
          pen.drawImage(img, 0, 0);
          const part = (name, size) => Math.round(parseFloat(spot.style[name]) / 100 * size);
          const data = pen.getImageData(part("left", canvas.width), part("top", canvas.height),
            part("width", canvas.width), part("height", canvas.height)).data;
          let ink = 0;
          for (let at = 0; at < data.length; at += 4) if (data[at] < 128) ink += 1;
          return ink / (data.length / 4);
        })"""
    )
    assert all(0.02 < part < 0.6 for part in dark), dark
    page.locator("#read-view [data-act=page]", has_text="下一页").click()
    expect(page.locator("#read-view .pk-turning").first).to_contain_text("第 3 页", timeout=SLOW)
    assert page.locator("#read-view .pk-spot").count() == 0
    width = picture.bounding_box()["width"]  # type: ignore[index]
    page.locator("#read-view [data-act=zoom]", has_text="放大").click()
    expect(page.locator("#read-view .pk-turning").last).to_contain_text("125%", timeout=SLOW)
    assert picture.bounding_box()["width"] > 1.2 * width  # type: ignore[index]
    page.locator("#read-view .pk-factlist tbody tr", has_text="县级以上骨干教师").first.click()
    expect(page.locator("#read-view .pk-turning").first).to_contain_text("第 1 页", timeout=SLOW)
    expect(page.locator("#read-view .pk-spot").first).to_be_visible()
    page.locator("#read-view [data-act=mode]", has_text="正文").click()
    expect(page.locator("#read-view mark.pk-here").first).to_be_visible(timeout=SLOW)
    assert "骨干教师" in marked(page)


def test_a_document_is_chosen_by_its_title(page: Page, address: str) -> None:
    page.goto(f"{address}/?tab=read")
    box = page.locator("#read-document input").first
    expect(box).to_be_visible(timeout=SLOW)
    box.click()
    box.fill("贵州")
    page.get_by_role("option", name="贵州").first.click()
    expect(page.locator("#read-view h3")).to_contain_text("贵州", timeout=SLOW)


def test_only_files_of_the_page_itself_are_served(page: Page, address: str, workspace: Workspace) -> None:
    original = workspace.store.source(workspace.store.document(named(workspace, ".pdf")).source)
    inside = [workspace.folder / "store.sqlite", Path(original.metadata["origin_path"])]
    for path in (*inside, Path("/etc/passwd"), Path(__file__)):
        assert path.exists()
        for route in ("gradio_api/file=", "file=", "gradio_api/file/"):
            answer = page.request.get(f"{address}/{route}{path}")
            assert answer.status in (400, 403, 404, 405), (route, path)
        assert page.request.get(f"{address}/gradio_api/file=../../../..{path}").status >= 400
