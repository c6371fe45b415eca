"""What the words around a number say of it: 不少于, 超过, 近, 以上, 左右, 余."""

from __future__ import annotations

import re

from kb.model import Comparator

# None of the patterns below can match where none of these characters stands shortly before the number.
_CUE = re.compile("[≥≤<>等少低小短最底超多高大长限顶突破逾过上出优首足未满到不近约概]")
_SIGNS: dict[str, Comparator] = {"≥": ">=", "≤": "<=", ">": ">", "<": "<"}
_GE = re.compile(
    r"(?:大于等于|大于或等于|高于或等于|不少于|不得少于|不能低于|不能少于|不应低于|不宜低于|不低于|不得低于|不小于|不短于|不得短于|至少|最少|保底)"
    r"(?:为|要|达到|有|配备|配置|建成|培育|建设|培养|完成|建立|设立|组织|开展|每[一-鿿]{0,4})?[^,。;\d]{0,8}$"
)
_LE = re.compile(
    r"(?:小于等于|小于或等于|低于或等于|不能超过|不能高于|不应超过|不应高于|不宜超过|不超过|不得超过|不多于|不高于|不得高于|不大于|不得大于|至多|最多|最高|最长|上限为?|封顶)"
    r"(?:为|可|给予|补助|奖励|达|可达|不超过)?[^,。;\d]{0,6}$"
)
_FLOOR = re.compile(r"(?:最低|不得少)(?:为|可|达|补助|给予|标准为)?$")
_RAISED = re.compile(r"(?:提高|增加|上调|下调|降低)[^,。;]{0,14}最高[^,。;]{0,10}$")
_FAR = re.compile(
    r"(?P<tie>不低于|不得低于|不少于|不得少于|不超过|不得超过|不高于|不得高于)[^,。;:、\d]{1,30}$"
)
_NO_LIMIT = re.compile(r"最[高低](?:生活|工资|水平|人民|法院|检察)")
_GT = re.compile(r"(?:超过?|突破|高于|多于|大于|逾|(?<![通经不度])过|跨过|迈上|超出|优于|首超|首破|破)了?$")
_LT = re.compile(r"(?:低于|少于|小于|不足|未满|不到|不满|短于|未超过|不及)$")
_NEAR = re.compile(
    r"(?:(?<![最附临邻])近|(?<![节预合签集公条束])约|大约|接近|将近|大概|约为|约占|达近|左右)$"
)
_HUG = re.compile(
    r"(?:(?<!不)(?<!不得)(?<!未)超过|(?<![最附临就邻接将])近|(?<![节预签集公条])约|(?<!赶)超|逾)$"
)


def compare(before: str, tail: str, own: Comparator, after: str) -> Comparator:
    """The comparator of a number.

    :param before: some words before it; ``after``: some words after it and its unit.
    :param tail: the 以上, 左右 that belong to it; ``own``: what its own characters say (余).
    """
    if tail and tail not in ("余", "多"):
        return _by_tail(tail)
    if after.startswith(("限额内", "额度内", "范围内")):
        return "<="
    cued = _CUE.search(before, max(0, len(before) - 16)) is not None
    if cued and _NEAR.search(before, max(0, len(before) - 4)):
        return "≈"
    if own != "=":
        return own
    if tail:
        return ">"
    return _by_words(before) if cued else own


def _by_tail(tail: str) -> Comparator:
    if "以上" in tail:
        return ">="
    return "≈" if tail in ("左右", "上下", "之间") else "<="


def _by_words(before: str) -> Comparator:
    near = max(0, len(before) - 6)
    signed = _SIGNS.get(before[-1:])
    if signed:
        return signed
    if _GE.search(before) or _FLOOR.search(before, near):
        return ">="
    if _LE.search(before) and not _NO_LIMIT.search(before) and not _RAISED.search(before):
        return "<="
    if _LT.search(before, near):
        return "<"
    return ">" if _GT.search(before, near) else "="


def far_bound(before: str) -> Comparator:
    """A bound that stands before the whole that a share is of: 不低于教师总数的 10%."""
    match = _FAR.search(before)
    if match is None:
        return "="
    return ">=" if match["tie"].endswith(("低于", "少于")) else "<="


def hugging(before: str) -> int:
    """How many characters right before a number belong to its surface: 近 of 近71万, 超过 of 超过90%."""
    match = _HUG.search(before, max(0, len(before) - 3))
    return len(match.group()) if match else 0
