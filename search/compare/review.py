"""A local document against its references: each clause with its status, each number with its verdict, and the reasons."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kb.model import Citation
from kb.thesaurus import Thesaurus, load_thesaurus
from search.compare.clauses import clauses_of
from search.compare.deadlines import Deadline, governed, judge_dates
from search.compare.matching import Field, Rarity, similarity
from search.compare.material import Material
from search.compare.model import Clause, ClauseResult, ClauseStatus, Comparison, NumberResult
from search.compare.pairing import Pair, norms_of, pair
from search.compare.points import Point, is_carrier
from search.compare.quantities import Quantity
from search.compare.reading import Reading, stored
from search.compare.verdicts import Judgement, judge
from search.embedding.base import Embedder

# Fitted on eval/gold/compare; `python -m eval.compare` prints what they give.
UNLIKE, ALIKE = 0.34, 0.58
"""Scores below which a point has no answer, and from which on it is answered."""
ANSWERED, ANY = 0.68, 0.15
"""Coverage from which on a clause is answered, and below which it is missing."""
_UNPAIRED = (
    0.39  # the most that wording alone counts where a point states a number that the local text doesn't
)
_HALF = UNLIKE + 0.4 * (ALIKE - UNLIKE)
_DATED = 0.45  # likeness from which on two aims are one, so that their dates may be compared
_SHOWN = 4
_ADDED = 0.3  # coverage below which a local clause has no counterpart in the references


def compare(
    local: Material,
    references: Sequence[Material],
    *,
    set_aside: Collection[str] = (),
    embedder: Embedder | None = None,
    thesaurus: Thesaurus | None = None,
) -> Comparison:
    """Set a local document beside reference documents.

    :param set_aside: keys of clauses that a person decided don't concern the local text; they are still compared,
        marked, and left out of the coverage.
    :param embedder: adds likeness of meaning to that of wording.
    """
    thesaurus = thesaurus or load_thesaurus()
    mine = Reading.of(local, thesaurus)
    readings = [Reading.of(reference, thesaurus, asking=True) for reference in references]
    results: list[ClauseResult] = []
    for reading in readings:
        review = _Review(reading, mine, embedder)
        results.extend(replace(r, set_aside=r.clause.key in set_aside) for r in review.results())
    return Comparison(
        local=local.document,
        references=tuple(reference.document for reference in references),
        results=tuple(results),
        additions=_additions(mine, readings, results, embedder),
    )


class _Review:
    """One reference against the local text."""

    def __init__(self, reference: Reading, local: Reading, embedder: Embedder | None) -> None:
        self.reference = reference
        self.local = local
        rarity = Rarity([*reference.points, *local.points])
        self.field = Field(local.points, rarity, embedder, [s.start for s in local.stretches])
        self.rarity = rarity
        self.embedder = embedder
        document = reference.material.document
        self.norms = norms_of(reference.quantities, document)
        # A share to be reached by a date (满意度达到80%) is no date of an aim that the reference states without one.
        self.shares = {index for index, point in enumerate(local.points) if local.states_share(point)}
        self.pairs: dict[int, list[tuple[Pair, Judgement]]] = {}
        for found in pair(self.norms, local.quantities, rarity, embedder):
            judgement = judge(self.norms[found.reference], local.quantities[found.local])
            self.pairs.setdefault(found.reference, []).append((found, judgement))

    def results(self) -> list[ClauseResult]:
        """The clauses of the reference in order, each judged."""
        return [self._clause(clause) for clause in clauses_of(self.reference.material)]

    def _clause(self, clause: Clause) -> ClauseResult:
        start, end = clause.citation.start, clause.citation.end
        points = [point for point in self.reference.points if start <= point.start < end]
        norms = [index for index, quantity in enumerate(self.norms) if start <= quantity.fact.start < end]
        scores = self.field.scores(points)
        best, where = self._best(points, norms, scores)
        weights = np.array([self.rarity.importance(point) for point in points])
        credit = np.clip((best - UNLIKE) / (ALIKE - UNLIKE), 0.0, 1.0)
        total = float(weights.sum())
        coverage = float((credit * weights).sum() / total) if total else 0.0
        numbers = self._numbers(norms)
        numbers.extend(self._dates(clause, points, scores, numbers))
        status = _status(coverage)
        if status == "missing" and numbers:
            status = "partial"
        matches = self._matches(where, credit, weights, norms) if status != "missing" else ()
        return ClauseResult(
            clause=clause,
            status=status,
            matches=matches,
            numbers=tuple(numbers),
            reason=_reason(self.reference.material.text, status, points, credit, numbers),
            coverage=round(coverage, 4),
        )

    def _best(
        self, points: Sequence[Point], norms: Sequence[int], scores: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], list[tuple[int, int]]]:
        """For each point its score and the local span that answers it.

        A point that states a number is answered by the number of the same indicator, and by wording alone only
        in part.
        """
        best = np.zeros(len(points))
        where: list[tuple[int, int]] = []
        for row, point in enumerate(points):
            column = int(scores[row].argmax()) if scores.shape[1] else -1
            if column >= 0:
                best[row] = scores[row, column]
                where.append((self.local.points[column].start, self.local.points[column].end))
            else:
                where.append((0, 0))
            mine = [n for n in norms if self._carries(point, self.norms[n], points)]
            if not mine:
                continue
            judged = [item for n in mine for item in self.pairs.get(n, ())]
            if not judged:
                best[row] = min(best[row], _UNPAIRED)
                continue
            found, _ = judged[0]
            where[row] = self.local.quantities[found.local].piece
            comparable = any(judgement.verdict != "incomparable" for _, judgement in judged)
            best[row] = 1.0 if comparable else max(_HALF, min(best[row], _HALF))
        return best, where

    @staticmethod
    def _carries(point: Point, norm: Quantity, points: Sequence[Point]) -> bool:
        """Whether a point states the number: it stands in it, or in the clauses that go on from it."""
        if point.start <= norm.fact.start < point.end:
            return True
        before = [other for other in points if other.start <= norm.fact.start]
        return bool(before) and before[-1] is point and norm.fact.start >= point.end

    def _numbers(self, norms: Sequence[int]) -> list[NumberResult]:
        results = []
        obstacles: set[tuple[int, str]] = set()
        for index in norms:
            for found, judgement in self.pairs.get(index, ()):
                if judgement.verdict == "incomparable":
                    # One total stands against the numbers of both stages for one reason; that is said once.
                    if (found.local, judgement.reason) in obstacles:
                        continue
                    obstacles.add((found.local, judgement.reason))
                norm, value = self.norms[index], self.local.quantities[found.local]
                results.append(
                    NumberResult(
                        indicator=_name(norm),
                        stage="、".join(sorted(norm.stages & value.stages or norm.stages)),
                        reference=stored(self.reference.material, norm.fact, norm),
                        local=stored(self.local.material, value.fact, value),
                        verdict=judgement.verdict,
                        reason=judgement.reason,
                        reported=value.fact.kind == "achieved",
                    )
                )
        return results

    def _dates(
        self,
        clause: Clause,
        points: Sequence[Point],
        scores: NDArray[np.float64],
        numbers: Sequence[NumberResult],
    ) -> list[NumberResult]:
        """The dates of the clause beside those of the local aims that answer it; not where a value fails anyway."""
        if not self.local.deadlines or any(number.verdict == "unmet" for number in numbers):
            return []
        results = []
        for deadline in self.reference.deadlines:
            if not clause.citation.start <= deadline.fact.start < clause.citation.end:
                continue
            found = self._dated_alike(deadline, points, scores)
            if found is None:
                continue
            point, mine = found
            verdict, reason = judge_dates(deadline, mine)
            indicator = f"{point.wording}的时间"
            results.append(
                NumberResult(
                    indicator=indicator,
                    stage="",
                    reference=stored(self.reference.material, replace(deadline.fact, indicator=indicator)),
                    local=stored(self.local.material, replace(mine.fact, indicator=indicator)),
                    verdict=verdict,
                    reason=reason,
                )
            )
        return results

    def _dated_alike(
        self, deadline: Deadline, points: Sequence[Point], scores: NDArray[np.float64]
    ) -> tuple[Point, Deadline] | None:
        """The local deadline of the aims that are most like those of the reference's, and the aim that is most alike."""
        best: tuple[float, Point, Deadline] | None = None
        for mine in self.local.deadlines:
            columns, rows = governed(mine, self.local.points), governed(deadline, points)
            if not columns or not rows:
                continue
            recalled = scores[np.ix_(rows, columns)]
            both_ways = similarity(
                [(points[r].wording, points[r].terms) for r in rows],
                [(self.local.points[c].wording, self.local.points[c].terms) for c in columns],
                self.rarity,
                self.embedder,
            )
            apart = np.array(
                [[self.reference.states_share(points[r]) < (c in self.shares) for c in columns] for r in rows]
            )
            alike = np.where(apart, 0.0, (recalled + both_ways) / 2).max(axis=1)
            worth = float(alike[alike >= _DATED].sum())
            if worth and (best is None or worth > best[0]):
                best = worth, points[rows[int(alike.argmax())]], mine
        return best[1:] if best else None

    def _matches(
        self,
        where: Sequence[tuple[int, int]],
        credit: NDArray[np.float64],
        weights: NDArray[np.float64],
        norms: Sequence[int],
    ) -> tuple[Citation, ...]:
        """The local sentences that answer, the one that answers most first."""
        worth: dict[tuple[int, int], float] = {}
        cited: dict[tuple[int, int], Citation] = {}
        spans = [(*span, float(c * w)) for span, c, w in zip(where, credit, weights, strict=True) if c > 0]
        for index in norms:
            for found, _ in self.pairs.get(index, ()):
                spans.append((*self.local.quantities[found.local].piece, 1.0))
        for start, end, value in spans:
            citation = self.local.cite_around(start, end)
            place = citation.start, citation.end
            cited[place] = citation
            worth[place] = worth.get(place, 0.0) + value
        best = sorted(worth, key=lambda place: (-worth[place], place))
        return tuple(cited[place] for place in best[:_SHOWN])


