"""What a passage holds: an aim (目标), what is done (举措), numbers (数据), or only background (背景)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

from kb.model import FactKind, PassageType
from kb.text.patterns import led_by


class HasKind(Protocol):
    """Anything that has a fact's kind: a fact, in whatever offsets."""

    @property
    def kind(self) -> FactKind:
        """What kind of quantity it is."""


_AIM = re.compile(
    r"(?:(?:力争|争取|确保|计划|预计|努力)?到(?:20\d\d年|“?十[一-九]五”?末|本世纪)|20\d\d年(?:底|年底)?前|力争|"
    r"预期目标|发展目标|总体目标|主要目标|"
    r"工作目标|目标是|目标任务|奋斗目标|努力实现|确保实现)"
)
_ACTION = (
    r"(?:要|应当?|将|继续|加快|大力|积极|全面|深入|持续|着力|扎实|进一步|切实|统筹|有序|稳步|不断|坚持|探索|全力|严格|"
    r"依法|优先|逐步|重点|"
    r"主动|分类|定期|合理|科学|创新|充分|广泛|高标准|高质量|高水平|同步|率先|聚力|纵深|协同|共|已|先后|累计|鼓励|支持|"
    r"引导|推动|组织|指导)*"
    r"(?:建立|健全|完善|推进|实施|开展|加强|强化|优化|深化|构建|打造|创建|培育|建设|新建|改建|扩建|改造|新增|增加|"
    r"扩大|拓展|提高|提升|规范|"
    r"落实(?!习近平|党的|党中央|中央|国务院)|出台|制定|印发|修订|设立|成立|组建|配备|配置|投入|安排|拨付|统筹|推行|"
    r"推广|实行|探索|试点|整合|盘活|"
    r"压减|清理|整治|治理|取消|下放|简化|公开|公布|发放|补助|奖励|资助|救助|减免|保障|支持|引导|鼓励|组织|培训|培养|"
    r"引进|招聘|选派|交流|轮岗|"
    r"结对|帮扶|托管|搭建|开发|开放|开通|提供|纳入|明确|严禁|不得|禁止|督导|考核|评估|监测|检查|申请|提交|办理|受理|"
    r"审核|认定|发展|做强|做优|"
    r"办好|抓好|抓实|用好|筑牢|守住|守牢|促进|推动|激发|释放|扩容|缩小|加大|加快|稳定|稳住|畅通|打通|完成|启动|开工|"
    r"推出|举办)"
    r"(?=[一-鿿“《])"
)
_BEGINS_WITH_ACTION = re.compile(_ACTION)
_HAS_ACTION = led_by(
    r"。;,:、!?\s)一二三四五六七八九十要应须将能负",
    rf"(?:[。;,:、!?\s)]|[一二三四五六七八九十]是|要|应当?|须|将|能够|负责){_ACTION}",
)
_BACKGROUND = re.compile(
    r"(?:意义|形势|背景|问题(?:仍然|依然|比较|较为|突出)?|不足|短板|差距|挑战|面临|存在|指导思想|为指导|重要讲话|"
    r"重要论述|重要指示|决策部署|"
    r"根据《|依据|为贯彻|为深入|为进一步|为落实|为加快|为推动|为规范|为了|随着|近年来|一直以来|长期以来|是指|"
    r"本办法所称|各位代表|现将)"
)


def types_of(text: str, facts: Iterable[HasKind] = ()) -> tuple[PassageType, ...]:
    """The types of a passage, in a fixed order; never empty.

    :param text: the passage in shadow form; ``facts``: those that were found in it.
    """
    kinds = [fact.kind for fact in facts]
    types: list[PassageType] = []
    if "target" in kinds or _AIM.search(text):
        types.append("target")
    action = bool(_BEGINS_WITH_ACTION.match(text) or _HAS_ACTION.search(text))
    if action:
        types.append("measure")
    if kinds:
        types.append("number")
    if not types or (not action and _BACKGROUND.search(text)):
        types.append("background")
    return tuple(types)
