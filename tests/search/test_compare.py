"""A local text against a reference: which clauses are answered, and which numbers are met."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Section
from search.compare import chapters, compare, numbers_first, summary_line
from search.compare.clauses import clauses_of
from tests.search.compare_samples import Number, material

# Other clauses, so that words have a frequency.
FILLER = "加强师德师风建设，提高校长办学治校能力。\n完善学生资助制度，做到应助尽助。\n用好智慧教育平台，推动数字资源共享。\n"


def verdicts(reference, local):
    return [
        (n.stage, n.reference.fact.surface, n.local.fact.surface, n.verdict)
        for result in compare(local, [reference]).results
        for n in result.numbers
    ]


def one_number(norm: str, norm_fact: Number, said: str, said_fact: Number):
    reference = material(FILLER + norm, norm_fact, id="r")
    local = material(said, said_fact, id="l")
    return [n for result in compare(local, [reference]).results for n in result.numbers]


# -- status -------------------------------------------------------------------------------------------------------


def test_a_clause_is_answered_partly_answered_or_missing() -> None:
    reference = material(
        "深化“县管校聘”改革，建立学龄人口变化监测预警制度。\n"
        "公共图书馆、博物馆、体育场馆面向学生开放，健全学校食品安全保障制度。\n"
        "为毕业生提供不断线的就业服务。",
        id="r",
    )
    local = material(
        "建立学龄人口监测预警制度，全面深化“县管校聘”改革。\n图书馆、博物馆和体育场馆免费向学生开放。", id="l"
    )
    results = compare(local, [reference]).results
    assert [result.status for result in results] == ["answered", "partial", "missing"]
    assert results[2].matches == ()
    assert "食品安全" in results[1].reason


def test_every_citation_of_a_comparison_is_exact() -> None:
    reference = material(FILLER, id="r")
    local = material("健全学生资助制度，应助尽助。\n本县组建教育集团六个，带动乡村学校发展。", id="l")
    comparison = compare(local, [reference])
    texts = {"r": reference.text, "l": local.text}
    citations = [r.clause.citation for r in comparison.results]
    citations += [m for r in comparison.results for m in r.matches]
    citations += [clause.citation for clause in comparison.additions]
    assert any(c.document == "l" for c in citations)
    assert all(texts[c.document][c.start : c.end] == c.quote for c in citations)


def test_local_clauses_without_a_counterpart_are_additions() -> None:
    local = material("完善学生资助制度，应助尽助。\n组建航空特色教育联盟，开设无人机课程。", id="l")
    additions = compare(local, [material(FILLER, id="r")]).additions
    assert [clause.citation.quote for clause in additions] == ["组建航空特色教育联盟，开设无人机课程。"]


def test_a_clause_set_aside_stays_so_and_leaves_the_coverage() -> None:
    reference, local = material(FILLER, id="r"), material("完善学生资助制度，应助尽助。", id="l")
    before = compare(local, [reference])
    key = before.results[0].clause.key
    after = compare(local, [reference], set_aside={key})
    assert [r.set_aside for r in after.results] == [True, False, False]
    assert sum(c.clauses for c in chapters(before)) == 3
    assert sum(c.clauses for c in chapters(after)) == 2
    assert "搁置 1 条" in summary_line(after)


def test_headings_purposes_and_introductions_are_no_clauses() -> None:
    text = (
        "第一章 总则\n第一条 为缩小校际差距，促进教育公平，制定本办法。\n第二条 办学条件应当达到下列要求：\n"
        "（一）小学每班学生不超过45人。\n指标\t小学\t初中\n生均体育场馆面积\t不低于7.5平方米\t不低于10.2平方米"
    )
    found = clauses_of(material(text, headings=("第一章 总则",)))
    assert [c.citation.quote for c in found] == [
        "小学每班学生不超过45人。",
        "生均体育场馆面积\t不低于7.5平方米\t不低于10.2平方米",
    ]
    assert found[0].chapter == "第一章 总则"


# -- numbers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "value", "comparator", "verdict"),
    [
        ("骨干教师占交流教师的12%", 12.0, "=", "unmet"),
        ("骨干教师占交流教师的20%", 20.0, "=", "met"),
        ("骨干教师占交流教师的20%以上", 20.0, ">=", "met"),
        ("骨干教师占交流教师的73%", 73.0, "=", "met"),
    ],
)
def test_a_least_value_is_met_from_the_threshold_on(said, value, comparator, verdict) -> None:
    surface = said[said.index("的") + 1 :]
    (found,) = one_number(
        "骨干教师占交流教师的比例不低于20%。",
        Number("20%", 20.0, "%", ">="),
        f"全市{said}。",
        Number(surface, value, "%", comparator, "achieved"),
    )
    assert found.verdict == verdict
    assert found.reported


@pytest.mark.parametrize(("value", "verdict"), [(45, "met"), (44, "met"), (55, "unmet")])
def test_a_most_value_is_met_up_to_the_threshold(value, verdict) -> None:
    (found,) = one_number(
        "小学每班学生不超过45人。",
        Number("45人", 45.0, "人", "<="),
        f"小学每班学生不超过{value}人。",
        Number(f"{value}人", float(value), "人", "<="),
    )
    assert found.verdict == verdict


@given(st.integers(1, 99), st.integers(1, 99))
def test_a_verdict_follows_the_numbers(threshold: int, value: int) -> None:
    (found,) = one_number(
        f"优质高中招生名额分配到初中的比例不低于{threshold}%。",
        Number(f"{threshold}%", float(threshold), "%", ">="),
        f"优质高中招生名额分配到初中的比例达到{value}%。",
        Number(f"{value}%", float(value), "%", "=", "target"),
    )
    assert found.verdict == ("met" if value >= threshold else "unmet")


def test_units_of_one_dimension_are_converted() -> None:
    (found,) = one_number(
        "校园绿化面积不少于1公顷。",
        Number("1公顷", 1.0, "公顷", ">="),
        "校园绿化面积达到20亩。",
        Number("20亩", 20.0, "亩", "=", "achieved"),
    )
    assert found.verdict == "met"


def test_stages_of_schooling_are_kept_apart() -> None:
    reference = material(
        FILLER + "指标\t小学\t初中\n生均体育场馆面积\t不低于7.5平方米\t不低于10.2平方米",
        Number("7.5平方米", 7.5, "平方米", ">="),
        Number("10.2平方米", 10.2, "平方米", ">="),
        id="r",
    )
    local = material(
        "小学生均体育场馆面积达到8平方米，初中达到9.5平方米。",
        Number("8平方米", 8.0, "平方米", "=", "target"),
        Number("9.5平方米", 9.5, "平方米", "=", "target"),
        id="l",
    )
    assert verdicts(reference, local) == [
        ("小学", "7.5平方米", "8平方米", "met"),
        ("初中", "10.2平方米", "9.5平方米", "unmet"),
    ]


def test_a_total_does_not_compare_with_a_number_per_head() -> None:
    (found,) = one_number(
        "每百名学生拥有网络多媒体教室数不低于2.3间。",
        Number("2.3间", 2.3, "间", ">="),
        "全县网络多媒体教室总数达到320间。",
        Number("320间", 320.0, "间", "=", "target"),
    )
    assert found.verdict == "incomparable"
    assert "总数" in found.reason


def test_a_rate_of_another_scope_is_incomparable() -> None:
    (found,) = one_number(
        "初中三年巩固率达到95%以上。",
        Number("95%以上", 95.0, "%", ">="),
        "义务教育巩固率达102.72%。",
        Number("102.72%", 102.72, "%", "=", "achieved"),
    )
    assert found.verdict == "incomparable"
    assert "学段" in found.reason


def test_a_number_of_another_indicator_is_not_compared() -> None:
    assert not one_number(
        "群众满意度达到85%以上。",
        Number("85%以上", 85.0, "%", ">="),
        "残疾儿童入学率达到94%。",
        Number("94%", 94.0, "%", "=", "target"),
    )


def test_the_number_that_names_a_case_is_no_norm() -> None:
    reference = material(
        FILLER + "不足100名学生的乡村学校，按100名学生核定公用经费。",
        Number("100名", 100.0, "名", "<"),
        Number("100名", 100.0, "名", "=", nth=1),
        id="r",
    )
    local = material(
        "不足100名学生的乡村学校，按100名学生拨付公用经费。",
        Number("100名", 100.0, "名", "<"),
        Number("100名", 100.0, "名", "=", nth=1),
        id="l",
    )
    assert verdicts(reference, local) == [("", "100名", "100名", "met")]


def test_bounds_without_a_unit_are_read_and_compared() -> None:
    reference = material(FILLER + "七项指标的校际差异系数，小学均不高于0.50，初中均不高于0.45。", id="r")
    local = material("七项指标校际差异系数小学不高于0.55，初中不高于0.45。", id="l")
    assert verdicts(reference, local) == [
        ("小学", "0.50", "0.55", "unmet"),
        ("初中", "0.45", "0.45", "met"),
    ]


@pytest.mark.parametrize(("year", "verdict"), [(2030, "earlier"), (2035, "same"), (2036, "later")])
def test_dates_of_the_same_aim_are_compared(year, verdict) -> None:
    reference = material(FILLER + "到2035年，绝大多数县域义务教育实现优质均衡。", id="r")
    local = material(f"到{year}年，所有县（市、区）力争达到国家优质均衡评估标准。", id="l")
    results = compare(local, [reference]).results[-1].numbers
    assert [(n.verdict, n.local.fact.surface) for n in results] == [(verdict, f"到{year}年")]
    assert results[0].reference.fact.value == 2035


def test_what_is_not_met_comes_first() -> None:
    reference = material(
        FILLER + "小学每班学生不超过45人。\n教师培训经费不低于公用经费的5%。",
        Number("45人", 45.0, "人", "<="),
        Number("5%", 5.0, "%", ">="),
        id="r",
    )
    local = material(
        "小学每班学生不超过45人。\n教师培训经费不低于公用经费的3%。",
        Number("45人", 45.0, "人", "<="),
        Number("3%", 3.0, "%", ">=", "target"),
        id="l",
    )
    assert [item.number.verdict for item in numbers_first(compare(local, [reference]))] == ["unmet", "met"]


def test_a_growth_does_not_compare_with_a_level() -> None:
    assert not one_number(
        "全县学位总数达到5000个。",
        Number("5000个", 5000.0, "个", ">="),
        "全县学位总数增加6000个。",
        Number("6000个", 6000.0, "个", "=", "achieved"),
    )


# -- statements in unusual places ---------------------------------------------------------------------------------


def test_a_heading_that_states_something_is_text() -> None:
    text = "12. 每名督学负责4所幼儿园\n家长满意度达到90%。"
    plain = material(text, Number("4所", 4.0, "所"), headings=("12. 每名督学负责4所幼儿园",))
    heading = plain.sections[0]
    passage = replace(plain.passages[0], start=0, end=len(text), text=text, section=0)
    value = replace(plain, passages=(passage,), sections=(replace(heading, run_in=True),))
    assert next(c.citation.quote for c in clauses_of(value)).startswith("每名督学负责4所幼儿园")
    titled = "第二节 物业服务。到2025年，物业覆盖率达到90%"
    value = material(titled + "。", Number("90%", 90.0, "%"))
    value = replace(value, sections=(Section(titled, 2, 0, len(titled)),))
    assert [c.citation.quote for c in clauses_of(value)] == ["到2025年，物业覆盖率达到90%。"]


def test_things_listed_with_their_numbers_are_compared_each_with_its_own() -> None:
    reference = material(
        "每班幼儿小班不超过25人，中班不超过30人，大班不超过35人。",
        Number("25人", 25.0, "人", "<="),
        Number("30人", 30.0, "人", "<="),
        Number("35人", 35.0, "人", "<="),
        id="r",
    )
    local = material(
        "小班25人、中班30人、大班40人以内。",
        Number("25人", 25.0, "人"),
        Number("30人", 30.0, "人"),
        Number("40人", 40.0, "人", "<="),
        id="l",
    )
    found = [(reference_, local_, verdict) for _, reference_, local_, verdict in verdicts(reference, local)]
    assert found == [("25人", "25人", "met"), ("30人", "30人", "met"), ("35人", "40人", "unmet")]


@pytest.mark.parametrize(("said", "verdict"), [("1:13", "met"), ("1:15", "met"), ("1:18", "unmet")])
def test_a_ratio_of_staff_to_children_is_the_better_the_more_staff(said: str, verdict: str) -> None:
    reference = material(FILLER + "专任教师与幼儿之比不低于1:15。", id="r")
    local = material(f"到2026年，专任教师与幼儿之比达到{said}。", id="l")
    assert [(a, b, v) for _, a, b, v in verdicts(reference, local)] == [("1:15", said, verdict)]


def test_the_year_of_building_is_no_deadline() -> None:
    reference = material("到2025年，完成2000年底前建成的老旧小区改造任务。", id="r", published="2022-01-01")
    local = material("到2024年底，2000年以前建成的老旧小区全部完成改造。", id="l", published="2023-01-01")
    assert [(a, b, v) for _, a, b, v in verdicts(reference, local)] == [("到2025年", "到2024年底", "earlier")]


def test_the_clause_before_a_number_may_name_what_it_measures() -> None:
    (found,) = one_number(
        "支持提取住房公积金支付房租，每月提取额度不低于1500元。",
        Number("1500元", 1500.0, "元", ">="),
        "无房职工提取住房公积金支付房租的月额度提高到1800元。",
        Number("1800元", 1800.0, "元", "=", "target"),
    )
    assert found.verdict == "met"


def test_a_second_date_is_about_what_the_first_one_names() -> None:
    reference = material(FILLER + "到2035年，绝大多数县域义务教育实现优质均衡。", id="r")
    local = material(
        "到2025年，60%的县达到国家义务教育优质均衡评估标准；到2030年，力争所有县达到国家评估标准。",
        Number("60%", 60.0, "%", kind="target"),
        id="l",
    )
    assert ("", "到2035年", "到2030年", "earlier") in verdicts(reference, local)
