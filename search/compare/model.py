"""What a comparison of documents gives: clauses with their status, numbers with their verdict, and what is extra."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kb.model import Citation, Document
from kb.store import StoredFact

ClauseKind = Literal["target", "requirement", "measure"]
ClauseStatus = Literal["answered", "partial", "missing"]
Verdict = Literal["met", "unmet", "earlier", "same", "later", "incomparable"]
Change = Literal["same", "changed", "added", "dropped"]

CLAUSE_KIND_NAMES: dict[str, str] = {"target": "目标", "requirement": "要求", "measure": "举措"}
CLAUSE_STATUS_NAMES: dict[str, str] = {"answered": "已回应", "partial": "部分回应", "missing": "未回应"}
VERDICT_NAMES: dict[str, str] = {
    "met": "达到",
    "unmet": "未达到",
    "earlier": "提前",
    "same": "相同",
    "later": "推迟",
    "incomparable": "不可比",
}
NUMBER_CHANGE_NAMES: dict[str, str] = {
    "raised": "提高",
    "lowered": "降低",
    "same": "未变",
    "reworded": "写法不同",
    "earlier": "提前",
    "later": "推迟",
}
CHANGE_NAMES: dict[str, str] = {"same": "未变", "changed": "有改动", "added": "新增", "dropped": "删去"}


@dataclass(frozen=True, slots=True)
class Clause:
    """A statement of a target, a requirement or a measure.

    :ivar key: names the clause for good: the same document and wording give the same key, so that a person's
        decision to set it aside is found again.
    :ivar citation: the exact text; its ``section`` is the chapter path.
    """

    key: str
    citation: Citation
    kind: ClauseKind

    @property
    def chapter(self) -> str:
        """The title of the top heading above the clause; empty where there is none."""
        return self.citation.section[0] if self.citation.section else ""


@dataclass(frozen=True, slots=True)
class NumberResult:
    """A number of the reference beside the local one of the same indicator.

    A date is a fact too: its indicator is what is to be done by then, its unit 年.

    :ivar stage: 小学, 初中 … where the indicator is said of one stage of schooling.
    :ivar reason: why, in Chinese.
    :ivar reported: the local number is a result already reached, not a plan.
    """

    indicator: str
    stage: str
    reference: StoredFact
    local: StoredFact
    verdict: Verdict
    reason: str
    reported: bool = False


@dataclass(frozen=True, slots=True)
class ClauseResult:
    """A clause of a reference and what the local text has for it.

    :ivar matches: the local passages that answer, the best first.
    :ivar reason: what is answered and what is not, in Chinese.
    :ivar coverage: how much of the clause's wording found an answer, 0 to 1.
    :ivar set_aside: a person decided that this clause doesn't concern the local text.
    """

    clause: Clause
    status: ClauseStatus
    matches: tuple[Citation, ...]
    numbers: tuple[NumberResult, ...]
    reason: str
    coverage: float
    set_aside: bool = False


@dataclass(frozen=True, slots=True)
class ChapterCoverage:
    """How many clauses of a chapter of a reference are answered; those set aside are counted apart."""

    document: str
    chapter: str
    answered: int
    partial: int
    missing: int
    set_aside: int

    @property
    def clauses(self) -> int:
        """The clauses that count."""
        return self.answered + self.partial + self.missing

    @property
    def share(self) -> float:
        """The share answered, a partial answer as half; 0 without clauses."""
        return (self.answered + self.partial / 2) / self.clauses if self.clauses else 0.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """A local document against references.

    :ivar results: the clauses in the order of the references. :ivar additions: local clauses that no reference has.
    """

    local: Document
    references: tuple[Document, ...]
    results: tuple[ClauseResult, ...]
    additions: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class NumberChange:
    """A number that an old and a new version give for the same indicator; ``change`` says how it moved."""

    indicator: str
    stage: str
    old: StoredFact
    new: StoredFact
    change: Literal["raised", "lowered", "same", "reworded", "earlier", "later"]


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """A clause in two versions: ``old`` is None where it was added, ``new`` is None where it was dropped."""

    change: Change
    old: Clause | None
    new: Clause | None
    numbers: tuple[NumberChange, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionComparison:
    """An old version against a new one, clause by clause in the order of the new text, dropped ones in their place."""

    old: Document
    new: Document
    changes: tuple[ClauseChange, ...]
