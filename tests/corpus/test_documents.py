"""The sample corpus: complete, labelled as digests, and in formats that exercise every loader."""

import importlib
import importlib.util
import re
import zipfile
from fnmatch import fnmatch

import docx
import pypdf
import pytest
from bs4 import BeautifulSoup

from tests.corpus.reading import (
    CORPUS,
    documents,
    metadata,
    pdf_pages,
    pypdf_pages,
    squeeze,
    text_of,
)

KEYS = {"title", "region", "issuer", "number", "published", "level", "kind", "status", "digest_of"}
LEVELS = {"national", "provincial", "municipal", "county", "school"}
PDF = CORPUS / "国家-督导评估办法-2017.pdf"


def test_three_national_documents_and_fifteen_regional_digests():
    national = [p for p in documents() if metadata(p)["level"] == "national"]
    assert len(national) == 3
    assert len(documents()) - len(national) == 15


def test_every_format_is_there_and_small():
    assert {p.suffix for p in documents()} == {".md", ".txt", ".pdf", ".docx", ".html"}
    assert all(p.stat().st_size < 1_000_000 for p in documents())


@pytest.mark.parametrize("path", documents(), ids=lambda p: p.stem)
def test_every_document_says_what_it_is_and_that_it_is_a_digest(path):
    meta = metadata(path)
    assert meta.keys() >= KEYS
    assert meta["level"] in LEVELS
    assert meta["title"].endswith("（摘编）")
    assert "摘编" in meta["digest_of"]
    assert "不是" in meta["digest_of"]
    assert squeeze(meta["title"]) in text_of(path)
    assert squeeze(meta["digest_of"]) in text_of(path)


@pytest.mark.parametrize("path", documents(), ids=lambda p: p.stem)
def test_destroyed_numbers_and_telephone_numbers_are_not_in_the_text(path):
    text = text_of(path)
    assert "线余" not in text
    assert "在线余" not in text
    assert "线门" not in text
    assert not re.search(r"\d{7,}", text)


def test_ignore_file_covers_what_is_no_document():
    lines = (CORPUS / ".policykbignore").read_text(encoding="utf-8").splitlines()
    patterns = [line.rstrip("/") for line in lines if line and not line.startswith("#")]
    rest = {p.name for p in CORPUS.iterdir()} - {p.name for p in documents()}
    rest -= {".policykbignore", "__pycache__"}
    assert rest == {name for name in rest if any(fnmatch(name, pattern) for pattern in patterns)}
    assert not any(fnmatch(p.name, pattern) for p in documents() for pattern in patterns)


def test_readme_lists_every_document():
    readme = (CORPUS / "README.md").read_text(encoding="utf-8")
    assert all(f"| {p.name} |" in readme for p in documents())


def test_pdf_reads_the_same_with_both_readers():
    assert squeeze("".join(pdf_pages(PDF))) == squeeze("".join(pypdf_pages(PDF)))


def test_pdf_has_running_lines_on_every_page_and_its_information():
    pages = pdf_pages(PDF)
    title = metadata(PDF)["title"]
    assert len(pages) >= 2
    for number, page in enumerate(pages, start=1):
        assert page.startswith(title)
        assert page.rstrip().endswith(f"— {number} —")
    info = pypdf.PdfReader(PDF).metadata
    assert info.title == title
    assert info.author == "教育部"
    assert "教督〔2017〕6号" in info["/Keywords"]
    assert "摘编" in info.subject


def test_pdf_table_holds_the_seven_indicators():
    lines = pdf_pages(PDF)[0].splitlines()
    start = lines.index("指标 小学 初中")
    rows = lines[start + 1 : start + 8]
    assert all(row.count(" 不低于") == 2 for row in rows)
    assert rows[4] == "生均体育运动场馆面积 不低于7.5平方米 不低于10.2平方米"


@pytest.mark.parametrize("name", ["国家-扩优提质行动计划-2023.docx", "案例-华山中学.docx"])
def test_word_numbers_come_from_the_numbering_not_from_the_text(name):
    word = docx.Document(str(CORPUS / name))
    numbered = [p for p in word.paragraphs if p._p.pPr is not None and p._p.pPr.numPr is not None]
    assert len(numbered) > 8
    assert not any(re.match(r"[一二三四五六七八九]、|（[一二三]）|\d\.", p.text) for p in word.paragraphs)
    assert len(word.tables) == 2
    assert word.core_properties.title == metadata(CORPUS / name)["title"]
    assert "摘编" in word.core_properties.subject


@pytest.mark.parametrize("name", ["规划解读-迁西县.html", "案例-贵州省.html"])
def test_html_is_a_site_page_around_the_article(name):
    page = BeautifulSoup((CORPUS / name).read_text(encoding="utf-8"), "lxml")
    assert page.nav
    assert page.footer
    assert "索引号" in page.find("table").get_text()
    meta = {tag["name"]: tag["content"] for tag in page.find_all("meta") if tag.get("name")}
    expected = metadata(CORPUS / name)
    assert meta["ArticleTitle"] == expected["title"]
    assert meta["region"] == expected["region"]
    assert not page.find_all(["script", "link", "img"])


def test_generated_files_follow_their_sources(tmp_path):
    page = importlib.import_module("corpus.generators.page")
    word = importlib.import_module("corpus.generators.word")
    read_source = importlib.import_module("corpus.generators.source").read_source
    for source in (CORPUS / "sources").glob("*.txt"):
        document = read_source(source)
        suffix = document.meta["format"]
        committed = CORPUS / f"{document.name}.{suffix}"
        fresh = tmp_path / committed.name
        if suffix == "html":
            page.write_page(document, fresh)
            assert fresh.read_bytes() == committed.read_bytes()
        elif suffix == "docx":
            word.write_word(document, fresh)
            for part in ("word/document.xml", "word/numbering.xml", "docProps/core.xml"):
                assert zipfile.ZipFile(fresh).read(part) == zipfile.ZipFile(committed).read(part)


def test_generated_pdf_follows_its_source(tmp_path):
    if importlib.util.find_spec("fpdf") is None:
        pytest.skip("没有安装 fpdf2，不重新生成 PDF")
    pdf = importlib.import_module("corpus.generators.pdf")
    if not (pdf.FONT_FOLDER / "NotoSerifCJK-Regular.ttc").exists():
        pytest.skip("没有 Noto Serif CJK 字体，不重新生成 PDF")
    read_source = importlib.import_module("corpus.generators.source").read_source
    pdf.write_pdf(read_source(CORPUS / "sources" / f"{PDF.stem}.txt"), tmp_path / PDF.name)
    assert pdf_pages(tmp_path / PDF.name) == pdf_pages(PDF)
