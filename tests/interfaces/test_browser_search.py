"""问答 and 检索 in a real browser: facets, groups, chips, keys, copying, addresses."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
SLOW = 20_000


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        locale="zh-CN",
        permissions=["clipboard-read", "clipboard-write"],
    )
    faults: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    assert faults == []
    context.close()


def search(page: Page, address: str, query: str) -> None:
    page.goto(f"{address}/?tab=search&q={query}")
    expect(page.locator("#search-output .pk-hit").first).to_be_visible(timeout=SLOW)


def regions(page: Page) -> set[str]:
    return set(page.locator("#search-output .pk-region").all_inner_texts())


def value(page: Page, name: str) -> str:
    return page.locator(f"#{name}-question textarea, #{name}-question input").first.input_value()


def test_a_facet_narrows_to_its_region_and_lets_go_again(page: Page, address: str) -> None:
    search(page, address, "教师交流轮岗")
    facet = page.locator("#search-output [data-act=facet][data-field=regions]", has_text="济源市")
    count = int(facet.locator(".pk-tally").inner_text())
    facet.click()
    expect(facet).to_have_attribute("aria-pressed", "true", timeout=SLOW)
    assert regions(page) == {"河南省济源市"}
    expect(page.locator("#search-output .pk-count")).to_contain_text(f"关系密切的共 {count} 段")
    # The row of filters says the same.
    page.locator("button:visible", has_text="筛选条件").click()
    expect(
        page.locator("[role=tabpanel]:visible").get_by_text("河南省济源市", exact=True).first
    ).to_be_visible()
    page.locator("#search-output [data-act=clear]").click()
    expect(facet).to_have_attribute("aria-pressed", "false", timeout=SLOW)
    assert len(regions(page)) > 3


def test_hits_are_grouped_by_region_or_by_document(page: Page, address: str) -> None:
    search(page, address, "教师交流轮岗")
    assert page.locator("#search-output .pk-group").count() == 0
    page.locator("#search-output [data-act=group]", has_text="按地区").click()
    expect(page.locator("#search-output .pk-group").first).to_be_visible(timeout=SLOW)
    heads = [text.split("\n")[0] for text in page.locator("#search-output .pk-group").all_inner_texts()]
    assert set(heads) == regions(page)
    assert len(heads) == len(set(heads))
    page.locator("#search-output [data-act=group]", has_text="按文献").click()
    expect(page.locator("#search-output .pk-group").first).to_contain_text("（摘编）", timeout=SLOW)


def test_why_a_hit_ranks_there_is_said_in_chinese_on_demand(page: Page, address: str) -> None:
    search(page, address, "教师交流轮岗")
    scores = page.locator("#search-output .pk-scores").first
    expect(scores.locator("table")).not_to_be_visible()
    scores.locator("summary").click()
    expect(scores).to_contain_text("词面")
    expect(scores).to_contain_text("语义")
    expect(scores.locator("table")).to_contain_text("段落里有“")
    # Opening it opens no document.
    assert page.locator("#search-source .pk-here").count() == 0


def test_more_of_a_document_unfolds_below_its_hit(page: Page, address: str) -> None:
    search(page, address, "教师交流轮岗")
    first = page.locator("#search-output .pk-hit").first
    seen = first.locator("> .pk-body > .pk-quote").inner_text()
    first.locator("[data-act=more]").click()
    further = first.locator(".pk-further")
    expect(further.first).to_be_visible(timeout=SLOW)
    assert seen not in further.all_inner_texts()
    expect(first).to_be_focused()
    further.first.click()
    title = first.locator("> .pk-body > .pk-place .pk-title").inner_text()
    expect(page.locator("#search-source h3")).to_have_text(title, timeout=SLOW)


def test_the_keyboard_goes_from_the_question_through_hits_to_the_source(page: Page, address: str) -> None:
    page.goto(f"{address}/?tab=search")
    box = page.locator("#search-question textarea, #search-question input").first
    expect(box).to_be_visible(timeout=SLOW)
    box.fill("教师交流轮岗")
    box.press("Enter")
    hits = page.locator("#search-output .pk-hit")
    expect(hits.first).to_be_visible(timeout=SLOW)
    box.press("ArrowDown")
    expect(hits.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(hits.nth(1)).to_be_focused()
    quote = hits.nth(1).locator(".pk-quote").first.inner_text()
    page.keyboard.press("o")
    expect(page.locator("#search-source .pk-here").first).to_be_visible(timeout=SLOW)
    opened = "".join(page.locator("#search-source .pk-here").all_inner_texts())
    assert re.sub(r"\s", "", opened) == re.sub(r"\s", "", quote)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()


def test_both_styles_of_citation_are_copied(page: Page, address: str) -> None:
    search(page, address, "国家督导评估骨干教师比例&level=national")
    hit = page.locator("#search-output .pk-hit", has_text="督导评估办法").first
    quote = hit.locator(".pk-quote").first.inner_text()
    hit.locator("[data-act=copy]", has_text="公文").click()
    expect(hit.locator("[data-act=copy]", has_text="已复制")).to_be_visible()
    official = page.evaluate("navigator.clipboard.readText()")
    assert official.endswith("——《县域义务教育优质均衡发展督导评估办法（摘编）》（教督〔2017〕6号）")
    assert re.sub(r"\s", "", quote)[:20] in re.sub(r"\s", "", official)
    hit.locator("[data-act=copy]", has_text="国标").click()
    page.wait_for_function("navigator.clipboard.readText().then(t => t.includes('[Z]'))")
    assert "教育部. 县域义务教育优质均衡发展督导评估办法" in page.evaluate("navigator.clipboard.readText()")


def test_copying_works_without_a_secure_context(page: Page, address: str) -> None:
    search(page, address, "教师")
    page.evaluate("Object.defineProperty(window, 'isSecureContext', { get: () => false })")
    page.locator("#search-output [data-act=link]").click()
    expect(page.locator("#search-output [data-act=link]")).to_have_text("已复制")


def test_a_copied_address_brings_back_question_and_conditions(page: Page, address: str) -> None:
    search(page, address, "教师交流轮岗")
    page.locator("#search-output [data-act=facet][data-field=types]", has_text="数据").click()
    expect(page.locator("#search-output [data-act=clear]")).to_be_visible(timeout=SLOW)
    page.locator("#search-output [data-act=group]", has_text="按地区").click()
    expect(page.locator("#search-output .pk-group").first).to_be_visible(timeout=SLOW)
    before = page.locator("#search-output .pk-quote").all_inner_texts()
    page.locator("#search-output [data-act=link]").click()
    expect(page.locator("#search-output [data-act=link]")).to_have_text("已复制")
    page.goto(page.evaluate("navigator.clipboard.readText()"))
    expect(page.locator("#search-output .pk-group").first).to_be_visible(timeout=SLOW)
    assert value(page, "search") == "教师交流轮岗"
    assert page.locator("#search-output .pk-quote").all_inner_texts() == before
    pressed = page.locator("#search-output [data-act=facet][aria-pressed=true]")
    assert pressed.count() == 1
    assert "数据" in pressed.inner_text()


def test_an_address_cannot_smuggle_markup_in(page: Page, address: str) -> None:
    page.goto(f"{address}/?tab=ask&q=%3Cimg src=x onerror=window.hacked=1%3E教师&off=%22%3E%3Cb%3E")
    expect(page.locator("#ask-output .pk-toolbar").first).to_be_visible(timeout=SLOW)
    assert page.evaluate("window.hacked") is None
    assert page.locator("#ask-output img").count() == 0


def test_without_its_region_the_answer_is_about_all_regions_until_it_is_restored(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/?tab=ask&q=夏门教师交流轮岗怎么做？")
    output = page.locator("#ask-output")
    expect(output).to_contain_text("已按“厦门”查找", timeout=SLOW)
    expect(output.locator("[data-act=dismiss]", has_text="仍查“夏门”")).to_be_visible()
    chip = output.locator("[data-act=dismiss]", has_text="地区：福建省厦门市")
    assert set(output.locator(".pk-region").all_inner_texts()) == {"福建省厦门市"}
    chip.click()
    expect(output).to_contain_text("已取消“地区：福建省厦门市”", timeout=SLOW)
    assert len(set(output.locator(".pk-region").all_inner_texts())) > 2
    output.locator("[data-act=restore]").click()
    expect(chip).to_be_visible(timeout=SLOW)
    assert set(output.locator(".pk-region").all_inner_texts()) == {"福建省厦门市"}


def test_the_examples_of_a_first_visit_work(page: Page, address: str) -> None:
    page.goto(address)
    roles = page.locator("#ask-output .pk-role h4")
    expect(roles.first).to_be_visible(timeout=SLOW)
    assert roles.all_inner_texts() == ["政策研究", "综合文稿", "规划审核"]
    box = page.locator("#ask-question textarea, #ask-question input").first
    for question in page.locator("#ask-output [data-act=example]").all_inner_texts():
        page.locator("#ask-output [data-act=example]", has_text=question).click()
        expect(page.locator("#ask-output .pk-cite").first).to_be_visible(timeout=SLOW)
        assert value(page, "ask") == question
        # An empty question brings the examples back.
        box.fill("")
        box.press("Enter")
        expect(roles.first).to_be_visible(timeout=SLOW)
    links = page.locator("#ask-output .pk-role a")
    addresses = {name: links.filter(has_text=name).first.get_attribute("href") for name in ("案例", "对照")}
    for name, shown in (("案例", "#cases-output .pk-case"), ("对照", "#review-output .pk-clause")):
        page.goto(f"{address}/{addresses[name]}")
        expect(page.locator(shown).first).to_be_visible(timeout=3 * SLOW)
