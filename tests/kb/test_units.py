import re

import pytest

from kb.units import UNIT, base_value, comparable, compose, convert, unit_of


@pytest.mark.parametrize(
    ("value", "unit", "into", "expected"),
    [
        (3, "万平方米", "平方米", 30_000),
        (2, "亿元", "万元", 20_000),
        (15, "亩", "平方米", 10_000),
        (1, "公顷", "亩", 15),
        (500, "元/人·月", "元/人·年", 6_000),
        (2, "公里", "米", 2_000),
        (3, "年", "个月", 36),
    ],
)
def test_units_convert_within_their_dimension(value, unit, into, expected):
    assert convert(value, unit, into) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("left", "right"),
    [("人", "人次"), ("%", "个百分点"), ("元", "平方米"), ("元", "元/人·月"), ("名", "个"), ("分", "分钟")],
)
def test_units_of_different_dimensions_never_compare(left, right):
    assert not comparable(left, right)
    assert convert(1, left, right) is None


@pytest.mark.parametrize(
    ("left", "right"), [("人", "名"), ("所", "家"), ("所", "个"), ("元/人·月", "元/人·年")]
)
def test_words_that_count_the_same_compare(left, right):
    assert comparable(left, right)


@pytest.mark.parametrize(
    ("unit", "per", "expected"),
    [("元", "每人每月", "元/人·月"), ("元", "每月每人", "元/人·月"), ("元", "每生", "元/人")],
)
def test_what_stands_before_the_number_becomes_part_of_the_unit(unit, per, expected):
    assert compose(unit, per) == expected


def test_an_unknown_counting_word_counts_itself():
    assert unit_of("趟车").dimension == "趟车"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("个百分点", "个百分点"),
        ("元/平方米/月", "元/平方米/月"),
        ("微克/立方米", "微克/立方米"),
        ("人次", "人次"),
    ],
)
def test_the_longest_unit_is_read(text, expected):
    assert re.match(UNIT, text).group() == expected


def test_values_come_down_to_the_base_unit():
    assert base_value(2.0, "公里") == (2000.0, 2000.0)
    assert base_value((3.0, 5.0), "年") == (36.0, 60.0)
    assert base_value("1:4", "") == (0.25, 0.25)
    assert base_value("1:2:3", "") is None


def test_a_unit_with_an_alternative_compares_with_the_unit_alone():
    assert comparable("套(间)", "套")
    assert convert(2, "GWh", "万千瓦时") == 200
