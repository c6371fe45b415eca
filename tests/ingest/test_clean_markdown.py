"""Markdown: its syntax is understood and listed, its wording is kept."""

from ingest.clean import Reason
from tests.ingest.fixtures.cleaned import cleaned, kept, removed

TEXT = """---
标题: 青石县方案
---
# 青石县学前教育方案 #

## 一、**总体目标**

到2027年，新增学位**2400个**，见[附表](https://example.com/a_(b).html)。

- 扩大*资源*供给
- [x] 配强教师
1. 招聘教师160名

> 摘自县政府文件。

| 年份 | 学位 | 备注 |
| --- | ---: | --- |
| 2025年 | 800个 | |
| 2026年 | 1600个 | 含改建 |

![学校](a.png)
***
乡镇任务
--------
`代码` 与 5\\*6 <!-- 隐去 --> 完。
"""


def blocks(text):
    result = cleaned(text, "markdown")
    return [
        (p.block.kind if p.block else "", p.block.level if p.block else 0, result.text_of(p))
        for p in result.paragraphs
    ]


def test_headings_lists_tables_and_emphasis():
    assert blocks(TEXT) == [
        ("heading", 1, "青石县学前教育方案"),
        ("heading", 2, "一、总体目标"),
        ("", 0, "到2027年,新增学位2400个,见附表。"),
        ("", 0, "扩大资源供给"),
        ("", 0, "配强教师"),
        ("", 0, "1. 招聘教师160名"),
        ("", 0, "摘自县政府文件。"),
        ("row", 0, "年份\t学位\t备注"),
        ("row", 0, "2025年\t800个"),
        ("row", 0, "2026年\t1600个\t含改建"),
        ("heading", 2, "乡镇任务"),
        ("", 0, "代码 与 5*6  完。"),
    ]


def test_cells_of_a_table_point_at_the_source():
    result = cleaned(TEXT, "markdown")
    rows = [p.block for p in result.paragraphs if p.block and p.block.kind == "row"]
    assert [row.header for row in rows] == [True, False, False]
    assert [[TEXT[a:b] for a, b in row.cells] for row in rows] == [
        ["年份", "学位", "备注"],
        ["2025年", "800个", ""],
        ["2026年", "1600个", "含改建"],
    ]


def test_what_is_syntax_is_listed():
    reasons = {reason for reason, _ in removed(TEXT, "markdown")}
    assert reasons == {Reason.FRONT_MATTER, Reason.MARKUP}
    assert ("排版符号", "](https://example.com/a_(b).html)") in removed(TEXT, "markdown")


def test_a_plain_text_file_keeps_its_signs():
    assert kept("# 不是标题\n5*6*7 的结果为210。") == ["# 不是标题", "5*6*7 的结果为210。"]


def test_a_line_of_marks_alone_leaves_no_paragraph():
    assert kept("**\n\n正文的一句话。\n\n____\n", "markdown") == ["正文的一句话。"]
