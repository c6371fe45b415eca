"""How well questions are answered: hits, regions, exactness of citations, false answers, false refusals.

``python -m eval.answers`` builds a library from ``corpus/`` and asks it the gold questions. ``dev`` questions were
used for fitting thresholds, ``test`` questions only for this report.
"""

from __future__ import annotations

import argparse
import json
import math
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from eval.questions import GoldQuestion, Place, load_questions, overlaps, places_of
from interfaces.workspace import Workspace
from kb.model import Citation
from kb.regions import NATION
from kb.store import with_descendants
from search.answer.answerer import Answerer
from search.answer.model import Answer
from search.citations import check
from search.hits import SearchResult
from search.library import Library
from search.retrieve import Searcher

CORPUS = Path(__file__).parent.parent / "corpus"
_K = 5
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one question got.

    :ivar hit: whether one of the first five passages holds a piece of the evidence.
    :ivar cited: whether a sentence of the answer does. :ivar stated: for numeric questions, whether a fact of the
        answer has the gold value.
    :ivar represented: for questions on several regions, the part of the gold regions in the answer.
    :ivar strangers: hits and citations of regions other than those the question names.
    :ivar citations: how many citations were shown, and how many of them are not exact.
    """

    question: GoldQuestion
    answered: bool
    reason: str
    hit: bool
    cited: bool
    stated: bool
    represented: float
    strangers: int
    citations: int
    inexact: int
    seconds: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Share:
    """A share of ``total`` with its Wilson 95% interval."""

    count: int
    total: int

    @property
    def value(self) -> float:
        """The share; 0 of nothing."""
        return self.count / self.total if self.total else 0.0

    def interval(self) -> tuple[float, float]:
        """The bounds between which the share lies with 95% confidence (Wilson, 1927)."""
        if not self.total:
            return 0.0, 1.0
        z = 1.96
        centre = self.value + z * z / (2 * self.total)
        spread = z * math.sqrt(self.value * (1 - self.value) / self.total + z * z / (4 * self.total**2))
        scale = 1 + z * z / self.total
        return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)

    def __str__(self) -> str:
        low, high = self.interval()
        return f"{self.value:6.1%}  [{low:5.1%}, {high:5.1%}]  {self.count}/{self.total}"


def evaluate(library: Library, questions: Iterable[GoldQuestion]) -> list[Outcome]:
    """Ask every question."""
    searcher = Searcher(library)
    answerer = Answerer(searcher)
    return [_outcome(library, searcher, answerer, question) for question in questions]


def _outcome(library: Library, searcher: Searcher, answerer: Answerer, gold: GoldQuestion) -> Outcome:
    snapshot = library.snapshot()
    places = [place for place in places_of(gold, snapshot.source_text) if place]
    found = searcher.search(gold.question, _K, gold.filters)
    started = time.perf_counter()
    answer = answerer.ask(gold.question, gold.filters)
    seconds = time.perf_counter() - started
    shown = [*_of_hits(found), *(item.citation for item in answer.citations)]
    return Outcome(
        question=gold,
        answered=answer.answered,
        reason=answer.reason,
        hit=_holds(places, (hit.citation for hit in found.hits)),
        cited=_holds(places, (item.citation for item in answer.citations)),
        stated=_states(gold, answer),
        represented=_represented(gold, answer),
        strangers=_strangers(gold, found, answer),
        citations=len(shown),
        inexact=sum(not check(citation, snapshot) for citation in shown),
        seconds=seconds,
        confidence=answer.confidence,
    )


def _of_hits(found: SearchResult) -> list[Citation]:
    return [citation for hit in found.hits for citation in (hit.citation, *hit.copies)]


def _holds(places: Sequence[Place], citations: Iterable[Citation]) -> bool:
    return any(overlaps(place, c.source, c.start, c.end) for c in citations for place in places)


def _states(gold: GoldQuestion, answer: Answer) -> bool:
    values = [evidence.value for evidence in gold.gold if evidence.value is not None]
    stated: list[float] = []
    for item in answer.facts:
        value = item.fact.value
        if not isinstance(value, str):
            stated.extend(value if isinstance(value, tuple) else (value,))
    return any(math.isclose(value, other, rel_tol=_TOLERANCE) for value in values for other in stated)


def _represented(gold: GoldQuestion, answer: Answer) -> float:
    if not gold.regions:
        return 1.0
    return sum(code in answer.regions for code in gold.regions) / len(gold.regions)


def _strangers(gold: GoldQuestion, found: SearchResult, answer: Answer) -> int:
    """Hits and citations from outside the regions that the question or its filters name."""
    allowed: set[str] = set()
    for codes in (found.query.regions, gold.filters.regions):
        if codes:
            allowed = allowed & with_descendants(codes) if allowed else set(with_descendants(codes))
    if not allowed or gold.type == "multi_region":
        return 0
    if found.query.national:
        allowed.add(NATION)
    # A county that has no document of its own is answered from its city's, where that names the county.
    allowed.update(code for code in gold.regions if code != NATION or found.query.national)
    codes_shown = [hit.document.region_code for hit in found.hits]
    codes_shown.extend(item.citation.region_code for item in answer.citations)
    return sum(code not in allowed for code in codes_shown)


def summary(outcomes: Sequence[Outcome]) -> dict[str, Share]:
    """The figures of some questions by name."""
    yes = [o for o in outcomes if o.question.answerable]
    no = [o for o in outcomes if not o.question.answerable]
    figures = {"hit@5": _share(o.hit for o in yes)}
    for kind in dict.fromkeys(o.question.type for o in yes):
        figures[f"hit@5 {kind}"] = _share(o.hit for o in yes if o.question.type == kind)
    figures["cited"] = _share(o.cited for o in yes)
    figures["stated numeric"] = _share(o.stated for o in yes if o.question.type == "numeric")
    figures["false refusals"] = _share(not o.answered for o in yes)
    figures["false answers"] = _share(o.answered for o in no)
    figures["reason right"] = _share(o.reason == o.question.reason for o in no if not o.answered)
    figures["citations inexact"] = Share(sum(o.inexact for o in outcomes), sum(o.citations for o in outcomes))
    figures["wrong-region"] = Share(sum(o.strangers for o in outcomes), sum(o.citations for o in outcomes))
    return figures


def _share(values: Iterable[bool]) -> Share:
    listed = list(values)
    return Share(sum(listed), len(listed))


def regions_represented(outcomes: Sequence[Outcome]) -> float:
    """The mean part of the gold regions that answers on several regions show."""
    parts = [o.represented for o in outcomes if o.question.type == "multi_region"]
    return sum(parts) / len(parts) if parts else 0.0


def report(outcomes: Sequence[Outcome]) -> str:
    """All figures, the dev and the test questions apart."""
    lines = []
    for split in ("dev", "test"):
        part = [o for o in outcomes if o.question.split == split]
        if not part:
            continue
        lines.append(f"== {split}: {len(part)} questions")
        lines.extend(f"{name:28} {share}" for name, share in summary(part).items())
        lines.append(f"{'regions represented':28} {regions_represented(part):6.1%}")
        times = sorted(1e3 * o.seconds for o in part)
        lines.append(
            f"{'ask ms p50/p95':28} {times[len(times) // 2]:.1f} / {times[int(len(times) * 0.95)]:.1f}"
        )
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the report; with ``--failures`` every question that went wrong, with ``--json`` one line a question."""
    parser = argparse.ArgumentParser(prog="eval.answers", description="Ask the gold questions.")
    parser.add_argument("--kb", type=Path, help="a library to ask; by default one is built from corpus/")
    parser.add_argument("--questions", type=Path, help="another file of gold questions")
    parser.add_argument("--split", choices=("dev", "test"))
    parser.add_argument("--failures", action="store_true")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args(argv)
    questions = load_questions(arguments.questions) if arguments.questions else load_questions()
    if arguments.split:
        questions = tuple(q for q in questions if q.split == arguments.split)
    with tempfile.TemporaryDirectory() as folder:
        library = Library(arguments.kb or build(Path(folder)))
        outcomes = evaluate(library, questions)
        library.close()
    if arguments.json:
        for outcome in outcomes:
            print(json.dumps(asdict(outcome), ensure_ascii=False))
        return 0
    if arguments.failures:
        for outcome in outcomes:
            print_failure(outcome)
    print(report(outcomes))
    return 0


