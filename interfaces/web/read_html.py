"""HTML of the tab 文献阅读: outline, text or page, numbers, side by side."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from interfaces.pdf import PdfPage, Rectangle
from interfaces.web import html, reader_html
from interfaces.web.opened import OpenDocument
from kb.store import StoredFact

if TYPE_CHECKING:
    from interfaces.web.read import Reading


def reading(
    found: OpenDocument,
    facts: Sequence[StoredFact],
    reading: Reading,
    *,
    body: str,
    said: str,
    can_show_pages: bool,
    link: str,
) -> str:
    """The whole reader.

    :param body: the page; empty where the text is shown. :param said: why there is no page to show.
    """
    if not body:
        body = reader_html.text_html(found, highlight=reading.span)
    note = html.notice(said, "hint") if said else ""
    if found.damaged:
        note += html.notice(
            f"这份文献有 {len(found.damaged)} 处文字在来源中有损坏，正文里用波浪线标出，数字请核对原件。",
            "hint",
        )
    tools = _tools(found, reading, can_show_pages=can_show_pages)
    copy = html.link_button(link)
    return (
        f'<div class="pk-full">{reader_html.heading(found.document, copy)}{note}'
        '<div class="pk-columns">'
        f'<details class="pk-left" open><summary>目录</summary>{reader_html.outline_html(found.sections)}</details>'
        f'<div class="pk-middle">{tools}{body}</div>'
        f'<details class="pk-right" open><summary>数据项</summary>{reader_html.facts_html(facts)}</details>'
        "</div></div>"
    )


def _tools(found: OpenDocument, reading: Reading, *, can_show_pages: bool) -> str:
    if not can_show_pages:
        return ""
    modes = "".join(
        f'<button class="pk-switch" data-act="mode" data-key="{mode}" '
        f'aria-pressed="{str(reading.mode == mode).lower()}">{name}</button>'
        for mode, name in (("page", "原件页面"), ("text", "正文"))
    )
    shown = f'<span class="pk-switches" role="group" aria-label="显示方式">{modes}</span>'
    if reading.mode == "page":
        shown += _turning(reading.page, len(found.pages)) + _zooming(reading.zoom)
    return f'<div class="pk-toolbar">{shown}</div>'


def _turning(page: int, pages: int) -> str:
    def button(label: str, to: int) -> str:
        off = "" if 1 <= to <= pages else " disabled"
        return f'<button class="pk-small" data-act="page" data-key="{to}"{off}>{label}</button>'

    return (
        f'<span class="pk-turning">{button("上一页", page - 1)}<span>第 {page} 页，共 {pages} 页</span>'
        f"{button('下一页', page + 1)}</span>"
    )


def _zooming(zoom: int) -> str:
    from interfaces.web.read import ZOOMS

    at = ZOOMS.index(zoom)

    def button(label: str, to: int) -> str:
        key = ZOOMS[min(max(to, 0), len(ZOOMS) - 1)]
        off = "" if 0 <= to < len(ZOOMS) else " disabled"
        return f'<button class="pk-small" data-act="zoom" data-key="{key}"{off}>{label}</button>'

    return f'<span class="pk-turning">{button("缩小", at - 1)}<span>{zoom}%</span>{button("放大", at + 1)}</span>'


def page_html(page: PdfPage, marks: Sequence[Rectangle], reading: Reading, *, lost: bool) -> str:
    """A page as a picture with the marks on it. The picture travels in the page itself: no file is served.

    :param lost: the quote should be on this page and was not found.
    """
    data = base64.b64encode(page.picture).decode("ascii")
    rectangles = "".join(
        f'<i class="pk-here pk-spot" style="left:{100 * r.left:.2f}%;top:{100 * r.top:.2f}%;'
        f'width:{100 * (r.right - r.left):.2f}%;height:{100 * (r.bottom - r.top):.2f}%"></i>'
        for r in marks
    )
    said = ""
    if page.is_scan:
        said += html.notice("这一页是扫描件，文字由机器识别，可能有错；引用前请对照图上的字。", "hint")
    if lost:
        said += html.notice("没能在这一页上标出引文的位置，请切换到“正文”查看。", "hint")
    return (
        f'{said}<div class="pk-sheet" tabindex="0"><div class="pk-paper" style="width:{reading.zoom}%">'
        f'<img src="data:{page.mime};base64,{data}" alt="{escape(f"第 {reading.page} 页的图像")}">'
        f"{rectangles}</div></div>"
    )
