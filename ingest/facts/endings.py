"""How the name of a count or a measure ends: 教育集团数, 改造校舍面积, 新建公路里程, 就业人数."""

from __future__ import annotations

import re

from ingest.facts.phrases import is_metric, is_money, is_person

_SPENT = re.compile(
    r"(?:投入|投资|安排|拨付|落实|下达|筹措|争取|补助|奖补|奖励|支持|拿出|筹集|整合|统筹|给予)$"
)
_COUNTED_MEASURE = re.compile(r"(?:标准|补助|补贴|投资|期)$")
_POSTS = ("编制", "岗位", "名额", "学位")
_DIGITS = ("字符", "密码", "账号", "数字", "编号", "代码", "号码")
_ENDINGS: dict[str, str] = {
    **dict.fromkeys(("亩", "公顷", "平方米", "平米", "㎡", "平方公里"), "面积"),
    **dict.fromkeys(("公里", "千米"), "里程"),
    **dict.fromkeys(("吨", "斤", "公斤", "立方米", "千瓦时", "标箱", "标准箱"), "量"),
    **dict.fromkeys(("GB", "TB", "PB"), "数据量"),
    **dict.fromkeys(("周岁", "岁"), "年龄"),
    "千瓦": "容量",
    "次": "次数",
    "场": "场数",
    "场次": "场次",
    "户": "户数",
    "户次": "户次",
    "套": "套数",
    "条": "条数",
    "学时": "学时",
    "课时": "课时",
    "分": "分数",
    "航次": "航次",
    "列": "列数",
    "班次": "班次",
    "期": "期数",
    "微克/立方米": "浓度",
}


def suffix(name: str, unit: str, *, noun: str = "") -> str:
    """``name`` with the ending its unit asks for: 教育集团 → 教育集团数, 改造校舍 (平方米) → 改造校舍面积.

    :param noun: the thing counted, where ``name`` says more.
    """
    base = unit.split("/", 1)[0]
    if base in ("元", "美元", "欧元", "元人民币", "万元人民币"):
        if is_money(name) or is_metric(name):
            return name
        return f"{name}资金" if _SPENT.search(name) else f"{name}额"
    if base in ("人次", "人(次)", "名次"):
        return name if name.endswith("人次") else name.removesuffix("人数") + "人次"
    if base in ("人", "名", "位", "户") and is_money(name) and not name.endswith(("人数", "户数")):
        return name + ("户数" if base == "户" else "人数")
    if base == "位" and name.endswith(_DIGITS):
        return name + "位数"
    if is_metric(name) and not (base in ("个", "项", "家") and _COUNTED_MEASURE.search(name)):
        return name
    if base in ("人", "名", "位"):
        thing = noun or name
        return name + ("数" if is_person(thing) or thing.endswith(_POSTS) else "人数")
    if base == "分" and name.endswith("分"):
        return name
    return name + _ENDINGS.get(base, "数")
