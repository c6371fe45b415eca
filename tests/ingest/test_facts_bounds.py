"""Bounds, ranges and rare ways of writing a quantity."""

import pytest

from tests.ingest.facts_reading import one, read, surfaces


@pytest.mark.parametrize(
    ("text", "surface", "value", "unit", "comparator"),
    [
        ("处2万元以上8万元以下的罚款", "2万元以上8万元以下", (20_000, 80_000), "元", "range"),
        ("并处货款2倍以上6倍以下的罚款", "2倍以上6倍以下", (2, 6), "倍", "range"),
        ("奖励3万元至6万元", "3万元至6万元", (30_000, 60_000), "元", "range"),
        ("学制两年半", "两年半", 2.5, "年", "="),
        ("缴费满15年及以上", "15年及以上", 15, "年", ">="),
        ("养老机构住养补助为800元/人·月", "800元/人·月", 800, "元/人·月", "="),
        ("每人每月最高可补贴450元", "450元", 450, "元/人·月", "<="),
        ("由每人每年60元提高到75元", "75元", 75, "元/人·年", "="),
        ("新投运储能电站规模0.8GWh", "0.8GWh", 0.8, "GWh", "="),
        ("新增智能算力2.6万P", "2.6万P", 26_000, "P", "="),
        ("改造农房1.1万套(间)", "1.1万套(间)", 11_000, "套(间)", "="),
        ("发病率降至千分之一点二", "千分之一点二", 1.2, "‰", "="),
        ("差错率控制在万分之2以内", "万分之2以内", "2/10000", "", "<="),
        ("孕产妇死亡率为9.1/10万", "9.1/10万", 9.1, "/10万", "="),
        ("案例正文不超过1800字", "1800字", 1800, "字", "<="),
        ("骨干教师交流比例不低于应交流总人数的15%", "15%", 15, "%", ">="),
        ("建筑面积每平方米32 元", "32 元", 32, "元/平方米", "="),
        ("海拔高程260-340米左右", "260-340米左右", (260, 340), "米", "range"),
    ],
)
def test_a_quantity_is_read_as_it_is_written(text, surface, value, unit, comparator):
    fact = read(text)[-1]
    assert surfaces(text)[-1] == surface
    assert (fact.value, fact.unit, fact.comparator) == (value, unit, comparator)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("评估时至少有五项条件达标", ["五项"]),
        ("学期内走访不少于两次", ["两次"]),
        ("生均体育场馆面积差异系数,小学不高于0.55,初中不高于0.48", ["0.55", "0.48"]),
        ("中职班额、普高班额分别稳定在40人、48人以下", ["40人", "48人以下"]),
        ("前期公布三批目录", ["三批"]),
    ],
)
def test_bounds_without_a_unit_and_in_chinese_numerals_are_found(text, expected):
    assert surfaces(text) == expected


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("每12个班配备相应教室", "130600"),
        ("每多缴纳1年增加待遇", "130600"),
        ("文明新风传入千家万户", "130600"),
        ("城乡二元结构加快破除", "130600"),
        ("享受一次性扩岗补助", "130600"),
        ("号牌含四位序号和两位数字", "130600"),
        ("在1个自然年度内", "130600"),
        ("一式三份报送", "130600"),
        ("我部于2021年3月5日至9日开展调查", "130600"),
    ],
)
def test_what_only_looks_like_a_quantity_is_none(text, home):
    assert surfaces(text, home=home) == []


def test_a_change_is_not_a_range():
    facts = read("补助标准从3万元提高到5万元")
    assert [f.value for f in facts] == [30_000, 50_000]


def test_a_bound_of_a_list_holds_for_other_units():
    facts = read("肉牛、肉鸡年出栏分别稳定在12万头、800万只以上")
    assert [f.comparator for f in facts] == [">=", ">="]


def test_the_words_for_a_raised_ceiling_are_no_bound():
    assert one("次年提高大病保险最高支付限额2600元").comparator == "="
