"""Headings without a number: a line of their own, or the first sentence of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.outline.front import BYLINE
from ingest.outline.headings import OWN_LINE, PARAGRAPH, Headings, follower, make
from ingest.outline.heads import head_end, is_action, is_label, is_scene, is_statement
from ingest.outline.lines import TITLE_END, Line, is_date, is_number, is_organisation
from ingest.outline.marks import Rank
from ingest.outline.model import Role

OWN_SENTENCE = 46
RUN_IN = 32
RUN_IN_SERIES = 52
PLAIN_RUN_IN = 26
SHORT_HEAD = 20
_BRACKET = re.compile(r"[【\[〖][^【】\[\]〖〗]{2,20}[】\]〗]")
REGION_LABEL = re.compile(r"[一-鿿]{1,14}(?:省|市|区|县|州|盟|旗|师|兵团)(?=:|$)")


def own_lines(
    lines: Sequence[Line], roles: Sequence[Role | None], first: int, last: int, taken: Headings
) -> Headings:
    """Unnumbered headings on a line of their own among ``[first, last)``."""
    found: Headings = {}
    for i in range(first, last):
        line = lines[i]
        if roles[i] is not None or i in taken or line.row or not _could_head(line):
            continue
        j = follower(lines, roles, i, last)
        if line.layout >= 0 or (j < last and _heads(lines, roles, i, j, first, taken, found)):
            found[i] = make(i, line, len(line.text), Rank.LINE, run_in=False)
    return found


def _could_head(line: Line) -> bool:
    text = line.text
    if line.layout >= 0:
        return len(text) <= 100
    if line.mark is not None or not 2 <= len(text) <= OWN_LINE:
        return False
    if not (line.open or text[-1] in "?!") or text[-1] in "“(《" or text[0] in "”)》":
        return False
    if is_date(text) or is_number(text) or BYLINE.search(text) or "\t" in text:
        return False
    colon = text.find(":")
    if 0 < colon < 9 and colon < len(text) - 1:
        return False
    letters = sum("一" <= char <= "鿿" for char in text)
    return letters * 2 >= len(text) and letters >= 2


def _heads(
    lines: Sequence[Line],
    roles: Sequence[Role | None],
    i: int,
    j: int,
    first: int,
    taken: Headings,
    found: Headings,
) -> bool:
    """Line ``i`` stands between prose (or a heading) above and prose or a first numbered heading below."""
    above, below = lines[i - 1] if i > first else None, lines[j]
    if is_organisation(lines[i].text) and not below.prose:
        return False
    calm = above is None or above.prose or roles[i - 1] is not None or i - 1 in taken or i - 1 in found
    if not calm:
        return False
    if j in taken:
        mark = taken[j].mark
        return mark is not None and mark.number == 1 and len(lines[i].text) >= 3
    if not below.prose or below.mark is not None:
        return False
    named = TITLE_END.search(lines[i].text) is not None and (j + 1) in taken
    return len(below.text) >= (20 if named else 36)


def own_sentences(
    lines: Sequence[Line], roles: Sequence[Role | None], first: int, last: int, taken: Headings
) -> Headings:
    """Short sentences that take turns with long paragraphs (生态底色更加亮丽。): headings."""
    plain = [i for i in range(first, last) if roles[i] is None]
    found: Headings = {}
    short: set[int] = set()
    for k, i in enumerate(plain):
        line = lines[i]
        if i in taken or line.mark is not None or line.row or not 4 <= len(line.text) <= OWN_SENTENCE:
            continue
        if line.text[-1] != "。" or head_end(line.text, 0) != len(line.text) - 1:
            continue
        if k + 1 < len(plain) and plain[k + 1] in taken:
            below = taken[plain[k + 1]]
            if (
                below.mark is not None
                and below.mark.number == 1
                and below.rank >= Rank.ORDINAL
                and is_action(line.text)
            ):
                found[i] = make(i, line, len(line.text), Rank.LINE, run_in=False)
        elif k + 1 < len(plain):
            after = lines[plain[k + 1]]
            if after.mark is None and after.prose and len(after.text) >= max(PARAGRAPH, 2 * len(line.text)):
                short.add(i)
    for k, i in enumerate(plain):
        if i not in short or (k >= 2 and plain[k - 2] in short):
            continue
        chain = plain[k : k + 60 : 2]
        length = next((c for c, n in enumerate(chain) if n not in short), len(chain))
        calm = not any(_tells(lines[n].text) for n in chain[:length])
        # A lone pair counts where such pairs are the habit of the text.
        if length >= 3 or (calm and (length == 2 or len(short) >= 6)):
            for n in chain[:length]:
                found[n] = make(n, lines[n], len(lines[n].text), Rank.LINE, run_in=False)
    return found


def _tells(text: str) -> bool:
    return len(text) > OWN_LINE or is_statement(text) or is_scene(text)


def run_ins(
    lines: Sequence[Line], roles: Sequence[Role | None], first: int, last: int, taken: Headings
) -> Headings:
    """Unnumbered paragraphs whose first sentence is their heading, among ``[first, last)``."""
    heads: dict[int, tuple[int, str]] = {}
    for i in range(first, last):
        line = lines[i]
        if roles[i] is not None or i in taken or line.mark is not None or line.row:
            continue
        graded = _label(line) or (_grade(line) if len(line.text) >= PARAGRAPH else None)
        if graded is not None:
            heads[i] = graded
    found: Headings = {}
    for i, (end, grade) in heads.items():
        around = _beside(lines, roles, i, -1, first, last), _beside(lines, roles, i, 1, first, last)
        beside = {heads[n][1] for n in around if n in heads}
        # The only paragraph under a heading of its own needs no second one.
        alone = all(n in taken or not first <= n < last for n in around)
        plainly = end <= SHORT_HEAD and "," not in lines[i].text[:end]
        if (
            (grade == "action" and (plainly or not alone))
            or (grade in ("label", "region", "bracket") and grade in beside)
            or (grade == "plain" and beside & {"plain", "action"})
            or (grade == "long" and beside & {"action", "long"})
        ):
            found[i] = make(i, lines[i], end, Rank.RUN_IN, run_in=True)
    return found


def _label(line: Line) -> tuple[int, str] | None:
    """A label before the text of a paragraph: 【学前教育】…, or the region that it tells of (江苏省:…)."""
    text = line.text
    bracket = _BRACKET.match(text)
    if bracket and bracket.end() < len(text):
        return bracket.end(), "bracket"
    region = REGION_LABEL.match(text, 0, 24)
    return (region.end(), "region") if region and text[region.end() : region.end() + 1] == ":" else None


def _beside(
    lines: Sequence[Line], roles: Sequence[Role | None], i: int, step: int, first: int, last: int
) -> int:
    j = i + step
    while first <= j < last and roles[j] is not None:
        j += step
    return j


def _grade(line: Line) -> tuple[int, str] | None:
    """How much the first sentence of a paragraph is like a heading: action, plain, long, label."""
    text = line.text
    end = head_end(text, 0)
    if not 4 <= end <= RUN_IN_SERIES or end >= len(text) - 12:
        return None
    head = text[:end]
    if text[end] == ":":
        return (end, "label") if is_label(head) else None
    if text[end] not in "。!" or is_statement(head):
        return None
    if is_action(head):
        return end, "action" if end <= RUN_IN else "long"
    return (end, "plain") if end <= PLAIN_RUN_IN and not is_scene(head) else None
