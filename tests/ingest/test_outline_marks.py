"""Numbering marks: what counts as one, and what only looks like one."""

from __future__ import annotations

import pytest

from ingest.outline.marks import Rank, ordinal, read_mark


@pytest.mark.parametrize(
    ("text", "rank", "number"),
    [
        ("第一编 总则", Rank.PART, 1),
        ("第二部分 主要任务", Rank.PART, 2),
        ("第三章 附 则", Rank.CHAPTER, 3),
        ("第二节 职责", Rank.SECTION, 2),
        ("第十二条 本办法", Rank.ARTICLE, 12),
        ("第二十三条之一 特别规定", Rank.ARTICLE, 23),
        ("十一、工作要求", Rank.CN, 11),
        ("(二十)加强领导", Rank.CN_PAREN, 20),
        ("3.规范使用", Rank.NUMBER, 3),
        ("2 .不断优化", Rank.NUMBER, 2),
        ("1、做好衔接", Rank.NUMBER, 1),
        ("(4)其他材料", Rank.NUMBER_PAREN, 4),
        ("5)其他", Rank.HALF_PAREN, 5),
        ("第一,坚持原则", Rank.ORDINAL, 1),
        ("二是加强督导", Rank.ONE_IS, 2),
        ("三要压实责任", Rank.ONE_IS, 3),
        ("——经济运行平稳", Rank.DASH, 0),
        ("●重点任务", Rank.DASH, 0),
    ],
)
def test_marks(text: str, rank: Rank, number: int) -> None:
    mark = read_mark(text)
    assert mark is not None
    assert (mark.rank, mark.number) == (rank, number)


@pytest.mark.parametrize(
    "text",
    [
        "2025年是收官之年",
        "1.5万名学生",
        "12345热线",
        "一、二、三级医院",
        "第十二条规定的情形",
        "第十二条、第十三条",
        "第一中学校长",
        "第二节课后",
        "十年来",
        "一方面",
        "(二〇二五年三月二十三日)",
        "(三)项规定",
        "一九九六年",
        "",
    ],
)
def test_what_is_no_mark(text: str) -> None:
    assert read_mark(text) is None


def test_circled_figures_rank_below_figures_in_brackets() -> None:
    mark = read_mark("(1)扫码", circled=True)
    assert mark is not None
    assert mark.rank == Rank.CIRCLED


@pytest.mark.parametrize(
    ("text", "value"),
    [("十", 10), ("二十", 20), ("三十五", 35), ("一百零三", 103), ("一〇三", 103), ("7", 7)],
)
def test_ordinals(text: str, value: int) -> None:
    assert ordinal(text) == value
