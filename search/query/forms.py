"""What a question asks for: a number, a list, a way of doing, a date, a yes or no."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.model import PassageType
from kb.units import DIMENSIONS
from search.query.model import Form

_COUNTED = "个所名人项家间套次批座条件位处户种类校届篇门亩年月天岁倍成级轮省市区县"
# In order of precedence: the first pattern that is found decides the form.
_FORMS: tuple[tuple[Form, re.Pattern[str]], ...] = (
    (
        "compare",
        re.compile(
            r"(?:与|和|同|跟|比).{1,24}(?:相比|对比|比较|差距|差在|区别|不同|异同|哪个更|谁更)|对比|有何(?:不同|差异|区别)|差距"
        ),
    ),
    (
        "when",
        re.compile(r"什么时候|啥时候|何时|哪一?年|哪个?月|几月|多久|时间节点|截止(?:时间|日期)|什么时间"),
    ),
    (
        "numeric",
        re.compile(
            rf"多少|几(?=[{_COUNTED}十百千万])|百分之几|多高|多大|多长|多远|多重|有多|几成|占比(?:是|为|达|多|怎|如何|[?？]|$)"
            r"|(?:比例|比率|率|数量|人数|总数|总量|金额|面积|规模|标准|额度|系数|单价|均价|总额|学时|课时)(?:是|为|达到|达|有)(?:什么|啥|怎样|几)"
            r"|(?:比例|比率|占比|率|数量|人数|总数|金额|面积|系数)(?:的?(?:目标|要求|标准|指标))?(?:[?？]|$)"
        ),
    ),
    ("define", re.compile(r"什么叫|什么是|何谓|是什么意思|指的?是什么|是指什么|(?:含义|定义|内涵)")),
    ("why", re.compile(r"为什么|为何|为啥|什么原因|何以|怎么会")),
    (
        "who",
        re.compile(
            r"由谁|谁(?:来|负责|管|牵头|承担)|哪个(?:部门|单位|机构)|哪些(?:部门|单位|机构)(?:负责|牵头|管)|归谁管"
        ),
    ),
    (
        "how",
        re.compile(
            r"怎么|怎样|如何|咋|(?:什么|啥|哪些)(?:样的)?(?:具体)?(?:办法|措施|举措|做法|经验|手段|对策|政策|机制|模式|路径|行动|安排)"
            r"|(?:措施|举措|做法|经验|办法|路径)(?:有哪些|是什么|[?？]|$)|采取了?(?:什么|哪些)|做了(?:什么|哪些)|干了(?:什么|啥)"
        ),
    ),
    (
        "list",
        re.compile(
            r"哪些|哪几|哪个|哪家|哪里|哪儿|谁|有什么|有啥|分别是|列举|包括(?:什么|哪)|包含(?:什么|哪)|是什么|是啥|什么"
        ),
    ),
    (
        "yes_no",
        re.compile(
            r"是否|有没有|有无|能不能|能否|可不可以|可否|是不是|要不要|会不会|[吗么](?:[?？。!！]|$)|没有?[?？]?$"
        ),
    ),
)
# A topic that ends in what is measured asks for the figure: 新疆棉花产量, 各省高速公路里程.
_MEASURED = re.compile(
    r"(?:产量|总产|单产|产值|总值|增加值|总额|销售额|交易额|成交额|营业额|余额|收入|支出|工资|里程|装机|容量|产能|用量|储量|吞吐量|客流量|总量|数量"
    r"|规模|面积|单价|票价|起步价|均价|增速|增幅|降幅|强度|普及率|[^效频汇税费利]率|占比|比重|人口|人数|人次|床位数?|学位数?|学时|课时|总数|个数|天数)"
    r"(?:的?(?:情况|数据|水平))?[?？]?$"
)
_RAISES = re.compile(r"提高|扩大|增加|促进|推动|推进|加强|控制|稳定|拓宽|完善|优化|保障|降低|压减|管理")
_TYPES: tuple[tuple[PassageType, re.Pattern[str]], ...] = (
    ("target", re.compile(r"目标|指标(?:任务)?|规划到|力争")),
    ("measure", re.compile(r"举措|措施|做法|办法|经验|怎么做|如何做|怎样做|怎么办|机制|路径")),
    ("number", re.compile(r"数据|数字(?!化|赋|技|素|教|校|经|政|资|平|课)|多少|占比|百分之几|统计")),
)
# What is counted → the units that the answer may carry (without 万 and 亿). An empty entry means any.
_UNITS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"占比|比例|比率|百分|几成|多少%|[^效频汇税费利]率|覆盖面"), ("%", "倍")),
    (
        re.compile(
            r"多少(?:万|亿)?(?:资金|经费|钱|元|投入|投资)|花了?多少|(?:投入|投资|拨付|安排|补助|补贴|奖励)了?(?:资金|经费)?多少(?!个|所|人|名|项|次|套|台|间)|多少钱|金额"
        ),
        ("元", "万元", "亿元", "美元"),
    ),
    (
        re.compile(r"面积(?:是|为|有|达|多)|多少(?:平方?|平米|亩|公顷)"),
        ("平方米", "平米", "亩", "公顷", "平方公里"),
    ),
    (
        re.compile(r"(?:多少|几)(?:位|名|人|教师|老师|学生|孩子|娃|干部|专家|群众|家庭)|人数|师生"),
        ("名", "人", "人次", "位", "个", "户"),
    ),
    (re.compile(r"(?:多少|几)(?:所|学校|中学|小学|幼儿园|校)"), ("所", "个", "家", "校")),
    (re.compile(r"(?:多少|几)(?:年|学年)"), ("年",)),
    (re.compile(r"(?:多少|几)(?:学时|课时|小时)"), ("学时", "课时", "小时")),
)
_AFTER_HOW_MANY = re.compile(r"(?:多少|几)[万亿]*([㐀-䶿一-鿿]{1,3}|%)")
# Words that only ask; they are left out of the subject.
_ASKING = re.compile(
    r"请问一?下?|想问一?下?|我?想(?:知道|了解|咨询|查)一?下?|麻烦(?:问|查)一?下?|帮我?(?:查|找)一?下?|告诉我|能不能|能否|可不可以|可否|是不是|是否"
    r"|有没有|有无|是?(?:什么|啥)时候|是?什么时间|何时|哪一?年|什么样的|怎么样|怎么做的?|怎么办|怎么|怎样|如何|咋样|咋办|咋"
    r"|为什么|为何|为啥|什么是|什么叫|是什么|是啥|有哪些|哪些|哪几个?|有什么|有啥|什么|啥|多少钱|是多少|为多少|有多少|达到多少|达多少|多少"
    rf"|百分之几|几成|几(?=[{_COUNTED}])|多高|多大|多长|多久|分别是?|具体|主要|相比|对比|比较|差距|差在哪里?|哪里|哪儿"
    r"|采取了?|做了|干了|(?:的)?(?:措施|举措|做法|办法|经验)(?=有|是|$|[?？])|列举|包括|包含|情况(?=如何|怎|[?？]|$)|找(?=[^,。]{2,30}案例)|要?(?:有|带|附)(?:具体)?(?:的)?(?:数字|数据)|[吗呢吧呀啊嘛么](?=[?？。!！]|$)"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The form of a question, the words that tell it, and what its answer must look like."""

    form: Form
    start: int
    end: int
    types: tuple[PassageType, ...]
    type_spans: tuple[tuple[int, int], ...]
    units: tuple[str, ...]


