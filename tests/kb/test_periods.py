import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.periods import PLANS, find_periods, plan_years, resolve_period


@pytest.mark.parametrize(
    ("text", "words", "years"),
    [
        ("2022年以来,全市学校开展", "2022年以来", (2022, 2026)),
        ("三年来,共新增学位", "三年来", (2023, 2025)),
        ("近三年新建学校", "近三年", (2023, 2025)),
        ("“十四五”期间新增", "“十四五”期间", (2021, 2025)),
        ("到2027年,基本建成", "到2027年", (2027, 2027)),
        ("截至2023年底,全市有", "截至2023年底", (2023, 2023)),
        ("2008年至2020年,连续实施", "2008年至2020年", (2008, 2020)),
        ("2020至2022年按照", "2020至2022年", (2020, 2022)),
        ("2023—2025年省级投入", "2023—2025年", (2023, 2025)),
        ("自2022年6月至今,已成立", "自2022年6月至今", (2022, 2026)),
        ("去年城乡教师交流率", "去年", (2025, 2025)),
        ("今年新增学位", "今年", (2026, 2026)),
        ("未来五年建设", "未来五年", (2026, 2030)),
        ("2023年秋季学期,学生", "2023年秋季学期", (2023, 2023)),
        ("2025年底前达标", "2025年底前", (2025, 2025)),
        ("相较五年前减少", "相较五年前", (2020, 2020)),
        ("到“十五五”末,建成", "到“十五五”末", (2030, 2030)),
    ],
)
def test_an_expression_is_found_and_resolved_against_the_report_of_january_2026(text, words, years):
    found = list(find_periods(text, "2026-01-27"))
    assert [p.text for p in found] == [words]
    assert found[0].years == years


@pytest.mark.parametrize("text", ["每年拨付450余万元", "年均培训10万人次", "近年来,持续推进"])
def test_a_recurring_or_vague_time_has_no_years(text):
    assert [p.years for p in find_periods(text, "2026-01-27")] == [None]


@pytest.mark.parametrize(
    "text",
    ["十五年一贯的特殊教育体系", "九年义务教育", "学前一年免费教育", "推进项目前期工作", "三年行动计划"],
)
def test_names_with_a_number_of_years_are_no_time(text):
    assert list(find_periods(text)) == []


def test_the_destination_of_a_change_does_not_swallow_the_verb():
    text = "从2019年的70.25%提升至2021年的93.96%"
    assert [p.text for p in find_periods(text)] == ["从2019年", "2021年"]


def test_a_deadline_and_a_span_are_told_apart():
    assert [p.role for p in find_periods("到2025年达到")] == ["deadline"]
    assert [p.role for p in find_periods("2020至2022年完成")] == ["span"]


@pytest.mark.parametrize(
    ("name", "years"),
    [("十三五", (2016, 2020)), ("十四五", (2021, 2025)), ("十五五", (2026, 2030)), ("一五", (1953, 1957))],
)
def test_plan_periods_have_their_years(name, years):
    assert plan_years(PLANS[name]) == years


def test_all_expressions_of_a_text_together_span_its_years():
    assert resolve_period("2021年开工,到2025年建成") == (2021, 2025)
    assert resolve_period("没有时间") is None


@given(st.text(alphabet="年月日0123456789到至近三五十“”期间以来前每今去目前,。从自", max_size=40))
def test_spans_lie_in_the_text_and_do_not_overlap(text):
    end = 0
    for period in find_periods(text, "2026-01-27"):
        assert end <= period.start < period.end <= len(text)
        assert text[period.start : period.end] == period.text
        end = period.end


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("就读占比2022年为86%", ["2022年"]),
        ("2003年到 2007年累计投入", ["2003年到 2007年"]),
        ("2004年4月13日至15日调查", ["2004年4月13日至15日"]),
        ("全年新增3万个", ["全年"]),
        ("教师5年内接受培训360学时", ["5年内"]),
    ],
)
def test_a_time_expression_ends_and_begins_at_its_own_words(text, words):
    assert [p.text for p in find_periods(text)] == words
