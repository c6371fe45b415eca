"""The end of a document and what follows it: signature and date, 抄送, 印发, remarks, attachments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.outline.front import LEADER, SALUTE
from ingest.outline.lines import DATE, TITLE_END, Line, is_date, is_organisation
from ingest.outline.marks import Rank
from ingest.outline.model import Role

_CC = re.compile(
    rf"^(?:抄\s*[送报致发]|主\s*送|分\s*送|报\s*送|主题词|共印|印发份数)\s*[::\d]|^.{{0,46}}\s*{DATE}\s*印发$|^校对\s*:"
)
_PRINTED = re.compile(rf"^{DATE}\s*印发$")
_REMARK = re.compile(
    r"^\((?:此件|本文|联系人|联系电话|全文|本件|联系科室|联系方式|盖章|单位盖章|公章|有删减|附后|略).{0,200}\)$|^(?:公开方式|公开属性|信息公开选项|是否公开)\s*:"
)
_CREDIT = re.compile(
    r"^[(〔\[【].{2,60}(?:供稿|撰稿|报道|整理|摄|作者单位.*|执笔.*)[)〕\]】]$|^(?:执笔|作者单位|供稿单位?)\s*[:|]"
)
_SIGNED_DATE = re.compile(rf"^(?P<who>.{{2,46}}?)\s*{DATE}$")
_STAMPED = re.compile(r"\([^()]{0,40}(?:代章|印章)\)$")
_STAMP = re.compile(r"^\(.{2,40}(?:代章|印章|盖章|章)\)$")
ATTACHMENT = re.compile(
    r"^附(?=\s*[件录表图:])\s*[件录表图]?\s*(?P<number>\d{1,2}(?:-\d{1,2})?|[一二三四五六七八九十]{1,3}|[A-Z])?\s*(?P<colon>:)?\s*(?P<rest>.{0,90})$"
)
_LABEL = re.compile(r"^(?:附\s*件\s*\d{0,2}\s*:?)?\s*(?:\d{1,2}\s*[.、])?\s*")
_LISTED = re.compile(r"^\d{1,2}\s*[.、]")


def mark_closing(lines: Sequence[Line], roles: list[Role | None], body: int) -> None:
    """Give roles to signatures, dates, 抄送 and 印发 lines and remarks; ``roles`` is filled in place."""
    last = len(lines) - 1
    for i in range(body, len(lines)):
        line = lines[i]
        if roles[i] is not None or line.row or len(line.text) > 120:
            continue
        text = line.text
        if _CC.match(text) and len(text) <= 120:
            roles[i] = "cc"
            if (
                _PRINTED.match(text)
                and i > body
                and roles[i - 1] is None
                and is_organisation(lines[i - 1].text)
            ):
                roles[i - 1] = "cc"
        elif _REMARK.match(text):
            roles[i] = "remark"
        elif SALUTE.match(text):
            roles[i] = "addressee"
        elif _CREDIT.match(text):
            roles[i] = "byline"
        elif is_date(text):
            _sign(lines, roles, i, body)
        elif (
            len(text) <= 60
            and (signed := _SIGNED_DATE.match(text))
            and is_organisation(signed["who"].strip())
        ):
            roles[i] = "signature"
        elif i == last and i > body and len(text) <= 30 and line.open and is_organisation(text):
            roles[i] = "signature" if lines[i - 1].prose or roles[i - 1] in ("signature", "remark") else None


def _sign(lines: Sequence[Line], roles: list[Role | None], at: int, body: int) -> None:
    """The lines above the date ``at`` that name the signing bodies, and the date itself."""
    top = at
    while top > body and at - top < 14:
        text = lines[top - 1].text
        if lines[top - 1].mark is not None or not _signs(text):
            break
        top -= 1
    ends = (
        at + 1 == len(lines)
        or _titled(lines[at + 1 : at + 4])
        or any(
            (_REMARK.match(after.text) or _CC.match(after.text) or ATTACHMENT.match(after.text))
            for after in lines[at + 1 : at + 2]
        )
    )
    if top < at or ends:
        for i in range(top, at + 1):
            roles[i] = "signature"


def _titled(lines: Sequence[Line]) -> bool:
    """The lines begin with a title: the date above them closes what stands before."""
    text = ""
    for line in lines:
        if not line.short(48) or line.mark is not None:
            return False
        text += line.text
        if TITLE_END.search(text):
            return True
    return False


def _signs(text: str) -> bool:
    """A line above the date of a signature: a body, its stamp, or the one who signs an order (总理 某某)."""
    return (
        is_organisation(_STAMPED.sub("", text))
        or _STAMP.match(text) is not None
        or (len(text) <= 20 and LEADER.match(text) is not None)
    )


@dataclass(frozen=True, slots=True)
class Annex:
    """An attached document: its label and title lines ``[first, body)``; its text goes on to the next one."""

    first: int
    body: int
    labelled: bool


def find_annexes(lines: Sequence[Line], roles: list[Role | None], body: int) -> list[Annex]:
    """The attachments of a document, and the documents that it passes on after its signature.

    The list of attachments that stands before the signature gets the role ``contents`` in ``roles``.
    """
    annexes: list[Annex] = []
    listed: set[str] = set()
    i = body
    while i < len(lines):
        found = ATTACHMENT.match(lines[i].text) if lines[i].text[0] == "附" and not lines[i].row else None
        if found and len(lines[i].text) <= 100 and (not lines[i].prose or lines[i].text.endswith(":")):
            end = _list_end(lines, roles, i, found)
            if end > i:
                for j in range(i, end):
                    roles[j] = "contents"
                    listed.add(_name(lines[j].text))
                i = end
                continue
            stop = _title_end(lines, roles, i + 1) if not found["rest"] else i + 1
            annexes.append(Annex(i, stop, labelled=True))
            i = stop
            continue
        if listed and roles[i] is None and 6 <= len(lines[i].text) <= 90 and _name(lines[i].text) in listed:
            annexes.append(Annex(i, i + 1, labelled=True))
            i += 1
            continue
        if (
            i > body
            and roles[i] is None
            and roles[i - 1] in ("signature", "remark")
            and _after_signature(lines, roles, i)
        ):
            stop = _title_end(lines, roles, i)
            if stop > i:
                annexes.append(Annex(i, stop, labelled=False))
                i = stop
                continue
        i += 1
    return annexes


def _name(text: str) -> str:
    """The name of an attachment in the list of attachments, without its number."""
    return re.sub(r"\s|\.(?:docx?|xlsx?|pdf|wps)$", "", _LABEL.sub("", text))


def _after_signature(lines: Sequence[Line], roles: list[Role | None], i: int) -> bool:
    """A signature stands just above, with nothing but remarks between."""
    j = i - 1
    while j >= 0 and roles[j] == "remark":
        j -= 1
    return j >= 0 and roles[j] == "signature"


def _list_end(lines: Sequence[Line], roles: list[Role | None], at: int, found: re.Match[str]) -> int:
    """Where the list of attachments that begins at ``at`` ends; ``at`` if an attachment begins there."""
    listed = bool(found["colon"]) and (bool(found["rest"]) or not found["number"])
    j = at + 1
    while j < len(lines) and roles[j] is None and len(lines[j].text) <= 90 and not lines[j].row:
        other = ATTACHMENT.match(lines[j].text)
        mark = lines[j].mark
        if not (
            _LISTED.match(lines[j].text) or (other and other["rest"]) or (mark and mark.rank == Rank.NUMBER)
        ):
            break
        if lines[j].prose and not lines[j].text.endswith(")"):
            break
        j += 1
    closed = j >= len(lines) or roles[j] in ("signature", "cc", "remark", "byline")
    if closed and (listed or found["rest"]):
        return j
    if listed and j > at + 1 and (not found["rest"] or _LISTED.match(found["rest"])):
        return j
    # A list may end in the signing bodies without a date, or in contact lines.
    if listed and found["rest"] and j < len(lines) and any(role == "signature" for role in roles[j : j + 8]):
        return j
    return at


def _title_end(lines: Sequence[Line], roles: list[Role | None], at: int) -> int:
    """The end of the title lines that begin at ``at`` (``at`` itself if there are none)."""
    j = at
    text = ""
    while j < len(lines) and j - at < 4:
        line = lines[j]
        if roles[j] not in (None, "signature") or line.row or not line.short(48):
            break
        if line.mark is not None and line.mark.rank != Rank.DASH:
            break
        if text and TITLE_END.search(text):
            break
        if text and not _title_goes_on(lines, j):
            break
        text += line.text
        j += 1
    return j


def _title_goes_on(lines: Sequence[Line], j: int) -> bool:
    """Whether line ``j`` is the second half of a broken title rather than a first heading."""
    ahead = "".join(line.text for line in lines[j : j + 2] if line.short(48))
    return TITLE_END.search(lines[j].text) is not None or TITLE_END.search(ahead) is not None
