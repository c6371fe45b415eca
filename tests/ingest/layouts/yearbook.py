"""A chapter of a yearbook as a PDF loader hands it on: pages, reflowed paragraphs, running heads left out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kb.model import Dropped, LoadedSource
from tests.ingest.layouts.builder import loaded

PAGES = (
    "教育\n"
    "【概况】 2023年，青岩县有各级各类学校86所，在校学生4.2万人，教职工3150人。学前三年毛入园率92.3%，"
    "九年义务教育巩固率99.1%，高中阶段毛入学率95.6%。全县教育经费总投入6.8亿元，比上年增长5.2%。\n"
    "【学前教育】 全县有幼儿园41所，其中公办园23所，公办园在园幼儿占比56%。年内新建公办园3所，新增学位810个，"
    "全部通过县级督导评估。\n",
    "【义务教育】 全县有小学33所、初中9所，年内改造薄弱学校6所，投入资金2300万元。城区学校与农村学校结成22个"
    "共同体，交流轮岗教师214人，其中骨干教师52人，占24.3%。\n"
    "【教师队伍】 招聘教师126人，其中研究生学历31人。组织县级以上培训4600人次，人均培训学时92。"
    "年内评选县级名师20人、骨干教师60人，发放乡村教师生活补助1180万元。\n",
)


def source() -> LoadedSource:
    text = "".join(PAGES)
    heads = tuple(Dropped("青岩年鉴2024", "页眉", page) for page in (1, 2))
    return replace(loaded(text, pages=(0, len(PAGES[0]))), path="青岩年鉴.pdf", loader="pdf", dropped=heads)


FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
)


def font() -> Path | None:
    """A font with Chinese characters, if one is at hand."""
    return next((path for path in map(Path, FONTS) if path.exists()), None)


def write_pdf(path: Path, typeface: Path) -> None:
    """The chapter as a real PDF: two pages with a running head and page numbers."""
    from fpdf import FPDF

    class Book(FPDF):
        def header(self) -> None:
            self.set_font("cjk", size=9)
            self.cell(0, 8, "青岩年鉴2024", align="C", new_x="LMARGIN", new_y="NEXT")

        def footer(self) -> None:
            self.set_y(-15)
            self.set_font("cjk", size=9)
            self.cell(0, 8, str(self.page_no()), align="C")

    book = Book(format=(148, 210))
    book.add_font("cjk", fname=str(typeface))
    for page in PAGES:
        book.add_page()
        for paragraph in page.splitlines():
            book.set_font("cjk", size=16 if len(paragraph) < 8 else 11)
            book.multi_cell(
                0, 7, paragraph, align="C" if len(paragraph) < 8 else "L", new_x="LMARGIN", new_y="NEXT"
            )
    book.output(str(path))
