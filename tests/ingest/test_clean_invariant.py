"""Nothing is lost: every source character is in a paragraph, in a listed removal, or blank."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.clean import clean
from ingest.loaders import load
from tests.ingest.fixtures.cleaned import check_invariant, cleaned, removed, source

SHARED = Path(__file__).parents[3] / "shared"
POLICIES, SEEDS = SHARED / "policies" / "policies.jsonl", SHARED / "seeds"
needs_shared = pytest.mark.skipif(not POLICIES.exists(), reason=f"{SHARED} with the real texts is not here")

PIECES = [
    "全县现有公办幼儿园46所，覆盖率达到92%。", "一、总体目标", "来源：", "青石日报", "下载", "【字号：", "大",
    "】", "|", "首页", ">", "-->", "推荐阅读", "扫码关注公众号", "版权所有 青石县", "主办单位：青石县教育局",
    "记者 赵一 摄", "图为一所学校。", "（资料片）", "[", "1", "]", "↑", "。", "》和《", "“", "- 8 -",
    "# 标题", "**粗**", "| a | b |", "|---|---|", "| c |", "---", "标题: 甲", "本作品来自", "公有领域",
    "\u3000\u3000缩进的一段，", "\u200b", "\x0c", "\ufeff", "①②", "學校。", "～！＠", "\u00ad", "```",
    "> 引文", "![图](a)", "[甲](b)", "\\*", "<!-- x -->",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=24)
SEPARATORS = st.sampled_from(["\n", "\n\n", "\r\n", " ", "", "\n\u3000\u3000"])


@settings(max_examples=300, deadline=None)
@given(
    TEXTS, st.lists(SEPARATORS, min_size=1, max_size=5), st.sampled_from(["text", "markdown", "html", "pdf"])
)
@example(["**", "**"], ["\n"], "markdown")
@example(["| a |", "|---|", "| | | |"], ["\n"], "markdown")
@example(["---", "标题: 甲", "---"], ["\n"], "text")
def test_no_character_is_lost_and_offsets_are_exact(pieces, separators, loader):
    text = "".join(piece + separators[index % len(separators)] for index, piece in enumerate(pieces))
    check_invariant(clean(source(text, loader)))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=20), st.sampled_from(["text", "html"]))
def test_a_sentence_between_any_lines_is_kept(pieces, loader):
    sentence = "到二〇二七年，全县新增公办幼儿园学位两千四百个，每个乡镇办好一所中心幼儿园，让群众放心。"
    half = len(pieces) // 2
    text = "\n".join([*pieces[:half], sentence, *pieces[half:]])
    if "本作品来自" in text and "公有领域" in text:
        return  # a licence notice is a recognised block and may hold sentences
    kept = clean(source(text, loader)).shadow.text
    assert "全县新增公办幼儿园学位两千四百个" in kept


def real_texts():
    for line in POLICIES.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        yield record["id"], record["text"]
    for path in sorted(SEEDS.glob("*.txt")):
        yield path.name, load(path, path.name).text


@needs_shared
def test_real_texts_lose_nothing_and_no_prose_is_removed():
    known = {"版权声明", "图片说明", "署名", "重复内容", "网站页脚"}
    for name, text in real_texts():
        cleaned(text)
        for reason, fragment in removed(text):
            assert reason in known or "。" not in fragment, (name, reason, fragment)


@needs_shared
def test_the_trap_of_the_newspaper_page_is_read_right():
    loaded = load(next(SEEDS.glob("000_*.txt")), "000.txt")
    result = clean(loaded)
    check_invariant(result)
    joined = [
        text
        for text in map(result.text_of, result.paragraphs)
        if "2015年,孙氏太极" in text or "学校数量占" in text
    ]
    assert len(joined) == 2
    assert not any(word in result.shadow.text for word in ("资料片", "吸烟", "恋爱", "主办单位"))


@needs_shared
def test_other_places_in_the_tail_of_the_wechat_page_are_gone():
    result = clean(load(next(SEEDS.glob("004_*.txt")), "004.txt"))
    assert "重庆" not in result.shadow.text and "宁波" not in result.shadow.text
    assert result.text_of(result.paragraphs[0]).endswith("优质均衡发展")


@needs_shared
def test_lost_numbers_of_the_spun_collection_are_all_marked():
    result = clean(load(next(SEEDS.glob("002_*.txt")), "002.txt"))
    lost = [result.shadow.text[d.start : d.end] for d in result.damage if d.kind == "number"]
    assert lost == ["线余位", "在线余人", "线门", "线余名"]
    assert sum(d.kind == "wording" for d in result.damage) >= 40
