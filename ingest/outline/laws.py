"""Laws and regulations: their articles (条) with paragraphs (款) and items (项)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.outline.headings import Heading, Headings
from ingest.outline.heads import head_end
from ingest.outline.lines import Line
from ingest.outline.marks import Rank
from ingest.outline.model import Role

FEWEST = 3
_CAPTION = re.compile(r"^[【(\[]([^】)\]]{2,20})[】)\]]")


@dataclass(frozen=True, slots=True)
class Law:
    """The lines that the articles of a law take up: ``[first, last)``."""

    first: int
    last: int


def read_law(
    lines: Sequence[Line], roles: Sequence[Role | None], first: int, last: int
) -> tuple[Law | None, Headings]:
    """The articles and items among the lines ``[first, last)``; nothing where there are too few articles."""
    articles = _articles(lines, roles, first, last)
    if len(articles) < FEWEST:
        return None, {}
    found: Headings = {}
    for i in articles:
        found[i] = _article(lines[i], i)
    for i in range(articles[0] + 1, last):
        line = lines[i]
        if roles[i] is None and i not in found and line.mark is not None and not line.row and _is_item(line):
            end = line.mark.length
            while end > 1 and line.text[end - 1] in " 、":
                end -= 1
            found[i] = Heading(
                i, int(line.mark.rank), line.start, line.start + end, True, line.mark, item=True
            )
    return Law(articles[0], last), found


def _articles(lines: Sequence[Line], roles: Sequence[Role | None], first: int, last: int) -> list[int]:
    """Articles in sequence: a line that begins with 第十二条 out of turn speaks of another law."""
    articles: list[int] = []
    number = 0
    for i in range(first, last):
        mark = lines[i].mark
        if mark is None or mark.rank != Rank.ARTICLE or roles[i] is not None:
            continue
        in_turn = mark.number in (number, number + 1) if articles else mark.number <= FEWEST
        if in_turn or (not mark.doubtful and number < mark.number <= number + 3):
            articles.append(i)
            number = mark.number
    return articles


def _article(line: Line, i: int) -> Heading:
    """第三条, with its caption where it has one (第三条 【适用范围】, 第三条 载体建设。…)."""
    assert line.mark is not None
    text, length = line.text, line.mark.length
    end = len(text[:length].rstrip())
    caption = _CAPTION.match(text[length:])
    if caption:
        end = length + caption.end()
    else:
        stop = head_end(text, length)
        if stop - length <= 14 and stop < len(text) - 12 and text[stop] == "。":
            end = stop
    return Heading(i, int(Rank.ARTICLE), line.start, line.start + end, True, line.mark)


def _is_item(line: Line) -> bool:
    assert line.mark is not None
    return line.mark.rank in (
        Rank.CN_PAREN,
        Rank.NUMBER,
        Rank.NUMBER_PAREN,
        Rank.CIRCLED,
        Rank.HALF_PAREN,
    ) and (not line.mark.doubtful)
