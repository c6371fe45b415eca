"""What a question says, typed: regions, years, level, kind, form, comparisons, and the words that said so."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kb.model import PassageType

Form = Literal["numeric", "list", "how", "when", "yes_no", "compare", "define", "why", "who", "topic"]
Scope = Literal["", "named", "everywhere", "national"]
Operator = Literal[">", ">=", "<", "<=", "=", "max", "min", "earlier", "later"]
ChipKind = Literal[
    "region",
    "scope",
    "exclusion",
    "year",
    "level",
    "type",
    "form",
    "comparison",
    "negation",
    "reference",
    "correction",
    "wording",
]

FORM_NAMES: dict[str, str] = {
    "numeric": "问数量",
    "list": "问有哪些",
    "how": "问做法",
    "when": "问时间",
    "yes_no": "问是否",
    "compare": "作比较",
    "define": "问含义",
    "why": "问原因",
    "who": "问由谁",
    "topic": "按主题",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that was understood, and the words of the question that said so.

    ``start`` and ``end`` are offsets into the question as it was asked. ``key`` names the chip: a question
    understood again with the key among the dismissed ones goes on without it.
    """

    kind: ChipKind
    value: str
    label: str
    start: int
    end: int
    surface: str

    @property
    def key(self) -> str:
        """What to dismiss the chip by."""
        return f"{self.kind}:{self.value}"


@dataclass(frozen=True, slots=True)
class Ignored:
    """A stretch of the question that is left out of its understanding, as if it had not been typed."""

    start: int
    end: int


IGNORED_KINDS: frozenset[ChipKind] = frozenset(
    {"region", "scope", "exclusion", "year", "level", "comparison"}
)
"""Chips whose words restrict and say nothing else: with the chip, the words go. Those of the others stay words."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the question that carries content, and other words that may stand for it in a text.

    ``alternatives`` mean the same, ``related`` belong to the same subject. ``df`` is the number of passages of the
    library that hold the word or one of its alternatives. ``optional``: it frames the question (情况, 建设) and may be
    missing from a text that answers it. ``quoted``: it stands in quotation marks and is a name (“名校跨岛”).
    """

    text: str
    start: int
    end: int
    alternatives: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    df: int = 0
    optional: bool = False
    quoted: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        """The word, its alternatives and what is related to it."""
        return (self.text, *self.alternatives, *self.related)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of calendar years that the question speaks of, with its words.

    ``absolute``: the words name years (2023年, “十四五”); 近三年 and 去年 mean other years in every text.
    """

    surface: str
    first: int
    last: int
    start: int
    end: int
    absolute: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """A condition on a number: ``value`` is None for 最高, 最低 and the like."""

    operator: Operator
    value: float | None
    unit: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A document named by its title or number, or an article of one."""

    kind: Literal["title", "number", "article"]
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Correction:
    """A word read as another one: ``written`` stands in the question, ``read`` is what it was taken for."""

    written: str
    read: str
    start: int
    end: int
    reason: Literal["pinyin", "shape", "order"]


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it was understood.

    :ivar text: the question as it was asked; all offsets point into it.
    :ivar reading: the question in canonical form (width, simplified characters) with corrections applied.
    :ivar subject: the reading without regions, years and the words that only ask; what is searched for.
    :ivar terms: the content words of the subject.
    :ivar regions: codes that filter, each standing for the region and all below it.
    :ivar ambiguous: names that fit several regions, with the codes they may mean.
    :ivar unknown_regions: names that look like regions and are in no gazetteer.
    :ivar excluded: codes that the question excludes (除了…).
    :ivar national: the national documents are asked for (国家标准), with the named regions or alone.
    :ivar units: units that the number asked for may have; empty where any will do.
    :ivar dismissed: the keys of chips that the person removed; ``removed`` are those chips, where they apply.
    :ivar ignored: the stretches of ``text`` that were left out, those of removed chips among them.
    """

    text: str
    reading: str = ""
    subject: str = ""
    terms: tuple[Term, ...] = ()
    form: Form = "topic"
    scope: Scope = ""
    regions: tuple[str, ...] = ()
    ambiguous: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unknown_regions: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    national: bool = False
    spans: tuple[Span, ...] = ()
    level: str = ""
    types: tuple[PassageType, ...] = ()
    units: tuple[str, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    negated: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    corrections: tuple[Correction, ...] = ()
    chips: tuple[Chip, ...] = ()
    dismissed: frozenset[str] = field(default_factory=frozenset)
    removed: tuple[Chip, ...] = ()
    ignored: tuple[Ignored, ...] = ()

    @property
    def about_numbers(self) -> bool:
        """Whether figures answer: a number is asked for, or the highest, or those above a threshold."""
        measured = any(c.value is not None or c.operator in ("max", "min") for c in self.comparisons)
        return self.form == "numeric" or measured

    @property
    def has_content(self) -> bool:
        """Whether there is anything to search for."""
        return bool(self.terms or self.references or self.regions)
