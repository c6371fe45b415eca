"""Which parts of a report look back and which plan; what a rule lays down."""

import pytest

from ingest.facts import FactContext, extract_facts
from ingest.facts.voice import stages, voice
from tests.ingest.facts_reading import one, read

TITLE = "某市2026年政府工作报告"
SECTIONS = (
    ("一、去年工作回顾", "report"),
    ("二、抓住机遇谋发展", "report"),
    ("三、今年经济社会发展的主要目标", "plan"),
    ("四、持续改善民生", "plan"),
)


def test_from_its_first_plan_on_a_report_plans():
    found = stages(TITLE, [(heading,) for heading, _ in SECTIONS], "2026-01-20")
    assert found.get("二、抓住机遇谋发展") != "plan"
    assert (found["一、去年工作回顾"], found["四、持续改善民生"]) == ("report", "plan")


def test_a_text_that_is_no_report_has_no_stages():
    assert stages("某市教育规划", [("一、主要目标",), ("二、保障措施",)], "2026-01-20") == {}


@pytest.mark.parametrize(
    ("path", "mood"),
    [
        (("一、2025年工作回顾", "(三)办好民生实事"), "report"),
        (("一、2025年工作回顾", "一是经济增长好于预期"), "report"),
        (("二、“十五五”时期主要目标", "(一)高质量发展取得显著成效"), "plan"),
        (("二、对今年政府工作的建议",), "plan"),
        (("三、“十五五”开好局、起好步",), "plan"),
    ],
)
def test_an_inner_heading_does_not_turn_the_section(path, mood):
    assert voice(TITLE, "报告", path, "2026-01-20").mood == mood


def test_a_section_of_both_kinds_turns_where_it_speaks_of_what_is_to_come():
    done, ahead = "建成学校12所。", "“十五五”时期主要目标是:新建学校30所。"
    text = f"{done}\n{ahead}"
    heading = ("二、“十四五”时期发展成就和“十五五”时期主要目标任务",)
    context = FactContext("130600", "2026-01-20", TITLE, headings=[heading, heading])
    spans = [(0, len(done)), (len(done) + 1, len(text))]
    assert [f.kind for f in extract_facts(text, spans, context)] == ["achieved", "target"]


@pytest.mark.parametrize(
    ("text", "told", "kind"),
    [
        ("数字经济增加值预计增长8%。", {"heading": "一、2022年工作回顾"}, "achieved"),
        ("梳理事项260项,清理26项。", {"title": "关于清理中介事项的通知"}, "requirement"),
        ("梳理了中介事项260项。", {"title": "关于清理中介事项的通知"}, "achieved"),
        ("目前补贴发放标准为每人每月260元。", {}, "requirement"),
        ("低保标准提高35元。", {}, "achieved"),
        ("收回闲置资金5亿元。", {}, "achieved"),
        ("实际使用外资6亿美元。", {}, "achieved"),
        ("每年安排活动经费60万元。", {"title": "某区人才工作办法"}, "requirement"),
        ("每年安排60万元活动经费。", {"title": "某区人才工作办法"}, "input"),
        ("投诉应在15个工作日内办结。", {"title": "某市服务提升方案"}, "requirement"),
        ("自2024年起,设置等待期3个月。", {"published": "2024-01-02"}, "requirement"),
    ],
)
def test_the_kind_follows_what_the_words_do(text, told, kind):
    assert one_kind(text, **told) == kind


def one_kind(text: str, **told) -> str:
    kinds = {f.kind for f in read(text, **told)}
    assert len(kinds) == 1
    return kinds.pop()


def test_of_a_change_still_to_come_the_first_number_is_the_case_already():
    facts = read("补助标准由每人每年300元提高到360元。", heading="三、2024年重点工作", published="2024-02-01")
    assert [f.kind for f in facts] == ["achieved", "target"]


def test_a_pair_without_years_has_those_of_the_pair_before():
    text = "进出口由2018年的30亿元增加到2022年的52亿元;出口由11亿元增加到25亿元。"
    assert [f.time for f in read(text)] == ["2018年", "2022年", "2018年", "2022年"]


def test_a_year_that_a_share_is_said_of_is_not_a_comparison():
    assert one("随迁子女就读占比2022年为86%。").time == "2022年"


def test_a_paragraph_that_begins_with_the_seat_of_a_place_is_about_it():
    facts = read("该村属湖北省巴东县,面积8平方公里,共有12个村民小组。", home="100000")
    assert {f.region_code for f in facts} == {"422823"}
