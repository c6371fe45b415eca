"""The review of local plans against national documents, held against a gold made by hand.

Three figures: how many clauses get the right status, how many of the number verdicts given are right, and how many
of the gold's verdicts are given.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from ingest.read import read_source
from kb.text.shadow import fold
from search.compare import ClauseResult, Material, NumberResult, compare, from_source
from search.embedding import load_embedder
from search.embedding.base import Embedder

ROOT = Path(__file__).resolve().parents[1]
GOLD = Path(__file__).parent / "gold"
CORPUS = ROOT / "corpus"
GOLD_FILES = ("county", "city", "province", "real", "preschool", "housing", "eldercare")

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class GoldNumber:
    """A pair of numbers and its verdict; ``stage`` is empty where the indicator is said of no stage of schooling."""

    indicator: str
    stage: str
    reference: str
    local: str
    verdict: str


@dataclass(frozen=True, slots=True)
class GoldClause:
    """A clause of a reference, the status a person gave it, and its numbers."""

    id: str
    local: str
    reference: str
    clause: str
    status: str
    numbers: tuple[GoldNumber, ...]


@dataclass(slots=True)
class Figures:
    """Counts of one gold file or of all, with the errors."""

    clauses: int = 0
    right: int = 0
    numbers: int = 0
    found: int = 0
    given: int = 0
    correct: int = 0
    errors: list[str] = field(default_factory=list)

    def add(self, other: Figures) -> None:
        """Take the counts of another file in."""
        for name in ("clauses", "right", "numbers", "found", "given", "correct"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.errors.extend(other.errors)

    @property
    def status_accuracy(self) -> float:
        """The share of clauses with the right status."""
        return self.right / self.clauses if self.clauses else 1.0

    @property
    def verdict_precision(self) -> float:
        """The share of the verdicts given that are in the gold and right."""
        return self.correct / self.given if self.given else 1.0

    @property
    def verdict_recall(self) -> float:
        """The share of the gold's number pairs for which a verdict was given."""
        return self.found / self.numbers if self.numbers else 1.0

    def as_dict(self) -> dict[str, float | int]:
        """Figures by name."""
        return {
            "clauses": self.clauses,
            "status_accuracy": round(self.status_accuracy, 4),
            "verdicts_given": self.given,
            "verdict_precision": round(self.verdict_precision, 4),
            "gold_numbers": self.numbers,
            "verdict_recall": round(self.verdict_recall, 4),
        }


def read_gold(name: str, folder: Path = GOLD) -> list[GoldClause]:
    """The clauses of one gold file."""
    lines = (folder / "compare" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [_clause(json.loads(line)) for line in lines if line.strip()]


def _clause(row: Mapping[str, Any]) -> GoldClause:
    numbers = tuple(
        GoldNumber(
            item["indicator"],
            item.get("stage", ""),
            item["reference"]["surface"],
            item["local"]["surface"],
            item["verdict"],
        )
        for item in row["numbers"]
    )
    return GoldClause(row["id"], row["local"], row["reference"], row["clause"], row["status"], numbers)


@lru_cache(maxsize=64)
def material(name: str) -> Material:
    """A document of the gold: ``plans/…`` lies beside it, the others in the sample corpus."""
    path = (GOLD if name.startswith("plans/") else CORPUS) / name
    return from_source(read_source(path, name))[0]


def evaluate(name: str, embedder: Embedder | None) -> Figures:
    """The figures of one gold file."""
    figures = Figures()
    gold = read_gold(name)
    for local, reference in dict.fromkeys((clause.local, clause.reference) for clause in gold):
        found = compare(material(local), [material(reference)], embedder=embedder)
        for clause in gold:
            if (clause.local, clause.reference) == (local, reference):
                _score(clause, found.results, figures)
    return figures


def _score(gold: GoldClause, results: Sequence[ClauseResult], figures: Figures) -> None:
    figures.clauses += 1
    figures.numbers += len(gold.numbers)
    result = next((r for r in results if _same_text(gold.clause, r.clause.citation.quote)), None)
    if result is None:
        figures.errors.append(f"{gold.id}\t没有找到条款\t{gold.clause}")
        return
    if result.status == gold.status:
        figures.right += 1
    else:
        figures.errors.append(
            f"{gold.id}\t状态应为 {gold.status}，判为 {result.status}（{result.coverage}）\t{gold.clause}"
        )
    open_numbers = list(gold.numbers)
    for number in result.numbers:
        figures.given += 1
        match = next((wanted for wanted in open_numbers if _same_pair(wanted, number)), None)
        pair = f"{number.reference.fact.surface} | {number.local.fact.surface}"
        if match is None:
            figures.errors.append(f"{gold.id}\t多出的数\t{number.indicator} {pair} {number.verdict}")
            continue
        open_numbers.remove(match)
        figures.found += 1
        if match.verdict == number.verdict:
            figures.correct += 1
        else:
            figures.errors.append(f"{gold.id}\t应为 {match.verdict}，判为 {number.verdict}\t{pair}")
    for missed in open_numbers:
        figures.errors.append(f"{gold.id}\t漏掉的数\t{missed.indicator} {missed.reference} | {missed.local}")


def _bare(text: str) -> str:
    return _SPACE.sub("", fold(text))


def _same_text(wanted: str, found: str) -> bool:
    left, right = _bare(wanted), _bare(found)
    return left in right or right in left


def _same_pair(wanted: GoldNumber, number: NumberResult) -> bool:
    """Whether these are the numbers of the gold: the gold writes the bound with them, and names the stage."""
    if wanted.stage and number.stage and wanted.stage not in number.stage:
        return False
    return _same_text(wanted.reference, number.reference.fact.surface) and _same_text(
        wanted.local, number.local.fact.surface
    )


def _lines(each: Mapping[str, Figures], *, errors: bool) -> Iterator[str]:
    yield f"{'金标':<10}{'条款':>6}{'状态':>8}{'判数':>6}{'判准':>8}{'应判':>6}{'判出':>8}"
    for name, one in each.items():
        yield (
            f"{name:<10}{one.clauses:>6}{one.status_accuracy:>8.3f}{one.given:>6}{one.verdict_precision:>8.3f}"
            f"{one.numbers:>6}{one.verdict_recall:>8.3f}"
        )
    if errors:
        yield from each["合计"].errors


def evaluate_all(names: Iterable[str] = GOLD_FILES, *, embedder: Embedder | None) -> dict[str, Figures]:
    """The figures of every gold file by name, and of all together under ``合计``."""
    each = {name: evaluate(name, embedder) for name in names}
    total = Figures()
    for one in each.values():
        total.add(one)
    return {**each, "合计": total}


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="eval.compare", description=__doc__)
    parser.add_argument("--lexical", action="store_true", help="不用向量模型")
    parser.add_argument("--errors", action="store_true", help="逐条列出错误")
    parser.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    options = parser.parse_args(argv)
    each = evaluate_all(embedder=None if options.lexical else load_embedder())
    if options.json:
        for name, one in each.items():
            line: dict[str, object] = {"gold": name, **one.as_dict()}
            if options.errors:
                line["errors"] = one.errors
            print(json.dumps(line, ensure_ascii=False))
    else:
        for text in _lines(each, errors=options.errors):
            print(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
