"""Blocks of lines that are no prose: head advertisements, breadcrumbs, tails, footers, licence notices."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.cleaning.lines import Line
from ingest.cleaning.model import Reason
from ingest.cleaning.rules import (
    Zone,
    footer_cue,
    licence_openings,
    line_reason,
    sentence_reason,
    tail_trigger,
    toolbar,
)

EDGE = 60
"""Lines at either end of a text in which page furniture is looked for."""

_ORGANISER = re.compile(r"(?:主办|承办|协办|支持|指导|媒体支持)(?:单位|机构|方)?\s*:")
_ORGANISATION = re.compile(
    r".{2,30}(?:公司|局|委员会|委|中心|集团|大学|学院|协会|学会|政府|报社|台|厅|院|银行|分行)$"
)
_OFFICIAL_TITLE = re.compile(
    r".*(?:通知|意见|方案|办法|规划|公告|通告|决定|报告|细则|条例|规定|纲要|批复|函|纪要|要点)\S{0,8}$"
)
# What may stand after a page's tail and still belongs to the document.
_PROTECTED = re.compile(
    r"附[件表录]|抄送|主送|公开方式|\(?此件|.*印发$|(?:19|20)\d\d年\d\d?月\d\d?日$|[二〇○零一九]{4}年|联系人|\d+[.、]\s*《"
)
_POSITION = re.compile(r"(?:您|你)?(?:当前|现在)?(?:所?在)?的?位置\s*[:>]?")
_LABEL = re.compile(
    r"(?P<label>来源|稿源|信息来源|文章来源|作者|编辑|责任编辑|发布时间|发表时间|时间|日期|阅读量|浏览次数|点击数?)\s*:"
)
_LABEL_VALUES: dict[str, tuple[str, re.Pattern[str]]] = {
    "来源": (Reason.ORIGIN, re.compile(r"[一-鿿A-Za-z·()“”]{2,20}")),
    "作者": (Reason.BYLINE, re.compile(r"[一-鿿· ]{2,20}")),
    "编辑": (Reason.EDITOR, re.compile(r"[一-鿿· ]{2,20}")),
    "时间": (Reason.DATELINE, re.compile(r"(?:19|20)\d\d\D.{4,20}")),
    "日期": (Reason.DATELINE, re.compile(r"(?:19|20)\d\d\D.{4,20}")),
    "": (Reason.TOOLBAR, re.compile(r"\d+次?")),
}
_NOTE_NUMBER = re.compile(r"(?:[A-Za-z]{1,4} ?|注)?\d{1,3}|[a-z*†]")
_LICENCE_LINES = 60
_LICENCE_LENGTH = 5000


def licence_start(lines: Sequence[Line]) -> int:
    """Index of the line that opens a licence notice at the end of the text, or ``len(lines)``."""
    first = max(0, len(lines) - _LICENCE_LINES)
    for index in range(first, len(lines)):
        line = lines[index]
        if line.length > 120:
            continue
        for opening, words in licence_openings():
            if opening.search(line.text) is None:
                continue
            rest = "".join(each.raw for each in lines[index:])
            if len(rest) <= _LICENCE_LENGTH and words.search(rest):
                return index
    return len(lines)


def last_prose(lines: Sequence[Line], end: int) -> int:
    """Index of the last line before ``end`` with a sentence that is no footer and no caption; -1 if none."""
    strong = footer_cue("strong")
    for index in range(end - 1, -1, -1):
        line = lines[index]
        if not line.is_prose:
            continue
        if line.length <= 170 and (strong.search(line.text) or sentence_reason(line.text)):
            continue
        return index
    return -1


def first_prose(lines: Sequence[Line], end: int) -> int:
    """Index of the first line that reads as running text; ``end`` if there is none."""
    for index in range(end):
        line = lines[index]
        if (
            line.length >= 25
            and any(mark in line.raw for mark in "。，,；;")
            and not sentence_reason(line.text)
        ):
            return index
    return end


def zone_of(index: int, first: int, last: int, count: int) -> Zone:
    """Where a line stands: before the first prose line, after the last one, or between."""
    if index < first and index < EDGE:
        return "head"
    if index > last and index >= count - EDGE:
        return "tail"
    return "body"


def mark_note_marks(lines: Sequence[Line]) -> None:
    """A reference to a note that was split into lines: ``[`` / ``1`` / ``]``."""
    for opening, number, closing in zip(lines, lines[1:], lines[2:], strict=False):
        if opening.raw in {"[", "［"} and closing.raw in {"]", "］"} and _NOTE_NUMBER.fullmatch(number.raw):
            for line in (opening, number, closing):
                line.reason = line.reason or Reason.NOTE_MARK


def mark_lines(lines: Sequence[Line], first: int, last: int, end: int) -> None:
    """Apply the rules for single lines."""
    for index, line in enumerate(lines[:end]):
        if line.reason:
            continue
        if line.block is not None and line.block.kind != "paragraph":
            if line.block.kind == "chrome":
                line.reason = line_reason(line.text, "head") or _furniture(line)
            continue
        if "。" in line.raw:
            line.reason = sentence_reason(line.text) if line.length > 2 else ""
            continue
        zone = zone_of(index, first, last, end)
        line.reason = line_reason(line.text, zone)
        if not line.reason and zone != "body" and toolbar(line.text) == "weak":
            line.weak = True


def _furniture(line: Line) -> str:
    """The reason of a line that the loader knows to be page furniture; a footer can tell whose site it is."""
    if footer_cue("strong").search(line.text) or footer_cue("weak").search(line.text):
        return Reason.FOOTER
    return (line.block.reason if line.block else "") or Reason.CHROME


def mark_labels(lines: Sequence[Line], first: int, last: int) -> None:
    """A label alone on its line takes the next line with it if that is its value: ``来源：`` / ``四川日报``."""
    for index, line in enumerate(lines[:-1]):
        if first <= index <= last:
            continue
        label = _LABEL.fullmatch(line.text)
        if label is None:
            continue
        key = next((key for key in _LABEL_VALUES if key and key in label.group("label")), "")
        reason, value = _LABEL_VALUES[key]
        line.reason = reason
        line.weak = False
        following = lines[index + 1]
        if not following.reason and value.fullmatch(following.text):
            following.reason = reason


def mark_breadcrumbs(lines: Sequence[Line], first: int) -> None:
    """A trail that was split into lines: ``当前位置：`` / ``首页`` / ``>`` / ``政务信息`` …"""
    for start, line in enumerate(lines[:first]):
        if not _POSITION.fullmatch(line.text):
            continue
        line.reason = Reason.CHROME
        seen: set[str] = set()
        after_arrow = True
        for each in lines[start + 1 : first]:
            arrow = each.text in {">", "»", "›", ">>", "/", "→", "|"}
            if not (arrow or after_arrow or each.text in seen) or each.length > 30:
                break
            each.reason = each.reason or Reason.CHROME
            seen.add(each.text)
            after_arrow = arrow


def mark_weak(lines: Sequence[Line]) -> None:
    """Weak lines go when the line before or after them goes."""
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        before = False
        for index in order:
            line = lines[index]
            if line.weak and before and not line.reason:
                line.reason = Reason.TOOLBAR
            before = bool(line.reason) and line.reason != Reason.CAPTION


def mark_head_advertisement(lines: Sequence[Line], first: int) -> None:
    """An event's advertisement above the title: it names organisers, and a title still follows it."""
    organisers = [index for index in range(first) if _ORGANISER.match(lines[index].text)]
    if len(organisers) < 2 or organisers[0] > 8:
        return
    end = organisers[-1] + 1
    while end < first and _ORGANISATION.fullmatch(lines[end].text):
        end += 1
    titles = [line for line in lines[end:first] if not line.reason and line.length >= 6]
    if not titles or any(_OFFICIAL_TITLE.fullmatch(line.text) for line in lines[:end]):
        return
    for line in lines[:end]:
        line.reason = line.reason or Reason.ADVERTISEMENT


