"""Cleaning: page furniture goes with a reason, prose stays."""

import pytest

from ingest.clean import INFORMATIVE, Reason
from tests.ingest.fixtures.cleaned import cleaned, kept, removed

PROSE = "全县现有公办幼儿园46所，在园幼儿1.2万名，普惠性幼儿园覆盖率达到92%。"
READ = "全县现有公办幼儿园46所,在园幼儿1.2万名,普惠性幼儿园覆盖率达到92%。"
MORE = "今后三年，县财政每年安排1800万元，支持乡镇中心幼儿园改扩建。"


def reasons(text):
    return {fragment: reason for reason, fragment in removed(text)}


def test_the_toolbar_above_and_below_a_text_goes():
    text = f"下载\n打印\n【字号：\n加大\n还原\n】\n青石县教育工作情况\n{PROSE}\n收藏\n|\n分享到:\n×\n打印本页"
    assert kept(text) == ["青石县教育工作情况", READ]
    assert set(reasons(text).values()) <= {Reason.TOOLBAR, Reason.MARKUP}


def test_single_characters_are_toolbar_only_beside_a_toolbar():
    assert kept(f"【字体：\n大\n中\n小\n】\n{PROSE}") == [READ]
    assert kept(f"大\n班额情况\n{PROSE}") == ["大", "班额情况", READ]


def test_a_trail_split_into_lines_goes_and_the_title_after_it_stays():
    text = f"您的位置:\n首页\n>\n政务公开\n政务公开\n青石县教育工作情况\n{PROSE}"
    assert kept(text) == ["青石县教育工作情况", READ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("青石日报记者 赵一鸣 通讯员 钱二", Reason.BYLINE),
        ("文章作者|青石县教育局", Reason.BYLINE),
        ("青石县教育局 教育观察 2025-04-05", Reason.BYLINE),
        ("来源：青石日报", Reason.ORIGIN),
        ("2025-04-05 09:30:00", Reason.DATELINE),
        ("发布时间：2025年4月5日", Reason.DATELINE),
        ("责任编辑：孙三", Reason.EDITOR),
        ("当前位置：首页 > 政务公开 > 工作动态", Reason.CHROME),
        ("阅读次数：123", Reason.TOOLBAR),
        ("教小编说", Reason.WECHAT),
        ("【图解】一图读懂青石县学前教育行动方案", Reason.RELATED),
        ("全国统一服务热线：400-123-4567", Reason.CHROME),
        ("来源：青石县政府网 发布时间：2025-04-05 浏览次数：12 【字体：大 中 小】", Reason.ORIGIN),
    ],
)
def test_lines_above_the_text_are_removed_with_their_kind(line, reason):
    text = f"青石县教育工作情况\n{line}\n{PROSE}"
    assert kept(text) == ["青石县教育工作情况", READ]
    assert reasons(text)[line] == reason


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("（青石县教育局 供稿）", Reason.BYLINE),
        ("〔本报告由青石县教育研究院与某大学（基础教育中心）联合研制；执笔：赵一鸣，钱二〕", Reason.BYLINE),
        ("（来源：青石日报）", Reason.ORIGIN),
        ("微信编辑|孙三 实习编辑 李四", Reason.EDITOR),
        ("扫一扫在手机打开当前页", Reason.TOOLBAR),
        ("- - - - - -", Reason.RULE),
    ],
)
def test_lines_below_the_text_are_removed_with_their_kind(line, reason):
    assert reasons(f"{PROSE}\n{line}")[line] == reason


def test_what_names_origin_and_author_can_still_be_read():
    result = cleaned(f"来源：青石日报\n青石日报记者 赵一鸣\n{PROSE}")
    assert [result.loaded.text[r.start : r.end] for r in result.removed(*INFORMATIVE)] == [
        "来源：青石日报", "青石日报记者 赵一鸣",
    ]  # fmt: skip


def test_a_value_below_its_label_goes_with_it():
    assert kept(f"来源：\n青石日报\n阅读量：\n1024\n{PROSE}") == [READ]


@pytest.mark.parametrize(
    "line",
    [
        "2025年4月5日",
        "青石县人民政府办公室",
        "（此件公开发布）",
        "附件：1.任务分工表",
        "抄送：县委各部门。",
        "主办单位：青石县教育局",
        "记者：今年的招生政策有什么变化？",
        "注：数据来源于教育事业统计。",
        "来源于各乡镇的数据由县教育局汇总",
        "图为什么这样画",
    ],
)
def test_lines_that_belong_to_a_document_stay(line):
    folded = line.translate(str.maketrans("：（），？", ":(),?"))
    assert folded in kept(f"关于做好招生工作的通知\n{PROSE}\n{line}\n{MORE}")


def test_signature_and_attachments_after_the_last_sentence_stay():
    text = f"{PROSE}\n附件：1.任务分工表\n2.进度表\n青石县人民政府\n2025年4月5日\n公开方式：主动公开\n扫一扫在手机打开当前页"
    assert kept(text)[1:] == [
        "附件:1.任务分工表",
        "2.进度表",
        "青石县人民政府",
        "2025年4月5日",
        "公开方式:主动公开",
    ]


def test_an_advertisement_above_the_title_goes():
    advertisement = [
        "数字青石创新大赛",
        "初赛即将开始",
        "主办单位: 青石县人民政府",
        "承办单位: 青石县数据局",
        "青石科技有限公司",
    ]
    text = "\n".join([*advertisement, "“双轮”驱动 学前教育加快发展", "——我县普惠扩容综述", PROSE])
    assert kept(text) == ["“双轮”驱动 学前教育加快发展", "——我县普惠扩容综述", READ]
    assert all(reasons(text)[line] == Reason.ADVERTISEMENT for line in advertisement)


