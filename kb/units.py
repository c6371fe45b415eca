"""Units of measure and counting words: which dimension they measure, and conversion inside a dimension.

``所`` and ``家`` both count institutions, ``人`` and ``名`` people, ``平方米`` and ``亩`` areas; 人次 are not people
and 个百分点 are not percent. Units of one dimension convert into each other, others never compare.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kb.text.numerals import ratio_value

# dimension -> {unit: factor to the first unit of the dimension}
_MEASURES: dict[str, dict[str, float]] = {
    "比率": {"%": 1, "‰": 0.1},
    "百分点": {"个百分点": 1, "百分点": 1},
    "倍": {"倍": 1},
    "番": {"番": 1},
    "金额": {"元": 1, "元人民币": 1, "块": 1, "角": 0.1, "分钱": 0.01},
    "美元": {"美元": 1},
    "港元": {"港元": 1, "港币": 1},
    "欧元": {"欧元": 1},
    "面积": {
        "平方米": 1,
        "平米": 1,
        "㎡": 1,
        "m²": 1,
        "平": 1,
        "平方公里": 1e6,
        "平方千米": 1e6,
        "公顷": 1e4,
        "亩": 10_000 / 15,
        "亩次": 10_000 / 15,
    },
    "长度": {
        "米": 1,
        "延米": 1,
        "m": 1,
        "公里": 1000,
        "千米": 1000,
        "km": 1000,
        "里": 500,
        "车道公里": 1000,
        "海里": 1852,
        "厘米": 0.01,
        "毫米": 0.001,
        "微米": 1e-6,
        "纳米": 1e-9,
    },
    "体积": {
        "立方米": 1,
        "立方": 1,
        "方": 1,
        "升": 0.001,
        "毫升": 1e-6,
        "公升": 0.001,
        "㎥": 1,
    },
    "质量": {
        "吨": 1000,
        "公斤": 1,
        "千克": 1,
        "斤": 0.5,
        "克": 0.001,
        "毫克": 1e-6,
        "担": 50,
        "吨标准煤": 1000,
        "吨标煤": 1000,
        "吨二氧化碳": 1000,
        "盎司": 0.0283495,
        "克拉": 0.0002,
    },
    "功率": {"千瓦": 1, "瓦": 0.001, "兆瓦": 1000, "吉瓦": 1e6, "千伏安": 1, "MW": 1000, "kW": 1, "GW": 1e6},
    "电量": {"千瓦时": 1, "度": 1, "度电": 1, "兆瓦时": 1000, "kWh": 1},
    "电压": {"千伏": 1, "伏": 0.001, "kV": 1},
    "浓度": {"微克/立方米": 1, "毫克/立方米": 1000, "μg/m³": 1},
    "液体浓度": {"毫克/升": 1, "mg/L": 1},
    "温度": {"摄氏度": 1, "℃": 1, "°C": 1},
    "声级": {"分贝": 1},
    "数据量": {
        "GB": 1,
        "G": 1,
        "MB": 1 / 1024,
        "TB": 1024,
        "PB": 1024**2,
        "EB": 1024**3,
        "ZB": 1024**4,
        "KB": 1 / 1024**2,
    },
    "带宽": {
        "M": 1,
        "Mbps": 1,
        "Gbps": 1000,
        "Tbps": 1e6,
        "兆": 1,
        "兆比特/秒": 1,
        "吉比特/秒": 1000,
    },
    "算力": {
        "PFlops": 1,
        "P": 1,
        "Pflops": 1,
        "PFLOPS": 1,
        "EFlops": 1000,
        "EFLOPS": 1000,
        "Eflops": 1000,
    },
    "货运周转": {"吨公里": 1},
    "客运周转": {"人公里": 1},
    "标准箱": {"标准箱": 1, "标箱": 1, "TEU": 1},
    "时长": {
        "小时": 60,
        "个小时": 60,
        "钟头": 60,
        "个钟头": 60,
        "分钟": 1,
        "分": 1,
        "刻钟": 15,
        "秒": 1 / 60,
        "秒钟": 1 / 60,
        "毫秒": 1 / 60_000,
    },
    "日": {"天": 1, "日": 1, "周": 7, "星期": 7, "个星期": 7},
    "工作日": {"个工作日": 1, "工作日": 1},
    "月": {
        "个月": 1,
        "月": 1,
        "年": 12,
        "周年": 12,
        "周岁": 12,
        "岁": 12,
        "个学期": 6,
        "学期": 6,
        "个学年": 12,
        "学年": 12,
        "季度": 3,
        "个季度": 3,
        "年度": 12,
        "个年度": 12,
    },
    "学时": {"学时": 1, "课时": 1, "个学时": 1, "个课时": 1},
    "学分": {"学分": 1, "个学分": 1},
    "得分": {"分": 1},
    "人": {
        "人": 1,
        "名": 1,
        "位": 1,
        "名人": 1,
        "口人": 1,
        "口": 1,
        "人(次)": 1,
        "个人": 1,
    },
    "人次": {"人次": 1, "人(次)": 1, "名次": 1, "人·次": 1},
    "户": {"户": 1, "户次": 1, "个家庭": 1},
    "机构": {"所": 1, "家": 1, "间": 1, "家次": 1, "所(园)": 1, "家(次)": 1},
    "数量": {"个": 1},
}
_COUNTERS = (
    "项 件 条 套 台 辆 座 处 门 节 册 份 张 枚 颗 艘 架 部 篇 幅 款 类 种 批 次 场 场次 期 支 队 组 班 届 届次 "
    "例 起 宗 笔 单 对 幢 栋 层 级 档 块 片 孔 口 眼 头 只 羽 尾 匹 株 棵 粒 盏 面 把 本 卷 集 首 句 字 页 行 点 道 "
    "步 站 趟 列 班次 航次 架次 列次 辆次 车次 床 张床 床位 个床位 席 席次 桩 把枪 根 杆 盘 餐 顿 桌 间次 "
    "堂 课 例次 件次 项次 万次 份次 宗地 标段 个标段 包 袋 箱 瓶 罐 桶 车 船 车道 代 章 款次 剂 针 针次 剂次 轮 "
    "折 度次 平次 段 座次 厂 街 馆 村 镇 乡 县 市 区 省 国 校 院 园 党 岗 师 员 军 旅 团 营 连 分(秒) "
    "台(件、套) 台(套、件) 台(套) 套(件) 件(套) 辆(台) 人(户) 个(次) 场(次) 项(次) 份(次) 家(个) 个(家) 处(个) 例(次) "
    "瓦次 册次 块次 席位 个席位 航线 幕 尊 门次 组次 项(个) 个(处) 条(款) 所(个) 个(所)"
).split()
_FLOOR_UNITS = "档 级 层 度 点 行 步 代 章 折 字 面 道 片 国 师 员 军 旅 团 营 连 党 街 厂 馆 村 镇 乡 县 市 区 省 校 院 园 岗"
AMBIGUOUS = frozenset(_FLOOR_UNITS.split())
"""Characters that count (三省, 40村) but much more often are part of a name or a grade (三级, 一区)."""

DIMENSIONS: dict[str, tuple[str, float]] = {}
for _dimension, _units in _MEASURES.items():
    for _unit, _factor in _units.items():
        DIMENSIONS.setdefault(_unit, (_dimension, float(_factor)))
for _unit in _COUNTERS:
    DIMENSIONS.setdefault(_unit, (_unit, 1.0))

_PER = (
    r"(?:/(?:人次|人|户|月|年|天|日|周|学年|学期|生|亩|平方米|千瓦时|吨|次|公里|小时|千克|公斤|立方米|升|万人|万元|"
    r"人·月|人·年|人·天|件|台|辆|套|床|百户|分钟|秒|平方公里|平米|㎡))+"
)
_NAMES = sorted((u for u in DIMENSIONS if u not in "PGM"), key=len, reverse=True)
UNIT = rf"(?:{'|'.join(map(re.escape, _NAMES))})(?:{_PER})?"
"""A pattern for the unit after a number, the longest first; ``元/平方米/月`` is one unit."""

_UNIT = re.compile(UNIT)
_PER_WORDS = {
    "人": "人",
    "名": "人",
    "生": "人",
    "位": "人",
    "学生": "人",
    "户": "户",
    "家": "家",
    "亩": "亩",
    "县": "县",
    "校": "校",
    "次": "次",
    "月": "月",
    "年": "年",
    "天": "天",
    "日": "天",
    "周": "周",
    "学期": "学期",
    "学年": "学年",
    "平方米": "平方米",
    "吨": "吨",
    "小时": "小时",
    "度": "度",
}
PER = re.compile(
    r"(?:每(?:人次|人|名|生|户|家|县|亩|平方米|吨|小时|次)(?:每(?:次|月|年|天|日|周|学期|学年|小时))?|每月每人|每年每人|每月每户|每年每户|每月|每年|每天|每日|每学期|每学年)"
)
"""What a rate is taken per, said before the number: 每人每月500元 has the unit 元/人·月."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written, its dimension, and the factor to the dimension's base unit.

    ``per`` are the denominators in order, normalised (元/人·月 → ``("人", "月")``).
    """

    text: str
    dimension: str
    factor: float
    per: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def unit_of(text: str) -> Unit:
    """The unit that ``text`` names. A word that is not known counts itself (``棵``, ``航班``)."""
    base, *denominators = re.split("[/·]", text) if text not in DIMENSIONS else [text]
    dimension, factor = DIMENSIONS.get(text) or DIMENSIONS.get(base) or (base or "无量纲", 1.0)
    per = tuple(sorted(_PER_WORDS.get(d, d) for d in denominators))
    return Unit(text, dimension, factor, per)


def compose(unit: str, per: str) -> str:
    """The unit of a rate from the counted unit and the words before it: (元, 每人每月) → ``元/人·月``."""
    parts = [_PER_WORDS.get(p, p) for p in re.split("每", per) if p]
    if not parts:
        return unit
    # 每月每人 and 每人每月 are one unit.
    parts.sort(key=lambda p: p in ("月", "年", "天", "周", "学期", "学年", "次", "小时"))
    return f"{unit}/{'·'.join(parts)}"


_PERIODS = {"年": 12.0, "学年": 12.0, "学期": 6.0, "月": 1.0}
_SAME_COUNT = frozenset({"机构", "数量", "项", "处", "座"})


def comparable(left: str, right: str) -> bool:
    """Whether quantities in these two units can be compared.

    The all-purpose 个 counts institutions and things as well (14个 against 14所 集团), never people or money.
    """
    a, b = unit_of(left), unit_of(right)
    if a.per != b.per and _without_period(a.per) != _without_period(b.per):
        return False
    if a.dimension == b.dimension:
        return True
    return a.dimension in _SAME_COUNT and b.dimension in _SAME_COUNT


def _without_period(per: tuple[str, ...]) -> tuple[str, ...] | None:
    rest = tuple(p for p in per if p not in _PERIODS)
    return rest if len(rest) < len(per) else None


def _period(per: tuple[str, ...]) -> float:
    for part in per:
        if part in _PERIODS:
            return _PERIODS[part]
    return 1.0


def convert(value: float, unit: str, into: str) -> float | None:
    """``value`` of ``unit`` in the unit ``into`` (10亩 → 6666.67平方米, 元/人·月 → 元/人·年); None across dimensions."""
    if not comparable(unit, into):
        return None
    a, b = unit_of(unit), unit_of(into)
    return value * a.factor / b.factor * _period(b.per) / _period(a.per)


def base_value(value: float | tuple[float, float] | str, unit: str) -> tuple[float, float] | None:
    """A fact's value as an interval in the base unit of its dimension; None for ratios of three parts.

    A ratio or fraction (1:15, 1/8) becomes the number it stands for.
    """
    factor = unit_of(unit).factor
    if isinstance(value, str):
        number = ratio_value(value)
        return None if number is None else (number, number)
    if isinstance(value, tuple):
        return value[0] * factor, value[1] * factor
    return value * factor, value * factor


def match_unit(text: str, at: int) -> re.Match[str] | None:
    """The unit that begins at ``at``, the longest one, or None."""
    return _UNIT.match(text, at)
