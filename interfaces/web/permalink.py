"""A question, its filters and how it is shown, as the query of a web address and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast
from urllib.parse import parse_qs, urlencode

from kb.model import LEVEL_NAMES, PASSAGE_TYPE_NAMES, STATUS_NAMES, Filters, PassageType
from kb.regions import tree
from search.grouping import GROUPING_NAMES, Grouping

FIRST = 20
"""Hits that are shown at first, and how many more each time."""
MOST = 100
_LONGEST = 2000  # characters of an address that are read as a question
_MANY = 50  # values of one name that are read


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked and how it is shown.

    :ivar dismissed: keys of the chips that were removed.
    :ivar count: hits to show. :ivar expanded: keys of the hits below which more of their document is shown.
    """

    question: str = ""
    filters: Filters = field(default_factory=Filters)
    dismissed: tuple[str, ...] = ()
    grouping: Grouping = ""
    count: int = FIRST
    expanded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A document opened in the reader, with the span to highlight; -1 for none."""

    document: str = ""
    start: int = -1
    end: int = -1

    @property
    def span(self) -> tuple[int, int] | None:
        """The span, where there is one."""
        return (self.start, self.end) if 0 <= self.start < self.end else None


@dataclass(frozen=True, slots=True)
class Link:
    """What an address asks for: a tab, and a question or a document in it."""

    tab: str = ""
    asked: Asked = field(default_factory=Asked)
    opened: Opened = field(default_factory=Opened)


def to_query(tab: str, asked: Asked) -> str:
    """The query of the address that brings back a question: ``?tab=search&q=…``."""
    filters = asked.filters
    pairs: list[tuple[str, str]] = [("tab", tab), ("q", asked.question)]
    pairs += [("region", code) for code in filters.regions]
    pairs += [("level", level) for level in filters.levels]
    pairs += [("year", str(year)) for year in filters.years]
    pairs += [("type", name) for name in filters.types]
    pairs += [("kind", name) for name in filters.kinds]
    pairs += [("status", name) for name in filters.statuses]
    pairs += [("collection", name) for name in filters.collections]
    pairs += [("off", key) for key in asked.dismissed]
    pairs += [("group", asked.grouping)] if asked.grouping else []
    return f"?{urlencode(pairs)}"


def to_document(document: str, span: tuple[int, int] | None = None) -> str:
    """The query of the address that opens a document in the reader."""
    pairs = [("tab", "read"), ("doc", document)]
    if span is not None:
        pairs += [("start", str(span[0])), ("end", str(span[1]))]
    return f"?{urlencode(pairs)}"


def read_query(query: str) -> Link:
    """What an address asks for. What is unknown or malformed in it is passed over: anyone can write an address."""
    try:
        found = parse_qs((query or "").lstrip("?"), max_num_fields=400)
    except ValueError:
        return Link()
    grouping = _first(found, "group")
    asked = Asked(
        question=_first(found, "q")[:_LONGEST],
        filters=_filters(found),
        dismissed=tuple(_values(found, "off")),
        grouping=grouping if grouping in GROUPING_NAMES else "",
    )
    opened = Opened(_first(found, "doc"), _number(found, "start"), _number(found, "end"))
    return Link(_first(found, "tab"), asked, opened)


def _filters(found: Mapping[str, Sequence[str]]) -> Filters:
    regions = tree()
    return Filters(
        regions=tuple(code for code in _values(found, "region") if code in regions),
        levels=tuple(name for name in _values(found, "level") if name in LEVEL_NAMES),
        years=tuple(int(year) for year in _values(found, "year") if _is_number(year)),
        types=tuple(cast(PassageType, n) for n in _values(found, "type") if n in PASSAGE_TYPE_NAMES),
        kinds=tuple(_values(found, "kind")),
        statuses=tuple(name for name in _values(found, "status") if name in STATUS_NAMES),
        collections=tuple(_values(found, "collection")),
    )


def _values(found: Mapping[str, Sequence[str]], name: str) -> list[str]:
    return list(dict.fromkeys(found.get(name, ())))[:_MANY]


def _first(found: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(found.get(name, ())), "")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _number(found: Mapping[str, Sequence[str]], name: str) -> int:
    text = _first(found, name)
    return int(text) if _is_number(text) else -1


def without(asked: Asked, key: str) -> Asked:
    """The question with a chip removed."""
    return replace(asked, dismissed=(*(k for k in asked.dismissed if k != key), key), expanded=())


def with_again(asked: Asked, key: str) -> Asked:
    """The question with a removed chip back in."""
    return replace(asked, dismissed=tuple(k for k in asked.dismissed if k != key), expanded=())
