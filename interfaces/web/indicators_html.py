"""HTML of a table region × indicator. Everything that comes from a text is escaped here."""

from __future__ import annotations

from html import escape

from interfaces.web import html
from kb.model import FACT_KIND_NAMES
from search.series import value_text
from search.table import Cell, Entry, Row, Table


def table_html(table: Table) -> str:
    """The table, to be sorted by its heads; each value opens its sentence, a cell without facts says so."""
    if not table.rows:
        return html.notice(
            "库里没有这个指标的数据。可以换个说法，例如“新增学位”“骨干教师占比”，或放宽地区、性质和专题。",
            "empty",
        )
    there = sum(any(not cell.missing for cell in row.cells) for row in table.rows)
    count = f"{there} 个地区有数据。点数值打开原句，点表头排序；同一列已换算成同一单位。"
    heads = "".join(
        _head(f"{name}（{unit}）" if unit else name)
        for name, unit in zip(table.indicators, table.units, strict=True)
    )
    rows = "".join(_row(row, table) for row in table.rows)
    return (
        f"<p class='pk-count'>{escape(count)}</p><div class='pk-scroll'><table class='pk-table pk-matrix'>"
        f"<thead><tr>{_head('地区')}{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _head(text: str) -> str:
    return (
        f"<th scope='col' aria-sort='none'><button class='pk-sort' data-sort='1'>{escape(text)}</button></th>"
    )


def _row(row: Row, table: Table) -> str:
    cells = "".join(
        _cell(cell, unit, asked)
        for cell, unit, asked in zip(row.cells, table.units, table.indicators, strict=True)
    )
    code = escape(row.region_code, quote=True)
    return f"<tr><th scope='row' data-value='{code}'>{escape(row.name)}</th>{cells}</tr>"


def _cell(cell: Cell, unit: str, asked: str) -> str:
    if cell.missing:
        return "<td class='pk-missing' data-value=''>缺</td>"
    numbers = [e.number for e in cell.entries if e.number is not None and unit and e.unit == unit]
    value = f"{numbers[0]!r}" if numbers else ""
    conflict = "<div class='pk-status'>说法不一，均已列出</div>" if cell.conflicting else ""
    entries = "".join(_entry(entry, unit, asked) for entry in cell.entries)
    return f"<td data-value='{value}'>{entries}{conflict}</td>"


def _entry(entry: Entry, unit: str, asked: str) -> str:
    fact = entry.fact.fact
    said = [f"原文“{fact.surface}”", fact.time]
    said.append("" if fact.indicator == asked else fact.indicator)
    also = "".join(
        f" <button class='pk-small' {html.open_attributes(citation)} title='{escape(citation.title, quote=True)}'>"
        f"另见</button>"
        for citation in entry.also
    )
    return (
        f"<div class='pk-entry'><button class='pk-value' {html.open_attributes(entry.citation)} "
        f"title='{escape(fact.quote, quote=True)}'>{escape(value_text(entry, unit))}</button> "
        f"<span class='pk-kind pk-k-{entry.kind}'>{FACT_KIND_NAMES[entry.kind]}</span>"
        f"<div class='pk-place'>{escape('，'.join(part for part in said if part))}{also}</div></div>"
    )
