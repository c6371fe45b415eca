"""Passages: whole sentences of one section, with exact offsets, and nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.cases import split_cases
from ingest.cleaning.model import CleanSource
from ingest.draft import Draft
from ingest.lengths import DEFAULT
from ingest.outline import Outline, build_outline
from ingest.passages import cut_passages, removals_of
from kb.model import Block, Passage
from kb.text.sentences import sentences
from kb.text.shadow import fold
from tests.ingest.layouts import ALL, cleaned
from tests.ingest.layouts.builder import loaded, plain_clean

SENTENCE = "各县区要把这项工作列入重要议事日程，明确责任分工，细化工作举措，确保按期完成。"
LINES = st.sampled_from(
    [
        "青岩县教育工作意见",
        "青教发〔2024〕3号",
        "各乡镇人民政府：",
        "一、总体要求",
        "二、主要任务",
        "（一）扩大供给。" + SENTENCE * 3,
        "（二）提升质量",
        "1.具有相应条件；",
        "2.有固定场所。",
        "优化学校布局，扩大供给。" + SENTENCE * 2,
        "一是抓好落实。" + SENTENCE + "二是抓好督查。" + SENTENCE,
        SENTENCE,
        SENTENCE * 12,
        "没有标点的很长的一段话" * 50,
        "“" + SENTENCE * 2 + "”代表说。",
        "第一条　本办法适用于学校。",
        "第二条　学校履行下列职责：",
        "（一）编制规划；",
        "第三条　本办法自发布之日起施行。",
        "目录",
        "附件1",
        "分配表",
        "青岩县教育局",
        "2024年5月6日",
        "抄送：县委。",
        "①扫码　查询；",
    ]
)


def everything(source: CleanSource) -> list[tuple[Draft, Outline, tuple[Passage, ...]]]:
    found = []
    for draft in split_cases(source):
        outline = build_outline(source, draft)
        found.append((draft, outline, cut_passages(source, draft, outline)))
    return found


def assert_whole(source: CleanSource) -> None:
    """Every character of a paragraph is in one passage, in a heading line, or in a listed removal."""
    text = source.loaded.text
    covered = [0] * len(text)
    for draft, outline, passages in everything(source):
        for passage in passages:
            for at in range(passage.start, passage.end):
                covered[at] += 1
        spans = [(removal.start, removal.end) for removal in removals_of(source, draft, outline)]
        for paragraph, role in zip(source.paragraphs[draft.first : draft.last], outline.roles, strict=True):
            if role == "heading":
                spans.append(source.shadow.source_span(paragraph.start, paragraph.end))
        for start, end in spans:
            for at in range(start, end):
                covered[at] = max(covered[at], 1)
    for paragraph in source.paragraphs:
        start, end = source.shadow.source_span(paragraph.start, paragraph.end)
        for at in range(start, end):
            assert covered[at] == 1 or (covered[at] == 0 and text[at].isspace()), text[start:end]


def assert_in_place(source: CleanSource) -> None:
    """Passages lie in one draft and in one section's subtree, follow each other, and read as their source does."""
    text = source.loaded.text
    for draft, outline, passages in everything(source):
        first, last = source.paragraphs[draft.first], source.paragraphs[draft.last - 1]
        low, high = source.shadow.source_span(first.start, last.end)
        before = low
        owner: dict[int, int] = {}
        for parts in outline.parts:
            for part in parts:
                span = source.shadow.source_span(part.start, part.end)
                owner.update(dict.fromkeys(range(*span), part.section))
        for passage in passages:
            assert before <= passage.start < passage.end <= high
            before = passage.end
            assert passage.text.strip()
            if passage.role != "table":
                assert "".join(passage.text.split()) == "".join(
                    fold(text[passage.start : passage.end]).split()
                )
            for at in range(passage.start, passage.end):
                section = owner.get(at, passage.section)
                while section not in (passage.section, -1):
                    section = outline.sections[section].parent
                assert section == passage.section


@given(st.lists(LINES, min_size=1, max_size=14))
@settings(max_examples=150, deadline=None)
def test_nothing_is_lost_and_nothing_is_double(lines: list[str]) -> None:
    assert_whole(plain_clean("\n".join(lines)))


@given(st.lists(LINES, min_size=1, max_size=14))
@settings(max_examples=150, deadline=None)
def test_passages_stay_in_their_place(lines: list[str]) -> None:
    assert_in_place(plain_clean("\n".join(lines)))


@pytest.mark.parametrize("name", ALL)
def test_layouts_are_whole_and_in_place(name: str) -> None:
    assert_whole(cleaned(name))
    assert_in_place(cleaned(name))


def passages_of(text: str, blocks: tuple[Block, ...] = (), role: str = "document") -> tuple[Passage, ...]:
    source = plain_clean(loaded(text, blocks=blocks))
    draft = Draft(0, len(source.paragraphs), role=role)  # type: ignore[arg-type]
    return cut_passages(source, draft, build_outline(source, draft))


