"""What is a quantity and what is a name made of digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ingest.facts_reading import one, read, surfaces


@pytest.mark.parametrize(
    "text",
    [
        "采用“5+2”课后服务模式",
        "深化“1530”工程",
        "加大985、211高校毕业生招聘力度",
        "启动提升工程2.0版",
        "冀教人〔2019〕20号文件",
        "联系电话:0315-5612660",
        "冀ICP备12020669号-1",
        "是全国第18个整省接入的省份",
        "第三条规定了办学条件",
        "坚持“三个课堂”建设,落实“两个只增不减”",
        "党的二十届三中全会审议通过",
        "实施三年行动计划",
        "九年一贯制学校和十二年义务教育",
        "一批优秀人才支撑一所学校",
        "区四套班子成员带头",
        "坚持三个坚持、五个均衡",
        "健全省、市、县三级联动机制",
        "建成1小时交通圈和15分钟便民生活圈",
        "24小时自助服务",
        "创建国家5A级景区",
        "应用于C919大飞机和5G基站",
        "实施“六个一”工程(承担1门必修课、开设1门选修课、上好1节示范课)",
        "几十所学校和数百名教师参加",
        "万元地区生产总值用水量下降明显",
        "制定《义务教育19个学科教学要求》",
        "每两所相邻学校结对",
        "见附件2",
    ],
)
def test_names_ordinals_and_rhetoric_are_no_facts(text):
    assert surfaces(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("六个区于2025年底前达标", ["六个"]),
        ("抽调四名中层干部,选派三所学校", ["四名", "三所"]),
        ("全县学校每校至少配备一套专递课堂", ["一套"]),
        ("每月各学科开展集体教研活动一次", ["一次"]),
        ("百名左右卓越校长、千名卓越教师、万名骨干教师", ["百名左右", "千名", "万名"]),
        ("参加志愿服务百余人次", ["百余人次"]),
        ("实施十余项师资培训项目", ["十余项"]),
        ("达到五百八十三亿元", ["五百八十三亿元"]),
        ("新增口袋公园200所以上", ["200所以上"]),
        ("三分之二的学校达标,一半以上教师参训", ["三分之二", "一半以上"]),
        ("养老助餐点覆盖九成以上社区", ["九成以上"]),
        ("推动12个百亿元、70个30亿元以上项目", ["12个", "70个"]),
        ("新增7701张家庭养老床位", ["7701张"]),
        ("为390万65岁以上老年人体检", ["390万"]),
        ("人均预期寿命从80.2岁提升至82.5岁", ["80.2岁", "82.5岁"]),
        ("收入倍差从1.96缩小至1.81", ["1.96", "1.81"]),
        ("保交房项目提前3个月交付", ["3个月"]),
        ("占在编教师的1/8以上", ["1/8以上"]),
    ],
)
def test_quantities_in_any_writing_are_found(text, expected):
    assert surfaces(text) == expected


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("配备教师不少于3名", ">="),
        ("达到80%以上", ">="),
        ("超过5,000名学生受益", ">"),
        ("投入400多亿元", ">"),
        ("惠及近71万名学生", "≈"),
        ("占比20%左右", "≈"),
        ("不超过45人", "<="),
        ("控制在5%以内", "<="),
        ("低于9%", "<"),
        ("培养3至5名骨干", "range"),
        ("通过2个项目", "="),
        ("近300余人次", "≈"),
    ],
)
def test_the_words_around_a_number_give_its_comparator(text, comparator):
    assert one(text).comparator == comparator


def test_a_comparator_said_once_holds_for_the_list():
    facts = read("交流教师比例和骨干教师比例均稳定在20%、50%以上。")
    assert [f.comparator for f in facts] == [">=", ">="]


def test_full_width_and_half_width_texts_read_the_same():
    full = "全市新增学位１.５万个，占比８１.５％。"
    half = "全市新增学位1.5万个,占比81.5%。"
    assert [(f.indicator, f.value, f.unit) for f in read(full)] == [
        (f.indicator, f.value, f.unit) for f in read(half)
    ]


_PIECES = st.sampled_from(
    ["新增", "学位", "13万余个", "占比", "81.5%", ",", "。", "、", "(", ")", "“", "”", "《", "》", "由", "120家", "压减为", "12家",
     "分别为", "到2027年", "每年", "近", "以上", "其中", "一是", "每人每月", "500元", "1:15", "2-3年", "六个区", "的", "和", "5+2", "第3", "\n"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=25).map("".join))
def test_any_text_gives_facts_in_order_within_bounds(text):
    end = 0
    for fact in read(text):
        assert end <= fact.start < fact.end <= len(text)
        assert 0 <= fact.quote_start <= fact.quote_end <= len(text)
        assert fact.indicator
        end = fact.end
