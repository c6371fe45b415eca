"""What looks like a quantity and is none: names made of digits, ordinals, plan periods, grades, ages in names.

Each rule reads only a few characters around the number; the conventions behind them are in ``docs/facts.md``.
"""

from __future__ import annotations

import re

from ingest.facts.chinese import is_rhetorical

QUOTED = re.compile(
    r"“[^“”]{1,16}”|“[^“”]*\+[^“”]*”|《[^》]{1,80}》|〔\d{4}〕\d*|‘[^‘’]{1,12}’|\"[^\"\n]{1,16}\""
)
"""Spans whose numbers belong to a name: short quotations, titles, the year of a document number."""
FORMULA = re.compile(
    r"\([^()]{0,40}\+[^()]{0,40}\)|\d+(?:\.\d+)?(?:\+[\dXNxn一-鿿]{1,6})+|[\dXN]\+(?=\d)|https?://[\x21-\x7e]+|\d+×\d+|"
    r"\d{1,2}:\d{2}(?:—|-|~|至)?(?:\d{1,2}:\d{2})?(?=[,。;、)]|$|\s|前|后|至|—|-)|"
    r"[A-Za-z][A-Za-z-]*[.-]?\d[A-Za-z\d.-]*|\d{8,}|0\d{2,3}-\d+"
)
"""Combinations (5+2, 1+X), clock times, addresses, codes with Latin letters, telephone numbers."""
FORMULA_CUE = re.compile(r"[+×:A-Za-z]|\d{8}|0\d\d\d?-")
"""Without one of these a text holds no :data:`FORMULA`."""

_BEFORE = re.compile(
    r"(?:第|附件|附表|附录|见表|见图|[A-Za-z+＋×]|[一二三四五六七八九十]、|(?<!提)(?<!满)(?<!期)前|\(含\s?|编号|〔|No\.?|排名|位居|位列|位次|(?<!系)(?<!序)列|"
    r"(?<!定)居|一式|星级|[百千万]年)$"
)
_ORDINAL = re.compile(r"第\d*[至到、\-—~]第?$")
_EVERY = ("每", "每隔")
_EACH_MORE = re.compile(r"每(?:增加|新增|多|招用|吸纳|带动|引进|培养)$")
_EACH_FURTHER = re.compile(r"每(?:再|多|满|连续|增加|延长|超过)[一-鿿]{1,5}$")
_COUNTED = re.compile(r"\d(?:个|家|条)$")
_EVERY_SOME_YEARS = re.compile(r"每隔?(?:[2-9二两三四五六七八九十]|1\d)(?:[-—~至到]\d+)?年[^,;。]{0,16}$")
_NAMED_AFTER = re.compile(
    r"[+×]|级|星|版|号|届|中全会|大以来|大(?!学|专|中小|型|棚|桥|宗|道|约|多|规模|数据|模型|坝|豆)|"
    r"产业(?=[,。增结融])|[省市]?[强佳优]|维|元店"
    r"|楼|层|室|栋\d"
    r"|(?:米|公里)(?:以内|之内|内|范围内)的?(?=[一-鿿]{2})"
    r"|元(?:结构|体制|经济|分割|户籍)|个(?:自然|会计|财政|纳税|完整|缴费|医保|保险)年度"
    r"|位(?:序号|数字|代码|编码|顺序)|(?:类|级|号)(?:新药|创新药|水|口岸|疫苗|标准|响应|地区|费|人员|及以上|护理|以上)"
    r"|(?:人|名|个|家|项|条|亿|万|元|亩|吨|千瓦|公里)?[多余]?(?:亿|万)?(?:元|斤|吨|千瓦|亩|公里|级|人)*级"
    r"|(?:个|大|项|条|方)?(?:维度|方面|层面|阶段|环节|方向|层次|等次|档次|梯队|步骤|关键|坚持|统一|必须|明确|聚焦|"
    r"关口|版块|板块|角度|"
    r"要点|原则|特点|转变|到位|百分之百|结合|优先|突破|着力|努力|确保|走在前|更加|新跃升|显著|自信|意识|维护|确立|文明|坚定)"
)
_SIZE_CLASS = re.compile(
    r"(?:以上|以下)?人口(?:的)?大?[县市区]|(?:元(?:以上|以下)?|(?:[人亩吨斤户]|千瓦|公里|平方米)(?:以上|以下))(?:级)?的?"
    r"(?:省份|城市|俱乐部|县(?=[^域城])|强[县镇村]|[^,。;、]{0,8}(?:产业集群|产业链|龙头|大镇|乡镇|集体经济|园区|企业|"
    r"集群|项目|主体|村))"
)
_SPENDING = re.compile(
    r"(?:投入|投资|安排|给予|奖励|补助|拨付|支持|达|共|有|新增|培育|建成|建设)[^,。;]{0,4}$"
)
_STOP = re.compile("[,。;]")
_HAN_OR_DIGIT = re.compile(r"\d|[一-鿿]$")

