"""jieba is the reference for words; rjieba must give the same ones, or an index would depend on what is installed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.words import boundaries, user_words, words

pytest.importorskip("rjieba")

TEXTS = [
    "到2025年，全市新增公办学位3.2万个，学前教育毛入园率达到92.5%。",
    "教基〔2023〕4号《关于推进集团化办学的实施意见》第十二条第（三）项",
    "2-3年内完成“双减”和控辍保学任务，2024-04-05 前报送，联系人QQ：768691990。",
    "厦门市“名校跨岛”战略，湖里区、同安区、翔安区结对共建；内蒙古自治区包头市土默特右旗。",
    "網友反映學籍辦理問題",
    "A2区景蓉花苑3栋2单元，340.12GB，iPhone14 Pro Max",
    "",
    "，。！",
]
LETTERS = "教育学位轮岗县域联盟新增公办园厦门市的了和在一二三2023.5%-,，。《》〔〕 A2b\n"


@pytest.mark.parametrize("text", TEXTS)
def test_both_engines_cut_the_same_words(text: str) -> None:
    assert words(text, "rjieba") == words(text, "jieba")


@settings(deadline=None)
@given(st.text(alphabet=LETTERS, max_size=60))
def test_both_engines_cut_any_text_alike(text: str) -> None:
    assert words(text, "rjieba") == words(text, "jieba")


@pytest.mark.parametrize("folder", ["seeds", "policies"])
def test_both_engines_cut_real_policy_texts_alike(folder: str) -> None:
    shared = Path(__file__).resolve().parents[2].parent / "shared" / folder
    if not shared.exists():
        pytest.skip(f"{shared} is not here")
    files = sorted(path for path in shared.iterdir() if path.suffix in {".txt", ".md", ".jsonl"})
    assert files
    for path in files:
        text = path.read_text(encoding="utf-8", errors="replace")[:60_000]
        assert words(text, "rjieba") == words(text, "jieba")


@settings(deadline=None)
@given(st.text(max_size=60))
def test_words_joined_are_the_text(text: str) -> None:
    assert "".join(words(text)) == text


@pytest.mark.parametrize("engine", ["jieba", "rjieba"])
def test_words_of_policy_texts_stay_whole(engine: str) -> None:
    assert {"双减", "县管校聘"} <= set(words("深化“双减”和县管校聘改革", engine))


def test_user_words_are_single_words_without_comments() -> None:
    listed = list(user_words())
    assert "双减" in listed
    assert all(word and not word.startswith("#") and " " not in word for word in listed)


def test_boundaries_are_the_ends_of_words() -> None:
    text = "新增学位13万个"
    edges = boundaries(text)
    assert {0, len(text)} <= edges
    assert text.index("13") in edges
