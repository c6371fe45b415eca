"""Regions in running text: what is one, which one, and what part it plays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.regions import find_regions, opening_region, related, survey
from kb.regions.names import lexicon


def codes(text, **keywords):
    return [
        (m.surface, m.code)
        for m in find_regions(text, **keywords)
        if m.kind == "region" and m.role != "masked"
    ]


def roles(text, **keywords):
    return {m.surface: m.role for m in find_regions(text, **keywords)}


def test_names_that_follow_each_other_downwards_are_one_mention():
    assert codes("河北省保定市莲池区与竞秀区") == [("河北省保定市莲池区", "130606"), ("竞秀区", "130602")]
    assert codes("内蒙古包头市以此为指导") == [("内蒙古包头市", "150200")]
    assert codes("湖南益阳市、山西长治市等地") == [("湖南益阳市", "430900"), ("山西长治市", "140400")]


@pytest.mark.parametrize(
    "text",
    [
        "统筹部分城区和县城学校",
        "明确职责和县(市、区)政府责任",
        "构建德智体美劳全面培养体系",
        "适应城镇化和适应城市发展需要",
        "提高均衡水平",
        "推进多维度合作交流",
        "教育资源优化配置",
        "形成县域方案,提高县级水平,创新县区机制",
        "文明和谐平安建设,乡村全面振兴",
        "长江西岸与黄河北岸",
        "实现社会大同与长治久安",
        "我国经济社会发展",
        "扩大城市中区域的优质学位",
    ],
)
def test_ordinary_words_that_hold_a_name_are_no_regions(text):
    assert codes(text) == []


def test_a_false_short_name_does_not_hide_a_true_one():
    assert codes("江苏和安徽两省") == [("江苏", "320000"), ("安徽", "340000")]
    assert codes("与甘肃合作办学") == [("甘肃", "620000")]


@pytest.mark.parametrize(
    "text",
    [
        "北京外国语大学",
        "江苏第二师范学院",
        "河北保定师范学院、保定第十三中学",
        "东湖小学、济源实验小学",
        "阿克苏天杭实验学校",
        "黄河路小学和南京路",
        "云南农业大学与贵州日报",
        "上海浦东发展银行",
        "左权县河南村",
    ],
)
def test_names_inside_institutions_and_roads_are_masked(text):
    assert [surface for surface, _ in codes(text) if surface != "左权县"] == []


def test_any_school_of_a_town_is_not_an_institution_of_that_name():
    assert codes("厦门市小学和西城区中小学,保定市公办学校") == [
        ("厦门市", "350200"),
        ("西城区", ""),
        ("保定市", "130600"),
    ]


def test_a_name_that_many_places_have_is_settled_by_its_sentence():
    assert codes("北京市朝阳区。长春市的朝阳区。") == [
        ("北京市朝阳区", "110105"),
        ("长春市", "220100"),
        ("朝阳区", "220104"),
    ]
    assert ("朝阳区", "220104") in codes("长春市共有七个区,其中朝阳区先行先试。")


def test_then_by_the_document_and_its_home():
    assert codes("统筹和平区等中心城区", home="120000") == [("和平区", "120101")]
    assert codes("鼓楼区先行先试", home="320100") == [("鼓楼区", "320106")]
    assert codes("南京市鼓楼区。徐州市。鼓楼区再试。")[-1] == ("鼓楼区", "320106")


def test_and_is_left_open_otherwise():
    mention = find_regions("朝阳区和鼓楼区")[0]
    assert mention.code == ""
    assert set(mention.candidates) == {"110105", "220104"}
    assert codes("西城区的学校", home="410100") == [("西城区", "")]


def test_short_names_of_counties_need_evidence():
    assert codes("常山的做法") == []
    assert codes("常山的做法", home="330102") == [("常山", "330822")]
    assert codes("常山县率先。常山的做法", home="") == [("常山县", "330822"), ("常山", "330822")]
    assert codes("常山、淳安、剑阁等地") == [("常山", "330822"), ("淳安", "330127"), ("剑阁", "510823")]
    assert codes("常山的做法", known=survey("浙江省常山县")) == [("常山", "330822")]


def test_a_name_that_is_a_word_is_read_only_at_home():
    assert codes("支持到天河创业", home="440106") == [("天河", "440106")]
    assert codes("支持到天河创业") == []
    assert codes("深化校际合作", home="623001") == []


def test_the_province_comes_before_the_city_of_its_name():
    assert codes("吉林的经验和吉林市的经验") == [("吉林", "220000"), ("吉林市", "220200")]
    assert codes("吉林市场监管") == [("吉林", "220000")]
    assert codes("海南的做法") == [("海南", "460000")]
    assert codes("海南的做法", home="632521") == [("海南", "632500")]


def test_names_of_the_past_mean_what_came_of_them():
    assert codes("下城区、江干区") == [("下城区", "330105"), ("江干区", "330102")]
    assert codes("河北省满城县") == [("河北省满城县", "130607")]


def test_zones_are_their_citys():
    assert codes("济源示范区深入贯彻") == [("济源示范区", "419001")]
    assert codes("保定高新区建设学校") == [("保定高新区", "130600")]
    assert codes("雄安新区和新疆生产建设兵团第二师铁门关市") == [
        ("雄安新区", "13F001"),
        ("新疆生产建设兵团第二师铁门关市", "659006"),
    ]


def test_divisions_need_the_bingtuan_and_are_no_teachers_colleges():
    assert codes("十二师紧紧围绕", home="65B012") == [("十二师", "65B012")]
    assert codes("新疆兵团。十二师紧紧围绕")[-1] == ("十二师", "65B012")
    assert codes("第二师范学校和一师一优课") == []


@pytest.mark.parametrize(
    ("text", "home", "wanted"),
    [
        ("我市共新增学位", "130606", "130600"),
        ("全市名列前茅", "110102", "110000"),
        ("全县完小以上学校", "130227", "130227"),
        ("全省推广", "419001", "410000"),
        ("全区一流学校", "540100", "540000"),
        ("集全区之力", "110102", "110102"),
        ("全市推进", "320583", "320583"),
        ("全师学校", "65B012", "65B012"),
        ("全旗学校", "150221", "150221"),
        ("我县学校", "130000", ""),
        ("我市学校", "", ""),
    ],
)
def test_home_words_mean_the_home_at_their_level(text, home, wanted):
    assert [m.code for m in find_regions(text, home=home) if m.kind == "home_word"] == [wanted]


def test_a_home_word_below_the_home_means_what_was_named_last():
    found = find_regions("竞秀区已成立14个教育集团,全区覆盖率达81.4%。", home="130600")
    assert [(m.surface, m.code) for m in found] == [("竞秀区", "130602"), ("全区", "130602")]


@pytest.mark.parametrize("text", ["确保安全区域", "健全市县机制", "完全省级统筹", "全市场化运作", "周全县域"])
def test_home_words_inside_other_words_are_none(text):
    assert [m for m in find_regions(text, home="130606") if m.kind == "home_word"] == []


def test_roles_tell_home_from_partner_and_source():
    text = "与新疆、西藏等对口地区共建学校430多所,每年选派优秀教师开展组团式帮扶。"
    assert roles("宁波市推进。" + text, home="330200") == {
        "宁波市": "home",
        "新疆": "partner",
        "西藏": "partner",
    }
    assert roles("依托北京优质教学资源,北京教育工作队", home="540100")["北京"] == "source"
    assert roles("在福建省率先实现", home="350200") == {"福建省": "mention"}
    assert roles("莲池区和竞秀区", home="130600") == {"莲池区": "home", "竞秀区": "home"}


def test_a_partner_stays_one_through_the_document():
    text = "选派教师奔赴常山、淳安支教。在常山,计划覆盖25所小学。"
    assert [m.role for m in find_regions(text, home="330102") if m.surface == "常山"] == [
        "partner",
        "partner",
    ]


def test_the_country_is_no_region_of_its_own_kind():
    assert [(m.kind, m.code) for m in find_regions("居全国前列")] == [("nation", "100000")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("作为首都首善之区,北京市西城区着力解决发展不平衡问题", "110102"),
        ("从2018年开展先行试点到2021年全面实施,贵州省教育厅坚持以质量为核心", "520000"),
        ("与新疆、西藏等对口地区共建学校430多所", ""),
        ("新华社杭州2月5日电 浙江省出台十条措施", "330000"),
        ("统筹推进各项工作", ""),
    ],
)
def test_an_opening_is_the_subject_of_the_first_sentence(text, wanted):
    assert opening_region(text) == wanted


def test_related_regions_lie_on_one_line():
    assert related("130000", "130606")
    assert related("130606", "130000")
    assert not related("130606", "130602")
    assert not related("", "130602")


PIECES = st.sampled_from(
    [
        "河北省",
        "保定",
        "莲池区",
        "和",
        "、",
        "合作",
        "我市",
        "全国",
        "北京大学",
        "。",
        "朝阳区",
        "吉林",
        "学校",
        "\n",
        "A1",
        "和安徽",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(["", "100000", "130600", "110105"]))
def test_mentions_are_in_order_disjoint_and_say_what_stands_there(text, home):
    free = 0
    for mention in find_regions(text, home=home):
        assert free <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.surface
        assert mention.code or mention.candidates or mention.kind == "home_word"
        free = mention.end


@given(st.lists(PIECES, max_size=20).map("".join))
def test_the_lexicon_finds_the_longest_name_at_each_place(text):
    names = lexicon().names
    for start, end, name in lexicon().scan(text):
        assert names[text[start:end]] is name
        assert not any(text[start:longer] in names for longer in range(end + 1, min(len(text), end + 12) + 1))
