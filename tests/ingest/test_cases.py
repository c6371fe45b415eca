"""One source, one or several documents."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from ingest.cases import split_cases
from ingest.clean import clean
from ingest.draft import Draft
from ingest.loaders import load
from ingest.outline import build_outline
from tests.ingest.layouts import ALL, cleaned, yearbook
from tests.ingest.layouts.builder import plain_clean

PROSE = "各地认真落实国家和省的部署要求，结合实际创造性开展工作，经费投入逐年增长，办学条件明显改善，群众的满意度持续提高。"


def case(opening: str) -> str:
    return f"{opening}，{PROSE}\n一、健全工作机制。{PROSE}\n二、改善办学条件。{PROSE}\n三、加强教师队伍。{PROSE}\n"


def drafts(text: str) -> tuple[Draft, ...]:
    return split_cases(plain_clean(text))


def test_an_opening_that_names_an_unrelated_region_begins_a_case() -> None:
    text = (
        "推进优质均衡发展典型案例\n"
        "近日，各地报送了一批案例，现将其中三个予以刊载，供各地学习借鉴，不断提高工作水平，更好服务群众。\n"
        + case("近年来，江苏省坚持规划引领")
        + case("内蒙古包头市实施强师工程")
        + case("贵州省坚持以评促建")
    )
    found = drafts(text)
    assert [draft.role for draft in found] == ["preface", "case", "case", "case"]
    assert [draft.region for draft in found[1:]] == ["320000", "150200", "520000"]
    assert [draft.first for draft in found] == [0, 2, 6, 10]
    assert found[1].title == "江苏省：推进优质均衡发展典型案例"


def test_a_title_line_before_the_opening_belongs_to_its_case() -> None:
    text = (
        case("近年来，江苏省坚持规划引领")
        + "贵州省贵阳市第一实验学校：发挥联盟优势\n"
        + case("学校是区域内的龙头学校")
    )
    found = drafts(text)
    assert [(draft.first, draft.region) for draft in found] == [(0, "320000"), (4, "520100")]
    assert found[1].title == "贵州省贵阳市第一实验学校:发挥联盟优势"


def test_an_unnumbered_tail_stays_with_its_case() -> None:
    text = (
        case("近年来，江苏省坚持规划引领")
        + f"目前，江苏省各学校互联网全部接通，{PROSE}\n"
        + case("贵州省坚持以评促建")
    )
    assert [draft.first for draft in drafts(text)] == [0, 5]


def test_one_document_with_many_regions_stays_one() -> None:
    regions = ["北京市", "天津市", "江苏省", "贵州省", "云南省"]
    text = "全国推进情况通报\n" + "".join(
        f"{n}、{r}的做法。{r}{PROSE}\n" for n, r in zip("一二三四五", regions, strict=True)
    )
    assert len(drafts(text)) == 1


def test_a_numbering_that_begins_anew_in_chapters_or_attachments_is_one_document() -> None:
    chapters = (
        f"第一章　现状\n一、成绩。{PROSE}\n二、问题。{PROSE}\n第二章　任务\n一、江苏省的任务。{PROSE}\n"
        f"二、其他任务。{PROSE}\n"
    )
    assert len(drafts(chapters)) == 1
    attached = (
        f"关于印发方案的通知\n{PROSE}\n一、要求。{PROSE}\n二、措施。{PROSE}\n附件1\n江苏省实施方案\n"
        f"一、目标。{PROSE}\n二、任务。{PROSE}\n"
    )
    assert len(drafts(attached)) == 1


def test_a_notice_and_what_it_passes_on_are_one_document() -> None:
    text = (
        f"关于印发方案的通知\n各地：\n一、高度重视。{PROSE}\n二、抓好落实。{PROSE}\n青岩县人民政府\n2024年5月6日\n"
        f"教育工作方案\n江苏省的经验表明，{PROSE}\n一、目标。{PROSE}\n二、任务。{PROSE}\n"
    )
    assert len(drafts(text)) == 1


def test_whole_documents_one_after_the_other_are_cut_at_their_titles() -> None:
    one = (
        f"青岩县教育局关于做好招生工作的通知\n青教发〔2024〕3号\n各学校：\n{PROSE}{PROSE}{PROSE}{PROSE}\n"
        "青岩县教育局\n2024年3月1日\n"
    )
    two = one.replace("招生", "安全").replace("3号", "4号")
    found = drafts(one + two)
    assert [draft.first for draft in found] == [0, 6]
    assert [draft.title for draft in found] == [
        "青岩县教育局关于做好招生工作的通知",
        "青岩县教育局关于做好安全工作的通知",
    ]


def test_the_makers_note_at_the_end_is_no_part_of_the_last_case() -> None:
    text = (
        case("近年来，江苏省坚持规划引领")
        + case("贵州省坚持以评促建")
        + "本报告由某某研究所研制；执笔：张三、李四"
    )
    found = drafts(text)
    assert [draft.role for draft in found] == ["case", "case", "credits"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("newspaper", ["山乡小学办起“周末课堂”", "滨岭市新建学校提前交付"]),
        (
            "numbered_cases",
            [
                "县域教育协同发展典型案例汇编",
                "以教研共同体带动薄弱学校",
                "小规模学校“一校一品”",
                "双语地区的校园阅读行动",
            ],
        ),
        ("notice_with_attachments", ["青岩县教育局关于印发义务教育阶段学生资助工作方案的通知"]),
        ("regional_digest", ["各地推进中小学课后服务动态"]),
        ("yearbook", ["教育"]),
    ],
)
def test_layouts(name: str, expected: list[str]) -> None:
    assert [draft.title for draft in split_cases(cleaned(name))] == expected


def test_a_yearbook_chapter_read_from_a_real_pdf_is_one_document_with_its_entries(tmp_path: Path) -> None:
    pytest.importorskip("fpdf", reason="没有安装 fpdf2")
    typeface = yearbook.font()
    if typeface is None:
        pytest.skip("没有中文字体，不生成 PDF")
    yearbook.write_pdf(tmp_path / "青岩年鉴.pdf", typeface)
    source = clean(load(tmp_path / "青岩年鉴.pdf", "青岩年鉴.pdf"))
    (draft,) = split_cases(source)
    assert draft.title == "教育"
    outline = build_outline(source, draft)
    assert [section.title for section in outline.sections] == ["概况", "学前教育", "义务教育", "教师队伍"]
    assert len(source.loaded.pages) == 2


@pytest.mark.parametrize("name", ALL)
def test_drafts_cover_all_paragraphs_in_order(name: str) -> None:
    source = cleaned(name)
    found = split_cases(source)
    assert found[0].first == 0
    assert found[-1].last == len(source.paragraphs)
    assert all(one.last == other.first for one, other in pairwise(found))


def test_an_empty_source_has_no_drafts() -> None:
    assert drafts("\n\n") == ()
