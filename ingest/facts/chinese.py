"""Which numbers in Chinese characters count: 六个区 and 三所学校 do, 三个坚持, 一批 and 四套班子 don't."""

from __future__ import annotations

import re

_INDEFINITE_ONE = re.compile(
    r"一(?:个|名|位|所|家|间|座|处|项|条|件|台|辆|套|户|门|节|堂|场|次|批|支|组|部|篇|份|张|例|种|类|只|头|首|级|人|"
    r"期|队|班|对|轮|栋|亩|年|天|周|倍|岁|幅)"
)
_AT_LEAST = re.compile(
    r"(?:至少|不少于|不低于|最少|每[一-鿿]{1,6}?(?:配备|配置|设立|建成|设置|拥有|有)?|仅|只有?|不超过|最多)[^,。;]{0,6}$"
)
_MINIMUM = re.compile(r"(?:至少|不少于|不低于|最少|不超过|最多)[^,。;]{0,6}$")
_ISSUED = re.compile(
    r"(?:公布|发布|印发|出台|派出|选派|举办|举行|召开|先后|累计|共|已|每副|每套|各)(?:了)?(?:的)?$"
)
_PERIODIC = re.compile(r"每(?:个)?(?:年|月|周|天|日|季度|学期|学年|半年|星期|季)[^,。;]{0,36}$")
_WEAK = re.compile(
    r"[一二两三四五六七八九十](?:个|项|条|件|种|类|级|批|次|组|部|轮|期|支|对|篇|章|场|人|班|队|例|起|首|头|只|节)"
)
_COUNTED = re.compile(
    r"区(?![域间分别])|县(?!级)|市(?![场民委政值内])|省(?![级直])|州|镇|乡|村(?![民庄])|社区|街道|旗|盟|团场|师|[一-鿿]{0,10}?(?:学校|小学|中学|高校|大学|学院|幼儿园|"
    r"校区|教育集团|集团|"
    r"园区|开发区|基地|中心|项目|企业|公司|机场|港口|码头|城市|国家|单位|平台|实验室|医院|机构|工作室|站|馆|团队|共同体|集群|"
    r"示范区|试验区|先行区|都市圈|试点|课题|院士|座位|场馆|景区|核电|机组|铁路|航线|水库|大桥|部落|教师|学生|班级|干部|人员|"
    r"人才|学位|岗位|品牌|小时|月|工作日)"
)
_SCALE_UNIT = re.compile(r"(?:名|家|所|个|条|项|件|户|场|亿|万|亩|公里|吨|辆|台|人次|千瓦|元)(?!人计划)")
_PER_OUTPUT = re.compile(r"[万亿]元(?:地区|国内|工业|农业|规上|规模以上|单位)?(?:生产总值|GDP|产值|增加值)")
_CAPACITY = re.compile(r"[百千万]+万?吨级?(?=[一-鿿])(?![以左多余])")
_REACHED = ("超", "破", "达", "约", "近", "过")


def is_rhetorical(before: str, number: str, after: str) -> bool:
    """Whether a number in Chinese characters is a way of speaking rather than a count.

    :param before: words before it; ``after``: words after it, the unit first.
    """
    phrase = number + after
    if after.startswith(("套班子", "套人马")) or _PER_OUTPUT.match(phrase):
        return True
    if phrase.startswith(("千家万户", "千村万")) or before.endswith(("千家", "千村")):
        return True
    if number in ("千千万万", "万万", "千万千万"):
        return True
    if number[0] in "十百千万亿" and before.endswith(("几", "数", "成", "上")):
        return True
    if _CAPACITY.match(phrase) and not before.endswith(_REACHED):
        return True
    if number == "一":
        if after[:1] == "次" and _PERIODIC.search(before):
            return False
        return not (_INDEFINITE_ONE.match(phrase) and _AT_LEAST.search(before))
    if number in ("百", "千", "万", "亿"):
        alone = before.endswith(("首批", "第一批", "每", "亿", "·"))
        return alone or not _SCALE_UNIT.match(after)
    if len(number) != 1 or not _WEAK.match(phrase):
        return False
    return _weak(before, after)


def _weak(before: str, after: str) -> bool:
    """A single character before a weak counting word: it takes a noun that is really counted."""
    noun = after[1:]
    if after[0] == "个" and noun[:1] in ("月", "小", "工", "学"):
        return False
    if after[0] == "次":
        return not (_PERIODIC.search(before) or _AT_LEAST.search(before))
    if _MINIMUM.search(before) or (after[0] in "批次场期轮件只套" and _ISSUED.search(before)):
        return False
    if after[0] == "个" or _AT_LEAST.search(before):
        return not _COUNTED.match(noun)
    return True
