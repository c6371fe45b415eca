"""The home region of a document and the words that tell it."""

from __future__ import annotations

import pytest

from ingest.cases import split_cases
from ingest.clean import clean
from ingest.locate import Hints, locate, locate_text
from ingest.metadata import Metadata
from kb.model import LoadedSource


@pytest.mark.parametrize(
    ("title", "code", "level"),
    [
        ("国务院办公厅关于湖北省巴东县地质灾害险情有关问题的复函", "100000", "national"),
        ("教育部等八部门关于印发行动方案的通知", "100000", "national"),
        ("中华人民共和国市场主体登记管理条例", "100000", "national"),
        ("2026年上海市政府工作报告", "310000", "provincial"),
        ("中共北京市委关于进一步深化改革的意见", "110000", "provincial"),
        ("济源示范区教体局:聚焦“三个坚持”", "419001", "municipal"),
        ("福建厦门:高质量推进优质均衡", "350200", "municipal"),
        ("2026年天河区幼儿园招生工作方案", "440106", "county"),
        ("怎么申领广州市社会保障卡?", "440100", "municipal"),
        ("中国(北京)自由贸易试验区管理办法", "110000", "provincial"),
        ("国家税务总局深圳市税务局公告", "440300", "municipal"),
        ("新疆生产建设兵团第二师铁门关市华山中学:发挥联盟优势", "659006", "school"),
        ("论均衡发展", "", ""),
    ],
)
def test_titles_tell_home_and_level(title, code, level):
    home = locate_text(title, "")
    assert (home.region_code, home.level) == (code, level)


def test_front_matter_comes_before_all_else():
    home = locate_text("国务院关于实施意见", "", "教育部", Hints(region="保定市"))
    assert home.region_code == "130600"
    assert home.evidence.origin == "front_matter"


def test_the_issuer_decides_over_the_region_it_writes_about():
    assert locate_text("关于支持雄安新区的若干意见", "", "河北省人民政府").region_code == "130000"
    assert locate_text("关于河北雄安新区总体规划的批复", "", "国务院").region_code == "100000"


def test_a_portal_that_passes_a_text_on_is_no_issuer():
    home = locate_text("广东多项医保新措实施", "", "广州市人民政府门户(省医保局解读)")
    assert home.region_code == "440000"


def test_the_opening_outvotes_the_regions_that_are_helped():
    text = (
        "宁波市把义务教育高质量发展作为重点,突出全域一体。\n"
        "与新疆、西藏等对口地区共建学校,新疆、西藏的教师来访,新疆、西藏的校长来访。"
    )
    home = locate_text("", text)
    assert home.region_code == "330200"
    assert home.evidence.origin == "opening"
    assert text[home.evidence.start :].startswith(home.evidence.quote)


def test_a_congress_tells_whose_report_it_is():
    text = "政府工作报告\n——2026年1月28日在云南省第十四届人民代表大会第四次会议上\n各位代表:\n现在,我代表省人民政府作报告。"
    assert locate_text("2026年政府工作报告", text).region_code == "530000"
    text = "政府工作报告\n——2024年3月5日在第十四届全国人民代表大会第二次会议上\n现在,我代表国务院,向大会报告政府工作。"
    assert locate_text("政府工作报告", text).region_code == "100000"


def test_an_order_to_all_provinces_is_national():
    text = "关于做好有关工作的通知\n各省、自治区、直辖市教育厅(教委):\n近期,湖北省武汉市等地发现问题。"
    assert locate_text("关于做好有关工作的通知", text).region_code == "100000"


def test_the_signature_and_the_document_number_tell_where_the_title_does_not():
    text = "各有关单位:\n为进一步优化本市营商环境,现通知如下。\n请认真贯彻落实。\n北京市政务服务管理局\n2021年2月8日"
    home = locate_text("关于公布有关目录的通知", text)
    assert (home.region_code, home.evidence.origin) == ("110000", "signature")
    home = locate_text("关于精简材料的通知", "京审改办发〔2019〕2号\n各区政府:\n为优化本市环境,现通知如下。")
    assert (home.region_code, home.evidence.origin) == ("110000", "document_number")


def test_the_site_number_tells_where_the_text_does_not():
    text = "目前,我县高中学位供给相对紧张。要加强与京津名校的合作共建。"
    home = locate_text("", text, "", Hints(page="冀ICP备12020669号-1 网站标识码:1302270001"))
    assert (home.region_code, home.evidence.origin) == ("130227", "site_number")


def test_a_news_text_without_metadata_is_decided_by_vote_and_home_words():
    text = (
        "9月2日下午,初一新生姚同学按时来到学校报到,通过阳光分班顺利到达自己的班级,迎接自己的新学期。\n"
        "8月30日上午,我市首次启动“阳光分班”。莲池区与竞秀区开展随机派位。\n"
        "三年来,我市教育系统围绕保定教育目标,全面提升我市水平。北京市海淀区双榆树第一小学校长来访。"
    )
    home = locate_text("新赛道加速前行", text)
    assert (home.region_code, home.evidence.origin) == ("130600", "vote")


def test_a_text_of_a_province_that_says_our_city_is_that_citys():
    text = (
        "对西藏工作的重视体现在方方面面,教育工作稳步推进。\n"
        "组织全市联合教研活动,市直学校受益。\n与那曲市双湖县、市当雄县开展共建。"
    )
    assert locate_text("", text).region_code == "540100"


def test_a_dateline_is_not_the_home():
    text = "新华社北京2月13日电(记者 某某)福建省出台措施,支持企业复工复产,覆盖全省各设区市。"
    assert locate_text("", text).region_code == "350000"


def test_nothing_is_guessed_from_nothing():
    home = locate_text("关于加强管理的思考", "提高认识,加强管理。本市各校要落实责任。")
    assert (home.region_code, home.level) == ("", "")


def test_evidence_is_quoted_from_the_source_at_its_place():
    text = (
        "　　近年来，江蘇省深入推进义务教育优质均衡发展，取得了一定成效，各项工作走在前列。\n"
        "　　一、下好先手棋。全省统一规划，分年实施。"
    )
    source = clean(LoadedSource("a.txt", "", len(text), "text", text))
    (draft,) = split_cases(source)
    home = locate(source, draft, Metadata())
    assert home.region_code == "320000"
    assert home.evidence.quote == "江蘇省"
    assert text[home.evidence.start :].startswith("江蘇省")
