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
    r"(?:已|(?<![为除])了(?=\d|[一-鿿]{0,4}\d)|累计|共(?=招|结|培|新|建[成设]|成|有|投|组)|先后|目前|截至|截止|近年来|以来|年来|过去|"
    r"(?<![比较])去年|现有|至今)"
)
_DONE_BY_RULE = re.compile(r"截至|截止|去年|年来|过去|至今|先后|已(?=[一-鿿]{2,8}\d)|(?<![为除])了(?![解结])")
"""What says in a rule that something is already the case; 累计, 共 and 目前 are said of what it lays down too."""
_DONE_IN_PLAN = re.compile(
    r"已|(?<![为除])了(?=\d|[一-鿿]{0,4}\d)|截至|截止|目前|年来|过去|(?<![比较])去年|现有|至今|先后"
)
_FORECAST = re.compile("预计")
_NORM = re.compile(
    r"(?:(?<![供适响效对相])应当?(?!急|用|对|届|聘|邀)|须|必须|不得|不低于|不少于|不超过|不高于|不大于|不小于|至少|最少|最长|"
    r"(?<!历史)(?<!近.年)最高(?=[可为达给补不超支付限额奖\d])|原则上|一般为|标准为|期限为|(?:限额|上限|下限)(?=为|是|标准|按|由|:|不)|每人每|"
    r"每生每|每户每|每班|每校|每名|每所|每(?:学期|学年|季度|周|天|日|月)|按照?(?!照?规定)|要(?=达到|求)|(?<!被)认定为|方可|"
    r"保障.{0,12}不|让每|使每|每个学生|每次|罚款|有期徒刑|(?:严守|坚守|守住|守牢)[^,。;]{0,8}\d|红线)"
)
_STANDARD = re.compile(r"(?:补贴|补助|奖励|收费|缴费|扣除|资助|保障|支付|报销)(?:标准|额度|限额|上限|比例)$")
_RAISED = re.compile(r"提高|达到?|增至|提标|升至|增加到|调整为|稳定|保持")
_GROWN = re.compile(r"(?:提高|增加|上调|下降|减少)(?:额|量|数)$|增速$|降幅$|幅度$")
_STRONG_NORM = re.compile(
    r"原则上|按规定|可按|可返还|标准可|一般(?:为|不)|应当|必须|不得|每隔?[\d二两三四五六七八九十][\d~—-]*年"
)
_MONEY = re.compile(r"元|美元|欧元")
_MONEY_INPUT = re.compile(
    r"(?:投入|投资|安排|拨付|下达|筹措|筹集|落实|争取|拿出|补助|奖补|奖励|配套|整合|统筹|划拨|斥资|支出|发放|兑现|"
    r"资金|经费|专款|补贴|给予|列支|追加|注入|设立|转移支付|增发[^,。;]{0,12}债|预算内)"
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
_BUDGETED = re.compile(r"(?:安排|设立|统筹)[^,。;]{0,8}\d[^,。;]{0,12}(?:经费|资金)")
_TERM = re.compile(r"周期|聘期|任期|有效期|服务期|过渡期|培育|跟踪|学制|期限|每")
_TIMES = frozenset({"年", "个月", "天", "小时", "个小时", "学时", "日", "个工作日", "工作日", "分钟"})
_RECLAIMED = re.compile(
    r"清收|追回|挽回|收回|盘活|节约|清理|查扣|退赔|罚没|促成|签约|成交|带动|撬动|拉动|外资|外商"
)
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
    if _begins(timed, speaking) and not _DONE_BY_RULE.search(clause) and speaking.mood != "plan":
        return "requirement"
    done = _is_done(quantity, named, clause, sentence, timed, speaking)
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


def _begins(timed: Timed, speaking: Voice) -> bool:
    """自2025年起 in a text of 2025: what holds from then on is a rule, not yet a result."""
    begun = timed.role == "since" and timed.words.endswith("起") and timed.years is not None
    return begun and timed.years is not None and 0 < speaking.year <= timed.years[0] and not speaking.guessed


def _sets(quantity: Quantity, named: str, clause: str) -> bool:
    """Whether the clause sets a standard: 补贴标准为每人每月209元."""
    standard = _STANDARD.search(named) or ("/人" in quantity.unit and "标准" in clause)
    return bool(standard) and not _RAISED.search(clause)


def _is_done(
    quantity: Quantity, named: str, clause: str, sentence: str, timed: Timed, speaking: Voice
) -> bool:
    """Whether the words say that the quantity is already the case."""
    if speaking.mood == "norm":
        return timed.role == "since" or _DONE_BY_RULE.search(sentence) is not None
    if (timed.words in ("目前", "现行") or timed.words.endswith("起")) and _sets(quantity, named, clause):
        return False
    said = _DONE_IN_PLAN if speaking.mood == "plan" else _DONE
    return timed.role in ("since", "relative") or said.search(clause) is not None


def _undone(
    quantity: Quantity, named: str, clause: str, sentence: str, timed: Timed, speaking: Voice, after: str
) -> FactKind | None:
    """Target or requirement, for a quantity that nothing says is already the case; None if it is neither."""
    passed = timed.role not in ("compared", "duration") and bool(
        timed.years and speaking.year and timed.years[1] < speaking.year
    )
    said = _FORECAST.sub("", sentence) if speaking.looking_back else sentence
    if not passed and (_INTEND.search(said) or _this_year(timed, speaking)):
        return "target"
    if speaking.mood == "plan" and not passed:
        return "requirement" if _norm_in_plan(quantity, clause, timed, speaking, after) else "target"
    if speaking.mood == "norm" and _BUDGETED.search(clause) and _MONEY.search(quantity.unit):
        return "input"
    if speaking.mood == "norm" or _sets(quantity, named, clause):
        return "requirement"
    if _GROWN.search(named):
        return None
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
    if timed.role == "" and quantity.comparator in ("<", "<=") and after.startswith("的"):
        return True
    if timed.role not in ("", "recurring") or speaking.section_year:
        return False
    if timed.role == "" and quantity.comparator in (">=", "<=", ">", "<") and after.startswith("的"):
        return True
    if quantity.unit == "次" and timed.role == "recurring":
        return True
    if quantity.unit in _TIMES and quantity.comparator == "<=" and not timed.words:
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
        if quantity.unit in ("日", "个工作日", "工作日"):
            return quantity.comparator == "<=" and "之日起" in clause
        return quantity.unit in ("年", "个月", "分钟") and _TERM.search(clause) is not None
    if norm.group() in ("按", "按照"):
        return quantity.unit in _TIMES or quantity.comparator in (">=", "<=")
    return True


def _is_input(quantity: Quantity, named: str, clause: str) -> bool:
    """Money, posts, staff hired, equipment supplied."""
    unit = quantity.unit.split("/", 1)[0]
    if _MONEY.search(unit):
        if _GROWN.search(named) and not _SPENT.search(named):
            return False
        if (_RECLAIMED.search(named) and not _SPENT.search(clause)) or (
            _MONEY_OUTCOME.search(named) and not _SPENT.search(named)
        ):
            return False
        return bool(_MONEY_INPUT.search(named) or _MONEY_INPUT.search(clause))
    if unit != "%" and _POSTS.search(named):
        return _GRANTED_POSTS.search(named + clause) is not None
    if unit in _STAFF_UNITS:
        return _STAFF.search(named) is not None
    return unit in _EQUIPMENT_UNITS and _EQUIPMENT.search(named) is not None
