"""After files came or went: which documents are still in force, told from all of them together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kb.model import Document, Evidence
from kb.status import Known, Verdict, settle, status_on
from kb.store import Store

ORIGIN = "other_document"
"""The origin of a status that another document of the library decided."""


def settle_statuses(store: Store, *, today: date | None = None) -> int:
    """Mark documents that others abolish or replace, and take marks back whose reason is gone.

    :returns: how many documents changed. Fields that a person corrected stay as they are.
    """
    reader = store.newest
    repeals = reader.repeals()
    day = today or date.today()
    documents = {document.id: _as_read(document, day) for document in reader.documents()}
    verdicts = settle(_known(document, repeals.get(document.id, ())) for document in documents.values())
    changed = 0
    for now in reader.documents():
        read = documents[now.id]
        verdict = verdicts.get(now.id, Verdict(read.status))
        if (now.status, now.successor) == (verdict.status, verdict.successor):
            continue
        by = documents.get(verdict.successor)
        evidence = Evidence(ORIGIN if by else "dates", f"《{by.title}》" if by else "")
        store.revise(now.id, {"status": verdict.status, "successor": verdict.successor}, evidence)
        changed += 1
    return changed


def _as_read(document: Document, day: date) -> Document:
    """The document with the status it had before others decided it."""
    status = document.evidence.get("status")
    if status is None or status.origin != ORIGIN:
        return document
    own = status_on("unknown", document.effective_from, document.expires, day)
    return replace(document, status=own, successor="")


def _known(document: Document, repeals: tuple[str, ...]) -> Known:
    return Known(
        id=document.id,
        title=document.title,
        issuer=document.issuer,
        number=document.number,
        published=document.published,
        status=document.status,
        repeals=repeals,
        is_digest=document.is_digest,
    )
