"""The kind of a fact: target, requirement, input or achieved, by grammar and by dates, not by 计划 alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.facts.model import Quantity
from ingest.facts.timing import Timed
from kb.model import FactKind

Mood = Literal["report", "plan", "norm"]
"""How a stretch of text speaks: of what is done, of what is intended, of what is required."""

_PLAN_TITLE = re.compile(
    r"(?:意见|方案|规划|纲要|计划|要点|若干措施|行动|举措|工作安排|任务清单|建议|批复)(?:的通知|[(（].{0,12}[)）]|》)*$"
)
_NORM_TITLE = re.compile(
    r"(?:办法|条例|细则|规定|标准|准则|规程|规则|指引|指南|通告|公告|须知|清单|问答|解答|问题|目录|法|简介|流程|详解|攻略|条件|标准的通知)(?:的通知|[(（].{0,12}[)）]|》|\s)*$"
)
_REPORT_TITLE = re.compile(
    r"(?:工作报告|报告|综述|案例|总结|情况|纪实|经验|做法|侧记|解读|成效|通报|实践|探索)"
)
_PLAN_HEADING = re.compile(
    r"(?:(?:主要|发展|预期|工作|总体|建设|任务|具体)目标|^[^,]{0,8}目标(?:任务|要求)?$|今年工作|重点工作|工作安排|下一步|主要任务|工作任务|总体要求|预期|任务举措|工作重点|工作部署|重点抓好|工作打算|未来|奋斗|做好.{0,6}工作|重点任务|年工作|民生实事|政策取向|目标任务|奋斗目标|工作建议|工作思路)"
)
_DONE_HEADING = re.compile(
    r"(?:回顾|过去|完成情况|主要成效|取得|总结|成就|成效|进展|年工作(?:回顾|情况)|历程)"
)
_YEAR = re.compile(r"(20\d{2})年")
_INTEND = re.compile(
    r"(?:力争|(?<!新)争取(?=[到在用实达完新全建让使]|\d|更多)|确保|预计|预期(?!寿命)|拟(?!定)|计划(?!生育|项目|》|”|[^,。;]{0,6}(?:完成|实施|开展)了)(?=[到至在用通20再组招新培建完投开安覆选今年]|全|每)|目标(?:为|是|:)|规划(?=[建设了]|中小学|新建|[^,;。“》]{0,14}项目\d)|将(?:达|建|新|培|投|实现|完成|形成|超|突破|在|于)|努力实现)"
)
_DONE = re.compile(
    r"(?:已|了(?=\d|[一-鿿]{0,4}\d)|累计|共(?=招|结|培|新|建|成|有|投|组)|先后|目前|截至|截止|近年来|以来|年来|过去|去年|现有|至今)"
)
_NORM = re.compile(
    r"(?:应当?(?!急|用|对|届|聘|邀)|须|必须|不得|不低于|不少于|不超过|不高于|不大于|不小于|至少|最少|最长|(?<!历史)(?<!近.年)最高(?=[可为达给补不超支付限额奖\d])|原则上|一般为|标准为|期限为|限额|上限|下限|每人每|每生每|每户每|每班|每校|每名|每所|每(?:学期|学年|季度|周|天|日|月)|按照?(?!照?规定)|要(?=达到|求)|认定为|方可|保障.{0,12}不|让每|使每|每个学生|每次)"
)
_STANDARD = re.compile(r"(?:补贴|补助|奖励|收费|缴费|扣除|资助|保障)(?:标准|额度|限额|上限|比例)$")
_RAISED = re.compile(r"提高|达到?|增至|提标|升至|增加到|调整为|稳定|保持")
_STRONG_NORM = re.compile(r"原则上|一般(?:为|不)|应当|必须|不得|每隔?[\d二两三四五六七八九十][\d~—-]*年")
_MONEY = re.compile(r"元|美元|欧元")
_MONEY_INPUT = re.compile(
    r"(?:投入|投资|安排|拨付|下达|筹措|筹集|落实|争取|拿出|补助|奖补|奖励|配套|整合|统筹|划拨|斥资|支出|发放|兑现|资金|经费|专款|补贴|给予|列支|追加|注入|设立)"
)
_MONEY_OUTCOME = re.compile(
    r"(?:收入|产值|总值|增加值|利润|总额|余额|销售|营收|交易|成交|消费|贸易|进出口|零售|税收|贷款|存款|减税|降费|节约|规模|市值|估值|收益|融资|保费|资产|债务|价格|带动|促成|标准|缴费|限额|工资|降低|减轻|退税)"
)
_POSTS = re.compile(r"(?:编制|岗位|名额|用编)(?:数|名额)?$")
_EQUIPMENT = re.compile(r"(?:配备|配置|配送|购置|采购|添置|增配|更新|发放|投放)")
_STAFF = re.compile(r"(?:招聘|招录|选聘|录用|聘用|聘请|引进|补充|招募|新进|配备|配置|增配)")
_STAFF_UNITS = frozenset({"人", "名", "位"})
_EQUIPMENT_UNITS = frozenset(
    {"台", "套", "辆", "件", "册", "架", "艘", "台(件、套)", "台(套、件)", "台(套)", "台套", "本", "张"}
)


@dataclass(frozen=True, slots=True)
class Voice:
    """The mood of a paragraph, and the year and month that its document speaks from ("" if unknown)."""

    mood: Mood
    published: str = ""
    section_year: int = 0
    title: str = ""


def voice(title: str, kind: str, headings: Sequence[str], published: str) -> Voice:
    """How a paragraph speaks, from its heading path, else from the document's title and kind."""
    year = int(published[:4]) if published[:4].isdigit() else 0
    section_year = 0
    mood: Mood | None = None
    for heading in headings:
        years = [int(y) for y in _YEAR.findall(heading)]
        if years:
            section_year = max(years)
        if _DONE_HEADING.search(heading):
            mood = "report"
        elif _PLAN_HEADING.search(heading) and not (years and year and max(years) < year):
            mood = "plan"
        elif years and year and max(years) >= year and published[5:7] in ("", "01", "02", "03", "04"):
            mood = "plan"
    if mood is None:
        mood = _title_mood(title, kind)
    return Voice(mood, published, section_year, title)


