"""生成草稿 in a real browser: there only when it is set up, and what fails the check is shown as removed."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from interfaces.workspace import Workspace
from kb.settings import Settings
from tests.interfaces.conftest import CORPUS
from tests.interfaces.serving import chromium, served, tab
from tests.search.draft_server import scripted

pytestmark = pytest.mark.browser
QUESTION = "厦门市“名校跨岛”战略行动是怎么做的？"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "kb"
    with Workspace(found) as workspace:
        workspace.ingest([CORPUS / "案例-厦门市.md"], workers=0)
    return found


def test_a_draft_is_shown_with_its_citations_and_what_was_removed(folder: Path) -> None:
    with scripted() as (script, url), chromium() as browser:
        Settings(draft_base_url=url, draft_model="示例模型").save(folder)
        with Workspace(folder) as workspace, served(workspace) as address:
            cited = workspace.ask(QUESTION).citations[0]
            held = cited.citation.quote.rstrip("。")
            script.content = (
                f"{held}[{cited.number}]。<img src=x onerror=alert(1)>达标率为99.9%[{cited.number}]。"
            )
            with tab(browser, address, "问答") as page:
                expect(page.locator("#draft")).to_contain_text(url.split("/")[2])
                # The page greets once it has loaded; a question asked before that would be wiped away.
                expect(page.locator("#ask-output a").first).to_be_visible(timeout=20_000)
                page.locator("#ask-question textarea, #ask-question input").first.fill(QUESTION)
                page.locator("#ask-go").click()
                expect(page.locator("#ask-output .pk-cite").first).to_be_visible(timeout=20_000)
                assert script.requests == []
                page.locator("#draft-go").click()
                draft = page.locator("#draft-output")
                expect(draft.locator(".pk-draft")).to_contain_text(held, timeout=20_000)
                expect(draft).to_contain_text("已删去的 1 句")
                assert draft.locator("img").count() == 0
                draft.locator(".pk-draft .pk-cite").first.click()
                expect(page.locator("#ask-source .pk-here").first).to_be_visible(timeout=20_000)
                script.status = 500
                page.locator("#draft-go").click()
                expect(draft.locator(".pk-error")).to_contain_text("HTTP 500", timeout=20_000)


def test_without_settings_there_is_no_button_and_wrong_ones_are_said(folder: Path) -> None:
    with chromium() as browser:
        with (
            Workspace(folder) as workspace,
            served(workspace) as address,
            tab(browser, address, "问答") as page,
        ):
            assert page.locator("#draft-go").count() == 0
        Settings(draft_base_url="ftp://x", draft_model="m").save(folder)
        with (
            Workspace(folder) as workspace,
            served(workspace) as address,
            tab(browser, address, "问答") as page,
        ):
            expect(page.locator("#draft-off")).to_contain_text("地址")