@given(st.integers(11, 60), st.integers(8, 60))
def test_long_paragraphs_are_cut_at_sentences(count: int, length: int) -> None:
    text = ("教" * length + "。") * count
    passages = passages_of(text)
    ends = {end for _, end in sentences(text)}
    assert all(passage.end in ends for passage in passages)
    assert all(len(passage.text) <= DEFAULT.longest for passage in passages)
    assert len(text) <= DEFAULT.longest or len(passages) > 1


def test_text_without_any_stop_is_cut_all_the_same() -> None:
    passages = passages_of("教" * 5000)
    assert max(len(passage.text) for passage in passages) <= 1000
    assert sum(len(passage.text) for passage in passages) == 5000


def test_paragraphs_of_good_length_stand_for_themselves_and_short_ones_join() -> None:
    long = SENTENCE * 3
    text = f"一、要求\n{long}\n{long}\n二、条件\n具备场所。\n具备师资。\n具备设备。\n三、时间\n{long}"
    assert [passage.text.count("\n") for passage in passages_of(text)] == [0, 0, 2, 0]


def test_a_line_that_leads_into_a_list_stays_with_it() -> None:
    lead = SENTENCE + SENTENCE + "应当符合下列条件："
    passages = passages_of(f"一、条件\n{lead}\n1.具有完全民事行为能力；\n2.有具体经营项目。\n")
    assert len(passages) == 1
    assert passages[0].text.startswith("各县区")


def test_an_article_keeps_its_paragraphs_and_items() -> None:
    text = (
        f"第一条　{SENTENCE}\n第二条　学校履行下列职责：\n（一）编制规划；\n（二）组织实施。\n{SENTENCE}\n"
        "第三条　本办法自发布之日起施行。\n"
    )
    passages = passages_of(text)
    assert [passage.text[:3] for passage in passages] == ["第一条", "第二条", "第三条"]
    assert passages[1].text.count("\n") == 3


def test_very_short_sections_of_one_parent_make_one_passage_of_that_parent() -> None:
    text = (
        "关于节假日安排的通知\n一、元旦：1月1日放假。\n二、清明节：4月5日放假。\n三、劳动节：5月1日放假。\n"
    )
    passages = passages_of(text)
    assert [(passage.section, passage.text.count("\n")) for passage in passages] == [(-1, 2)]


def test_lines_of_different_regions_make_no_passage_together() -> None:
    passages = passages_of(f"{SENTENCE}\n江苏省：安排补助资金。\n浙江省：引入校外机构。\n")
    assert [passage.text[:3] for passage in passages] == ["各县区", "江苏省", "浙江省"]


def test_table_rows_are_read_with_their_header() -> None:
    lines = ["指标\t小学\t初中", "班额\t45人\t50人", "学校规模不超过\t2000人\t2500人"]
    text = "一、主要指标\n" + "\n".join(lines)
    blocks = []
    for row, line in enumerate(lines):
        start = text.index(line)
        cells, at = [], start
        for cell in line.split("\t"):
            cells.append((at, at + len(cell)))
            at += len(cell) + 1
        blocks.append(Block(start, start + len(line), "row", cells=tuple(cells), header=row == 0, table=0))
    passages = passages_of(text, tuple(blocks))
    assert [passage.role for passage in passages] == ["table"]
    assert (
        passages[0].text
        == "指标: 班额; 小学: 45人; 初中: 50人\n指标: 学校规模不超过; 小学: 2000人; 初中: 2500人"
    )
    assert text[passages[0].start : passages[0].end] == "\n".join(lines)
    assert passages[0].section == 0


def test_roles_of_passages() -> None:
    text = (
        f"目录\n一、要求\n二、措施\n一、要求\n{SENTENCE * 3}\n二、措施\n{SENTENCE * 3}\n青岩县教育局\n"
        f"2024年5月6日\n附件1\n分配办法\n{SENTENCE * 2}"
    )
    assert [passage.role for passage in passages_of(text)] == ["contents", "body", "body", "attachment"]
    assert {passage.role for passage in passages_of(SENTENCE, role="preface")} == {"preface"}
    assert passages_of(SENTENCE, role="credits") == ()


def test_signatures_and_copies_are_listed_removals() -> None:
    text = f"关于做好工作的通知\n各学校：\n{SENTENCE}\n青岩县教育局\n2024年5月6日\n抄送：县委。\n"
    source = plain_clean(text)
    draft = Draft(0, len(source.paragraphs))
    outline = build_outline(source, draft)
    removals = removals_of(source, draft, outline)
    assert [(removal.reason, text[removal.start : removal.end]) for removal in removals] == [
        ("标题", "关于做好工作的通知"),
        ("主送机关", "各学校："),
        ("落款", "青岩县教育局"),
        ("落款", "2024年5月6日"),
        ("抄送印发", "抄送：县委。"),
    ]
