"""Joining of lines that copying broke: in the middle of a sentence, at a link, at the edge of a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.cleaning.lines import Line
from ingest.cleaning.model import Reason

_ENDS = frozenset("。！？；：…”’）〕》】」』—.!?;:)]")
_SENTENCE_ENDS = frozenset("。！？；：…!?;:")
_COMMAS = frozenset("，,、")
_CLOSING = frozenset("，。、；：！？）》」』”’】〕,;:!?)]%％…")
_OPENING = frozenset("《“‘（(〔【「『[")
_HEADING = re.compile(
    r"第[零〇一二三四五六七八九十百千\d]+[编章节条部]|[一二三四五六七八九十]{1,3}[、.．,，是]|"
    r"[（(〔［\[][一二三四五六七八九十\d]{1,3}[)）〕］\]]|\d{1,3}[.、．](?!\d)|[①-⑳⒈-⒛㈠-㈩]|——|--|"
    r"附[件表录注]|[A-Za-z][.、)）]|[▲●◆■★•·※【]|抄送|(?:19|20)\d\d年\d\d?月\d\d?日$|注[:：]|案例[一二三四五六七八九十\d]"
)
_UNCLOSED = re.compile(r"[《（(“][^《》（()）“”。；]{0,40}$")
_ADDRESS = re.compile(r"(?:https?:|www\.|@)[!-~]*$")
_LATIN = re.compile(r"[A-Za-z,] ?$")
_DONE = re.compile(r"特此(?:通知|公告|通告|函告|函复|批复|报告|说明|证明)$")
_SIGNATURE = re.compile(
    r"[^，。、；：,;:]{2,30}(?:政府|局|委员会|办公室|办公厅|厅|部|委|院|中心|大学|学院|学校|公司|协会|学会|集团|小组|法院|处|站|台)$"
)
_WORD_END = re.compile(r"[A-Za-z]$")
_LONG = 25
"""A line shorter than this is hardly a broken line of prose; a title or an item ends without a mark too."""
_TOO_LONG = 60
"""A line longer than this is no heading."""


def mark_joins(lines: Sequence[Line], first_prose: int) -> None:
    """Set ``glued`` on each kept line that continues the kept line before it."""
    kept = [index for index, line in enumerate(lines) if not line.reason]
    wrap = _wrap_width([lines[index] for index in kept])
    indents = sum(lines[index].indented for index in kept) >= 3
    paragraph = ""
    for position, index in enumerate(kept):
        line = lines[index]
        before = lines[kept[position - 1]] if position else None
        if before is None or before.layout or line.layout:
            paragraph = line.raw
            continue
        between = {lines[each].reason for each in range(kept[position - 1] + 1, index)}
        over_page = Reason.PAGE_NUMBER in between or line.torn
        line.glued = _continues(
            paragraph,
            before,
            line,
            marked=Reason.NOTE_MARK in between or (over_page and len(paragraph) >= _LONG),
        ) or _wrapped(before, line, wrap, indents=indents, over_page=over_page)
        if not line.glued and index < first_prose and _lone_end(before, line):
            line.glued = True
        if not line.glued and line.length <= 40 and position + 1 < len(kept):
            line.glued = _is_link(paragraph, before, line, lines[kept[position + 1]])
        paragraph = paragraph + line.raw if line.glued else line.raw


def _continues(paragraph: str, before: Line, line: Line, *, marked: bool) -> bool:
    """Whether ``line`` goes on where ``before``, the last line of ``paragraph``, breaks off."""
    last, first = before.raw[-1], line.raw[0]
    if first in _CLOSING:
        return True
    if last in _OPENING:
        return True
    if _opens(line) or last in _ENDS or (line.indented and line.gap):
        return False
    if last in _COMMAS and len(paragraph) >= (15 if last == "、" else 8):
        return not line.indented
    unclosed = _UNCLOSED.search(paragraph)
    if unclosed and re.match(r"[^《（(“。；]{0,40}[》）)”]", line.raw):
        return True
    if line.indented or _DONE.search(paragraph) or _SIGNATURE.fullmatch(line.raw):
        return False
    if not line.gap and _LATIN.search(before.raw) and re.match(r"[a-z]", line.raw):
        return True
    if marked:
        return True
    if _ADDRESS.search(paragraph[-80:]):
        return False
    # A heading may hold a comma and an item may be long; only a sentence before it, or its mere length, tells
    # that a line without an end was broken off.
    if len(paragraph) < _LONG or not ("。" in paragraph or len(paragraph) > _TOO_LONG):
        return False
    return not line.gap or line.raw[-1] in _ENDS or line.length >= _LONG


def _opens(line: Line) -> bool:
    """Whether the line opens something new: an item of the outline, or a lead-in or salutation ending in a colon."""
    return bool(_HEADING.match(line.raw)) or (line.length < 30 and line.raw[-1] in "：:")


def _is_link(paragraph: str, before: Line, line: Line, after: Line) -> bool:
    """Whether ``line`` is a linked phrase set on a line of its own, in the middle of a sentence."""
    if after.layout or after.raw[0] not in _CLOSING or line.gap or after.gap:
        return False
    if before.raw[-1] in _ENDS or line.raw[-1] in _ENDS or _HEADING.match(line.raw):
        return False
    if after.raw[0] in "）)】〕":
        return _UNCLOSED.search(paragraph) is not None
    return before.length >= 8 and not _HEADING.match(before.raw)


def _lone_end(before: Line, line: Line) -> bool:
    """Whether ``line`` is the last character of a title, cut off."""
    return (
        line.length == 1
        and not line.gap
        and not line.indented
        and "一" <= line.raw <= "鿿"
        and before.length >= 4
        and "一" <= before.raw[-1] <= "鿿"
    )


def _width(line: Line) -> int:
    """Columns that the line takes in a fixed-width font."""
    return len(line.raw.encode("gbk", "replace"))


def _wrap_width(lines: Sequence[Line]) -> int:
    """The width at which every line of the text was wrapped, or 0 for a text with a line per paragraph."""
    candidates = [line for line in lines if 18 <= line.length <= 64 and not line.layout]
    if len(candidates) < 8 or 2 * len(candidates) < len([line for line in lines if line.length >= 18]):
        return 0
    widths = Counter(_width(line) + (4 if line.indented else 0) for line in candidates)
    width = max(widths, key=lambda each: (widths[each] + widths[each - 1] + widths[each + 1], each))
    full = [line for line in candidates if -3 <= _width(line) + (4 if line.indented else 0) - width < 3]
    ended = sum(line.raw[-1] in _SENTENCE_ENDS for line in full)
    # Lines of one length that nearly all end a sentence are a list, not a wrapped text.
    return width if 2 * len(full) > len(candidates) and 5 * ended <= 2 * len(full) else 0


def _wrapped(before: Line, line: Line, wrap: int, *, indents: bool, over_page: bool) -> bool:
    """Whether ``before`` was full when the text was wrapped, so that ``line`` goes on with it."""
    if not wrap or (line.gap and not over_page) or line.indented or _opens(line):
        return False
    # The first line of a paragraph is short by its indent, which copying may have lost.
    slack = 3 if before.glued or before.indented else 7
    width = _width(before) + (4 if before.indented else 0)
    if width < wrap - slack:
        return False
    if indents or before.raw[-1] not in _SENTENCE_ENDS:
        return True
    # Without indents a full line that ends a sentence may end its paragraph too; a short line after it may be a heading.
    return width >= wrap - 1 and (line.raw[-1] in _SENTENCE_ENDS or _width(line) >= wrap - slack)


def joint(before: str, after: str) -> str:
    """What is put between two joined lines: a space between two Latin words, else nothing."""
    return " " if _WORD_END.search(before) and re.match(r"[A-Za-z]", after) else ""
