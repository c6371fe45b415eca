"""Running headers, footers and page numbers: what stands in the margins of the pages, again and again."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from ingest.loaders.paged.glyphs import Line
from ingest.loaders.paged.measures import SMALL, body_size
from kb.model import Dropped

_ZONE = 0.12
"""Part of a page's height at its top and at its bottom in which a running line may stand."""
_SHARE = 0.6
"""Part of the pages (or of the odd, or the even ones) on which a running line stands."""
_PAGE_NUMBER = re.compile(
    r"[-—–·\s]*(?:第?\s*\d{1,4}\s*页?(?:\s*[/,，共]+\s*\d{1,4}\s*页?)?|[ivxIVX]{1,6}|第[一二三四五六七八九十百]+页)[-—–·\s]*"
)
_DASHED = re.compile(r"[-—–·]\s*\d{1,4}\s*[-—–·]|第\s*\d{1,4}\s*页.*")

# What a browser prints over and under a page: address, time of printing.
_PRINTED = re.compile(
    r"(?:https?|file)://\S+(?:\s*\d+/\d+)?|\d{1,4}[/-]\d{1,2}[/-]\d{1,4}[,，\s]+(?:[上下]午)?\d{1,2}:\d\d\b.*"
)

RUNNING = "页眉页脚"
NUMBER = "页码"


def split_margins(
    pages: dict[int, list[Line]], heights: dict[int, float]
) -> tuple[list[Dropped], dict[int, list[Line]]]:
    """What is left out of each page and why, and the lines that stay.

    :param pages: lines of each page, from top to bottom; page numbers count from 0.
    :param heights: height of each page.
    """
    running = _running_lines(pages, heights)
    body = body_size(line for lines in pages.values() for line in lines)
    dropped: list[Dropped] = []
    kept: dict[int, list[Line]] = {}
    for number, lines in pages.items():
        text: list[Line] = []
        numbers = _page_numbers(lines, heights[number], single=len(pages) == 1)
        for line in lines:
            if id(line) in numbers:
                dropped.append(Dropped(line.text, NUMBER, number + 1))
            elif (zone := _zone(line, heights[number])) and (
                _mask(line.text) in running[zone]
                or _PRINTED.fullmatch(line.text)
                or _is_small_header(line, zone, body)
            ):
                dropped.append(Dropped(line.text, RUNNING, number + 1))
            else:
                text.append(line)
        kept[number] = text
    return dropped, kept


def _zone(line: Line, height: float) -> str:
    if line.bottom < _ZONE * height:
        return "top"
    return "bottom" if line.top > (1 - _ZONE) * height else ""


def _is_small_header(line: Line, zone: str, body: float) -> bool:
    """Whether a line at the top is set smaller than the text: a header, even if no other page has it."""
    return (
        zone == "top"
        and line.sized
        and line.size <= SMALL * body
        and len(line.text) <= 40
        and "。" not in line.text
    )


def _mask(text: str) -> str:
    return re.sub(r"\d+|[一二三四五六七八九十]+(?=页)", "#", re.sub(r"\s+", "", text))


def _running_lines(pages: dict[int, list[Line]], heights: dict[int, float]) -> dict[str, set[str]]:
    """Masked texts of the lines that run through the document, by zone."""
    counts: dict[str, dict[int, Counter[str]]] = defaultdict(lambda: {0: Counter(), 1: Counter()})
    for number, lines in pages.items():
        for zone in ("top", "bottom"):
            counts[zone][number % 2].update(
                {_mask(line.text) for line in lines if _zone(line, heights[number]) == zone}
            )
    sides = {0: sum(number % 2 == 0 for number in pages), 1: sum(number % 2 for number in pages)}
    found: dict[str, set[str]] = {"top": set(), "bottom": set()}
    for zone, by_side in counts.items():
        for text in by_side[0] | by_side[1]:
            both = by_side[0][text] + by_side[1][text]
            everywhere = both >= 2 and both >= _SHARE * len(pages)
            one_side = any(by_side[side][text] >= max(2, _SHARE * sides[side]) for side in (0, 1))
            if everywhere or one_side:
                found[zone].add(text)
    return found


def _page_numbers(lines: list[Line], height: float, *, single: bool) -> set[int]:
    """Identities of the lines that are page numbers: in a margin, or the last line and set off with dashes."""
    found = set()
    for index, line in enumerate(lines):
        text = line.text.strip()
        if len(text) > 24 or not _PAGE_NUMBER.fullmatch(text):
            continue
        outermost = index in {0, len(lines) - 1}
        in_margin = bool(_zone(line, height))
        dashed = _DASHED.fullmatch(text) is not None and (outermost or in_margin)
        if dashed or (in_margin and (not single or outermost)):
            found.add(id(line))
    return found