_TIME_CHARS = frozenset("年月日天周岁个学小分工")
_NAME_AFTER_YEAR = re.compile(
    r"[多余]?年(?:期(?!间|限|满|内)|级|制|一贯|义务|教育(?!经费)|行动|规划|计划|方案|攻坚|任务|任期|大变样|大改观|来|前|间|免费|发展|滚动|提升|"
    r"改造|整治|倍增|再造|历史|风雨|奋斗|征程|历程|校龄|教龄|一遇|连续|连冠|建设|实施)"
)
_NORM_BEFORE = re.compile(
    r"(?:为期|期限|周期|每|不少于|不低于|不超过|不得少于|最长|最短|至少|满|期为|期限为|任期|聘期|学制|限|有效期|"
    r"服务期|有效期限|近期|延长|"
    r"缩短|提前|推迟|超过|追溯|保存|保管|工作|从业|从事|达到|居住|缴费|缴纳|参保|执业|任教|任职|连续|累计|合同|租赁|"
    r"补贴|质保|保修|过渡|"
    r"察看|为|内|前|在)(?:应|应当|一般|约|近|原则上)?$"
)
_NORM_AFTER = re.compile(
    r"(?:[多余]?[年月日天周岁]|个多?月|周岁|周年|个?学期|个?工作日|个?学年|小时|分钟)"
    r"(?:为?一?个?(?:周期|聘期|任期)|一周|以上|以下|以内|之内|内|及以上|期|培育|跟踪|服务|有效|"
    r"的?(?:时间|时限|期限|过渡期|试用期|培养期|建设期)|左右)"
)
_CIRCLE = re.compile(r"个?(?:小时|分钟)[^,。;、]{0,8}(?:圈|可达|通勤|直达|快递|响应|交通)")
_ROUND_CLOCK = re.compile(
    r"个?小时(?:过境|免签|自助|不打烊|服务|值班|值守|在线|热线|营业|政务|开放|全天|监测|监控|客服|应急)"
)
_DAYS = re.compile(r"日(?:内|以内|之内|。|,|;|、|\)|$|以上|前)")
_DATED = re.compile(r"(?:含|次月|每月|当月|本月|上月)$")
_LIFE = re.compile("寿命[^,。;]{0,10}$")
_AGE_NAME = re.compile(
    r"周?岁(?:及其?)?(?:以上|以下|以内)?的?(?![,。;、)(:提增升延达左]|$|以上[,。;)]|以下[,。;)]|\(含)"
)


def is_name(text: str, start: int, core: int, unit: str, *, han: bool) -> bool:
    """Whether the number at ``text[start:core]`` (without its unit) is part of a name or an ordinal.

    :param start: where the number begins; ``core``: where its digits and scales end and the unit begins.
    :param unit: the unit that was read there, "" for none.
    :param han: the number is written in Chinese characters.
    """
    before = text[max(0, start - 40) : start]
    after = text[core : core + 24]
    number = text[start:core]
    if _named_by(before, number, unit) or _NAMED_AFTER.match(after):
        return True
    first = after[:1]
    if first.isascii() and first.isalpha() and not (unit[:1].isascii() and unit[:1].isalpha()):
        return True
    if first in _TIME_CHARS and _not_a_duration(before, after, number, han=han):
        return True
    if first == "元" and _COUNTED.search(before[-2:]):
        return True
    if _SIZE_CLASS.match(after) and (after[1:3] in ("以上", "以下") or not _SPENDING.search(before)):
        return _names_a_class(text, core)
    return han and is_rhetorical(before, number, after)


def _named_by(before: str, number: str, unit: str) -> bool:
    """第3, 前10, 位列8, 每两所: what stands before makes it no quantity."""
    near = before[-4:]
    if _BEFORE.search(near) or ("第" in before[-8:] and _ORDINAL.search(before[-8:])):
        return True
    if not unit and near.endswith("每"):
        return True
    if unit and (unit[0] not in "年月日天周个小" or unit == "个") and near.endswith(_EVERY):
        return True
    if number in ("1", "一"):
        if _EACH_FURTHER.search(before):
            return True
        return bool(_EACH_MORE.search(near)) or (unit == "次" and bool(_EVERY_SOME_YEARS.search(before)))
    return False


def _not_a_duration(before: str, after: str, number: str, *, han: bool) -> bool:
    first = after[0]
    if first == "年":
        if before.endswith(("学前", "高中", "初中", "小学")) or _NAME_AFTER_YEAR.match(after):
            return True
        return len(number) == 4 or not (_NORM_BEFORE.search(before) or _NORM_AFTER.match(after))
    if first in "岁周" and after.startswith(("岁", "周岁")):
        return not _LIFE.search(before) and (bool(_AGE_NAME.match(after)) or before.endswith("每"))
    if first in "个小分" and (_CIRCLE.match(after) or _ROUND_CLOCK.match(after)):
        return True
    if first in "日月":
        return not _DAYS.match(after) or bool(_DATED.search(before))
    if first in "天周" or after.startswith(("个月", "个工作日", "个学期", "个学年")):
        return han and number in ("一", "半") and not _NORM_BEFORE.search(before)
    return False


def _names_a_class(text: str, core: int) -> bool:
    """亿元以上项目120个: the threshold names the things that are counted after it."""
    stop = _STOP.search(text, core)
    rest = text[core : stop.start() if stop else core + 40]
    return rest[:1] != "元" or bool(_HAN_OR_DIGIT.search(rest[2:]))