def _title_mood(title: str, kind: str) -> Mood:
    for words in (title.strip(), kind):
        if _REPORT_TITLE.search(words):
            return "report"
        if _NORM_TITLE.search(words):
            return "norm"
        if _PLAN_TITLE.search(words):
            return "plan"
    return "report"


def kind_of(
    quantity: Quantity, named: str, clause: str, sentence: str, timed: Timed, speaking: Voice, after: str = ""
) -> FactKind:
    """The kind of a quantity.

    :param clause: the text of its clause up to the end; ``sentence``: of its sentence up to the clause's end;
        ``after``: what follows the number.
    """
    year = int(speaking.published[:4]) if speaking.published[:4].isdigit() else 0
    ahead = _ahead(timed, year)
    done = bool(_DONE.search(clause)) or timed.role in ("since", "relative")
    if ahead and timed.inherited and _STRONG_NORM.search(clause):
        return "requirement"
    if ahead and (timed.role != "span" or speaking.mood == "plan" or (not done and _INTEND.search(sentence))):
        return "target" if not _is_norm_in_time(quantity, clause, timed) else "requirement"
    if not done and "政府工作报告" in speaking.title and _this_year(timed, year, speaking.published):
        return "target"
    if not done and _INTEND.search(sentence) and not _passed(timed, year):
        return "target"
    if speaking.mood == "plan" and not done and not _passed(timed, year):
        if quantity.comparator in (">=", "<=", ">", "<") and timed.role == "" and after.startswith("的"):
            return "requirement"
        norm = (
            _NORM.search(clause)
            or _STRONG_NORM.search(clause)
            or (quantity.unit == "次" and timed.role == "recurring")
        )
        if norm and timed.role in ("", "recurring") and not speaking.section_year:
            return "requirement"
        return "target"
    if speaking.mood == "norm" and not done:
        return "requirement"
    if not done and _STANDARD.search(named) and not _RAISED.search(clause):
        return "requirement"
    if not done and _is_requirement(quantity, clause):
        return "requirement"
    if _is_input(quantity, named, clause):
        return "input"
    return "achieved"


def _this_year(timed: Timed, year: int, published: str) -> bool:
    """今年 in a report to the people's congress, which is given in the first months of the year."""
    return bool(timed.words.startswith("今年") and year and published[5:7] in ("", "01", "02", "03", "04"))


def _ahead(timed: Timed, year: int) -> bool:
    if timed.role == "deadline":
        return timed.years is None or not year or timed.years[1] >= year
    return bool(timed.years and year and timed.years[1] > year) or timed.words.startswith(("未来", "今后"))


def _passed(timed: Timed, year: int) -> bool:
    return timed.role != "compared" and bool(timed.years and year and timed.years[1] < year)


def _is_norm_in_time(quantity: Quantity, clause: str, timed: Timed) -> bool:
    return timed.role in ("recurring",) and bool(_NORM.search(clause))


def _is_requirement(quantity: Quantity, clause: str) -> bool:
    if quantity.per or "/人" in quantity.unit:
        return bool(_NORM.search(clause))
    if quantity.unit in ("分",) and "认定" in clause:
        return True
    norm = _NORM.search(clause)
    if norm is None:
        return quantity.unit in ("年", "个月") and bool(
            re.search(r"周期|一周期|聘期|培育|跟踪|学制|期限|每", clause)
        )
    if norm.group() in ("按", "按照"):
        return quantity.unit in ("年", "个月", "天", "小时", "个小时", "学时") or quantity.comparator in (
            ">=",
            "<=",
        )
    return True


def _is_input(quantity: Quantity, named: str, clause: str) -> bool:
    unit = quantity.unit.split("/")[0]
    if _MONEY.search(unit):
        if _MONEY_OUTCOME.search(named) and not re.search(r"(?:投入|投资|拨付|安排|下达)", named):
            return False
        return bool(_MONEY_INPUT.search(named) or _MONEY_INPUT.search(clause))
    if _POSTS.search(named) and unit != "%":
        return bool(
            re.search(
                r"核增|新增|增加|储备|投放|下达|增设|安排|统筹|补充|划转|调剂|专项编制|名额", named + clause
            )
        )
    if unit in _STAFF_UNITS and _STAFF.search(named):
        return True
    if unit in _EQUIPMENT_UNITS and _EQUIPMENT.search(named):
        return True
    return False