def test_organisers_under_an_official_title_stay():
    text = f"关于举办青石县教学比赛的通知\n主办单位：青石县教育局\n承办单位：青石县教研室\n比赛安排\n{PROSE}"
    assert len(kept(text)) == 5


def test_an_advertisement_below_the_text_goes_to_the_end():
    text = f"{PROSE}\n**吸烟有害健康\n强化控烟意识**\n远离香烟\n青石传媒中心(集团)宣\n某交友平台为单身人士提供安全便捷的服务"
    assert kept(text) == [READ]
    assert set(reasons(text).values()) == {Reason.ADVERTISEMENT}


def test_a_wechat_tail_goes_with_the_titles_it_recommends():
    tail = ["推荐阅读", "考试之后，家长怎么做？|每周一问", "某教育博物馆开馆", "邻县：统筹资源推动均衡发展 | 关注", "欢迎订阅",
            "①扫码订阅本刊", "②关注公众号并设置星标，第一时间获取内容", "继续滑动看下一个"]  # fmt: skip
    text = "\n".join([PROSE, *tail])
    assert kept(text) == [READ]
    assert reasons(text)["邻县：统筹资源推动均衡发展 | 关注"] == Reason.RELATED
    assert reasons(text)["①扫码订阅本刊"] == Reason.WECHAT


def test_nothing_after_a_tail_word_is_dropped_when_prose_follows():
    text = f"{PROSE}\n相关阅读\n青石县概况\n{MORE}"
    assert "青石县概况" in kept(text)
    assert len(kept(text)) >= 3


def test_a_description_that_repeats_the_text_does_not_keep_the_tail_alive():
    text = f"各位代表：\n{PROSE}\n{MORE}\n相关链接\n会议决议\n各位代表：{PROSE}"
    assert kept(text)[-1].startswith("今后三年")
    assert reasons(text)[f"各位代表：{PROSE}"] == Reason.REPEATED


def test_a_site_footer_goes_and_keeps_its_site_number_readable():
    text = f"{PROSE}\n主办单位：青石县电子政务中心\n传真：1234567 联系电话：0315-1234567\n某ICP备12345号 网站标识码：1302990001"
    assert kept(text) == [READ]
    assert reasons(text)["某ICP备12345号 网站标识码：1302990001"] == Reason.FOOTER
    assert reasons(text)["主办单位：青石县电子政务中心"] == Reason.FOOTER


def test_a_footer_sentence_about_copyright_is_a_footer():
    text = f"{PROSE}\n未经书面授权，不得转载本网站内容。\n版权所有 青石县"
    assert kept(text) == [READ]


def test_an_organiser_without_a_site_footer_stays():
    assert kept(f"{PROSE}\n主办单位：青石县教育局\n联系电话：1234567") == [
        READ,
        "主办单位:青石县教育局",
        "联系电话:1234567",
    ]


@pytest.mark.parametrize(
    "caption",
    [
        "邻县第一小学校长一行到城关小学开展教研。（资料片）",
        "县长在会上作报告。本报记者 赵一鸣摄",
        "图为学生在操场上做游戏。",
        "孩子们在新建的幼儿园里上课。青石日报全媒体记者 赵 一 摄",
        "县长在会上作报告。青石日报记者 赵一鸣",
    ],
)
def test_captions_go(caption):
    text = f"{PROSE}\n{caption}\n{MORE}"
    assert len(kept(text)) == 2
    assert reasons(text)[caption] == Reason.CAPTION


def test_a_long_paragraph_that_ends_like_a_caption_stays():
    text = "县里组织拍摄了专题片。孩子们很高兴。老师们也很高兴。家长们都来看。这一年的变化被一一记录下来。照片由记者拍摄"
    assert len(kept(f"{PROSE}\n{text}")) == 2


def test_a_caption_inside_a_sentence_goes_and_the_sentence_is_joined():
    text = f"{PROSE}2015年,\n\n城关小学校长一行到我县考察。(资料片)\n\n太极进入校园，开展课后专业学习。"
    assert kept(text) == [f"{READ}2015年,太极进入校园,开展课后专业学习。"]


def test_what_a_site_put_behind_the_title_goes():
    text = f"青石县：高质量推进学前教育 | 关注\n{PROSE}"
    assert kept(text)[0] == "青石县:高质量推进学前教育"
    assert kept(f"这笔钱直接发给个人！ - 青石县人民政府门户网站\n{PROSE}")[0] == "这笔钱直接发给个人!"


def test_a_licence_notice_goes_although_it_has_sentences():
    notice = "本作品是政府的\n法律\n、\n法规\n，不适用于著作权法，属于\n公有领域\n。\nPublic domain\nfalse"
    text = f"{PROSE}\n{notice}"
    assert kept(text) == [READ]
    assert set(reasons(text).values()) == {Reason.LICENCE}


def test_front_matter_is_one_removal():
    text = f"---\n标题: 甲\n---\n{PROSE}"
    assert removed(text) == [(Reason.FRONT_MATTER, "---\n标题: 甲\n---")]


def test_page_numbers_in_copied_text_go_and_the_page_break_is_joined():
    text = f"{PROSE}我县将进一步扩大普惠性学前教育资\n-8—\n源供给，让群众在家门口上好园。"
    assert kept(text) == [f"{READ}我县将进一步扩大普惠性学前教育资源供给,让群众在家门口上好园。"]


def test_an_empty_text_has_no_paragraphs():
    for text in ("", "\n \u3000\n", "\u200b"):
        assert kept(text) == []
