"""The kind of a fact: target, requirement, input or achieved, by grammar and by dates, not by 计划 alone."""

from __future__ import annotations

import re

from ingest.facts.model import Quantity
from ingest.facts.timing import Timed
from ingest.facts.voice import Voice
from kb.model import FactKind

_INTEND = re.compile(
    r"(?:力争|(?<!新)争取(?=[到在用实达完新全建让使]|\d|更多)|确保|预计|预期(?!寿命)|拟(?!定)|计划(?!生育|项目|》|”|"
    r"[^,。;]{0,6}(?:完成|实施|开展)了)(?=[到至在用通20再组招新培建完投开安覆选今年]|全|每)|目标(?:为|是|:)|"
    r"规划(?=[建设了]|中小学|新建|[^,;。“》]{0,14}项目\d)|将(?:达|建|新|培|投|实现|完成|形成|超|突破|在|于)|努力实现)"
)
_DONE = re.compile(
    r"(?:已|了(?=\d|[一-鿿]{0,4}\d)|累计|共(?=招|结|培|新|建|成|有|投|组)|先后|目前|截至|截止|近年来|以来|年来|过去|"
    r"去年|现有|至今)"
)
_NORM = re.compile(
    r"(?:应当?(?!急|用|对|届|聘|邀)|须|必须|不得|不低于|不少于|不超过|不高于|不大于|不小于|至少|最少|最长|"
    r"(?<!历史)(?<!近.年)最高(?=[可为达给补不超支付限额奖\d])|原则上|一般为|标准为|期限为|限额|上限|下限|每人每|"
    r"每生每|每户每|每班|每校|每名|每所|每(?:学期|学年|季度|周|天|日|月)|按照?(?!照?规定)|要(?=达到|求)|认定为|方可|"
    r"保障.{0,12}不|让每|使每|每个学生|每次)"
)
_STANDARD = re.compile(r"(?:补贴|补助|奖励|收费|缴费|扣除|资助|保障)(?:标准|额度|限额|上限|比例)$")
_RAISED = re.compile(r"提高|达到?|增至|提标|升至|增加到|调整为|稳定|保持")
_STRONG_NORM = re.compile(
    r"原则上|按规定|可按|可返还|标准可|一般(?:为|不)|应当|必须|不得|每隔?[\d二两三四五六七八九十][\d~—-]*年"
)
_MONEY = re.compile(r"元|美元|欧元")
_MONEY_INPUT = re.compile(
    r"(?:投入|投资|安排|拨付|下达|筹措|筹集|落实|争取|拿出|补助|奖补|奖励|配套|整合|统筹|划拨|斥资|支出|发放|兑现|"
    r"资金|经费|专款|补贴|给予|列支|追加|注入|设立)"
)
_MONEY_OUTCOME = re.compile(
    r"(?:收入|产值|总值|增加值|利润|总额|余额|销售|营收|交易|成交|消费|贸易|进出口|零售|税收|贷款|存款|减税|降费|节约|"
    r"规模|市值|估值|收益|融资|保费|资产|债务|价格|带动|促成|标准|缴费|限额|工资|降低|减轻|退税)"
)
_POSTS = re.compile(r"(?:编制|岗位|名额|用编)(?:数|名额)?$")
_EQUIPMENT = re.compile(r"(?:配备|配置|配送|购置|采购|添置|增配|更新|发放|投放)")
_STAFF = re.compile(r"(?:招聘|招录|选聘|录用|聘用|聘请|引进|补充|招募|新进|配备|配置|增配)")
_SPENT = re.compile(r"投入|投资|拨付|安排|下达")
_GRANTED_POSTS = re.compile(r"核增|新增|增加|储备|投放|下达|增设|安排|统筹|补充|划转|调剂|专项编制|名额")
_TERM = re.compile(r"周期|聘期|培育|跟踪|学制|期限|每")
_TIMES = frozenset({"年", "个月", "天", "小时", "个小时", "学时"})
_STAFF_UNITS = frozenset({"人", "名", "位"})
_EQUIPMENT_UNITS = frozenset(
    {"台", "套", "辆", "件", "册", "架", "艘", "台(件、套)", "台(套、件)", "台(套)", "台套", "本", "张"}
)