def mark_tail(lines: Sequence[Line], last: int, end: int) -> None:
    """After the last prose line, a line that opens a tail takes everything to the end with it."""
    for index in range(last + 1, end):
        reason = tail_trigger(lines[index].text)
        if not reason:
            continue
        for line in lines[index:end]:
            reason = tail_trigger(line.text) or reason
            if not line.reason and not _PROTECTED.match(line.text):
                line.reason = reason
        return
    # A page's description may follow its tail: prose, but word for word from the text above.
    if last < 1 or lines[last].length > 300:
        return
    body = "".join(line.raw for line in lines[:last])
    if lines[last].raw.strip("….") in body:
        opening = next((i for i in range(max(0, last - EDGE), last) if tail_trigger(lines[i].text)), -1)
        previous = last_prose(lines, last)
        if opening > previous:
            lines[last].reason = Reason.REPEATED
            mark_tail(lines, previous, end)


def mark_footer(lines: Sequence[Line], last: int, end: int) -> None:
    """The footer of a site: from the first of its lines to the end, if one of them is unmistakable."""
    strong, weak = footer_cue("strong"), footer_cue("weak")
    hits = [
        index
        for index in range(last + 1, end)
        if lines[index].length <= 300 and strong.search(lines[index].text)
    ]
    if not hits:
        return
    start = hits[0]
    while start - 1 > last and (
        lines[start - 1].reason or lines[start - 1].weak or weak.search(lines[start - 1].text)
    ):
        start -= 1
    for line in lines[start:end]:
        if not line.reason and not _PROTECTED.match(line.text):
            line.reason = Reason.FOOTER
