"""Headings inside a paragraph: 一是…。二是…。, where each has sentences of its own below it."""

from __future__ import annotations

import re

from ingest.outline.heads import TAIL, head_end
from ingest.outline.marks import Rank, ordinal

LONGEST = 36
_START = re.compile(
    r"(?:(?<=[。!?;:])|^)\s*(?:([一二三四五六七八九十]{1,2})(?:是|要)|第([一二三四五六七八九十])[,、])(?=[^否非求素点])"
)


def inline_series(text: str, after: int = 0) -> list[tuple[int, int, int]]:
    """The series 一是, 二是 … of a paragraph whose members are headings.

    :param after: where to begin to look (past a heading of the paragraph itself).
    :returns: ``(start, end, rank)`` of the heading words of each member; empty when the members are single
        sentences, that is, when they say what is done and head nothing.
    """
    if "二是" not in text and "第二" not in text and "二要" not in text:
        return []
    members: list[tuple[int, int, int]] = []
    expected = 1
    rank = int(Rank.RUN_IN) + 1
    for match in _START.finditer(text, after):
        number = ordinal(match[1] or match[2])
        if number == 1:
            if expected > 2:
                break
            members.clear()
            expected = 1
        if number != expected:
            continue
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        members.append((start, match.end(), rank))
        expected += 1
    if len(members) < 2:
        return []
    return _with_text(text, members)


def _with_text(text: str, members: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    found: list[tuple[int, int, int]] = []
    elaborated = 0
    for k, (start, mark_end, rank) in enumerate(members):
        end = head_end(text, mark_end)
        following = members[k + 1][0] if k + 1 < len(members) else len(text)
        if end - mark_end > LONGEST or end >= following or text[end] not in "。:":
            return []
        if text[end + 1 : following].strip():
            elaborated += 1
        while text[end - 1] in TAIL:
            end -= 1
        found.append((start, end, rank))
    return found if elaborated * 3 >= len(found) * 2 else []