def print_failure(outcome: Outcome) -> None:
    """Print what went wrong with one question, if anything did."""
    gold = outcome.question
    wrong = []
    if gold.answerable:
        wrong += [] if outcome.hit else ["no hit"]
        wrong += [] if outcome.answered else [f"refused ({outcome.reason}, {outcome.confidence:.2f})"]
        wrong += ["not cited"] if outcome.answered and not outcome.cited else []
        wrong += ["not stated"] if gold.type == "numeric" and outcome.answered and not outcome.stated else []
        if gold.type == "multi_region" and outcome.represented < 1:
            wrong.append(f"regions {outcome.represented:.2f}")
    elif outcome.answered:
        wrong.append(f"answered ({outcome.confidence:.2f})")
    elif outcome.reason != gold.reason:
        wrong.append(f"reason {outcome.reason}, not {gold.reason}")
    if outcome.strangers:
        wrong.append(f"{outcome.strangers} strangers")
    if outcome.inexact:
        wrong.append(f"{outcome.inexact} inexact")
    if wrong:
        print(f"{gold.split} {gold.id} {gold.question} — {'; '.join(wrong)}")


def build(folder: Path, sources: Path = CORPUS) -> Path:
    """Build a library from ``sources`` in ``folder``; the folder."""
    with Workspace(folder) as workspace:
        workspace.ingest([sources], workers=0)
    return folder


if __name__ == "__main__":
    raise SystemExit(main())
