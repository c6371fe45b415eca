"""The heading tree of official documents, and what each of their paragraphs is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.draft import Draft
from ingest.outline import Outline, build_outline
from kb.model import Block
from kb.text.shadow import fold
from tests.ingest.layouts.builder import loaded, plain_clean

PROSE = (
    "各个县区都要把这项工作列入重要议事日程，"
    "明确责任分工，细化工作举措，按季度报告进展情况，确保各项任务按期完成并取得明显实效。"
)
MORE = (
    "截至去年年底，全市累计投入各类资金"
    "三千二百万元，改造校舍四十六处，新增学位五千六百个，惠及学生一万二千名，群众满意度明显提高。"
)


def outline_of(text: str, blocks: tuple[Block, ...] = (), **metadata: str) -> Outline:
    source = plain_clean(loaded(text, blocks=blocks, metadata=metadata))
    return build_outline(source, Draft(0, len(source.paragraphs)))


def tree(text: str, blocks: tuple[Block, ...] = ()) -> list[tuple[int, str]]:
    return levels(outline_of(text, blocks))


def levels(outline: Outline) -> list[tuple[int, str]]:
    return [(section.level, fold(section.title)) for section in outline.sections]


def roles(text: str) -> list[str]:
    return list(outline_of(text).roles)


def test_numbering_nests_from_chinese_numerals_to_figures() -> None:
    text = (
        f"一、总体要求\n{PROSE}\n二、主要任务\n（一）扩大供给\n1.新建学校。{PROSE}\n2.改建学校。{PROSE}\n"
        f"（二）提升质量\n{PROSE}\n"
    )
    assert tree(text) == [
        (1, "一、总体要求"),
        (1, "二、主要任务"),
        (2, "(一)扩大供给"),
        (3, "1.新建学校"),
        (3, "2.改建学校"),
        (2, "(二)提升质量"),
    ]


def test_a_section_spans_exactly_its_words_in_the_source() -> None:
    text = f"一、总体要求\n{PROSE}\n（一）扩大供给。{PROSE}"
    outline = outline_of(text)
    assert [text[s.start : s.end] for s in outline.sections] == ["一、总体要求", "（一）扩大供给"]
    assert [s.run_in for s in outline.sections] == [False, True]
    assert outline.path(1) == ("一、总体要求", "（一）扩大供给")
    assert outline.paths()[2] == ("一、总体要求", "(一)扩大供给")


def test_the_first_sentence_of_a_numbered_paragraph_is_its_heading() -> None:
    text = (
        f"一、突出“标准化”，推动学校建设走在前。{PROSE}\n二、着力“补短板”，推动城乡一体发展走在前。{PROSE}\n"
    )
    assert [title for _, title in tree(text)] == [
        "一、突出“标准化”,推动学校建设走在前",
        "二、着力“补短板”,推动城乡一体发展走在前",
    ]


def test_unnumbered_first_sentences_head_their_paragraphs() -> None:
    text = (
        f"一、优化布局\n优化学校布局，按需扩大学位供给。{PROSE}\n大力实施智慧校园工程。{MORE}\n用好评价“指挥棒”。{PROSE}\n"
        f"二、建强队伍\n加大教师引进力度。{PROSE}\n加强教师专题培训。{MORE}\n"
    )
    assert [(level, title) for level, title in tree(text) if level == 2] == [
        (2, "优化学校布局,按需扩大学位供给"),
        (2, "大力实施智慧校园工程"),
        (2, "用好评价“指挥棒”"),
        (2, "加大教师引进力度"),
        (2, "加强教师专题培训"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "今年任务十分繁重。",
        "我市始终重视教育。",
        "2025年，全市财政投入大幅增长。",
        "教育是民生之基。",
        "开学前一周，实验小学开展培训，为新学期做准备。",
        "会议指出。",
        "各地区要高度重视。",
    ],
)
def test_ordinary_first_sentences_are_no_headings(sentence: str) -> None:
    text = f"一、总体情况\n{sentence}{PROSE}\n{sentence}{MORE}\n二、下一步打算\n{PROSE}\n"
    assert [title for _, title in tree(text)] == ["一、总体情况", "二、下一步打算"]


def test_a_lone_paragraph_under_its_heading_has_no_second_one() -> None:
    text = (
        f"（一）优化办学理念，深化合作办学\n深化教育教学改革，创新教育理念，以适应不断变化的要求。{PROSE}\n"
        f"（二）加强管理\n{MORE}\n"
    )
    assert [level for level, _ in tree(text)] == [1, 1]


def test_unnumbered_lines_between_prose_are_headings() -> None:
    text = f"提质扩优拓宽发展路径\n{PROSE}\n{MORE}\n“集团化”形成规模驱动力\n{PROSE}\n普惠、锻培、评价齐头并进\n{MORE}\n"
    found = tree(f"{MORE}\n{text}")
    assert found == [
        (1, "提质扩优拓宽发展路径"),
        (1, "“集团化”形成规模驱动力"),
        (1, "普惠、锻培、评价齐头并进"),
    ]


def test_short_sentences_that_alternate_with_long_paragraphs_are_headings() -> None:
    text = f"一、工作回顾\n生态底色更加亮丽。\n{PROSE}\n经济运行持续向好。\n{MORE}\n城乡区域协同融合。\n{PROSE}\n"
    assert [title for level, title in tree(text) if level == 2] == [
        "生态底色更加亮丽",
        "经济运行持续向好",
        "城乡区域协同融合",
    ]


def test_an_inline_series_heads_the_text_of_its_members() -> None:
    text = f"一、坚持重点突破。一是抓条件保障，补齐短板。{PROSE}二是抓经费投入。{MORE}\n"
    outline = outline_of(text)
    assert levels(outline) == [
        (1, "一、坚持重点突破"),
        (2, "一是抓条件保障,补齐短板"),
        (2, "二是抓经费投入"),
    ]
    assert [part.section for part in outline.parts[0]] == [0, 1, 2]


def test_a_series_of_bare_sentences_heads_nothing() -> None:
    text = (
        "（一）加强管理\n"
        "一是开展结对帮扶活动。二是推进教育集团化。三是优化农村学校布局，撤并部分教学点，改善办学条件，提高管理水平。\n"
        "（二）其他\n" + PROSE
    )
    assert [title for _, title in tree(text)] == ["(一)加强管理", "(二)其他"]


def test_what_follows_the_last_section_does_not_hang_under_it() -> None:
    text = (
        f"一、以问题为导向推进创建\n{PROSE}\n二、以创新为动力提升成果\n{MORE}\n三、以共建为模式实施战略\n{PROSE}\n"
        f"针对群众急难愁盼问题，本市将进一步抓好落实。\n齐抓共管落实责任。{PROSE}\n加强保障提升水平。{MORE}\n"
        f"强化督导落实责任。{PROSE}\n"
    )
    found = tree(text)
    assert found[3] == (1, "本市将进一步抓好落实")
    assert found[4:] == [(2, "齐抓共管落实责任"), (2, "加强保障提升水平"), (2, "强化督导落实责任")]


def test_a_tail_after_sections_of_one_paragraph_each_belongs_to_none() -> None:
    sections = "".join(f"{n}、坚持第{n}项举措。{PROSE}\n" for n in "一二三")
    outline = outline_of(sections + f"目前，各学校互联网全部接通。{MORE}")
    assert outline.parts[-1][0].section == -1


def test_numbers_that_are_no_marks() -> None:
    text = (
        f"一、总体目标\n2025年，{PROSE}\n1.5万名学生受益，{PROSE}\n2.2人户家庭按标准分配。{PROSE}\n"
        f"12345热线受理诉求，{PROSE}\n二、工作要求\n{MORE}\n"
    )
    assert [title for _, title in tree(text)] == ["一、总体目标", "二、工作要求"]


def test_decimal_outlines_nest_by_their_figures() -> None:
    text = f"1 总则\n1.1 编制目的\n{PROSE}\n1.2 适用范围\n{PROSE}\n2 组织机构\n2.1 指挥部\n{MORE}\n2.1.1 指挥部职责\n{PROSE}\n"
    assert tree(text) == [
        (1, "1 总则"),
        (2, "1.1 编制目的"),
        (2, "1.2 适用范围"),
        (1, "2 组织机构"),
        (2, "2.1 指挥部"),
        (3, "2.1.1 指挥部职责"),
    ]


def test_items_of_a_list_are_text() -> None:
    text = (
        "一、申报条件\n申报人应当符合下列条件：\n1.具有完全民事行为能力；\n2.有具体经营项目；\n"
        "3.无不良信用记录。\n二、申报时间\n" + PROSE
    )
    assert [title for _, title in tree(text)] == ["一、申报条件", "二、申报时间"]


LAW = (
    "第一章　总　　则\n第一条　为了规范管理，根据有关法律，制定本办法。\n第二条　本市行政区域内的学校适用本办法。\n"
    "依照第十二条、按照第一条第（三）项规定办理的除外。\n第二章　职责分工\n"
    "第三条　教育部门履行下列职责：\n（一）编制规划；\n（二）组织实施；\n"
    "第十二条规定的情形除外。\n第四条　财政部门安排经费。\n"
)


def test_laws_have_chapters_articles_and_items() -> None:
    outline = outline_of(LAW)
    assert levels(outline) == [
        (1, "第一章 总则"),
        (2, "第一条"),
        (2, "第二条"),
        (1, "第二章 职责分工"),
        (2, "第三条"),
        (3, "(一)"),
        (3, "(二)"),
        (2, "第四条"),
    ]
    assert outline.items == {5, 6}


def test_articles_without_a_blank_count_in_sequence() -> None:
    text = (
        "第一条为规范管理制定本办法。\n第二条本办法所称学校，是指中小学校。\n第五条规定另有要求的从其规定。\n"
        "第三条学校应当公开信息。\n"
    )
    assert [title for _, title in tree(text)] == ["第一条", "第二条", "第三条"]


def test_a_table_of_contents_is_recognised_and_no_tree() -> None:
    text = (
        f"青岩县管理办法\n目　录\n第一章　总则\n第二章　职责\n第一章　总则\n第一条　{PROSE}\n第二条　{PROSE}\n"
        f"第二章　职责\n第三条　{PROSE}\n"
    )
    outline = outline_of(text)
    assert outline.roles[:5] == ("title", "contents", "contents", "contents", "heading")
    assert [s.title for s in outline.sections if s.level == 1] == ["第一章 总则", "第二章 职责"]


def test_lines_with_leaders_are_contents() -> None:
    assert roles(f"一、总则………………3\n二、附则　　　　　12\n{PROSE}")[:2] == ["contents", "contents"]


NOTICE = (
    "青岩县人民政府文件\n青政发〔2024〕7号\n青岩县人民政府关于印发\n教育发展规划的通知\n"
    "各乡镇人民政府，县直各部门：\n现将规划印发给你们，请认真贯彻执行。\n"
    "附件：任务清单\n青岩县人民政府\n2024年5月6日\n（此件公开发布）\n抄送：县委各部门。\n"
    "青岩县人民政府办公室　2024年5月6日印发\n"
)


def test_the_parts_around_the_text_are_recognised() -> None:
    assert roles(NOTICE) == [
        "letterhead",
        "number",
        "title",
        "title",
        "addressee",
        "body",
        "contents",
        "signature",
        "signature",
        "remark",
        "cc",
        "cc",
    ]


def test_the_document_a_notice_passes_on_follows_its_signature() -> None:
    text = (
        "关于印发工作方案的通知\n各乡镇：\n现予印发。\n青岩县教育局\n2024年5月6日\n青岩县教育\n工作方案\n"
        f"{PROSE}\n一、总体要求\n{PROSE}\n二、保障措施\n{MORE}\n"
    )
    outline = outline_of(text)
    assert outline.roles[5:8] == ("title", "title", "body")
    assert levels(outline) == [(1, "一、总体要求"), (1, "二、保障措施")]


def test_two_documents_passed_on_stand_side_by_side() -> None:
    one = f"学校管理规定\n{PROSE}\n一、总则\n{PROSE}\n二、附则\n{MORE}\n"
    two = f"教师管理规定\n{PROSE}\n一、总则\n{PROSE}\n二、附则\n{MORE}\n"
    text = "关于印发两个规定的通知\n各乡镇：\n现予印发。\n青岩县教育局\n2024年5月6日\n" + one + two
    assert [(level, title) for level, title in tree(text) if level == 1] == [
        (1, "学校管理规定"),
        (1, "教师管理规定"),
    ]


def test_attachments_are_sections_with_their_own_numbering() -> None:
    text = (
        f"关于开展工作的通知\n各学校：\n一、工作安排\n{PROSE}\n青岩县教育局\n2024年5月6日\n附件1\n"
        f"资助工作方案\n一、资助对象\n{PROSE}\n附件2：分配表\n{MORE}\n"
    )
    outline = outline_of(text)
    assert levels(outline) == [
        (1, "一、工作安排"),
        (1, "附件1 资助工作方案"),
        (2, "一、资助对象"),
        (1, "附件2:分配表"),
    ]
    assert outline.roles[-1] == "attachment"


def test_the_salutation_leaves_the_numbered_section() -> None:
    text = (
        f"一、工作回顾\n（一）经济稳中向好。{PROSE}\n（二）民生持续改善。{PROSE}\n各位代表！回望过去，{MORE}\n"
        f"二、工作安排\n{PROSE}\n"
    )
    outline = outline_of(text)
    assert outline.paths()[3] == ("一、工作回顾",)


def test_loader_headings_take_the_rank_of_numbered_ones_beside_them() -> None:
    text = f"总体情况\n{PROSE}\n一、主要任务\n{PROSE}\n保障措施\n{MORE}"
    at = {line: text.index(line) for line in ("总体情况", "一、主要任务", "保障措施")}
    blocks = tuple(Block(start, start + len(line), "heading", level=2) for line, start in at.items())
    assert tree(f"{text}", blocks) == [(1, "总体情况"), (1, "一、主要任务"), (1, "保障措施")]


def test_a_heading_with_nothing_below_it_is_text_too() -> None:
    text = f"一、假期安排\n{PROSE}\n二、值班安排"
    outline = outline_of(text)
    assert outline.sections[1].title == "二、值班安排"
    assert outline.parts[-1] != ()


def test_bracket_labels_and_region_labels_head_their_lines() -> None:
    assert tree(f"【概况】{PROSE}\n【学前教育】{MORE}") == [(1, "概况"), (1, "学前教育")]
    digest = f"{PROSE}\n江苏省：安排补助资金。\n浙江省：引入校外机构。\n下一步，各地将继续推进。"
    outline = outline_of(digest)
    assert [s.title for s in outline.sections] == ["江苏省", "浙江省"]
    assert outline.parts[-1][0].section == -1


WIDE = str.maketrans("(),:;.!?", "（），：；．！？")
LINES = st.sampled_from(
    [
        "一、总体要求",
        "二、主要任务",
        "三、保障措施",
        "(一)扩大供给。" + fold(PROSE),
        "(二)提升质量",
        "1.新建学校。" + fold(MORE),
        "2.改建学校",
        "一是抓好落实。" + fold(PROSE),
        "优化学校布局,扩大供给。" + fold(MORE),
        "普惠、锻培齐头并进",
        fold(PROSE),
        fold(MORE),
        "第一条 本办法适用于学校。",
        "第二条 学校应当公开。",
        "第三条 本办法自发布之日起施行。",
        "(一)编制规划;",
        "附件:清单",
        "青岩县教育局",
        "2024年5月6日",
    ]
)


@given(st.lists(LINES, min_size=1, max_size=14))
def test_full_and_half_width_marks_give_the_same_tree(lines: list[str]) -> None:
    half = "\n".join(lines)
    assert tree(half.translate(WIDE)) == tree(half)


@given(st.lists(LINES, min_size=1, max_size=16))
def test_the_tree_is_well_formed(lines: list[str]) -> None:
    text = "\n".join(lines)
    outline = outline_of(text)
    for i, section in enumerate(outline.sections):
        assert -1 <= section.parent < i
        assert section.level == (outline.sections[section.parent].level if section.parent >= 0 else 0) + 1
        assert 0 <= section.start < section.end <= len(text)
    assert len(outline.roles) == len(outline.parts) == len(lines)
