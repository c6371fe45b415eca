"""The head of a paragraph: its first sentence or label, and whether it reads like a heading."""

from __future__ import annotations

import re

_HEAD = re.compile(
    r"(?:[^。!?;:…“《(]+|“[^“”]*”|《[^《》]*》|\([^()]*(?:\([^()]*\)[^()]*)*\)|(?<=\d):(?=\d)|[“《(…])*"
)
_CLAUSE = re.compile(r"(?:[^。!?;:,…“《(]+|“[^“”]*”|《[^《》]*》|\([^()]*\)|[“《(…])*")
TAIL = "。:;,、.!? "

_ADVERBS = (
    "大力|切实|全面|积极|持续|深入|扎实|着力|加快|进一步|不断|有效|严格|认真|充分|更好|更大力度|一体|统筹|协同|纵深|稳步|有序|"
    "精准|聚力|高质量|高水平|高标准|高效|毫不松懈|毫不放松|坚决|坚定不移|坚定|努力|主动|科学|合理|依法依规|依法|优先|重点|突出|"
    "多措并举|多渠道|分类|分级|系统|稳妥|适度|广泛|因地制宜|千方百计|用心用情|从严从实|全力|全力以赴|齐抓共管|联动|同步|接续|"
    "协调|整体|逐步|扎实有效|尽快|及时|严密|牢牢|牢固|紧紧|强力|奋力|加力|做精|精心|精益求精|率先|深度|常态化|规范|慎重|妥善|自觉|大胆|"
    "久久为功|持之以恒|靠前|前瞻|梯次|共同|真正|继续|加紧|抓紧|抓住"
)
_VERBS = (
    "加强|推进|推动|深化|完善|建立|建设|优化|坚持|强化|健全|落实|实施|提升|提高|促进|构建|打造|保障|扩大|培育|发展|规范|支持|"
    "鼓励|引导|创新|改善|改进|改革|巩固|拓展|开展|组织|做好|做强|做大|做实|做优|做细|办好|办强|抓好|抓实|抓紧|用好|用活|管好|管住|"
    "激发|释放|防范|化解|维护|增强|增加|加大|加快|加速|加力|破解|破除|解决|聚焦|紧扣|突出|注重|统筹|明确|夯实|筑牢|守住|守牢|织密|"
    "织牢|兜牢|兜住|擦亮|壮大|培养|引进|引领|搭建|整合|盘活|创建|争创|创设|创优|严格|严守|严肃|严把|压实|压减|减轻|减少|缩小|消除|畅通|"
    "营造|丰富|弘扬|传承|保护|治理|整治|修复|把握|把牢|牢记|树立|树牢|践行|贯彻|服务|融入|对接|承接|探索|推广|普及|推行|"
    "启动|发挥|调整|转变|稳定|稳住|稳妥|扩充|补齐|配齐|配强|充实|厚植|涵养|凝聚|动员|督导|监测|关心|关爱|尊重|实行|制定|编制|制订|"
    "出台|细化|量化|深挖|挖掘|塑造|彰显|讲好|当好|确保|力争|争取|打好|打赢|打通|走好|扛牢|扛稳|锚定|瞄准|立足|依托|延伸|"
    "集聚|聚集|汇聚|统一|协调|执行|遵循|遵守|履行|理顺|厘清|放宽|放开|简化|精简|取消|下放|承担|深耕|赋能|护航|激励|"
    "开发|开放|开通|举办|参与|利用|配合|配置|管控|控制|监督|检查|评估|考核|奖励|表彰|宣传|发布|公布|公开|公示|受理|审核|审批|"
    "登记|申请|核实|规划|布局|设立|成立|组建|选派|选优|选拔|招聘|引育|吸引|留住|减免|降低|压缩|清理|清退|去产能|去库存|去杠杆|降成本|补短板|淘汰|关闭|替代|改造|升级|更新|"
    "转化|转型|应用|搞好|搞活|开创|开拓|扶持|帮扶|救助|供给|增进|改进|弥补|筹措|筹集|安排|分解|跟踪|总结|表扬|激活|振兴|做到|繁荣|"
    "倡导|提倡|捍卫|遏制|打击|惩治|惩处|查处|整顿|纠正|警惕|克服|学习|领会|认清|坚守|坚定|恪守|保持|维持|适应|顺应|迎接|面向|"
    "深入|参照|守护|呵护|发动|依靠|团结|联合|协作|携手|共建|共享|共筑|打破|冲破|突破|攻克|攻坚|跑出|按下|拧紧|"
    "念好|写好|唱好|下好|种好|算好|答好|绘好|描绘|绘就|谱写|重塑|再造|挺起|撑起|架起|铺就|点燃|集中"
)
_ACTION = re.compile(
    rf"^(?:[“《][^”》]{{1,12}}[”》])?(?:(?:{_ADVERBS})(?:、(?:{_ADVERBS}))?){{0,3}}(?:{_VERBS})"
)
_NOT_A_HEADING = re.compile(
    r"^(?:[我你他她它您]|本[市省县区报部州]|今|去年|当前|目前|现在|近[年日期来]|这[^五]|那|该|此|同时|随着|根据|按照|依照|"
    r"为(?!民|农|企|先)|在|对(?!标|接|照)|据|其中|因(?!地|城|校|势|村)|但|然而|与此|经过|由于|到|自(?!觉|主|身)|从(?!严|紧|优)|"
    r"截至|截止|刚刚|以上|以下|上述|下列|各位|各[地区部省市级单]|一年来|过去|年来|\d|[一二三四五六七八九十两]{1,3}[年月天个]|"
    r"会议|大会|有的|有关|答|问|注|备注|附|例如|比如|如[果何]?|只有|只要|必须|要[^素]|总之|总的|第[一二三四五六七八九十]|"
    r"首先|其次|最后|另外|此外|另|除|凡|若|即|虽然|尽管|不仅|不但|不是|不能|不要|没有|既|可以|也|还|就(?!业|近|地)|都(?!市)|又|正|所|"
    r"同志们|回顾|回望|展望|面对|应对|全[市省县区国州旗校]|市[委政]|省[委政]|县[委政]|记者|采访|走进|来到|只见|“[^”]{10,})"
)
_STATEMENT = re.compile(
    r"(?<!特别)(?<!尤其)是(?!否)|今年|[我他她]们?|\d+(?:\.\d+)?\s*[余多]?(?:万|亿|%|名|个百分点|所|人|元|家|公里|吨|亩|件)|"
    r"了(?!解)|过$|说$|表示$|指出$|强调$|认为$|如下$|以来$"
)
_MEANS = re.compile(
    r"^以[^,。]{2,18}为(?:重点|抓手|目标|核心|导向|牵引|主线|引领|支撑|载体|突破口|契机|基础|依托|统领|动力|保障|关键|中心),"
)
# 深化改革,是大势所趋: a clause after the action that says what it is.
_EXPLAINED = re.compile(r",(?:这)?(?:是|关系|事关|意味着|有利于|必须|十分|非常)")
_SCENE = re.compile(r"^[^,]{1,9}(?:前|后|时|中|间|下|里|初|末|底|周|季)[^,]{0,3},|,.*,.*,")
_LABEL_STOPS = re.compile(r"[是为下在到说出调求示成有及和,、]$|^(?:答|问|注|附)$")


