"""Facts of a table row: the header cell names the indicator and its unit, the row's first cell qualifies it."""

from __future__ import annotations

import re
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class _Column:
    """A header cell: what is measured, its unit with the factor of its scale, and the year it speaks of."""

    name: str
    unit: str
    factor: float
    time: str


def _column(header: str, caption: str) -> _Column:
    match = _HEADER_UNIT.search(header)
    name = header[: match.start()] if match else header
    said = match or _CAPTION_UNIT.search(caption)
    unit, factor = "", 1.0
    if said and (said["unit"] == "%" or UNIT.fullmatch(said["unit"])):
        unit = said["unit"]
        for scale in said["scale"]:
            factor *= _SCALES[scale]
    time = next((p.text for p in find_periods(name)), "")
    return _Column(tidy(name.replace(time, "", 1) if time else name), unit, factor, time)


def row_facts(
    text: str, row: TableRow, context: FactContext, voice: Voice, thesaurus: Thesaurus
) -> list[RawFact]:
    """The facts of one table row; a header row or a row without numbers has none."""
    if len(row.cells) < 2 or not row.header:
        return []
    label = text[row.cells[0][0] : row.cells[0][1]].strip()
    facts: list[RawFact] = []
    whole = (row.cells[0][0], row.cells[-1][1])
    for index, span in enumerate(row.cells[1:], 1):
        header = row.header[index] if index < len(row.header) else ""
        if not header or _SERIAL.match(header):
            continue
        quantity = _cell_quantity(text, span, _column(header, row.caption))
        if quantity is not None:
            facts.append(
                _fact(quantity, label, _column(header, row.caption), whole, context, voice, thesaurus)
            )
    return facts


def _cell_quantity(text: str, span: Span, column: _Column) -> Quantity | None:
    start, end = span
    found = detect(text, start, end, [])
    if len(found) == 1:
        return found[0]
    match = _CELL.fullmatch(text, start, end)
    number = parse_number(match["number"]) if match else None
    if match is None or number is None or not isinstance(number.value, float):
        return None
    if not column.unit and not number.percent and not is_metric(column.name):
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
    name = column.name if not base else base if not column.name else f"{base}{column.name}"
    words = column.time or (period.text if period else "")
    resolved = next(iter(find_periods(words, context.published)), None) if words else None
    timed = Timed(words, False, resolved.years if resolved else None, resolved.role if resolved else "")
    indicator = tidy(name)
    kind = kind_of(quantity, indicator, "", "", timed, voice)
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