def _name(norm: Quantity) -> str:
    """The indicator as the extractor names it; where that names a stage only (小学占比), the words around the number."""
    named = norm.fact.indicator.split("\t")[0]
    # In a table the extractor adds the column's stage, which is told apart from the name here.
    for stage in norm.stages:
        named = named.removesuffix(stage) or named
    return norm.subject if is_carrier(named) else named


def _status(coverage: float) -> ClauseStatus:
    if coverage >= ANSWERED:
        return "answered"
    return "partial" if coverage >= ANY else "missing"


def _reason(
    text: str,
    status: ClauseStatus,
    points: Sequence[Point],
    credit: NDArray[np.float64],
    numbers: Sequence[NumberResult],
) -> str:
    if status == "missing":
        return "本地文本没有相应的内容"
    open_points = [
        text[p.start : p.end].strip()
        for p, c in zip(points, credit, strict=True)
        if c < 0.5 and p.factor >= 0.5
    ]
    said = "各项内容都有回应" if status == "answered" else "只回应了一部分"
    if open_points:
        said += f"，未见：{'；'.join(open_points)}"
    failed = [n for n in numbers if n.verdict in ("unmet", "later")]
    if failed:
        said += f"；{len(failed)}个数未达到要求"
    return said


def _additions(
    mine: Reading, references: Sequence[Reading], results: Sequence[ClauseResult], embedder: Embedder | None
) -> tuple[Clause, ...]:
    """The local clauses that no reference has and that answer no clause of one."""
    points = [point for reading in references for point in reading.points]
    rarity = Rarity([*points, *mine.points])
    field = Field(points, rarity, embedder)
    answers = [(m.start, m.end) for result in results for m in result.matches]
    added = []
    for clause in clauses_of(mine.material):
        start, end = clause.citation.start, clause.citation.end
        if any(left < end and start < right for left, right in answers):
            continue
        own = [point for point in mine.points if start <= point.start < end]
        weights = np.array([rarity.importance(point) for point in own])
        scores = field.scores(own)
        if not own or not weights.sum():
            continue
        best = scores.max(axis=1) if scores.shape[1] else np.zeros(len(own))
        credit = np.clip((best - UNLIKE) / (ALIKE - UNLIKE), 0.0, 1.0)
        if float((credit * weights).sum() / weights.sum()) < _ADDED:
            added.append(clause)
    return tuple(added)
