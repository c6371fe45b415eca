"""Tables of contents: a 目录 line with its entries, or lines that end in leaders and a page number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.outline.lines import Line
from ingest.outline.model import Role

CONTENTS = re.compile(r"^(?:目\s*录|目\s*次|contents)\s*:?$", re.IGNORECASE)
_LEADERS = re.compile(r"(?:[.…·．]{3,}|\s{4,}|\t)\s*[(]?\d{1,4}[)]?$|[.…·]{6,}$")
_PAGE = re.compile(r"[\s.…·．]*[(]?\d{0,4}[)]?$")
_SPACE = re.compile(r"\s+")


def _key(text: str) -> str:
    return _SPACE.sub("", _PAGE.sub("", text))


def mark_contents(lines: Sequence[Line], roles: list[Role | None], body: int) -> None:
    """Give the role ``contents`` to tables of contents; ``roles`` is filled in place."""
    for i in range(body, len(lines)):
        text = lines[i].text
        if len(text) > 90:
            continue
        if CONTENTS.match(text) and roles[i] is None:
            end = _end_of_entries(lines, i)
            for j in range(i, end):
                roles[j] = "contents"
        elif roles[i] is None and not lines[i].row and _LEADERS.search(text) and not lines[i].prose:
            roles[i] = "contents"


def _end_of_entries(lines: Sequence[Line], title: int) -> int:
    """Where the entries under 目录 end: at the line that repeats the first entry, else at the first prose."""
    if title + 1 >= len(lines):
        return title + 1
    first = _key(lines[title + 1].text)
    for j in range(title + 2, min(title + 400, len(lines))):
        if len(lines[j].text) > 80:
            break
        if _key(lines[j].text) == first:
            return j
    j = title + 1
    while j < len(lines) and len(lines[j].text) <= 60 and lines[j].open:
        j += 1
    # The last short line before the prose is the first real heading.
    return j - 1 if title + 2 < j < len(lines) and not _LEADERS.search(lines[j - 1].text) else j
