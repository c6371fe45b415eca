"""Reading a document's metadata: each field from the first place that says it, as evidence tells."""

from __future__ import annotations

import re
from datetime import date

from ingest.cleaning.model import CleanSource, Reason
from ingest.draft import Draft
from ingest.metadata.issuing import read_issuer, read_level
from ingest.metadata.model import Metadata
from ingest.metadata.naming import read_kind, read_number, read_title
from ingest.metadata.timing import read_dates, read_repeals, read_status, read_validity
from ingest.metadata.view import View
from ingest.outline import Outline, build_outline
from ingest.outline.info import NOTE

_DIGEST = re.compile(r"摘编|摘录|节选|缩写")
_DIGEST_TITLE = re.compile(r"[(（](摘编|摘录|摘要|节选)[)）]$")
# What these say of a day or of an abolished document is news of others, not of themselves.
_REPORTS = frozenset({"新闻", "解读", "报告", "案例", "年鉴", "讲话"})


def read_metadata(
    clean: CleanSource, draft: Draft, outline: Outline | None = None, *, today: date | None = None
) -> Metadata:
    """Read what one draft says about itself.

    :param outline: the draft's outline, built here if None.
    :param today: the day for which ``status`` holds, by default the current one.
    :returns: the fields, empty where nothing says them, each filled one with its evidence.
    """
    view = View(clean, draft, outline or build_outline(clean, draft))
    title = read_title(view)
    kind = read_kind(view, title)
    issuer = read_issuer(view, title)
    published, issued = read_dates(view)
    normative = kind not in _REPORTS
    force, expires = read_validity(view, published or issued, issued or published, normative=normative)
    return Metadata(
        title=title,
        issuer=issuer,
        number=read_number(view),
        published=published,
        issued=issued,
        effective_from=force,
        expires=expires,
        level=read_level(view, issuer),
        kind=kind,
        status=read_status(view, title, kind, force, expires, today or date.today()),
        repeals=read_repeals(view) if normative else (),
        region=view.declared("region", page=True),
        collection=view.shared("collection"),
        digest_of=_digest_of(view, title),
        evidence=view.evidence,
    )


def _digest_of(view: View, title: str) -> str:
    """What the document says it is a digest of; where it only calls itself one, those words."""
    stated = view.declared("digest_of")
    if stated:
        return stated
    for i, (key, value) in view.info.items():
        if key == NOTE and _DIGEST.search(value):
            view.say_line("digest_of", "label", i)
            return value
    for start, text in view.removed(Reason.DATA_TABLE):
        if _DIGEST.search(text):
            view.say("digest_of", "label", text, start)
            return re.sub(r"^\S{2,4}[:：\s]+", "", text)
    match = _DIGEST_TITLE.search(title)
    if match:
        view.evidence["digest_of"] = view.evidence["title"]
    return match[1] if match else ""
