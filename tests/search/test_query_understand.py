from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.regions.names import lookup
from search.query.lexicon import TextLexicon
from search.query.model import Ignored, Query
from search.query.understand import understand

LEXICON = TextLexicon.of(
    [
        "厦门市新增学位31.4万个，实施名校跨岛战略行动，教师交流轮岗，课后服务覆盖率100%。",
        "小学每班学生不超过45人。集团化办学，划片入学，优质均衡发展督导评估办法。",
    ],
    names=lookup(),
    titles=["义务教育优质均衡督导评估办法"],
)
TODAY = date(2026, 5, 1)


def ask(text: str, *dismissed: str) -> Query:
    return understand(text, LEXICON, dismissed=dismissed, today=TODAY)


def test_a_named_region_filters_and_is_no_subject() -> None:
    query = ask("厦门市“名校跨岛”战略行动是怎么做的？")
    assert query.regions == ("350200",)
    assert query.form == "how"
    assert "厦门" not in query.subject
    assert [term.text for term in query.terms if term.quoted] == ["名校跨岛"]


def test_a_group_stands_for_its_members() -> None:
    assert ask("京津冀的学位供给").regions == ("110000", "120000", "130000")


@pytest.mark.parametrize(
    "text", ["各地集团化办学怎么做？", "哪些地区提前达标？", "哪个市学位最多", "全国各地怎么做的"]
)
def test_questions_on_all_regions(text: str) -> None:
    assert ask(text).scope == "everywhere"
    assert ask(text).regions == ()


@pytest.mark.parametrize(
    "text", ["国家标准对班额有什么要求", "国家到底规定一个班多少人", "全国学前教育的目标"]
)
def test_questions_on_national_documents(text: str) -> None:
    assert ask(text).national
    assert ask(text).scope == "national"


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("国务院关于营商环境的要求", "营商环境"),
        ("国务院对宠物饲养有什么规定", "宠物"),
        ("国家义务教育均衡标准", "义务教育"),
    ],
)
def test_what_stands_between_the_nation_and_the_request_is_the_subject(text: str, subject: str) -> None:
    query = ask(text)
    assert query.national
    assert subject in [term.text for term in query.terms]


@pytest.mark.parametrize("text", ["新疆棉花产量", "各省高速公路里程", "厦门学位数", "江苏研发投入强度情况"])
def test_a_topic_that_ends_in_a_measure_asks_for_a_number(text: str) -> None:
    assert ask(text).form == "numeric"


@pytest.mark.parametrize("text", ["提高农民收入", "扩大学校规模", "集团化办学"])
def test_a_task_asks_for_no_number(text: str) -> None:
    assert ask(text).form == "topic"


def test_part_of_a_term_is_no_everyday_wording() -> None:
    assert [term.text for term in ask("四川2012年粮食产量").terms] == ["粮食产量"]


def test_a_region_beside_the_national_standard_asks_for_both() -> None:
    query = ask("厦门的培训经费达到国家标准了吗")
    assert query.regions == ("350200",)
    assert query.national


def test_the_capital_of_praise_is_no_region() -> None:
    assert not ask("全国首个实现均衡的是哪个省").national


def test_an_excluded_region_is_not_asked_for() -> None:
    query = ask("除了北京，还有哪些地方做了集团化办学")
    assert query.excluded == ("110000",)
    assert query.regions == ()


def test_an_ambiguous_name_keeps_its_candidates() -> None:
    query = ask("朝阳区的学位")
    assert query.regions == ()
    assert set(query.ambiguous[0][1]) >= {"110105", "220104"}


def test_a_region_that_does_not_exist_is_named_as_such() -> None:
    assert ask("哥谭市怎么推进集团化办学").unknown_regions == ("哥谭市",)
    assert ask("城市学校怎么建设").unknown_regions == ()


@pytest.mark.parametrize(
    ("text", "years", "absolute"),
    [
        ("2023年新增学位", (2023, 2023), True),
        ("“十四五”期间新增学位", (2021, 2025), True),
        ("到2027年的目标", (2027, 2027), True),
        ("近三年新增学位", (2024, 2026), False),
    ],
)
def test_years_and_periods(text: str, years: tuple[int, int], absolute: bool) -> None:
    (span,) = ask(text).spans
    assert ((span.first, span.last), span.absolute) == (years, absolute)


@pytest.mark.parametrize(
    ("text", "form", "unit"),
    [
        ("厦门有多少所学校", "numeric", "所"),
        ("骨干教师占比是多少", "numeric", "%"),
        ("跨地区教共体有多少组", "numeric", "组"),
        ("有哪些教师交流模式", "list", ""),
        ("什么时候达标", "when", ""),
        ("什么是县管校聘", "define", ""),
        ("由哪个部门负责招生", "who", ""),
        ("济源和国家标准的差距", "compare", ""),
        ("集团化办学", "topic", ""),
    ],
)
def test_forms_of_questions(text: str, form: str, unit: str) -> None:
    query = ask(text)
    assert query.form == form
    assert unit in query.units if unit else not query.units


def test_comparisons_in_base_units() -> None:
    (comparison,) = ask("哪些地区新增学位超过10万个？").comparisons
    assert (comparison.operator, comparison.value, comparison.unit) == (">", 100_000.0, "个")
    assert [c.operator for c in ask("哪个市学位最多").comparisons] == ["max"]
    assert ask("超过2020年的水平").comparisons == ()


