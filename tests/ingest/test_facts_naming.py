"""How indicators are named: qualifiers, elided heads, lists, changes, shares."""

import pytest

from tests.ingest.facts_reading import read


def names(text: str, **told) -> list[str]:
    return [fact.indicator for fact in read(text, **told)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("撤并农村小规模学校(含教学点、空壳学校)27个", ["撤并农村小规模学校数"]),
        ("提升改造C级校舍24.76万平米", ["提升改造C级校舍面积"]),
        ("新改建农村公路4.2万公里", ["新改建农村公路里程"]),
        ("长期护理保险覆盖5634万人", ["长期护理保险覆盖人数"]),
        ("教师交流轮岗达到1500余人次", ["教师交流轮岗人次"]),
        ("选派79位名优教师奔赴山区支教", ["选派名优教师数"]),
        ("安排6亿元市级统筹资金精准支持义务教育", ["市级统筹资金"]),
        ("24所薄弱学校转为公办", ["薄弱学校转为公办数"]),
        ("编制部门为派出支教教师学校核增200余个专项编制", ["派出支教教师学校核增专项编制数"]),
        ("已组建“山海”“杭阿”等15个协作联盟", ["组建协作联盟数"]),
        ("保持90%以上的义务教育学校总体达到省定办学标准", ["达到省定办学标准义务教育学校占比"]),
    ],
)
def test_a_name_keeps_the_verb_and_the_qualifiers(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "结项省级教育教学研究课题39个、立项54个",
            ["结项省级教育教学研究课题数", "立项省级教育教学研究课题数"],
        ),
        ("培育中原名师2人、中原名班主任1人", ["培育中原名师数", "培育中原名班主任数"]),
        ("教学点2772个,相较五年前减少631个,减幅18.54%", ["教学点数", "教学点减少数", "教学点减幅"]),
        ("新增普惠园30所,达到95所", ["新增普惠园数", "新增普惠园数"]),
        ("帮扶27个国家级和30个省级重点帮扶县", ["帮扶国家级重点帮扶县数", "帮扶省级重点帮扶县数"]),
    ],
)
def test_what_a_clause_leaves_out_comes_from_the_one_before(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("地区生产总值增长5.5%、达到10.3万亿元", ["地区生产总值增速", "地区生产总值"]),
        (
            "规上工业增加值增长7.6%,高于全国1.7个百分点",
            ["规上工业增加值增速", "规上工业增加值增速高于全国幅度"],
        ),
        ("普通高中学位供给率70.4%、提高5.9个百分点", ["普通高中学位供给率", "普通高中学位供给率提高幅度"]),
        (
            "生产安全事故起数和死亡人数分别下降49.9%、45%",
            ["生产安全事故起数降幅", "生产安全事故死亡人数降幅"],
        ),
        ("技术合同成交额增长6.4倍", ["技术合同成交额增长倍数"]),
    ],
)
def test_growth_names_what_grows(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("参与交流轮岗教师2176人,其中骨干教师1592人,占比73%", "参与交流轮岗教师中骨干教师占比"),
        ("教师交流轮岗1500余人次,其中骨干教师占比12%", "教师交流轮岗中骨干教师占比"),
        ("交流轮岗的骨干教师数占交流轮岗教师总数的20%以上", "交流轮岗教师中骨干教师占比"),
        ("基础教育用地占区域面积5.18%", "基础教育用地占区域面积比例"),
    ],
)
def test_a_share_is_tied_to_its_whole(text, expected):
    assert names(text)[-1] == expected


def test_lists_align_with_their_items():
    text = "构建市、区、校三级骨干教师梯队,截至目前分别为1235名、19196名、23021名。"
    assert names(text) == ["市级骨干教师数", "区级骨干教师数", "校级骨干教师数"]


def test_a_measure_said_once_belongs_to_every_item():
    text = "花生种植、收获机械化率分别达到65%和55%。"
    assert names(text) == ["花生种植机械化率", "花生收获机械化率"]


def test_town_and_country_are_told_apart():
    assert names("城乡居民人均可支配收入分别增长4.4%、5.8%") == [
        "城镇居民人均可支配收入增速",
        "农村居民人均可支配收入增速",
    ]


def test_an_aligned_list_is_taken_up_again_by_the_next_clause():
    text = "“上海标准”、“上海品牌”分别新增12项和44项,累计分别达到64项和288项。"
    assert [n.strip("“”").startswith(("上海标准", "上海品牌")) for n in names(text, home="310000")] == [
        True
    ] * 4


def test_a_change_between_two_values_gives_two_facts_of_one_indicator():
    facts = read("全市学科类培训机构由原来的120家压减为12家,压减率90%。")
    assert [(f.indicator, f.value) for f in facts] == [
        ("学科类培训机构数", 120),
        ("学科类培训机构数", 12),
        ("学科类培训机构压减率", 90),
    ]


def test_each_group_of_a_rule_gets_the_one_standard():
    text = "基金最高支付限额为职工参保人员每人每月1,000元、居民参保人员每人每月500元。"
    assert names(text) == ["职工参保人员基金最高支付限额", "居民参保人员基金最高支付限额"]


def test_a_header_with_a_colon_gives_its_measure_to_the_items():
    assert names("补贴标准:一等奖20万元,二等奖15万元。") == ["一等奖补贴标准", "二等奖补贴标准"]


def test_the_home_regions_own_name_and_scope_words_fall_away():
    assert names("保定市共有中小学校442所,全市在校生66万人") == ["中小学校数", "中小学校在校生数"]


def test_facts_of_two_regions_on_one_thing_meet_in_their_key():
    (one,) = read("新增学位1.5万个", home="419001")
    (other,) = read("共增加学位20.6万个", home="330200")
    assert one.indicator_key == other.indicator_key
