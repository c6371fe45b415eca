import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.numerals import PATTERN, Numeral, magnitude, parse_number, ratio_value, read


def numerals(text: str) -> list[Numeral]:
    return [read(match) for match in PATTERN.finditer(text)]


@pytest.mark.parametrize(
    ("written", "value", "comparator"),
    [
        ("13万余", 130_000, ">"),
        ("450余万", 4_500_000, ">"),
        ("71万", 710_000, "="),
        ("1,234.5", 1234.5, "="),
        ("400多亿", 40_000_000_000, ">"),
        ("10.3万亿", 10_300_000_000_000, "="),
        ("三十五", 35, "="),
        ("一千二百三十", 1230, "="),
        ("五百八十三亿", 58_300_000_000, "="),
        ("二〇二五", 2025, "="),
        ("十余", 10, ">"),
        ("百", 100, "="),
        ("0.28", 0.28, "="),
    ],
)
def test_a_magnitude_is_multiplied_out(written, value, comparator):
    number = parse_number(written)
    assert (number.value, number.comparator) == (value, comparator)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("3至5", (3, 5)),
        ("2-3", (2, 3)),
        ("1—2", (1, 2)),
        ("3至5万", (30_000, 50_000)),
        ("3万到5万", (30_000, 50_000)),
    ],
)
def test_a_range_has_two_ends_and_the_scale_of_the_last_holds_for_both(written, value):
    number = parse_number(written)
    assert (number.value, number.comparator) == (value, "range")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("81.5%", 81.5),
        ("百分之二十", 20),
        ("两成", 20),
        ("七成五", 75),
        ("一半", 50),
        ("60%—70%", (60, 70)),
        ("60-70%", (60, 70)),
    ],
)
def test_shares_in_any_writing_are_percent(written, value):
    number = parse_number(written)
    assert number.percent
    assert number.value == value


@pytest.mark.parametrize(("written", "value"), [("1:15", "1:15"), ("1/8", "1/8"), ("三分之二", "2/3")])
def test_ratios_and_fractions_stay_as_written(written, value):
    assert parse_number(written).value == value


@pytest.mark.parametrize(("written", "value"), [("翻番", 1), ("翻一番", 1), ("翻了两番", 2)])
def test_doublings_are_counted(written, value):
    number = parse_number(written)
    assert number.doubling
    assert number.value == value


def test_numerals_of_a_sentence_are_found_in_order():
    text = "由120家压减为12家,压减率90%"
    assert [text[n.start : n.end] for n in numerals(text)] == ["120", "12", "90%"]


def test_what_is_no_magnitude_is_refused():
    with pytest.raises(ValueError, match="不是数"):
        magnitude("甲")


def test_a_ratio_becomes_a_number_where_it_has_two_parts():
    assert ratio_value("1:15") == pytest.approx(1 / 15)
    assert ratio_value("1:2:3") is None


_DIGITS = "零一二三四五六七八九"


def _chinese(number: int) -> str:
    if number >= 10_000:
        rest = number % 10_000
        gap = "零" if rest and rest < 1000 else ""
        return _chinese(number // 10_000) + "万" + (gap + _chinese(rest) if rest else "")
    parts, zero = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            parts += ("零" if zero and parts else "") + _DIGITS[digit] + name
            zero = False
        else:
            zero = True
    return parts


@given(st.integers(1, 99_999_999))
def test_every_number_written_in_chinese_is_read_back(number):
    assert magnitude(_chinese(number)) == number


@given(st.text(alphabet="0123456789.,%:/-至万亿千百十余多一二三半成分之 个,。", max_size=30))
def test_any_text_is_read_without_failing_and_the_spans_do_not_overlap(text):
    end = 0
    for number in numerals(text):
        assert end <= number.start < number.end <= len(text)
        end = number.end


@pytest.mark.parametrize(
    ("text", "value"),
    [("千分之三", 3.0), ("千分之2.5", 2.5), ("万分之三", "3/10000"), ("12.5 %", 12.5)],
)
def test_parts_per_thousand_and_ten_thousand_are_read(text, value):
    numeral = parse_number(text)
    assert numeral is not None
    assert numeral.value == value
