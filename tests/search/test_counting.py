"""Counting many texts at once gives the postings that the analysis defines, text by text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from search.analysis import analyse
from search.index import ANALYSIS, counting
from search.index.counting import count
from search.lexical import postings
from search.lexical.hashing import term_hashes
from search.lexical.postings import Postings

TEXTS = [
    "教基〔2023〕4号《关于推进集团化办学的意见》第十二条规定，到2025年新增学位13万余个，公办园占比62.3%。",
    "",
    "一是在校生达1,235名；二是５Ｇ覆盖A2区。㐀㐁 豈更 的",
    "學籍 x 的 人\n人",
    "教基〔2023〕4号《关于推进集团化办学的意见》第十二条规定，到2025年新增学位13万余个，公办园占比62.3%。",
]
CHARACTERS = st.text("教育的在学 \n\t㐀豈0123.,%年万余个第条《》〔〕号aB、①\u200b．一𠀀é", max_size=40)


def same(left: Postings, right: Postings) -> bool:
    columns = ("hashes", "offsets", "rows", "tfs", "lengths")
    return all(
        getattr(left, name).dtype == getattr(right, name).dtype
        and np.array_equal(getattr(left, name), getattr(right, name))
        for name in columns
    )


def test_counting_gives_the_postings_of_the_analysis() -> None:
    assert same(count(TEXTS), postings.build([analyse(text) for text in TEXTS]))


@given(st.lists(CHARACTERS, max_size=6))
def test_counting_gives_the_postings_of_the_analysis_for_any_text(texts: list[str]) -> None:
    assert same(count(texts), postings.build([analyse(text) for text in texts]))


def test_a_term_that_comes_more_than_255_times_is_counted() -> None:
    texts = ["校" * 300, "教育"]
    assert same(count(texts), postings.build([analyse(text) for text in texts]))


def test_terms_of_one_hash_share_their_statistics_either_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def colliding(terms: Sequence[str]) -> NDArray[np.uint64]:
        return term_hashes(terms) & np.uint64(3)

    monkeypatch.setattr("search.lexical.postings.term_hashes", colliding)
    monkeypatch.setattr(counting, "term_hashes", colliding)
    assert same(count(TEXTS), postings.build([analyse(text) for text in TEXTS]))


def test_each_field_is_counted_as_its_tokens_say() -> None:
    headings = ["标题\n一、总体要求", "标题\n一、总体要求", "标题", "", "2024年工作"]
    tokens = [ANALYSIS.fields(heading, text) for heading, text in zip(headings, TEXTS, strict=True)]
    counted = ANALYSIS.postings(headings, TEXTS)
    assert set(counted) == set(tokens[0])
    for name, found in counted.items():
        assert same(found, postings.build([fields[name] for fields in tokens]))