def head_end(text: str, at: int) -> int:
    """The offset of the stop that ends the first sentence or label of ``text[at:]``; its length if none."""
    match = _HEAD.match(text, at)
    return match.end() if match else at


def clause_end(text: str, at: int, longest: int) -> int:
    """The offset at which the first clause of ``text[at:]`` ends, ``longest`` characters on at most."""
    match = _CLAUSE.match(text, at)
    end = match.end() if match else at
    if end - at < 4:
        end = head_end(text, at)
    return min(end, at + longest, len(text))


def is_action(head: str) -> bool:
    """The words name an action, as a measure's heading does (优化学校布局, 大力实施智慧校园工程)."""
    if _MEANS.match(head):
        return True
    return _ACTION.match(head) is not None and not _NOT_A_HEADING.match(head) and not _EXPLAINED.search(head)


def is_statement(head: str) -> bool:
    """The words tell or argue, as the first sentence of ordinary prose does."""
    return _NOT_A_HEADING.match(head) is not None or _STATEMENT.search(head) is not None


def is_scene(head: str) -> bool:
    """The words set a scene or run on (开学前一周,某校开启教师培训,…): a story, not a heading."""
    return _SCENE.search(head) is not None


def is_label(label: str, longest: int = 20) -> bool:
    """The words before a colon name a topic (基本原则:…) rather than lead into a list (主要目标是:…)."""
    return 2 <= len(label) <= longest and not _LABEL_STOPS.search(label) and not _NOT_A_HEADING.match(label)