def kind_of(
    quantity: Quantity, named: str, clause: str, sentence: str, timed: Timed, speaking: Voice, after: str = ""
) -> FactKind:
    """The kind of a quantity.

    :param named: its indicator; ``clause``: the text of its clause; ``sentence``: of its sentence up to the clause's
        end; ``after``: what follows the number.
    """
    done = timed.role in ("since", "relative") or _DONE.search(clause) is not None
    if _ahead(timed, speaking):
        if (timed.inherited or timed.role != "deadline") and _STRONG_NORM.search(clause):
            return "requirement"
        if timed.role != "span" or speaking.mood == "plan" or (not done and _INTEND.search(sentence)):
            return "target"
    if not done:
        kind = _undone(quantity, named, clause, sentence, timed, speaking, after)
        if kind:
            return kind
    return "input" if _is_input(quantity, named, clause) else "achieved"


def _undone(
    quantity: Quantity, named: str, clause: str, sentence: str, timed: Timed, speaking: Voice, after: str
) -> FactKind | None:
    """Target or requirement, for a quantity that nothing says is already the case; None if it is neither."""
    passed = timed.role not in ("compared", "duration") and bool(
        timed.years and speaking.year and timed.years[1] < speaking.year
    )
    if not passed and (_INTEND.search(sentence) or _this_year(timed, speaking)):
        return "target"
    if speaking.mood == "plan" and not passed:
        return "requirement" if _norm_in_plan(quantity, clause, timed, speaking, after) else "target"
    if speaking.mood == "norm" or (_STANDARD.search(named) and not _RAISED.search(clause)):
        return "requirement"
    return "requirement" if _is_requirement(quantity, clause) else None


def _this_year(timed: Timed, speaking: Voice) -> bool:
    """今年 in a report to the people's congress, which is given in the first months of the year."""
    report = "政府工作报告" in speaking.title and speaking.year > 0 and speaking.opens_the_year
    return report and timed.words.startswith("今年")


def _ahead(timed: Timed, speaking: Voice) -> bool:
    """Whether a time lies ahead of the document. 2023年 is no proof of that where the document's year is a guess."""
    year = speaking.year
    if timed.role == "deadline":
        return timed.years is None or not year or timed.years[1] >= year
    later = bool(timed.years and year and timed.years[1] > year and not speaking.guessed)
    return later or timed.words.startswith(("未来", "今后"))


def _norm_in_plan(quantity: Quantity, clause: str, timed: Timed, speaking: Voice, after: str) -> bool:
    """An undated norm in a plan (原则上不高于…, 每5年修订一次) is a requirement, not a target."""
    if timed.role not in ("", "recurring") or speaking.section_year:
        return False
    if timed.role == "" and quantity.comparator in (">=", "<=", ">", "<") and after.startswith("的"):
        return True
    if quantity.unit == "次" and timed.role == "recurring":
        return True
    return bool(_NORM.search(clause) or _STRONG_NORM.search(clause))


def _is_requirement(quantity: Quantity, clause: str) -> bool:
    """A norm in a text that otherwise reports."""
    norm = _NORM.search(clause)
    if quantity.per or "/人" in quantity.unit:
        return norm is not None
    if quantity.unit == "分" and "认定" in clause:
        return True
    if norm is None:
        return quantity.unit in ("年", "个月") and _TERM.search(clause) is not None
    if norm.group() in ("按", "按照"):
        return quantity.unit in _TIMES or quantity.comparator in (">=", "<=")
    return True


def _is_input(quantity: Quantity, named: str, clause: str) -> bool:
    """Money, posts, staff hired, equipment supplied."""
    unit = quantity.unit.split("/", 1)[0]
    if _MONEY.search(unit):
        if _MONEY_OUTCOME.search(named) and not _SPENT.search(named):
            return False
        return bool(_MONEY_INPUT.search(named) or _MONEY_INPUT.search(clause))
    if unit != "%" and _POSTS.search(named):
        return _GRANTED_POSTS.search(named + clause) is not None
    if unit in _STAFF_UNITS:
        return _STAFF.search(named) is not None
    return unit in _EQUIPMENT_UNITS and _EQUIPMENT.search(named) is not None
