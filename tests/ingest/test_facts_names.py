"""Names that have to be freed from the sentence around them, or taken from the clauses beside it."""

import pytest

from ingest.facts.headers import is_header, is_second_header, merge_headers
from ingest.facts.subjects import core
from ingest.read import read_loaded
from kb.model import LoadedSource
from tests.ingest.facts_reading import read


def names(text: str, **told) -> list[str]:
    return [fact.indicator for fact in read(text, **told)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("差异系数,小学不高于0.55,初中不高于0.48", ["小学差异系数", "初中差异系数"]),
        ("毛入学率提高1.5个百分点,达到96%", ["毛入学率提高幅度", "毛入学率"]),
        ("职业学校由64所优化整合为41所", ["职业学校数", "职业学校数"]),
        ("教育经费从9亿元提高到11亿元", ["教育经费", "教育经费"]),
        ("受理机关应当自收到材料之日起8日内作出决定", ["作出决定期限"]),
        ("街道办事处在受理之日起4个工作日内,根据调查情况,提出审核意见", ["提出审核意见期限"]),
        ("可申请最长不超过9个月的过渡期", ["过渡期"]),
        ("阅览室藏书人均12册", ["人均阅览室藏书数"]),
        ("引导合作银行逐步将平均费率降至2%以下", ["平均费率"]),
        ("新制度在40%的乡镇卫生院实施", ["实施新制度的乡镇卫生院占比"]),
        ("津贴按照最低工资标准的百分之八十计发", ["津贴占最低工资标准比例"]),
        ("安排12亿元帮助解决山区群众饮水问题", ["解决山区群众饮水问题资金"]),
        ("一、二、三产业增加值分别增长2%、4%、6%", ["第一产业增加值增速", "第二产业增加值增速", "第三产业增加值增速"]),
        ("柑橘、茶叶、水产品出口分别增长7%、9%、3%", ["柑橘出口增速", "茶叶出口增速", "水产品出口增速"]),
        ("风电装机规模占全国12%", ["风电装机规模占全国比重"]),
        ("文化产业增加值预计达320亿元", ["文化产业增加值"]),
        ("基本药物使用率90%,重点人群签约率75%", ["基本药物使用率", "重点人群签约率"]),
        ("高标准农田建成80万亩", ["高标准农田建成面积"]),
        ("城区学位新增近3万个", ["城区学位新增数"]),
        ("校医培训以3年为一个周期,完成90学时", ["校医培训周期", "校医培训学时"]),
    ],
)  # fmt: skip
def test_a_name_is_the_noun_phrase_with_its_qualifiers(text, expected):
    assert names(text) == expected


def test_incomes_named_one_by_one_lend_their_names_to_the_growth_that_follows():
    text = "城镇居民收入3.2万元,农村居民收入1.8万元,分别增长5%和6%。"
    assert names(text)[2:] == ["城镇居民收入增速", "农村居民收入增速"]


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("由主管部门责令停止承接新业务", "停止承接新业务"),
        ("预算改革优化支出结构、清收各类资金", "清收各类资金"),
        ("教育集团覆盖率", "教育集团覆盖率"),
    ],
)
def test_what_leads_up_to_a_subject_falls_away(subject, expected):
    assert core(subject) == expected


def test_header_rows_are_told_from_rows_of_numbers():
    assert is_header(["指标", "单位", "2023年", "2027年"])
    assert not is_header(["巩固率", "96.5", "98"])
    assert is_second_header(["县区", "学校数", "在校生"], ["县区", "小学", "小学"])
    assert not is_second_header(["莲池区", "12", "3500"], ["县区", "小学", "小学"])
    assert merge_headers(["县区", "小学", ""], ["", "学校数", "在校生"]) == (
        "县区",
        "小学学校数",
        "小学在校生",
    )


def _facts(text: str):
    told = {"title": "某市教育规划", "region": "河北省保定市", "published": "2024-03-01"}
    loaded = LoadedSource(
        "规划.txt",
        "",
        len(text),
        "text",
        text,
        metadata=told,
        metadata_origin=dict.fromkeys(told, "front_matter"),
    )
    return [f for d in read_loaded(loaded).documents for f in d.facts]


def test_a_column_does_not_say_again_what_its_row_ends_with():
    text = "培训安排\n培训班\t班数\t培训人数\n骨干教师培训班\t5个\t130人\n中层干部培训班\t2个\t65人\n"
    assert {"骨干教师培训班数", "中层干部培训班数"} <= {fact.indicator for fact in _facts(text)}


def test_a_stage_of_school_at_the_head_of_a_column_leads_the_name():
    text = "配置标准\n指标\t小学\t初中\n每百名学生拥有图书册数\t≥25册\t≥35册\n"
    assert [fact.indicator for fact in _facts(text)] == [
        "小学每百名学生拥有图书册数",
        "初中每百名学生拥有图书册数",
    ]


def test_lines_with_tabs_are_read_as_a_table():
    text = "主要指标\n指标\t2023年\t2027年目标\n巩固率(%)\t96.5\t98\n新增学位(万个)\t1.2\t3.5\n差异系数\t0.42\t≤0.40\n"
    found = [(f.indicator, f.value, f.unit, f.comparator, f.time, f.kind) for f in _facts(text)]
    assert found == [
        ("巩固率", 96.5, "%", "=", "2023年", "achieved"),
        ("巩固率", 98, "%", "=", "2027年", "target"),
        ("新增学位", 12_000, "个", "=", "2023年", "achieved"),
        ("新增学位", 35_000, "个", "=", "2027年", "target"),
        ("差异系数", 0.42, "", "=", "2023年", "achieved"),
        ("差异系数", 0.40, "", "<=", "2027年", "target"),
    ]


def test_no_name_holds_a_tab():
    assert all(
        "\t" not in f.indicator
        for f in _facts(
            "某市教育基本情况\n全市坚持优先发展教育,办学条件持续改善。\n莲池区情况\t现有学校12所\t教师800人\n"
        )
    )
