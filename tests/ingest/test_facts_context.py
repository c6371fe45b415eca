"""Time, region and kind: what a fact takes from its clause, its paragraph and its document."""

import pytest

from tests.ingest.facts_reading import one, read


def test_time_is_inherited_from_an_earlier_clause_and_marked():
    facts = read("2018年以来,共新增义务教育学位近7万个,其中优质学位5.7万余个。培训教师300人次。")
    assert [(f.time, f.time_inherited) for f in facts] == [
        ("2018年以来", False),
        ("2018年以来", True),
        ("2018年以来", True),
    ]
    assert facts[0].years == (2018, 2023)


def test_a_time_inside_one_item_does_not_hold_for_the_next():
    text = "一是抓城乡。去年城乡教师交流率超30%。二是抓民办。24所薄弱学校转为公办。"
    assert [f.time for f in read(text)] == ["去年", ""]


def test_a_time_before_the_items_holds_for_all_of_them():
    text = "五年来,各项事业取得成就。一是经济。生产总值年均增长5.2%。二是民生。新增学位3万个。"
    assert [f.time for f in read(text)] == ["五年来", "五年来"]


def test_the_two_ends_of_a_change_have_their_own_times():
    facts = read("目前,监测达标率从2017年的62%提高到83%。")
    assert [f.time for f in facts] == ["2017年", "目前"]


def test_a_recurring_time_stands_only_for_its_own_clause():
    facts = read("每年选派30余名干部,新建学校3所。")
    assert [f.time for f in facts] == ["每年", ""]


def test_a_comparison_is_the_time_of_a_change_not_of_a_level():
    facts = read("2022年有普通小学1.09万所,相较五年前减少551所,减幅5.06%;教学点2772个。")
    assert [f.time for f in facts] == ["2022年", "相较五年前", "相较五年前", "2022年"]


def test_yearly_average_growth_keeps_the_time_of_its_frame():
    fact = one("五年来,地区生产总值年均增长5.9%。")
    assert (fact.indicator, fact.time) == ("地区生产总值年均增速", "五年来")


@pytest.mark.parametrize(
    ("text", "home", "region"),
    [
        ("全市新增学位3万个。", "130600", "130600"),
        ("自2022年6月至今,竞秀区已先后成立14个教育集团。", "130600", "130602"),
        ("在常山,计划通过两年时间覆盖25所小学。", "330102", "330822"),
        ("与新疆、西藏等对口地区共建学校430多所。", "330200", "330200"),
        ("推动蓟州区等5个远城区学校结对。", "120000", "120000"),
        ("济南、青岛2个城市入选试点。", "370000", "370000"),
        ("选派79位教师奔赴常山、淳安支教。", "330102", "330102"),
    ],
)
def test_a_fact_is_the_home_regions_unless_its_subject_is_another(text, home, region):
    assert {f.region_code for f in read(text, home=home)} == {region}


def test_a_list_of_regions_aligns_with_a_list_of_values():
    text = "黄埔区、番禺区、南沙区的标准各异,其农村特困人员标准每人每月分别为2413元、2512元、2121元。"
    assert [f.region_code for f in read(text, home="440100")] == ["440112", "440113", "440115"]


@pytest.mark.parametrize(
    ("text", "told", "kind"),
    [
        ("到2027年新增学位3万个。", {}, "target"),
        ("到2020年新增学位3万个。", {}, "achieved"),
        ("力争新增学位3万个。", {}, "target"),
        ("2025年计划招聘教师210人。", {}, "target"),
        ("实施国培计划,培训教师210人。", {}, "achieved"),
        ("新增学位3万个。", {"heading": "三、2026年重点工作", "published": "2026-02-01"}, "target"),
        ("新增学位3万个。", {"heading": "一、2025年工作回顾", "published": "2026-02-01"}, "achieved"),
        ("班额不超过45人。", {}, "requirement"),
        ("申请人应当在30日内结清费用。", {"title": "某市公共租赁住房管理办法"}, "requirement"),
        ("原则上每5年修订1次教材。", {"title": "职业教育改革实施方案"}, "requirement"),
        ("建设50所高水平学校。", {"title": "职业教育改革实施方案"}, "target"),
        ("安排6亿元统筹资金。", {}, "input"),
        ("配备计算机7841台。", {}, "input"),
        ("社会消费品零售总额突破1.5万亿元。", {}, "achieved"),
        ("储备300个岗位。", {}, "input"),
    ],
)
def test_the_kind_follows_grammar_and_dates(text, told, kind):
    assert {f.kind for f in read(text, **told)} == {kind}


def test_a_plan_period_that_runs_is_no_target_where_the_text_reports():
    text = "在“十四五”期间,规划中小学建设项目323个。深化改革,培育82所建设校。"
    assert [f.kind for f in read(text)] == ["target", "achieved"]
