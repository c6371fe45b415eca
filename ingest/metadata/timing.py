"""When a document was drawn up and issued, from when to when it is in force, and what it abolishes."""

from __future__ import annotations

import re
from datetime import date

from ingest.cleaning.model import Reason
from ingest.metadata import validity
from ingest.metadata.dates import find_dates, parse_date
from ingest.metadata.view import View
from kb.model import Status
from kb.status import status_on

# In this order: 失效 stands in 部分失效, 有效 in 现行有效.
_STATUSES: dict[str, Status] = {
    "部分失效": "partly_repealed",
    "部分废止": "partly_repealed",
    "partly_repealed": "partly_repealed",
    "尚未生效": "not_yet_effective",
    "未生效": "not_yet_effective",
    "not_yet_effective": "not_yet_effective",
    "失效": "repealed",
    "废止": "repealed",
    "repealed": "repealed",
    "修改": "amended",
    "amended": "amended",
    "有效": "effective",
    "effective": "effective",
}
_FORCE_WORDS = re.compile(r"起(?:正式)?(?:施行|实施|执行|生效|试行)")
_TERM_WORDS = re.compile(r"有效期|试行期|执行期|实施期")
_REPEAL_WORDS = re.compile(r"废止|失效|停止执行")


def read_dates(view: View) -> tuple[str, str]:
    """When it was drawn up and when it was issued; the latter stands for the former where that is unknown."""
    published = view.declared_date("published")
    issued = view.declared_date("issued", page=True)
    if not published:
        for i in view.signature():
            published = parse_date(view.text(i))
            if published:
                view.say_line("published", "signature", i)
                break
    if not published:
        for i in view.lines("note"):
            published = parse_date(view.text(i))
            if published:
                view.say_line("published", "note", i)
                break
    if not published:
        published = view.declared_date("published", page=True)
    issued = issued or _printed(view) or _page_date(view)
    if issued and not published:
        published = issued
        view.evidence["published"] = view.evidence["issued"]
    return published, issued


def _printed(view: View) -> str:
    for i in view.lines("cc"):
        value = parse_date(view.text(i))
        if value and view.text(i).endswith("印发"):
            view.say_line("issued", "printing", i)
            return value
    return ""


def _page_date(view: View) -> str:
    for start, text in view.removed(Reason.DATELINE, Reason.BYLINE, Reason.ORIGIN, Reason.DATA_TABLE):
        for _, _, iso in find_dates(text):
            view.say("issued", "page", text, start)
            return iso
    for i in view.lines("byline"):
        value = parse_date(view.text(i))
        if value:
            view.say_line("issued", "byline", i)
            return value
    return ""


def read_validity(view: View, drawn_up: str, printed: str, *, normative: bool) -> tuple[str, str]:
    """From when to when it is in force; a term of years counts from that day, else from ``drawn_up``."""
    force = view.declared_date("effective_from", "effective", page=True)
    expires = view.declared_date("expires", page=True)
    if not normative:
        return force, expires
    text, first, last = view.clean.shadow.text, view.paragraphs[0].start, view.paragraphs[-1].end
    if not force:
        for match in _FORCE_WORDS.finditer(text, first, last):
            start, end = _sentence(text, match.start(), first, last)
            said = validity.find_force(text[start:end])
            if said is None:
                continue
            force = printed if said.value == "issue" else said.value
            if force:
                view.say_span("effective_from", "text", start + said.start, start + said.end)
                break
    if not expires:
        for match in _TERM_WORDS.finditer(text, first, last):
            start, end = _sentence(text, match.start(), first, last)
            said = validity.find_expiry(text[start:end], force or drawn_up)
            if said is not None:
                expires = said.value
                view.say_span("expires", "text", start + said.start, start + said.end)
                break
    return force, expires


def read_repeals(view: View) -> tuple[str, ...]:
    """The titles and numbers of the documents that the text abolishes."""
    text, first, last = view.clean.shadow.text, view.paragraphs[0].start, view.paragraphs[-1].end
    if not _REPEAL_WORDS.search(text, first, last):
        return ()
    names, start, end = validity.find_repeals(text, first, last)
    if names:
        view.say_span("repeals", "text", start, end)
    return tuple(names)


def read_status(view: View, title: str, kind: str, force: str, expires: str, today: date) -> Status:
    """The status on a day: what the file says, else what the title, the head and the dates tell."""
    stated = view.declared("status", page=True)
    for word, status in _STATUSES.items():
        if word in stated:
            return status
    view.evidence.pop("status", None)
    head = [view.text(i) for i in range(min(3, len(view.paragraphs)))]
    for text in (title, *head):
        if len(text) <= 80 and validity.is_dead(text):
            view.say("status", "text", text, view.start)
            return "repealed"
    declared: Status = "not_yet_effective" if kind == "征求意见稿" else "unknown"
    status = status_on(declared, force, expires, today)
    for name, value in (("expires", expires), ("effective_from", force)):
        if status != "unknown" and value and name in view.evidence:
            view.evidence["status"] = view.evidence[name]
            break
    return status


def _sentence(text: str, at: int, first: int, last: int) -> tuple[int, int]:
    """The sentence around ``at`` (half sentences are not cut)."""
    start = max(text.rfind("。", first, at), text.rfind("\n", first, at), first - 1) + 1
    ends = [end for end in (text.find("。", at, last), text.find("\n", at, last)) if end >= 0]
    return start, min(ends, default=last)
