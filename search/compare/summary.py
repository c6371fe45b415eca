"""A comparison at a glance: coverage by chapter, and what needs attention first."""

from __future__ import annotations

from dataclasses import dataclass

from search.compare.model import (
    ChapterCoverage,
    ClauseResult,
    Comparison,
    NumberResult,
    Verdict,
    VersionComparison,
)

_FIRST: dict[Verdict, int] = {"unmet": 0, "later": 1, "incomparable": 2, "met": 3, "same": 4, "earlier": 5}
_STATUS = {"missing": 0, "partial": 1, "answered": 2}


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number's result with the clause that it belongs to."""

    result: ClauseResult
    number: NumberResult


def chapters(comparison: Comparison) -> tuple[ChapterCoverage, ...]:
    """The coverage of each chapter of each reference, in the order of the texts."""
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for result in comparison.results:
        place = (result.clause.citation.document, result.clause.chapter)
        tally = counts.setdefault(place, {"answered": 0, "partial": 0, "missing": 0, "set_aside": 0})
        tally["set_aside" if result.set_aside else result.status] += 1
    return tuple(
        ChapterCoverage(
            document,
            chapter,
            answered=tally["answered"],
            partial=tally["partial"],
            missing=tally["missing"],
            set_aside=tally["set_aside"],
        )
        for (document, chapter), tally in counts.items()
    )


def numbers_first(comparison: Comparison) -> tuple[Numbered, ...]:
    """The numbers of the clauses that count: those not met first, then later dates, then what can't be compared."""
    found = [
        Numbered(result, number)
        for result in comparison.results
        if not result.set_aside
        for number in result.numbers
    ]
    return tuple(sorted(found, key=lambda item: _FIRST[item.number.verdict]))


def by_attention(comparison: Comparison) -> tuple[ClauseResult, ...]:
    """The clauses that need attention first: numbers not met, then nothing said, then said in part; set aside last."""

    def order(result: ClauseResult) -> tuple[bool, bool, int]:
        failed = any(number.verdict in ("unmet", "later") for number in result.numbers)
        return result.set_aside, not failed, _STATUS[result.status]

    return tuple(sorted(comparison.results, key=order))


def summary_line(comparison: Comparison) -> str:
    """One Chinese line with the counts."""
    counted = [result for result in comparison.results if not result.set_aside]
    status = {name: sum(r.status == name for r in counted) for name in ("answered", "partial", "missing")}
    numbers = [number for result in counted for number in result.numbers]
    unmet = sum(number.verdict == "unmet" for number in numbers)
    later = sum(number.verdict == "later" for number in numbers)
    aside = len(comparison.results) - len(counted)
    return (
        f"共 {len(counted)} 条：已回应 {status['answered']}，部分回应 {status['partial']}，"
        f"未回应 {status['missing']}；可比数值 {len(numbers)} 项，未达到 {unmet}，推迟 {later}；"
        f"本地另有 {len(comparison.additions)} 条" + (f"；搁置 {aside} 条" if aside else "") + "。"
    )


def versions_line(comparison: VersionComparison) -> str:
    """One Chinese line with the counts of what differs between two versions."""
    counts = {
        name: sum(change.change == name for change in comparison.changes)
        for name in ("added", "dropped", "changed", "same")
    }
    moved = sum(len(change.numbers) for change in comparison.changes)
    return (
        f"新增 {counts['added']} 条，删去 {counts['dropped']} 条，改动 {counts['changed']} 条，"
        f"未变 {counts['same']} 条；改动的数值 {moved} 项。"
    )
