"""The home region of a document: which region's document it is, and the words that tell.

In order of trust: what the file itself says in its front matter; a national issuer; the body that issues it; a
title that begins with a region; the opening paragraph; any region in the title; the signature; the document
number; the site; and last a vote over the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, Protocol

from ingest.clean import INFORMATIVE, CleanSource
from ingest.draft import Draft
from ingest.home_cues import (
    from_head,
    from_hint,
    from_issuer,
    from_lead,
    from_licence,
    from_number,
    from_opening,
    from_page,
    from_signature,
    from_title,
    from_title_start,
    from_vote,
    narrowed,
)
from kb.model import Evidence, Level
from kb.regions import survey, tree
from kb.regions.issuers import first_region
from kb.text.shadow import fold


@dataclass(frozen=True, slots=True)
class Home:
    """Where a document is at home. ``region_code`` is "" if nothing tells; ``evidence`` is what decided it."""

    region_code: str
    level: Level | Literal[""]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of a document besides its text.

    :ivar region: the region its front matter or page metadata names, verbatim.
    :ivar page: the text around it that is no part of it: footer with site number, byline, index table.
    :ivar known: codes that the rest of its source names, as evidence for short names.
    """

    region: str = ""
    page: str = ""
    known: Collection[str] = ()


_NOTHING = Hints()


class Described(Protocol):
    """The metadata of a document, as far as the home region needs it."""

    @property
    def title(self) -> str: ...  # noqa: D102

    @property
    def issuer(self) -> str: ...  # noqa: D102

    @property
    def region(self) -> str: ...  # noqa: D102


_SCHOOL = re.compile(r"(?:大学|学院|中学|小学|幼儿园|学校|附中|附小|[一二三四五六七八九十]中)$")


def locate_text(title: str, text: str, issuer: str = "", hints: Hints = _NOTHING) -> Home:
    """The home region of a text by its title, itself, its issuer and hints.

    :param title: the document's title, "" if it has none.
    :param text: the document's text in canonical reading (:func:`kb.text.shadow.fold`), paragraphs by line.
    :param issuer: the issuing body, "" if unknown.
    :returns: the home with its evidence; ``evidence.start`` is an offset into ``text``, -1 elsewhere. The code is
        "100000" for national texts, "" where nothing tells.
    """
    known = frozenset(hints.known)
    found = (
        from_hint(hints.region)
        or from_issuer(issuer, known)
        or from_title_start(title, known)
        or from_head(text, known)
        or from_opening(title, text, known)
        or from_title(title, known)
        or from_signature(text, known)
        or from_number(text)
        or from_lead(text)
        or from_page(hints.page)
        or from_vote(text, known)
        or from_licence(hints.page)
    )
    if found is None:
        return Home("", _level("", title, issuer), Evidence("", ""))
    code, evidence = found
    if evidence.origin in ("title", "opening", "document_number", "vote", "licence"):
        code, evidence = narrowed(code, evidence, text, known)
    return Home(code, _level(code, title, issuer), evidence)


def _level(code: str, title: str, issuer: str) -> Level | Literal[""]:
    """The rank of the administration that speaks; ``school`` where a single school does."""
    subject = re.split(r":|关于", title, maxsplit=1)[0] if ":" in title or "关于" in title else ""
    named = first_region(title)
    whole = named.surface if named and named.role == "masked" and named.start == 0 else ""
    if any(_SCHOOL.search(name.strip()) for name in (issuer, subject, whole)):
        return "school"
    return tree().get(code).level if code else ""


def locate(clean: CleanSource, draft: Draft, metadata: Described) -> Home:
    """The home region of a draft.

    :returns: the home; its evidence is quoted from the source text and ``evidence.start`` is a source offset,
        -1 where the words stand outside the draft's text (front matter, footer).
    """
    paragraphs = clean.paragraphs[draft.first : draft.last]
    if not paragraphs:
        return Home("", "", Evidence("", ""))
    base = paragraphs[0].start
    text = clean.shadow.text[base : paragraphs[-1].end]
    single = draft.role == "document"
    hints = Hints(
        region=metadata.region if single else "",
        page=_page(clean) if single else "",
        known=() if single else survey(clean.shadow.text),
    )
    # A case without a title line goes by a name put together from what was read; that is no evidence.
    made_up = draft.role == "case" and draft.title_span is None and metadata.title in ("", draft.title)
    title = "" if made_up else metadata.title or draft.title
    home = locate_text(fold(title), text, fold(metadata.issuer), hints)
    quote, start = home.evidence.quote, home.evidence.start
    if home.evidence.origin == "title" and draft.title_span is not None:
        start = clean.shadow.text.find(quote, *draft.title_span) - base
    if start < 0 or not quote:
        return home
    source = clean.shadow.source_span(base + start, base + start + len(quote))
    evidence = Evidence(home.evidence.origin, clean.loaded.text[source[0] : source[1]], source[0])
    return Home(home.region_code, home.level, evidence)


def _page(clean: CleanSource) -> str:
    """What stands around the text and says where it comes from."""
    removed = clean.removed(*INFORMATIVE)
    return "\n".join(clean.loaded.text[removal.start : removal.end] for removal in removed)
