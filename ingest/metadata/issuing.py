"""Who a document comes from: the issuing body, and the level its name shows."""

from __future__ import annotations

import re
from typing import Literal

from ingest.cleaning.model import Reason
from ingest.metadata import issuers
from ingest.metadata.view import View
from ingest.outline.lines import is_organisation
from kb.model import Evidence, Level
from kb.text.shadow import fold

_LEVELS: dict[str, Level] = {
    "national": "national", "国家": "national", "国家级": "national", "中央": "national",
    "provincial": "provincial", "省": "provincial", "省级": "provincial",
    "municipal": "municipal", "市": "municipal", "市级": "municipal", "地市级": "municipal",
    "county": "county", "县": "county", "县级": "county", "区县级": "county",
    "school": "school", "校": "school", "校级": "school", "学校": "school",
}  # fmt: skip
_PRESS = re.compile(r"报$|报社|日报|晚报|杂志|新闻|电视台|传媒|网$|客户端")
_AUTHOR = re.compile(
    r"(?:文章|本文)?(?:作者|供稿单位?|供稿|报送单位|撰稿)\s*[:|/丨：｜]\s*(?P<who>[^\s:：|]{4,40})"
)


def read_issuer(view: View, title: str) -> str:
    """The issuing body: front matter, signature, letterhead, title, speaker, supplier, printer, page."""
    stated = view.declared("issuer")
    if stated:
        return stated
    block = view.signature()
    name = issuers.from_signature([view.text(i) for i in block])
    if name:
        view.say_line("issuer", "signature", *block)
        return name
    for i in (*view.lines("letterhead"), *view.lines("title")[:2]):
        name = issuers.from_letterhead(view.text(i))
        if name:
            view.say_line("issuer", "letterhead", i)
            return name
    name = issuers.from_title(fold(title))
    if name:
        view.evidence["issuer"] = Evidence("title", title, view.evidence["title"].start)
        return name
    return _speaker(view) or _supplier(view) or _printer(view) or view.declared("issuer", page=True)


def _speaker(view: View) -> str:
    note = " ".join(view.text(i) for i in view.lines("note"))
    for i, parts in enumerate(view.outline.parts[:30]):
        if not parts:
            continue
        text = view.text(i)
        if "代表" in text[:60]:
            name = issuers.from_speech(text[:120], note)
            if name:
                view.say_line("issuer", "text", i)
                return name
    return ""


def _supplier(view: View) -> str:
    for i in view.lines("byline"):
        name = issuers.supplier(view.text(i))
        if name:
            view.say_line("issuer", "byline", i)
            return name
    for start, text in view.removed(Reason.BYLINE):
        name = issuers.supplier(text)
        author = _AUTHOR.search(text)
        if not name and author and is_organisation(author["who"]) and not _PRESS.search(author["who"]):
            name = author["who"]
        if name:
            view.say("issuer", "byline", text, start)
            return name
    return ""


def _printer(view: View) -> str:
    for i in view.lines("cc"):
        name = issuers.from_printing(view.text(i))
        if name:
            view.say_line("issuer", "printing", i)
            return name
    return ""


def read_level(view: View, issuer: str) -> Level | Literal[""]:
    """The level that the front matter or the issuer's name tells."""
    stated = _LEVELS.get(view.declared("level"))
    if stated:
        return stated
    found = issuers.level_of(issuer)
    if found:
        view.evidence["level"] = view.evidence["issuer"]
    return found
