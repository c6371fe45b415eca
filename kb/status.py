"""Which documents are in force: by their own dates, by those that abolish them, by newer versions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kb.model import Status

_BRACKETS = re.compile(r"[(（〔\[【][^()（）〔〕\[\]【】]{0,30}[)）〕\]】]")
_MARKS = re.compile(r"[\s《》〈〉“”\"'‘’、，,。·:：—-]")
_VERSION = re.compile(r"(?:19|20)\d{2}年?(?:修订|修正|版|本)|修订版|修正版|修订|修正|试行|暂行")
_ENDED: frozenset[Status] = frozenset({"repealed"})
_DRAFT = "征求意见稿"


def status_on(declared: Status, effective_from: str, expires: str, today: date) -> Status:
    """The status on a day, from what the document says of itself.

    :param declared: what is known apart from the dates; anything but ``unknown`` and ``effective`` stands.
    :param effective_from: ISO date or "".
    :param expires: ISO date or "".
    """
    if declared not in ("unknown", "effective"):
        return declared
    day = today.isoformat()
    if expires and expires < day[: len(expires)]:
        return "repealed"
    if effective_from and effective_from > day[: len(effective_from)]:
        return "not_yet_effective"
    return "effective" if effective_from or expires else declared


def title_key(title: str) -> str:
    """A title for comparison between versions: no marks, no brackets, no 试行 or year of revision."""
    return _VERSION.sub("", _MARKS.sub("", _BRACKETS.sub("", title)))


def number_key(number: str) -> str:
    """A document number for comparison: one kind of brackets, no blanks."""
    return re.sub(r"[\[(（【〔]((?:19|20)\d{2})[\])）】〕]", r"〔\1〕", re.sub(r"\s", "", number))


@dataclass(frozen=True, slots=True)
class Known:
    """What the comparison of documents needs of one of them. ``repeals`` are titles and numbers."""

    id: str
    title: str
    issuer: str = ""
    number: str = ""
    published: str = ""
    status: Status = "unknown"
    repeals: tuple[str, ...] = ()
    is_digest: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The status of a document among others, and the id of the one that took its place ("" if none)."""

    status: Status
    successor: str = ""


def settle(documents: Iterable[Known]) -> Mapping[str, Verdict]:
    """Compare documents with each other.

    A document that another one abolishes by title or number is ``repealed``. Of documents of one title and
    one issuer the one drawn up last is in force; the older ones are ``repealed`` with it as their successor.
    Where the dates do not tell which is newer, nothing changes; copies (same number or date) stay.

    :returns: a verdict for every document whose status or successor differs from what it says of itself.
    """
    known = sorted(documents, key=lambda d: (d.published, d.id))
    verdicts: dict[str, Verdict] = {}
    by_number: dict[str, list[Known]] = {}
    by_title: dict[str, list[Known]] = {}
    for document in known:
        if document.number:
            by_number.setdefault(number_key(document.number), []).append(document)
        by_title.setdefault(title_key(_named(document.title)), []).append(document)
        if _named(document.title) != document.title:
            by_title.setdefault(title_key(document.title), []).append(document)
    for document in known:
        for name in document.repeals:
            for old in (*by_number.get(number_key(name), ()), *by_title.get(title_key(name), ())):
                if _older(old, document) and old.status not in _ENDED:
                    verdicts[old.id] = Verdict("repealed", document.id)
    for versions in by_title.values():
        _supersede(versions, verdicts)
    return verdicts


def _named(title: str) -> str:
    """The document that a covering notice passes on (关于印发《甲办法》的通知 → 甲办法); else the title."""
    inner = re.search(r"(?:印发|发布|公布)《([^《》]{4,60})》.{0,4}(?:的通知|的公告)$", title.strip())
    return inner[1] if inner else title


def _older(old: Known, new: Known) -> bool:
    if old.id == new.id or (old.number and number_key(old.number) == number_key(new.number)):
        return False
    return not old.published or not new.published or old.published < new.published


def _supersede(versions: list[Known], verdicts: dict[str, Verdict]) -> None:
    """Mark all but the newest of the versions of one document."""
    for old in versions:
        later = [
            new
            for new in versions
            if new.id != old.id
            and old.issuer
            and old.issuer == new.issuer
            and old.published
            and new.published
            and old.published[:10] < new.published[:10]
            and number_key(old.number) != (number_key(new.number) or None)
            and _DRAFT not in new.title
            and not new.is_digest
        ]
        if later and old.id not in verdicts and old.status not in _ENDED:
            verdicts[old.id] = Verdict("repealed", later[-1].id)
