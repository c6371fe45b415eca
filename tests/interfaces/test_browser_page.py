"""The whole page in a real browser: Chinese only, readable in light and dark, nothing overlapping, at two widths."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from interfaces.workspace import Workspace

pytestmark = pytest.mark.browser
SLOW = 20_000
WORD = re.compile(r"[A-Za-z]{2,}")
# Names of formats, of programs and of the standard for references. Names of files are left out beforehand.
ALLOWED = {"excel", "word", "markdown", "csv", "gb", "policykb", "pdf", "docx", "xlsx", "html"}
FILE = re.compile(r"[\w（）()—-]+\.[a-z]{2,8}\b|(?<![A-Za-z0-9])[a-z0-9]{10}(?![A-Za-z0-9])|https?://\S+")
SHOWN = "[role=tabpanel]:visible"

# What a person can see or is told by a hint, except the words of the documents themselves.
SAID = """() => {
  const seen = (e) => { const r = e.getBoundingClientRect(); return r.width > 1 && r.height > 1 && e.checkVisibility(); };
  const quoted = ".pk-quote, .pk-text, .pk-reader h3, .pk-path, .pk-outline, .pk-factlist, .pk-title, .pk-line, table td";
  const said = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (e && !e.closest("script, style, noscript") && !e.closest(quoted) && seen(e)) said.push(walk.currentNode.data);
  }
  for (const e of document.querySelectorAll("[title], [placeholder], [aria-label], [alt]")) {
    if (!seen(e) || e.closest(quoted)) continue;
    for (const name of ["title", "placeholder", "aria-label", "alt"]) said.push(e.getAttribute(name) || "");
  }
  return said.join("\\n");
}"""

# Text whose contrast with what lies behind it is low, by the formula of WCAG 2.
FAINT = """() => {
  const parse = (c) => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] > 0.9) return c;
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const e of document.querySelectorAll("[role=tabpanel] [class*=pk-], [role=tabpanel] label, [role=tabpanel] button")) {
    const r = e.getBoundingClientRect();
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || r.width < 2 || !e.checkVisibility() || e.disabled || e.closest(".pk-removed, .pk-markup, :disabled")) continue;
    const style = getComputedStyle(e);
    const [a, b] = [light(parse(style.color)), light(behind(e))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) faint.push(`${e.className} ${e.textContent.trim().slice(0, 20)} ${contrast.toFixed(2)}`);
  }
  return [...new Set(faint)];
}"""

# Things that can be pressed and lie on one another.
OVERLAPPING = """() => {
  const boxes = [...document.querySelectorAll("[role=tabpanel] button, [role=tabpanel] input, [role=tabpanel] .pk-hit > .pk-rank, [role=tabpanel] summary")]
    .filter((e) => e.checkVisibility() && getComputedStyle(e).opacity !== "0")
    .map((e) => [e, e.getBoundingClientRect()]).filter(([, r]) => r.width > 2 && r.height > 2);
  const found = [];
  for (let i = 0; i < boxes.length; i += 1) for (let j = i + 1; j < boxes.length; j += 1) {
    const [[a, r], [b, s]] = [boxes[i], boxes[j]];
    if (a.contains(b) || b.contains(a)) continue;
    const wide = Math.min(r.right, s.right) - Math.max(r.left, s.left);
    const high = Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top);
    if (wide > 3 && high > 3) found.push(`${a.textContent.trim().slice(0, 12)} / ${b.textContent.trim().slice(0, 12)}`);
  }
  return found;
}"""


def visit(page: Page, address: str, workspace: Workspace, tab: str) -> None:
    """Open a tab with something in it."""
    pdf = next(d.id for d in workspace.store.documents() if d.source.endswith(".pdf"))
    query, shown = {
        "welcome": ("", "#ask-output .pk-role"),
        "ask": ("?tab=ask&q=夏门教师交流轮岗怎么做&off=region:厦门", "#ask-output .pk-cite"),
        "search": ("?tab=search&q=教师交流轮岗&group=region", "#search-output .pk-hit"),
        "read": (f"?tab=read&doc={pdf}&start=700&end=760", "#read-view .pk-spot"),
        "table": ("?tab=table", "#table-go"),
        "cases": ("?tab=cases", "#cases-go"),
        "review": ("?tab=review", "#review-go"),
        "library": ("?tab=library", "#library-table"),
    }[tab]
    page.goto(f"{address}/{query}")
    expect(page.locator(shown).first).to_be_visible(timeout=SLOW)


def test_the_page_says_that_it_is_chinese_from_the_start(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    context.close()


def test_no_english_is_left_even_in_an_english_browser(
    browser: Browser, address: str, workspace: Workspace
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    page = context.new_page()
    left: dict[str, set[str]] = {}
    for tab in ("welcome", "ask", "search", "read", "table", "cases", "review", "library"):
        visit(page, address, workspace, tab)
        if tab == "search":
            page.locator("button:visible", has_text="筛选条件").click()
            page.locator("#search-output .pk-scores summary").first.click()
        said = FILE.sub("", re.sub(r"可以读：.*", "", page.evaluate(SAID)))
        left[tab] = {word for word in WORD.findall(said) if word.lower() not in ALLOWED}
    context.close()
    assert {tab: words for tab, words in left.items() if words} == {}


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_is_readable_and_nothing_overlaps(
    browser: Browser, address: str, workspace: Workspace, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        locale="zh-CN",
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = context.new_page()
    faults: dict[str, object] = {}
    for tab in ("welcome", "ask", "search", "read"):
        visit(page, address, workspace, tab)
        found = [*page.evaluate(FAINT), *page.evaluate(OVERLAPPING)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append("wider than the window")
        if found:
            faults[tab] = found
    context.close()
    assert faults == {}
