from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.regions.names import lookup
from search.query.lexicon import TextLexicon
from search.query.typos import correct

TEXTS = [
    "厦门市新增学位31.4万个，教师轮岗，集团化办学，优质均衡发展，课后服务。",
    "随迁子女入学，校外培训机构，义务教育巩固率，乡村教师生活补贴，骨干教师比例。",
]
LEXICON = TextLexicon.of(TEXTS, names=lookup())


@pytest.mark.parametrize(
    ("written", "meant", "reason"),
    [
        ("夏门市怎么做", "厦门市怎么做", "pinyin"),
        ("新增学伟多少", "新增学位多少", "pinyin"),
        ("教师轮冈", "教师轮岗", "pinyin"),
        ("课后付务", "课后服务", "pinyin"),
        ("集化团办学", "集团化办学", "order"),
        ("千西县高中", "迁西县高中", "pinyin"),
    ],
)
def test_slips_of_sound_shape_and_order_are_mended(written: str, meant: str, reason: str) -> None:
    text, corrections = correct(written, LEXICON)
    assert text == meant
    assert [c.reason for c in corrections] == [reason]


@pytest.mark.parametrize(
    "text", ["氢能产业", "编织产业", "老师轮来轮去", "量子计算机", "中心城区", "六个区", "水平应达到几级"]
)
def test_a_rare_subject_is_no_typo(text: str) -> None:
    assert correct(text, LEXICON) == (text, ())


def test_a_correction_can_be_refused() -> None:
    text, corrections = correct("教师轮冈", LEXICON, dismissed=frozenset({"轮冈>轮岗"}))
    assert (text, corrections) == ("教师轮冈", ())


def test_what_is_understood_already_is_left_alone() -> None:
    assert correct("夏门市", LEXICON, taken=[(0, 3)])[0] == "夏门市"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="厦夏门市教师轮冈岗学伟位0多a怎么的，？", max_size=16))
def test_corrections_keep_length_and_say_what_they_changed(text: str) -> None:
    mended, corrections = correct(text, LEXICON)
    assert len(mended) == len(text)
    restored = mended
    for c in corrections:
        assert mended[c.start : c.end] == c.read
        restored = restored[: c.start] + c.written + restored[c.end :]
    assert restored == text
