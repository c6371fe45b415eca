"""What a document is called: its title, its kind, its number."""

from __future__ import annotations

import re

from ingest.cleaning.model import Reason
from ingest.draft import opening_words
from ingest.metadata.titles import clean_title, kind_of, normal_kind
from ingest.metadata.view import View
from ingest.outline.front import read_front, title_text
from ingest.outline.lines import NUMBER, read_lines, spelled
from kb.model import Evidence
from kb.status import number_key

_TITLED_NUMBER = re.compile(rf"\(({NUMBER})\)\s*$")
_ORDER = re.compile(r"(?:令|公告|通告)$")
_DATELINE = re.compile(r"^(?:本报讯|新华社.{1,16}电|本报.{1,8}(?:报道|电)|[一-鿿]{2,8}讯\s*\()")
_JOURNALIST = re.compile(r"记者|通讯员|本报|报道员|新华社")


def read_title(view: View) -> str:
    """The title: front matter, the case's own, the head, the page, an annex, the opening words."""
    stated = view.declared("title")
    if stated:
        return clean_title(stated)
    if view.draft.title and not view.whole:
        if view.draft.title_span:
            view.say_span("title", "text", *view.draft.title_span)
            return clean_title(spelled(view.clean, *view.draft.title_span))
        view.say("title", "opening", view.draft.title, view.start)
        return clean_title(view.draft.title)
    return _head_title(view)


def _head_title(view: View) -> str:
    lines = read_lines(view.clean, view.draft.first, min(view.draft.last, view.draft.first + 40))
    known = view.page("title")
    front = read_front(lines, known)
    titles = view.lines("title")
    annex = [i for i in titles if i >= front.body]
    if front.title:
        text = title_text([view.spelled(i) for i in front.title])
        if annex and len(text) <= 40 and _ORDER.search(text):
            return _annex_title(view, annex)
        view.say_line("title", "text", *front.title)
        return clean_title(text)
    if view.declared("title", page=True):
        return clean_title(known)
    if annex:
        return _annex_title(view, annex)
    for i, parts in enumerate(view.outline.parts):
        if parts and view.outline.roles[i] in ("body", "attachment"):
            opening = opening_words(view.text(i))
            paragraph = view.paragraphs[i]
            view.say_span("title", "opening", paragraph.start, paragraph.start + len(opening))
            return spelled(view.clean, paragraph.start, paragraph.start + len(opening))
    return ""


def _annex_title(view: View, annex: list[int]) -> str:
    run = [annex[0]]
    for i in annex[1:]:
        if i != run[-1] + 1:
            break
        run.append(i)
    view.say_line("title", "annex", *run)
    return clean_title(title_text([view.spelled(i) for i in run]))


def read_kind(view: View, title: str) -> str:
    """The kind (文种): front matter, the end of the title, a journalist's byline."""
    stated = view.declared("kind")
    if stated:
        return normal_kind(stated)
    found = kind_of(title) if view.evidence.get("title", Evidence("")).origin != "opening" else ""
    if found:
        view.evidence["kind"] = view.evidence["title"]
        return found
    if view.draft.role == "case":
        view.say("kind", "cases", view.draft.title, view.start)
        return "案例"
    for start, text in view.removed(Reason.BYLINE, Reason.ORIGIN):
        if _JOURNALIST.search(text):
            view.say("kind", "byline", text, start)
            return "新闻"
    for i in (i for i, parts in enumerate(view.outline.parts[:8]) if parts):
        if _DATELINE.match(view.text(i)):
            view.say_line("kind", "dateline", i)
            return "新闻"
    for i in view.lines("byline"):
        if _JOURNALIST.search(view.text(i)):
            view.say_line("kind", "byline", i)
            return "新闻"
    return ""


def read_number(view: View) -> str:
    """The document number (文号) on a line of its own or behind the title; an order's with its name."""
    stated = view.declared("number", page=True)
    if stated:
        return number_key(stated)
    for i in view.lines("number"):
        text = number_key(view.text(i)).strip("()")
        head = [view.text(j) for j in range(max(0, i - 3), i)]
        order = next((line for line in reversed(head) if _ORDER.search(line)), "")
        view.say_line("number", "text", i)
        return re.sub(r"\s", "", order) + text if order and re.match(r"^[〔第]", text) else text
    for i in view.lines("title")[:6]:
        match = _TITLED_NUMBER.search(view.text(i))
        if match:
            view.say_line("number", "title", i)
            return number_key(match[1])
    return ""
