"""What a case is called: its region and what was done there, in the words of one of its clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kb.regions import tree

_SHORTEST, _LONGEST = 6, 30  # characters of a clause that makes a title
_NAME = 10  # characters of a region's full name that a title has room for
_CLAUSE = re.compile(r"[，,；;。：:！!？?\n]")
_PART = re.compile(rf"{_CLAUSE.pattern}|、")
_ASIDE = re.compile(r"[（(][^（）()]*[)）]")
# The mark of an item in a list says nothing once the sentence stands alone: 一是, (三), 2., ①.
ITEM = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}是要?|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、"
    r"|\d{1,2}[.．、](?!\d)|[①-⑳])\s*"
)
_OPENING = re.compile(r"^(?:同时|此外|另外|其中|并且?|还|以及|目前|近年来|对此|为此|通过)")
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"), ("「", "」"))
_LEANING = re.compile(r"^(?:在|针对|按照|根据|围绕|随着|由于|为了|面对|对于)")  # half of a thought


def case_title(
    region_code: str, quotes: Sequence[str], spellings: Sequence[Iterable[str]], topic: str
) -> str:
    """The title of a case.

    :param quotes: its quotes, what was done first. :param spellings: words of the topic, one of which the clause
        should hold: the best words, then the next best, and so on. :param topic: what the title says where no clause
        will do.
    """
    name = tree().get(region_code).name if region_code else ""
    clauses = [
        clause for cut in (_CLAUSE, _PART) for quote in quotes for clause in _clauses(quote, cut, name)
    ]
    said = next((c for words in spellings for c in clauses if any(word in c for word in words)), topic)
    return f"{region_label(region_code)}：{said}" if region_code else said


def region_label(code: str) -> str:
    """A region's name for a title: the full one where it is short, else its own with the one above."""
    region = tree().get(code)
    if len(region.full_name) <= _NAME or not region.parent:
        return region.full_name
    above = tree().get(region.parent).name
    return f"{above}{region.name}" if len(above + region.name) <= _NAME else region.name


def _clauses(quote: str, cut: re.Pattern[str], region: str) -> list[str]:
    found = []
    for piece in cut.split(ITEM.sub("", quote)):
        clause = _OPENING.sub("", ITEM.sub("", _ASIDE.sub("", piece).strip())).strip("　 、")
        clause = clause.removeprefix(region) if region else clause
        whole = all(clause.count(first) == clause.count(last) for first, last in _PAIRS)
        if whole and _SHORTEST <= len(clause) <= _LONGEST and not _LEANING.match(clause):
            found.append(clause)
    return found
