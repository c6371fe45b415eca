"""The gold questions and where their evidence stands in the sources."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kb.model import Filters

GOLD = Path(__file__).parent / "gold" / "questions.jsonl"
_SPACE = re.compile(r"\s+")
_WHOLE = (-1, -1)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of a source that answers a question; ``value`` is the figure that it gives, in base units."""

    source: str
    quote: str
    value: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with its evidence, or with the reason why there is none."""

    id: str
    type: str
    question: str
    answerable: bool
    regions: tuple[str, ...]
    gold: tuple[Evidence, ...]
    filters: Filters
    reason: str
    split: str


def load_questions(path: Path = GOLD) -> tuple[GoldQuestion, ...]:
    """The questions of a file in the form that ``eval/gold/README.md`` describes."""
    return tuple(
        _question(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line
    )


def _question(data: dict[str, object]) -> GoldQuestion:
    gold = data.get("gold") or []
    filters = data.get("filters") or {}
    assert isinstance(gold, list)
    assert isinstance(filters, dict)
    regions = data.get("regions") or []
    assert isinstance(regions, list)
    return GoldQuestion(
        id=str(data["id"]),
        type=str(data.get("type", "")),
        question=str(data["question"]),
        answerable=bool(data["answerable"]),
        regions=tuple(regions),
        gold=tuple(Evidence(g["source"], g["quote"], g.get("value"), g.get("unit", "")) for g in gold),
        filters=Filters(**{key: tuple(values) for key, values in filters.items()}),
        reason=str(data.get("reason", "")),
        split=str(data.get("split", "dev")),
    )


def span_of(quote: str, text: str) -> tuple[int, int] | None:
    """Where ``quote`` stands in ``text``, white space left out of account; None if it doesn't."""
    bare, offsets = _bare(text)
    wanted = _SPACE.sub("", quote)
    at = bare.find(wanted)
    return (offsets[at], offsets[at + len(wanted) - 1] + 1) if at >= 0 and wanted else None


@lru_cache(maxsize=64)
def _bare(text: str) -> tuple[str, tuple[int, ...]]:
    offsets = tuple(at for at, char in enumerate(text) if not char.isspace())
    return "".join(text[at] for at in offsets), offsets


Place = tuple[str, int, int]
"""A source path with start and end offsets."""


def places_of(question: GoldQuestion, text_of: Callable[[str], str]) -> tuple[Place | None, ...]:
    """For each piece of evidence its place, None where the source doesn't hold it as quoted; the whole source for
    evidence without a quote.
    """
    places: list[Place | None] = []
    for evidence in question.gold:
        text = text_of(evidence.source)
        span = span_of(evidence.quote, text) if evidence.quote else _WHOLE
        places.append((evidence.source, *span) if span else None)
    return tuple(places)


def overlaps(place: Place, source: str, start: int, end: int) -> bool:
    """Whether ``source[start:end]`` holds at least half of the place; of a whole source any part will do."""
    if source != place[0]:
        return False
    if place[1:] == _WHOLE:
        return True
    shared = min(end, place[2]) - max(start, place[1])
    return shared * 2 >= place[2] - place[1]
