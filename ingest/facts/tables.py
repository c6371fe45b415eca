"""Facts of a table row: the header cell names the indicator and its unit, the row's first cell qualifies it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.facts.detect import detect
from ingest.facts.grammar import UNIT
from ingest.facts.kinds import kind_of
from ingest.facts.model import FactContext, Quantity, RawFact, Span, TableRow
from ingest.facts.named import tidy
from ingest.facts.phrases import is_metric
from ingest.facts.timing import Timed
from ingest.facts.voice import Voice
from kb.errors import QueryError
from kb.model import Comparator
from kb.periods import find_periods
from kb.regions import resolve_name
from kb.text.numerals import parse_number
from kb.thesaurus import Thesaurus

_HEADER_UNIT = re.compile(r"[(\[](?:单位:)?(?P<scale>[百千万亿]{0,2})(?P<unit>[^()\[\]]{1,8})[)\]]$")
_CAPTION_UNIT = re.compile(r"单位:(?P<scale>[百千万亿]{0,2})(?P<unit>[^\s()、,;。]{1,8})")
_SIGNS: dict[str, Comparator] = {"≥": ">=", "≤": "<=", ">": ">", "<": "<", "≈": "≈", "约": "≈"}
_CELL = re.compile(r"\s*(?P<sign>[≥≤><≈约])?\s*(?P<number>[\d.,]+%?[万亿]?)\s*")
_SCALES = {"百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8, "": 1.0}
_SERIAL = re.compile(r"^(?:序号|编号|序|年份|电话|联系电话|备注|邮编|代码|页码)$")
_ORDER = re.compile(r"^(?:序号|编号|序)$")
_UNIT_COLUMN = re.compile(r"^(?:计量)?单位$")
_SAID_UNIT = re.compile(r"(?P<scale>[百千万亿]{0,2})(?P<unit>%|‰|[^\d\s]{1,8})")
_VALUE_NAME = re.compile(
    r"^(?:预期|规划|发展|工作)?(?:目标|目标值|数值|现状|现状值|完成值|指标值|实际值|实际|预期值|基期值|值)$"
)
_AIM = re.compile("目标|预期值|规划值")


@dataclass(frozen=True, slots=True)
class _Column:
    """A header cell: what is measured, its unit with the factor of its scale, the year, whether it is an aim."""

    name: str
    unit: str
    factor: float
    time: str
    aim: bool = False


def _column(header: str, caption: str) -> _Column:
    match = _HEADER_UNIT.search(header)
    name = header[: match.start()] if match else header
    said = match or _CAPTION_UNIT.search(caption)
    unit, factor = "", 1.0
    aim = _AIM.search(header) is not None
    if said and (said["unit"] == "%" or UNIT.fullmatch(said["unit"])):
        unit = said["unit"]
        for scale in said["scale"]:
            factor *= _SCALES[scale]
    time = next((p.text for p in find_periods(name)), "")
    name = tidy(name.replace(time, "", 1) if time else name)
    return _Column("" if _VALUE_NAME.match(name) else name, unit, factor, time, aim)


def row_facts(
    text: str, row: TableRow, context: FactContext, voice: Voice, thesaurus: Thesaurus
) -> list[RawFact]:
    """The facts of one table row; a header row or a row without numbers has none."""
    if len(row.cells) < 2 or not row.header:
        return []
    first = 1 if _ORDER.match(row.header[0]) and len(row.cells) > 2 else 0
    label = text[row.cells[first][0] : row.cells[first][1]].strip()
    own = _own_unit(text, row, label)
    facts: list[RawFact] = []
    whole = (row.cells[0][0], row.cells[-1][1])
    for index, span in enumerate(row.cells[first + 1 :], first + 1):
        header = row.header[index] if index < len(row.header) else ""
        if not header or _SERIAL.match(header) or _UNIT_COLUMN.match(header):
            continue
        column = _column(header, row.caption)
        if own and not column.unit:
            column = replace(column, unit=own.unit, factor=own.factor)
        quantity = _cell_quantity(text, span, column, column.name or label)
        if quantity is not None:
            name = own.name if own and own.name else label
            facts.append(_fact(quantity, name, column, whole, context, voice, thesaurus))
    return facts


def _own_unit(text: str, row: TableRow, label: str) -> _Column | None:
    """The unit that a row has for itself: in a column 单位, or after its name (新增学位(万个))."""
    for header, (start, end) in zip(row.header, row.cells, strict=False):
        said = _SAID_UNIT.fullmatch(text, start, end) if _UNIT_COLUMN.match(header) else None
        if said:
            return _column(f"({said.group()})", "")
    column = _column(label, "")
    return column if column.unit else None


def _cell_quantity(text: str, span: Span, column: _Column, measured: str) -> Quantity | None:
    start, end = span
    found = detect(text, start, end, [])
    if len(found) == 1 and found[0].unit:
        return found[0]
    match = _CELL.fullmatch(text, start, end)
    number = parse_number(match["number"]) if match else None
    if match is None or number is None or not isinstance(number.value, float):
        return None
    if not column.unit and not number.percent and not is_metric(measured):
        return None
    unit = "%" if number.percent else column.unit
    value = number.value if number.percent else number.value * column.factor
    sign = _SIGNS.get(match["sign"] or "", "=")
    return Quantity(match.start("number"), match.end("number"), value, unit, sign)


def _fact(
    quantity: Quantity,
    label: str,
    column: _Column,
    whole: Span,
    context: FactContext,
    voice: Voice,
    thesaurus: Thesaurus,
) -> RawFact:
    region = _region(label)
    period = next(iter(find_periods(label, context.published)), None)
    base = "" if region or (period and period.text == label) else label
    name = _joined(base, column.name)
    words = column.time or (period.text if period else "")
    resolved = next(iter(find_periods(words, context.published)), None) if words else None
    timed = Timed(words, False, resolved.years if resolved else None, resolved.role if resolved else "")
    indicator = tidy(name)
    kind = "target" if column.aim else kind_of(quantity, indicator, "", "", timed, voice)
    return RawFact(
        quantity.start,
        quantity.end,
        whole[0],
        whole[1],
        indicator,
        thesaurus.key_of(indicator),
        quantity.value,
        quantity.unit,
        quantity.comparator,
        kind,
        timed.words,
        False,
        timed.years,
        region or context.home_region,
    )


def _region(label: str) -> str:
    """The region that a row is about, if its first cell is a region's name."""
    if not 2 <= len(label) <= 20:
        return ""
    try:
        return resolve_name(label)
    except QueryError:
        return ""


_STAGE = re.compile(
    r"(?:普通|公办|民办|农村|乡镇|城区|县城|城镇)?(?:幼儿园|小学|初中|高中|中职|特殊教育学校|九年一贯制学校)"
)


def _joined(base: str, column: str) -> str:
    """A row's name with its column's: 培训班 and 培训人数; 培训班 and 班数 make 培训班数; a stage of school leads."""
    if base and _STAGE.fullmatch(column):
        return column + base
    twice = len(column) == 2 and column[1] in "数量" and base.endswith(column[0])
    return base + (column[1:] if twice else column)