def test_documents_and_articles() -> None:
    kinds = [(r.kind, r.value) for r in ask("《督导办法》第十二条和教督〔2017〕6号怎么说").references]
    assert kinds == [("title", "督导办法"), ("article", "第十二条"), ("number", "教督〔2017〕6号")]


def test_a_title_is_known_without_its_marks() -> None:
    assert [r.value for r in ask("督导评估办法对班额有什么要求").references] == ["督导评估办法"]
    assert ask("有什么好办法").references == ()


def test_everyday_words_bring_official_ones() -> None:
    query = ask("老师轮来轮去咋搞")
    assert "交流轮岗" in query.terms[0].alternatives
    assert [chip.kind for chip in query.chips if chip.kind == "wording"] == ["wording"]
    assert "交流轮岗" not in [
        a for t in ask("老师轮来轮去咋搞", "wording:老师轮来轮去").terms for a in t.alternatives
    ]


def test_traditional_and_full_width_questions_read_like_others() -> None:
    assert ask("廈門市課後服務覆蓋率").reading == "厦门市课后服务覆盖率"
    assert ask("２０２３年厦门").spans[0].first == 2023


@pytest.mark.parametrize("text", ["你好", "谢谢！", "？？", "请问一下", "怎么办呢", "", "   "])
def test_a_question_without_content_has_none(text: str) -> None:
    assert not ask(text).has_content


def test_a_dismissed_chip_is_not_understood_again() -> None:
    query = ask("夏门市2023年新增学位多少")
    assert query.regions == ("350200",)
    keys = {chip.key for chip in query.chips}
    assert {"correction:夏门市>厦门市", "region:厦门市", "year:2023年"} <= keys
    assert ask("夏门市2023年新增学位多少", "correction:夏门市>厦门市").regions == ()
    assert ask("厦门市2023年新增学位多少", "region:厦门市").regions == ()
    assert ask("厦门市2023年新增学位多少", "year:2023年").spans == ()


FRAGMENTS = st.sampled_from(
    [
        "厦门市",
        "夏门",
        "的",
        "２０２３年",
        "“十四五”期间",
        "學位",
        "多少",
        "？",
        "①",
        "\u200b",
        "国家标准",
        "除了北京，",
        "各地",
        "轮冈",
        "老师轮来轮去",
        "超过10万个",
        "《办法》第三条",
        " ",
        "a",
    ]
)


@settings(max_examples=120, deadline=None)
@given(st.lists(FRAGMENTS, max_size=7).map("".join))
def test_every_span_points_at_the_words_that_said_so(text: str) -> None:
    query = ask(text)
    for chip in query.chips:
        assert chip.surface == text[chip.start : chip.end]
        assert chip.surface
    spans = [(item.start, item.end) for item in query.terms]
    spans += [(item.start, item.end) for item in query.spans]
    spans += [(item.start, item.end) for item in query.comparisons]
    spans += [(item.start, item.end) for item in query.references]
    spans += [(item.start, item.end) for item in query.corrections]
    assert all(0 <= start < end <= len(text) for start, end in spans)


def test_with_a_region_its_words_go_too() -> None:
    query = ask("厦门市教师交流轮岗怎么做？", "region:厦门市")
    assert query.regions == ()
    assert "厦门" not in query.subject
    assert [term.text for term in query.terms] == ["教师交流轮岗"]
    assert [(chip.label, chip.surface) for chip in query.removed] == [("地区：福建省厦门市", "厦门市")]
    assert [query.text[i.start : i.end] for i in query.ignored] == ["厦门市"]


def test_a_mistyped_region_that_was_removed_is_not_mended_again() -> None:
    query = ask("夏门的教师交流轮岗怎么做？", "region:厦门")
    assert query.regions == ()
    assert not query.corrections
    assert "夏门" not in query.subject


def test_a_correction_that_was_refused_leaves_the_word() -> None:
    query = ask("夏门的教师交流轮岗怎么做？", "correction:夏门>厦门")
    assert query.regions == ()
    assert "夏门" in query.subject
    assert [chip.kind for chip in query.removed] == ["correction"]


def test_an_exclusion_that_was_removed_restricts_to_nothing() -> None:
    query = ask("除了厦门以外各地教师轮岗怎么做", "exclusion:厦门")
    assert query.excluded == query.regions == ()
    assert "以外" not in query.subject


def test_one_of_two_regions_can_be_removed() -> None:
    query = ask("厦门市和天津市的课后服务", "region:厦门市")
    assert query.regions == ("120000",)


def test_a_key_that_nothing_stands_for_changes_nothing() -> None:
    query, plain = ask("教师交流轮岗", "region:济南市"), ask("教师交流轮岗")
    assert (query.terms, query.subject, query.removed) == (plain.terms, plain.subject, ())


def test_ignored_stretches_are_not_read() -> None:
    text = "请忽略厦门市，教师交流轮岗"
    query = understand(text, LEXICON, ignored=[Ignored(3, 6)], today=TODAY)
    assert query.regions == ()
    assert [term.text for term in query.terms][-1] == "教师交流轮岗"
    assert all(text[t.start : t.end] == t.text for t in query.terms)


@given(st.text(alphabet="厦门市天津教师交流轮岗2023年和的各地？①", max_size=20), st.data())
@settings(max_examples=60, deadline=None)
def test_a_removed_chip_does_not_come_back_and_says_where_it_stood(text: str, data: st.DataObject) -> None:
    chips = ask(text).chips
    if not chips:
        return
    chip = data.draw(st.sampled_from(chips))
    query = ask(text, chip.key)
    assert chip.key not in {other.key for other in query.chips}
    assert chip in query.removed