def read_form(text: str) -> Asked:
    """The form of the question ``text`` (canonical reading).

    ``start == end`` when no words tell a form and the text is taken as a topic.
    """
    form: Form = "topic"
    start = end = 0
    for candidate, pattern in _FORMS:
        found = pattern.search(text)
        if found:
            form, start, end = candidate, found.start(), found.end()
            break
    else:
        measured = None if _RAISES.search(text) else _MEASURED.search(text)
        if measured:
            form, start, end = "numeric", measured.start(), measured.end()
    types: list[PassageType] = []
    spans: list[tuple[int, int]] = []
    for kind, pattern in _TYPES:
        found = pattern.search(text)
        if found:
            types.append(kind)
            spans.append(found.span())
    units: tuple[str, ...] = ()
    if form == "numeric":
        units = next((names for pattern, names in _UNITS if pattern.search(text)), ())
        units = units or _counted_unit(text)
    return Asked(form, start, end, tuple(types), tuple(spans), units)


def _counted_unit(text: str) -> tuple[str, ...]:
    """The unit that follows 多少 or 几, if it is one: 多少组, 几所."""
    found = _AFTER_HOW_MANY.search(text)
    if not found:
        return ()
    words = found.group(1)
    unit = next((words[:length] for length in range(len(words), 0, -1) if words[:length] in DIMENSIONS), "")
    return (unit,) if unit else ()


def asking_spans(text: str) -> list[tuple[int, int]]:
    """Where the words stand that only ask (请问, 怎么, 有哪些, 多少)."""
    return [found.span() for found in _ASKING.finditer(text)]
