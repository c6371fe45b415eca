"""HTML of the library: its documents, what an upload did, its statistics, its examination. All text is escaped."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from html import escape

from interfaces.web import html
from kb.model import LEVEL_NAMES, STATUS_NAMES, Document
from kb.regions import NATION, tree
from kb.store import Statistics
from search.checkup import Finding

PAGE = 50
"""Documents on one page of the list."""
_BARS = 12  # values of one attribute that are drawn
_LISTED = 200  # items of a finding that are listed; the export has all


def documents_table(
    documents: Sequence[Document], collections: Mapping[str, Collection[str]], page: int, chosen: str = ""
) -> str:
    """A page of the list. :param page: counted from 0. :param collections: ids by collection."""
    if not documents:
        return html.notice("没有符合条件的文献。", "empty")
    homes: dict[str, list[str]] = {}
    for name, ids in collections.items():
        for one in ids:
            homes.setdefault(one, []).append(name)
    last = (len(documents) - 1) // PAGE
    page = max(0, min(page, last))
    rows = "".join(
        _row(document, homes.get(document.id, ()), document.id == chosen)
        for document in documents[page * PAGE : (page + 1) * PAGE]
    )
    heads = "".join(
        f"<th role='columnheader' scope='col'>{name}</th>"
        for name in ("标题", "地区", "层级", "文种", "日期", "时效", "专题", "来源文件")
    )
    turn = "".join(
        f"<button class='pk-small' data-act='page' data-page='{to}'{' disabled' if off else ''}>{label}</button> "
        for label, to, off in (("上一页", page - 1, page == 0), ("下一页", page + 1, page == last))
    )
    turn = f"{turn}第 {page + 1} / {last + 1} 页　" if last else ""
    return (
        f"<p class='pk-count'>{turn}共 {len(documents)} 篇，点一行打开，勾选可以一起处理。"
        f"<span class='pk-picked'></span> <button class='pk-small' data-none hidden>清除勾选</button></p>"
        f"<div class='pk-scroll'><table class='pk-table pk-shelf' role='grid'><thead><tr>"
        f"<th scope='col'><label class='pk-tick'><input type='checkbox' data-all aria-label='勾选本页全部'></label></th>"
        f"{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(document: Document, homes: Sequence[str], current: bool) -> str:
    ident = escape(document.id, quote=True)
    region = tree().get(document.region_code).full_name if document.region_code else ""
    status = document.status
    cells = (
        document.title,
        region or "地区不明",
        LEVEL_NAMES.get(document.level, "层级不明"),
        document.kind,
        document.published or document.issued or "日期不明",
        STATUS_NAMES[status],
        "、".join(homes),
        document.source,
    )
    shown = "".join(
        f"<td role='gridcell'{' class=pk-missing' if cell.endswith('不明') else ''}>{escape(cell)}</td>"
        for cell in cells
    )
    return (
        f"<tr role='row' tabindex='0' data-act='open' data-document='{ident}' class='{'pk-current' if current else ''}'>"
        f"<td><label class='pk-tick'><input type='checkbox' data-pick='{ident}' "
        f"aria-label='勾选 {escape(document.title, quote=True)}'></label></td>{shown}</tr>"
    )


def statistics(counts: Statistics) -> str:
    """Counts with small bars: regions (by province), levels, years, kinds of text, states, collections."""
    if not counts.documents:
        return html.notice("资料库还是空的。", "empty")
    provinces: dict[str, int] = {}
    for code, number in counts.by_region.items():
        name = _province(code)
        provinces[name] = provinces.get(name, 0) + number
    years = {
        str(year) if year else "日期不明": number
        for year, number in sorted(counts.by_year.items(), reverse=True)
    }
    groups = (
        ("地区（按省份）", _ranked(provinces)),
        ("层级", {LEVEL_NAMES.get(level, "层级不明"): counts.by_level[level] for level in
                  (*LEVEL_NAMES, "") if counts.by_level.get(level)}),
        ("年份", years),
        ("文种", _ranked({kind or "文种不明": number for kind, number in counts.by_kind.items()})),
        ("时效", {STATUS_NAMES[s]: counts.by_status[s] for s in STATUS_NAMES if counts.by_status.get(s)}),
        ("专题", _ranked(counts.by_collection)),
    )  # fmt: skip
    return f"<div class='pk-stats'>{''.join(_bars(label, group) for label, group in groups)}</div>"


def _province(code: str) -> str:
    if not code:
        return "地区不明"
    path = (code, *tree().ancestors(code))
    return "全国" if code == NATION else tree().get(path[-2]).name


def _ranked(values: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(values.items(), key=lambda item: (-item[1], item[0])))


def _bars(label: str, values: Mapping[str, int]) -> str:
    if not values:
        return f"<section><h4 class='pk-sub'>{label}</h4><p class='pk-count'>还没有。</p></section>"
    most = max(values.values()) or 1
    lines = [
        f"<tr><th scope='row'>{escape(name)}</th><td class='pk-num'>{number}</td>"
        f"<td><span class='pk-bar'><i style='width:{100 * number / most:.0f}%'></i></span></td></tr>"
        for name, number in values.items()
    ]
    table = f"<table class='pk-bars'>{''.join(lines[:_BARS])}</table>"
    rest = (
        f"<details class='pk-more'><summary>其余 {len(lines) - _BARS} 项</summary>"
        f"<table class='pk-bars'>{''.join(lines[_BARS:])}</table></details>"
        if len(lines) > _BARS
        else ""
    )
    return f"<section><h4 class='pk-sub'>{label}</h4>{table}{rest}</section>"


def uploading(done: int, files: int, current: str, step: str = "读入") -> str:
    """How far an upload has come."""
    share = 100 * done / files if files else 0
    return (
        f"<div class='pk-notice' role='status'>{escape(step)}：{done} / {files}"
        f"　<span class='pk-bar pk-long'><i style='width:{share:.0f}%'></i></span>　{escape(current)}</div>"
    )


def outcome(done: Sequence[tuple[str, str]], failed: Sequence[tuple[str, str]], said: str) -> str:
    """What an upload did, file by file, failures with their remedy first."""
    bad = "".join(html.notice(f"未能读入 {name}：{error}", "error") for name, error in failed)
    lines = "".join(f"<li>{escape(name)}<b>{escape(what)}</b></li>" for name, what in done)
    listed = (
        f"<details class='pk-more'{' open' if len(done) <= 8 else ''}><summary>逐个文件的结果（{len(done)}）</summary>"
        f"<ul class='pk-sending'>{lines}</ul></details>"
        if done
        else ""
    )
    return bad + html.notice(said) + listed


def checkup(findings: Sequence[Finding]) -> str:
    """The findings: counts, then each with its items; a click opens the document, or the form to set it right."""
    total = sum(len(finding.items) for finding in findings)
    head = (
        html.notice("没有发现问题。")
        if not total
        else f"<table class='pk-bars'>{''.join(_count(finding) for finding in findings)}</table>"
    )
    return head + "".join(_finding(finding) for finding in findings if finding.items)


def _count(finding: Finding) -> str:
    return (
        f"<tr><th scope='row'>{escape(finding.label)}</th><td class='pk-num'>{len(finding.items)}</td></tr>"
    )


def _finding(finding: Finding) -> str:
    rows = []
    for item in finding.items[:_LISTED]:
        ident = escape(item.document, quote=True)
        buttons = (
            f"<button class='pk-small' data-act='open' data-document='{ident}'>打开</button> "
            f"<button class='pk-small' data-act='correct' data-document='{ident}'>更正</button>"
            if item.document
            else ""
        )
        about = "　".join(part for part in (item.source if item.document else "", item.detail) if part)
        rows.append(f"<li>{escape(item.title)} <span class='pk-place'>{escape(about)}</span> {buttons}</li>")
    more = len(finding.items) - _LISTED
    rest = f"<li class='pk-place'>另有 {more} 项，见导出的表格。</li>" if more > 0 else ""
    return (
        f"<details class='pk-more' data-finding='{finding.kind}' open><summary>{escape(finding.label)}"
        f"（{len(finding.items)}）</summary><p class='pk-place'>{escape(finding.remedy)}</p>"
        f"<ul class='pk-lines'>{''.join(rows)}{rest}</ul></details>"
    )
