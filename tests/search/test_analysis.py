"""One analysis for index and query: what may match, and what must never."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import analyse, analyse_fields, stop_words

TEXT = "教基〔2023〕4号《关于推进集团化办学的意见》第十二条规定，到2025年新增学位13万余个，公办园占比62.3%。"


def shared(one: str, other: str) -> set[str]:
    return set(analyse(one)) & set(analyse(other))


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("62.3%", "覆盖率623"),
        ("62.3%", "62个和3%"),
        ("2023年", "2032年"),
        ("2023年", "20230人"),
        ("13万", "共13人"),
        ("1235名", "235名"),
        ("A2区", "A12区"),
        ("5G", "15亩"),
    ],
)
def test_different_numbers_share_no_token(asked: str, written: str) -> None:
    assert not {token for token in shared(asked, written) if any(c.isdigit() for c in token)}


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("62.3%", "公办园占比达62．3％"),
        ("2023年", "截至２０２３年底"),
        ("13万", "新增学位13万余个"),
        ("1235名", "其中教师1，235名"),
        ("教基〔2023〕4号", "依据（教基[2023]4号）"),
        ("教基〔2023〕4号", "教基〔2023〕04号文"),
        ("第12条", "违反第十二条的"),
        ("第二十七条", "见第27条"),
        ("《教育法》", "根据《教育法》的规定"),
        ("A2区", "在A2区某小区"),
        ("學籍", "学籍"),
        ("ＷｉＦｉ", "WIFI"),
        ("1:15", "师生比1︰15"),
    ],
)
def test_the_same_thing_written_otherwise_matches_as_a_whole(asked: str, written: str) -> None:
    wanted = {token for token in analyse(asked) if any(c.isdigit() or c == "《" for c in token)} or set(
        analyse(asked)
    )
    assert wanted & set(analyse(written))


def test_names_are_kept_whole_beside_their_words() -> None:
    words = analyse_fields(TEXT).words
    assert {"《关于推进集团化办学的意见》", "教基〔2023〕4号", "第12条", "2025年", "13万个", "62.3%"} <= set(
        words
    )
    assert {"推进", "办学", "学位", "新增"} <= set(words)


def test_bigrams_find_what_the_segmenter_cut_differently() -> None:
    assert "岗交" in analyse_fields("教师轮岗交流").bigrams
    assert shared("名校跨岛", "实施名校跨岛战略")


def test_function_words_and_punctuation_are_no_words() -> None:
    words = analyse_fields("请问，的、了！关于教师的问题？").words
    assert "教师" in words
    assert not set(words) & (stop_words() | set("，、！？"))


def test_a_single_character_is_still_found() -> None:
    assert analyse_fields("县").bigrams == ["县"]


@settings(deadline=None)
@given(st.text(max_size=80))
def test_analysis_is_total_and_gives_no_empty_token(text: str) -> None:
    tokens = analyse(text)
    assert all(tokens)
    assert tokens == analyse(text)


@settings(deadline=None)
@given(st.text(alphabet="教育公办园学位2023.5%年个", max_size=40))
def test_width_and_case_make_no_difference(text: str) -> None:
    wide = text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789%"})
    assert analyse(wide) == analyse(text)


def test_the_list_is_words_then_bigrams() -> None:
    both = analyse_fields(TEXT)
    assert analyse(TEXT) == both.words + both.bigrams
