"""Facts of whole clauses by the conventions of the design: the fields together."""

import pytest

from ingest.facts import FactContext, TableRow, extract_facts
from tests.ingest.facts_reading import one, read, surfaces


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三年来,共新增学位13万余个。", ("新增学位数", 130_000, "个", ">", "三年来", "achieved")),
        (
            "财政部门每年拨付450余万元专款,用于保障教师待遇。",
            ("教师待遇专款", 4_500_000, "元", ">", "每年", "input"),
        ),
        ("全市义务教育巩固率保持在99.9%以上。", ("义务教育巩固率", 99.9, "%", ">=", "", "achieved")),
        (
            "到2025年全市至少培育创建30个教育集团。",
            ("培育创建教育集团数", 30, "个", ">=", "到2025年", "target"),
        ),
        (
            "经评估850分以上认定为义务教育公办强校。",
            ("义务教育公办强校认定分数", 850, "分", ">=", "", "requirement"),
        ),
        ("惠及中小学生近71万名。", ("惠及中小学生数", 710_000, "名", "≈", "", "achieved")),
        ("按照师生比1︰15配备。", ("师生比", "1:15", "", "=", "", "achieved")),
        ("2020年以来,共招聘374名高素质人才。", ("招聘高素质人才数", 374, "名", "=", "2020年以来", "input")),
        ("PM2.5平均浓度降到32.4微克/立方米。", ("PM2.5平均浓度", 32.4, "微克/立方米", "=", "", "achieved")),
        ("中小学校际差异系数均低于0.28。", ("中小学校际差异系数", 0.28, "", "<", "", "achieved")),
        (
            "每2-3年开展一次县级名校长评选工作。",
            ("县级名校长评选周期", (2, 3), "年", "range", "", "requirement"),
        ),
        (
            "教师培训经费不低于学校年度公用经费预算总额的5%。",
            ("教师培训经费占学校年度公用经费预算比例", 5, "%", ">=", "", "requirement"),
        ),
        ("每年解决近7万随迁子女入学。", ("解决随迁子女入学数", 70_000, "", "≈", "每年", "achieved")),
        ("发明专利授权量实现翻番。", ("发明专利授权量翻番", 1, "番", "=", "", "achieved")),
    ],
)
def test_a_clause_gives_one_fact_with_its_fields(text, expected):
    fact = one(text)
    assert (fact.indicator, fact.value, fact.unit, fact.comparator, fact.time, fact.kind) == expected


def test_a_rate_per_person_and_month_is_part_of_the_unit():
    fact = one("乡村教师生活补助标准不低于每人每月500元。")
    assert (fact.indicator, fact.value, fact.unit) == ("乡村教师生活补助标准", 500, "元/人·月")
    assert (fact.comparator, fact.kind, fact.time) == (">=", "requirement", "")


def test_every_quantity_of_a_long_enumeration_is_a_fact():
    text = "累计投入120亿元,加固重建457所学校,总面积179万平方米,配置教学仪器设施382万台(件、套),规范建设1364个藏书室和1554间阅览室,配送图书881万册。"
    facts = read(text)
    assert [f.value for f in facts] == [12e9, 457, 1_790_000, 3_820_000, 1364, 1554, 8_810_000]
    assert [f.unit for f in facts] == ["元", "所", "平方米", "台(件、套)", "个", "间", "册"]
    assert [f.kind for f in facts] == [
        "input",
        "achieved",
        "achieved",
        "input",
        "achieved",
        "achieved",
        "input",
    ]


def test_a_destroyed_number_is_never_stated():
    text = "单次培训在线余人,惠及师生达16万余人次。"
    assert surfaces(text, damage=[(6, 8)]) == ["16万余人次"]
    assert surfaces("培训教师3000人。", damage=[(4, 8)]) == []


@pytest.mark.parametrize("published", ["", "2024-01-05"])
def test_facts_lie_in_their_clause(published):
    text = "学校现有教师210人,其中骨干教师60人,占比28.6%;到2027年达到35%。"
    for fact in read(text, published=published):
        assert fact.quote_start <= fact.start < fact.end <= fact.quote_end


def test_a_short_clause_is_quoted_with_its_subject():
    text = "教学点2772个,相较五年前减少631个,减幅18.54%。"
    last = read(text)[-1]
    assert (
        text[last.quote_start : last.quote_end].startswith("教学点2772个")
        or "减少631个" in text[last.quote_start : last.quote_end]
    )


def test_table_rows_take_indicator_and_unit_from_the_header():
    text = "地区\t新增学位(万个)\t巩固率\n竞秀区\t1.5\t99.9%"
    cells = ((16, 19), (20, 23), (24, 29))
    text = "竞秀区\t1.5\t99.9%"
    cells = ((0, 3), (4, 7), (8, 13))
    row = TableRow(cells, ("地区", "新增学位(万个)", "巩固率"))
    facts = extract_facts(text, [(0, len(text))], FactContext(home_region="130600", rows={0: row}))
    assert [(f.indicator, f.value, f.unit, f.region_code) for f in facts] == [
        ("新增学位", 15_000, "个", "130602"),
        ("巩固率", 99.9, "%", "130602"),
    ]
    assert [text[f.start : f.end] for f in facts] == ["1.5", "99.9%"]


def test_a_year_in_the_first_cell_of_a_row_is_its_time():
    text = "2023年\t37.7万人"
    row = TableRow(((0, 5), (6, 11)), ("年份", "在校生数"))
    (fact,) = extract_facts(text, [(0, len(text))], FactContext(rows={0: row}))
    assert (fact.indicator, fact.value, fact.time, fact.years) == (
        "在校生数",
        377_000,
        "2023年",
        (2023, 2023),
    )


def test_without_paragraphs_there_are_no_facts():
    assert extract_facts("", [], FactContext()) == []
