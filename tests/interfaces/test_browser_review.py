"""对标审查 and the corrections of 资料库 in a real browser."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from interfaces.workspace import Workspace
from tests.interfaces.conftest import CORPUS
from tests.interfaces.serving import save, served, tab

pytestmark = pytest.mark.browser
PLAN = CORPUS.parent / "eval" / "gold" / "plans" / "示例-云岭县规划.md"
NATIONAL = "国家-督导评估办法-2017.pdf"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with Workspace(tmp_path_factory.mktemp("review") / "kb") as opened:
        opened.ingest([CORPUS / NATIONAL, CORPUS / "案例-济源示范区.txt"], workers=0)
        yield opened


def review_upload(page: Page, path: Path = PLAN) -> None:
    page.locator("#review-upload input[type=file]").set_input_files(path)
    expect(page.locator("#review-region")).to_be_visible(timeout=20_000)
    page.locator("#review-go").click()
    expect(page.locator("#review-output .pk-clause").first).to_be_visible(timeout=30_000)


def download(page: Page, kind: str, folder: Path) -> Path:
    with page.expect_download(timeout=20_000) as waiting:
        page.locator(f"#review-{kind}").click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def as_pdf(path: Path) -> str:
    """The text of a Word file as LibreOffice opens it; empty where there is none."""
    if shutil.which("soffice") is None:
        return ""
    profile = (path.parent / "office").as_uri()
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to", "pdf",
         "--outdir", str(path.parent), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    with closing(pypdfium2.PdfDocument(str(path.with_suffix(".pdf")))) as document:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)


def test_an_uploaded_plan_is_reviewed_exported_and_not_kept(
    browser: Browser, address: str, workspace: Workspace, tmp_path: Path
) -> None:
    before = workspace.store.statistics().documents
    with tab(browser, address, "对标审查") as page:
        review_upload(page)
        # The numbers that are not met come first.
        assert page.locator("#review-output .pk-numbers .pk-verdict").first.inner_text() == "未达到"
        row = page.locator("#review-output .pk-numbers tr", has_text="骨干教师").first
        expect(row).to_contain_text("20%")
        row.locator(".pk-value").nth(1).click()
        expect(page.locator("#review-source .pk-here").first).to_contain_text("15%")
        expect(page.locator("#review-source .pk-reader")).to_contain_text("本次上传")
        row.locator(".pk-value").first.click()
        expect(page.locator("#review-source .pk-here").first).to_contain_text("20%")
        expect(page.locator("#review-source .pk-reader")).to_contain_text(NATIONAL)
        save(page, "review")
        path = download(page, "docx", tmp_path)
        assert any("云岭县" in paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
        if opened := as_pdf(path):
            # Both sides stand in the opened file, and what is not met comes before what is.
            assert "其中骨干教师占交流轮岗教师的15%" in opened
            assert "其中骨干教师不低于交流轮岗教师总数的20%" in opened
            assert opened.index("未达到") < opened.index("要求不低于4.2人，本地为4.5人，达到")
        sheets = openpyxl.load_workbook(download(page, "xlsx", tmp_path)).sheetnames
        assert {"条款", "数值"} <= set(sheets)
    assert workspace.store.statistics().documents == before


def test_a_clause_set_aside_stays_so_in_the_next_review(browser: Browser, address: str) -> None:
    with tab(browser, address, "对标审查") as page:
        review_upload(page)
        first = page.locator("#review-output .pk-clause").first
        quote = first.locator(".pk-quote").first.inner_text()
        first.locator("[data-act=aside]").click()
        expect(page.locator("#review-output")).to_contain_text("搁置 1 条", timeout=20_000)
    with tab(browser, address, "对标审查") as page:
        review_upload(page)
        expect(page.locator("#review-output")).to_contain_text("搁置 1 条")
        page.locator("#review-shown label", has_text="已搁置").click()
        expect(page.locator("#review-output .pk-clause")).to_have_count(1, timeout=20_000)
        assert page.locator("#review-output .pk-clause .pk-quote").first.inner_text() == quote
        page.locator("#review-output [data-act=restore]").click()
        expect(page.locator("#review-output .pk-clause")).to_have_count(0, timeout=20_000)


def test_what_is_set_aside_stays_so_under_another_file_name(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    renamed = tmp_path / "送审稿（终）.md"
    renamed.write_bytes(PLAN.read_bytes())
    with tab(browser, address, "对标审查") as page:
        review_upload(page)
        page.locator("#review-output .pk-clause").first.locator("[data-act=aside]").click()
        expect(page.locator("#review-output")).to_contain_text("搁置 1 条", timeout=20_000)
    with tab(browser, address, "对标审查") as page:
        review_upload(page, renamed)
        expect(page.locator("#review-output")).to_contain_text("搁置 1 条")
        page.locator("#review-shown label", has_text="已搁置").click()
        page.locator("#review-output [data-act=restore]").click()
        expect(page.locator("#review-output .pk-clause")).to_have_count(0, timeout=20_000)


def test_an_upload_of_unknown_region_is_asked_for_it_and_kept_only_when_asked(
    browser: Browser, tmp_path: Path
) -> None:
    with Workspace(tmp_path / "kb") as workspace:
        workspace.ingest([CORPUS / NATIONAL, CORPUS / "案例-济源示范区.txt"], workers=0)
        before = workspace.store.statistics().documents
        with served(workspace) as address, tab(browser, address, "对标审查") as page:
            page.locator("#review-upload input[type=file]").set_input_files(PLAN)
            region = page.locator("#review-region")
            expect(region).to_contain_text("没有能确定地区的字样", timeout=20_000)
            region.locator("input").fill("没有这个县")
            region.locator("input").press("Enter")
            page.locator("#review-go").click()
            expect(page.locator("#review-output .pk-error")).to_contain_text("没有这个县", timeout=30_000)
            assert workspace.store.statistics().documents == before
            region.locator("input").fill("河南省焦作市")
            region.locator("input").press("Enter")
            page.locator("#review-keep input").check()
            page.locator("#review-go").click()
            expect(page.locator("#review-output")).to_contain_text("已收入资料库", timeout=60_000)
            expect(page.locator("#review-output .pk-clause").first).to_be_visible()
            kept = next(d for d in workspace.store.documents() if "云岭县" in d.title)
            assert kept.region_code == "410800"


def test_two_versions_are_set_side_by_side_and_exported(
    browser: Browser, address: str, workspace: Workspace, tmp_path: Path
) -> None:
    newer = tmp_path / "新版.md"
    newer.write_text(PLAN.read_text("utf-8").replace("满意度达到90%以上", "满意度达到95%以上"), "utf-8")
    before = workspace.store.statistics().documents
    with tab(browser, address, "对标审查") as page:
        page.locator("#review-mode label").nth(1).click()
        page.locator("#versions-go").click()
        expect(page.locator("#versions-output .pk-error")).to_contain_text("旧版", timeout=20_000)
        for side, path in (("old", PLAN), ("new", newer)):
            page.locator(f"#versions-{side}-file input[type=file]").set_input_files(path)
            expect(page.locator(f"#versions-{side}-file")).to_contain_text(path.stem[:6], timeout=20_000)
        page.locator("#versions-go").click()
        changed = page.locator("#versions-output .pk-c-changed")
        expect(changed).to_have_count(1, timeout=30_000)
        assert changed.locator("del").inner_text() == "90%"
        assert changed.locator("ins").inner_text() == "95%"
        changed.locator("[data-act=open]").nth(1).click()
        expect(page.locator("#versions-source .pk-here").first).to_contain_text("95%", timeout=20_000)
        with page.expect_download(timeout=20_000) as waiting:
            page.locator("#versions-docx").click()
        path = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(path)
        runs = [run for paragraph in docx.Document(str(path)).paragraphs for run in paragraph.runs]
        assert any(run.font.strike and run.text == "90%" for run in runs)
    assert workspace.store.statistics().documents == before


def test_a_document_of_the_library_is_reviewed_against_a_chosen_one(browser: Browser, address: str) -> None:
    with tab(browser, address, "对标审查") as page:
        for name, text in (("local", "济源"), ("references", "督导评估")):
            box = page.locator(f"#review-{name} input").first
            box.click()
            box.fill(text)
            page.get_by_role("option", name=text).first.click()
        page.locator("#review-go").click()
        row = page.locator("#review-output .pk-numbers tr", has_text="12%").first
        expect(row).to_contain_text("未达到", timeout=30_000)


def test_without_a_document_it_says_what_to_choose(browser: Browser, address: str) -> None:
    with tab(browser, address, "对标审查") as page:
        page.locator("#review-go").click()
        expect(page.locator("#review-output .pk-error")).to_contain_text("上传", timeout=20_000)


def test_on_a_phone_nothing_runs_out_of_the_page(browser: Browser, address: str) -> None:
    with tab(browser, address, "对标审查", width=390) as page:
        review_upload(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_correction_is_shown_kept_on_reingestion_and_taken_back(
    browser: Browser, address: str, workspace: Workspace
) -> None:
    def field(page: Page, name: str) -> Locator:
        return page.locator(f"#correct-{name} textarea, #correct-{name} input").first

    def jiyuan() -> tuple[str, str]:
        found = next(d for d in workspace.store.documents() if "济源" in d.title)
        return found.region_code, found.published

    as_read = jiyuan()
    with tab(browser, address, "资料库") as page:
        page.locator("#library-table [role=gridcell]", has_text="济源示范区推进").first.click()
        expect(page.locator("#library-chosen textarea, #library-chosen input").first).not_to_have_value("")
        page.locator("#correct button", has_text="更正打开").first.click()
        expect(field(page, "region-code")).to_have_value("河南省济源市", timeout=20_000)
        field(page, "region-code").fill("没有这个县")
        page.locator("#correct-save").click()
        expect(page.locator("#correct-state .pk-error")).to_contain_text("没有这个县", timeout=20_000)
        assert jiyuan() == as_read
        field(page, "region-code").fill("河南省焦作市")
        field(page, "published").fill("2024-05-31")
        page.locator("#correct-save").click()
        expect(page.locator("#correct-state")).to_contain_text("河南省济源市", timeout=20_000)
        expect(page.locator("#library-table [role=row]", has_text="焦作市")).to_have_count(1)
        assert jiyuan() == ("410800", "2024-05-31")
        workspace.ingest([CORPUS / "案例-济源示范区.txt"], workers=0, force=True)
        assert jiyuan() == ("410800", "2024-05-31")
        page.locator("#correct-restore").click()
        expect(page.locator("#library-table [role=row]", has_text="河南省济源市")).to_have_count(1)
    assert jiyuan() == as_read
