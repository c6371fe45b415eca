"""Web pages: the article is found, everything else is marked, nothing visible is lost."""

import pytest

from ingest.clean import clean
from kb.errors import UnreadableSource
from tests.ingest.fixtures import pages
from tests.ingest.fixtures.files import cells_of, lines, load_bytes, text_of


def kept(loaded):
    cleaned = clean(loaded)
    return [cleaned.text_of(paragraph) for paragraph in cleaned.paragraphs]


def folded(text):
    return text.translate(str.maketrans("，：；（）", ",:;()"))


ARTICLE = [folded(text) for text in pages.PARAGRAPHS]


@pytest.mark.parametrize("page", [pages.government_page, pages.old_page, pages.wechat_page, pages.bare_page])
def test_every_paragraph_of_the_article_is_kept_as_a_whole_line(tmp_path, page):
    loaded = load_bytes(tmp_path, "a.html", page())
    read = kept(loaded)
    assert [text for text in read if text in ARTICLE] == ARTICLE
    assert folded(pages.TITLE) in read


@pytest.mark.parametrize("page", [pages.government_page, pages.old_page, pages.wechat_page, pages.bare_page])
def test_nothing_but_the_article_is_kept(tmp_path, page):
    extra = [text for text in kept(load_bytes(tmp_path, "a.html", page())) if text not in ARTICLE]
    known = {folded(pages.TITLE), "青石县人民政府", "2025年3月12日", "经办人:赵镕"}
    assert [text for text in extra if text not in known and "\t" not in text] == []


def test_the_whole_visible_page_is_in_the_source_text(tmp_path):
    loaded = load_bytes(tmp_path, "a.html", pages.government_page())
    for shown in ("政务公开", "索 引 号：", "上一篇：关于做好汛期工作的通知", "网站标识码：1302990001"):
        assert shown in loaded.text
    assert "不要读我" not in loaded.text and "color: red" not in loaded.text
    assert [dropped.text for dropped in loaded.dropped] == ["这一段没有人看得见，是给搜索引擎的。"]


def test_metadata_comes_from_the_index_table_and_the_meta_fields(tmp_path):
    loaded = load_bytes(tmp_path, "a.html", pages.government_page())
    assert loaded.metadata["title"] == pages.TITLE
    assert loaded.metadata["number"] == "青政发〔2025〕7号"
    assert loaded.metadata["issuer"] == "青石县人民政府"
    assert loaded.metadata["published"] == "2025年3月12日"
    assert loaded.metadata["source"] == "县政府办公室"
    assert loaded.metadata_origin["number"] == "html_table"
    assert loaded.metadata_origin["title"] == "html_meta"
    info = [text_of(loaded, block) for block in loaded.blocks if block.reason == "信息表"]
    assert len(info) == 3


def test_origin_and_footer_are_removed_with_reasons_that_metadata_can_read(tmp_path):
    cleaned = clean(load_bytes(tmp_path, "a.html", pages.government_page()))
    texts = {r.reason: cleaned.loaded.text[r.start : r.end] for r in cleaned.removals}
    assert texts["来源"] == "来源：县政府办公室 发布时间：2025-03-18"
    assert "1302990001" in texts["网站页脚"]


def test_tables_become_rows_with_cells(tmp_path):
    loaded = load_bytes(tmp_path, "a.html", pages.government_page())
    rows = [block for block in loaded.blocks if block.kind == "row"]
    assert [tuple(cells_of(loaded, row)) for row in rows] == list(pages.TABLE)
    assert [row.header for row in rows] == [True, False, False]
    assert len({row.table for row in rows}) == 1


def test_merged_cells_are_read_once_and_columns_stay_aligned(tmp_path):
    page = """<html><body><table><tr><th>地区</th><th colspan=2>学位</th></tr>
    <tr><td rowspan=2>青石县</td><td>小学</td><td>800个</td></tr><tr><td>初中</td><td>300个</td></tr></table></body></html>"""
    loaded = load_bytes(tmp_path, "a.html", page)
    rows = [cells_of(loaded, block) for block in loaded.blocks if block.kind == "row"]
    assert rows == [["地区", "学位", ""], ["青石县", "小学", "800个"], ["", "初中", "300个"]]


def test_a_page_in_gb2312_that_holds_other_characters(tmp_path):
    assert "经办人：赵镕" in lines(load_bytes(tmp_path, "a.htm", pages.old_page()))


def test_wrapped_chinese_has_no_space_at_the_wrap_and_ordered_lists_keep_their_numbers(tmp_path):
    page = "<html><body><p>普惠性幼儿园\n   覆盖率</p>"
    page += "<ol><li>扩大资源</li><li>配强教师</li></ol><p>a <b>b</b>\nc</p></body></html>"
    assert lines(load_bytes(tmp_path, "a.html", page)) == [
        "普惠性幼儿园覆盖率",
        "1.扩大资源",
        "2.配强教师",
        "a b c",
    ]


def test_a_page_without_words_is_refused(tmp_path):
    with pytest.raises(UnreadableSource, match=r"没有可见文字|没有内容"):
        load_bytes(tmp_path, "a.html", "<html><body><script>var x = 1;</script></body></html>")


def test_entities_and_deep_nesting_do_no_harm(tmp_path):
    bomb = (
        '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><html><body><p>安全。&b;</p></body></html>'
    )
    assert "aaaa" not in load_bytes(tmp_path, "a.html", bomb).text
    deep = "<html><body>" + "<font>" * 1500 + "<p>深处的一句话。</p></body></html>"
    assert lines(load_bytes(tmp_path, "b.html", deep)) == ["深处的一句话。"]


def test_a_page_that_nests_too_deep_is_refused_and_not_cut_short(tmp_path):
    with pytest.raises(UnreadableSource, match="嵌套过深"):
        load_bytes(
            tmp_path, "a.html", "<html><body>" + "<div>" * 5000 + "<p>深处的一句话。</p></body></html>"
        )
