"""The sentence splitter: no character lost, nothing cut that belongs together."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.text.sentences import sentences

ALPHABET = '教育15.3,，。;；!?！？…“”"‘’《》()（）〔〕[]【】、:\n \u3000A—'


def cut(text: str, **options: bool) -> list[str]:
    return [text[start:end] for start, end in sentences(text, **options)]


@given(st.text(ALPHABET, max_size=80), st.booleans())
@example("“未闭合。第二句。", False)
@example("(((。", True)
@example("……", False)
def test_sentences_cover_the_text_without_gap_or_overlap(text: str, semicolons: bool) -> None:
    assert "".join(cut(text, semicolons=semicolons)) == text
    assert all(end > start for start, end in sentences(text, semicolons=semicolons))


@given(st.text(ALPHABET, max_size=60), st.integers(0, 30), st.integers(0, 60))
def test_a_stretch_is_cut_within_its_bounds(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    spans = sentences(text, start, end)
    assert "".join(text[a:b] for a, b in spans) == text[start:end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全市小学12所。初中3所！够吗？", ["全市小学12所。", "初中3所！", "够吗？"]),
        ("half?width!also.", ["half?width!also."]),
        ("够吗?够!好。", ["够吗?", "够!", "好。"]),
        ("印发《关于某事。的意见》后,各县落实。", ["印发《关于某事。的意见》后,各县落实。"]),
        ("校长说:“先试点。再推开。”大家赞成。", ["校长说:“先试点。再推开。”", "大家赞成。"]),
        ("坚持“房住不炒!”的定位。", ["坚持“房住不炒!”的定位。"]),
        ("建成学校(含教学点。不含幼儿园)12所。", ["建成学校(含教学点。不含幼儿园)12所。"]),
        ("推进数据共享。(责任单位:市数据局)", ["推进数据共享。(责任单位:市数据局)"]),
        ("增长率为15.3%。比上年高0.2个百分点。", ["增长率为15.3%。", "比上年高0.2个百分点。"]),
        ("一段\n二段。", ["一段\n", "二段。"]),
        ("包括学位、师资……等事项。后来……然后停止。", ["包括学位、师资……等事项。", "后来……", "然后停止。"]),
        ("网址为https://a.gov.cn/x?id=1,可查。", ["网址为https://a.gov.cn/x?id=1,可查。"]),
        ("引号没有闭合:“第一句。第二句。", ["引号没有闭合:“第一句。", "第二句。"]),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_semicolons_end_a_piece_only_when_asked() -> None:
    text = "一是扩容;二是提质;三是(补短板;强弱项)。"
    assert cut(text) == [text]
    assert cut(text, semicolons=True) == ["一是扩容;", "二是提质;", "三是(补短板;强弱项)。"]
