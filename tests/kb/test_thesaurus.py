import pytest

from kb.errors import SettingsError
from kb.thesaurus import DATA, USER_FILE, load_thesaurus, normalise_indicator, read_groups, synonyms


@pytest.mark.parametrize(
    "names",
    [
        ("学位增加", "新增学位", "增加学位", "新增学位数", "全市新增学位数"),
        ("地区生产总值增长率", "GDP增速", "地区生产总值增速"),
        ("骨干教师占交流轮岗教师总数比例", "交流轮岗教师中骨干教师占比", "交流教师中骨干教师比例"),
        ("教学点减少数", "减少教学点数"),
        ("城镇新增就业人数", "新增城镇就业"),
        ("PM2.5浓度", "PM2.5平均浓度"),
    ],
)
def test_names_of_one_indicator_meet(names):
    assert len({normalise_indicator(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("小学新增学位数", "初中新增学位数"),
        ("市级骨干教师数", "区级骨干教师数"),
        ("公办学位数", "民办学位数"),
        ("新增学位数", "学位数"),
        ("教学点数", "教学点减少数"),
        ("城镇居民人均可支配收入", "农村居民人均可支配收入"),
        ("国内生产总值", "地区生产总值"),
        ("人均生产总值", "生产总值"),
        ("公办园在园幼儿占比", "普惠性幼儿园覆盖率"),
        ("差异系数", "差异"),
    ],
)
def test_what_differs_in_subject_or_scope_stays_apart(one, other):
    assert normalise_indicator(one) != normalise_indicator(other)


def test_a_key_is_its_own_key():
    for group in read_groups(DATA):
        if group.same:
            key = normalise_indicator(group.terms[0])
            assert normalise_indicator(key) == key


def test_terms_of_one_meaning_share_a_key():
    for group in read_groups(DATA):
        if group.same:
            assert len({normalise_indicator(term) for term in group.terms}) == 1, group.terms


def test_no_term_has_two_meanings():
    seen: dict[str, str] = {}
    for group in read_groups(DATA):
        for term in group.terms if group.same else ():
            assert seen.setdefault(term, group.terms[0]) == group.terms[0]


def test_related_words_widen_a_query_and_equal_ones_come_first():
    assert "入学名额" in synonyms("学位")
    assert "学区" in synonyms("划片")
    assert synonyms("没有的词") == ()


def test_terms_are_found_in_a_question_the_longest_first():
    found = load_thesaurus().find("小孩上学划片怎么定")
    assert [m.term for m in found] == ["小孩", "上学", "划片"]


def test_there_are_groups_for_every_domain():
    groups = list(read_groups(DATA))
    assert len(groups) >= 150
    assert {"教育", "住房", "卫生", "就业", "养老", "环境", "政务"} <= {g.domain for g in groups}


def test_a_knowledge_base_adds_its_own_groups(tmp_path):
    (tmp_path / USER_FILE).write_text("# 我们的词\n=\t教育\t甬有优学\t优学体系\n", encoding="utf-8")
    mine = load_thesaurus(tmp_path)
    assert mine.normalise_indicator("优学体系覆盖率") == mine.normalise_indicator("甬有优学覆盖率")
    assert normalise_indicator("优学体系覆盖率") != normalise_indicator("甬有优学覆盖率")


def test_a_line_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / USER_FILE).write_text("=\t教育\t学位\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="词表第 1 行看不懂"):
        load_thesaurus(tmp_path)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("城市黑臭水体消除数", "农村黑臭水体消除数"),
        ("农村自来水普及率", "自来水普及率"),
        ("户籍人口城镇化率", "常住人口城镇化率"),
        ("养老机构床位数", "家庭养老床位数"),
        ("师生比", "生师比"),
        ("紧密型县域医共体数", "县域医共体数"),
        ("执业医师数", "执业(助理)医师数"),
        ("城镇污水处理率", "农村生活污水处理率"),
        ("造林面积", "营造林面积"),
        ("大班额班级数", "大班班级数"),
        ("应届高校毕业生数", "高校毕业生数"),
    ],
)
def test_what_differs_in_kind_or_scope_keeps_its_own_key(one, other):
    assert normalise_indicator(one) != normalise_indicator(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("粮食亩产", "粮食单产"),
        ("农田灌溉水利用系数", "农田灌溉水有效利用系数"),
        ("失业人员实现再就业人数", "城镇失业人员再就业人数"),
        ("困难老年人家庭适老化改造户数", "特殊困难老年人家庭适老化改造户数"),
        ("公租房套数", "公共租赁住房套数"),
    ],
)
def test_what_offices_call_by_two_names_has_one_key(one, other):
    assert normalise_indicator(one) == normalise_indicator(other)
