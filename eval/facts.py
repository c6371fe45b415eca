"""Facts against a gold made by hand: precision, recall, and the accuracy of every field, with the errors listed.

The gold holds offsets and our own names only; the texts are read from the shared material. Documents go through the
same steps as in ingestion, their home region and headings found by the program, not taken from the gold.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path

from ingest.read import read_loaded
from kb.model import Fact, LoadedSource
from kb.text.shadow import fold
from kb.thesaurus import normalise_indicator

GOLD = Path(__file__).parent / "gold"
SHARED = Path(__file__).resolve().parents[2] / "shared"
FIELDS = ("value", "unit", "comparator", "time", "region", "kind", "indicator")
HELD_OUT = ("held9",)
"""The rounds whose errors no rule has been written from; all others have been used to improve the rules."""
SIMILAR = 0.6
"""Two indicators agree from this character similarity on, or with equal normal forms."""


@dataclass(frozen=True, slots=True)
class GoldFact:
    """A fact written by hand; offsets are source offsets, fields those of :class:`kb.model.Fact`."""

    round: str
    document: str
    start: int
    surface: str
    indicator: str
    value: str
    unit: str
    comparator: str
    time: str
    inherited: bool
    region: str
    kind: str

    @property
    def end(self) -> int:
        """The source offset after the surface."""
        return self.start + len(self.surface)


@dataclass(frozen=True, slots=True)
class GoldPassage:
    """A stretch of a document in which every fact was written down."""

    round: str
    document: str
    start: int
    end: int


@dataclass(slots=True)
class Score:
    """Counts for one document or for all: facts found and missed, and fields right among those found."""

    gold: int = 0
    predicted: int = 0
    matched: int = 0
    right: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Take another document's counts in."""
        self.gold += other.gold
        self.predicted += other.predicted
        self.matched += other.matched
        self.right.update(other.right)
        self.errors.extend(other.errors)

    @property
    def precision(self) -> float:
        """The share of the facts said that are in the gold."""
        return self.matched / self.predicted if self.predicted else 1.0

    @property
    def recall(self) -> float:
        """The share of the gold that was found."""
        return self.matched / self.gold if self.gold else 1.0

    def accuracy(self, name: str) -> float:
        """The share of found facts whose field is right."""
        return self.right[name] / self.matched if self.matched else 1.0

    def as_dict(self) -> dict[str, float | int]:
        """Figures by name."""
        figures: dict[str, float | int] = {"gold": self.gold, "predicted": self.predicted}
        figures["precision"] = round(self.precision, 4)
        figures["recall"] = round(self.recall, 4)
        for name in FIELDS:
            figures[name] = round(self.accuracy(name), 4)
        return figures


def read_gold(folder: Path = GOLD, rounds: Sequence[str] = ()) -> tuple[list[GoldFact], list[GoldPassage]]:
    """The gold facts and the passages they cover, of some rounds or of all."""
    facts: list[GoldFact] = []
    for row in _rows(folder / "facts.tsv"):
        if not rounds or row["round"] in rounds:
            facts.append(
                GoldFact(
                    row["round"],
                    row["document"],
                    int(row["start"]),
                    row["surface"].replace("\\n", "\n"),
                    row["indicator"],
                    row["value"],
                    row["unit"],
                    row["comparator"],
                    row["time"],
                    row["inherited"] == "1",
                    row["region"],
                    row["kind"],
                )
            )
    passages = [
        GoldPassage(row["round"], row["document"], int(row["start"]), int(row["end"]))
        for row in _rows(folder / "facts_passages.tsv")
        if not rounds or row["round"] in rounds
    ]
    return facts, passages


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def load_source(document: str, shared: Path = SHARED, *, told: bool = True) -> LoadedSource:
    """A document of the shared material by its gold id: ``seeds/002``, or an id of ``policies.jsonl``.

    :param told: give the title, region, date and issuer of ``policies.jsonl`` as a file's own metadata; else the
        text alone has to tell them.
    """
    if document.startswith("seeds/"):
        path = next((shared / "seeds").glob(f"{document[6:]}_*"))
        text = path.read_bytes().decode("utf-8")
        return LoadedSource(path.name, "", len(text), "text", text)
    row = _policies(shared)[document]
    named = {
        "title": row["title"],
        "region": row["region"],
        "published": row["date"],
        "issuer": row["issuer"],
    }
    metadata = {key: value for key, value in named.items() if value and told}
    return LoadedSource(
        f"{document}.txt",
        "",
        len(row["text"]),
        "text",
        row["text"],
        metadata=metadata,
        metadata_origin=dict.fromkeys(metadata, "front_matter"),
    )


@lru_cache(maxsize=2)
def _policies(shared: Path) -> dict[str, dict[str, str]]:
    with (shared / "policies" / "policies.jsonl").open(encoding="utf-8") as file:
        return {row["id"]: row for row in map(json.loads, file)}


def facts_of(loaded: LoadedSource) -> list[Fact]:
    """The facts of a source, as ingestion reads them."""
    return [fact for document in read_loaded(loaded).documents for fact in document.facts]


def similarity(left: str, right: str) -> float:
    """Character similarity of two indicator names, 0 to 1 (Ratcliff and Obershelp)."""
    return SequenceMatcher(None, fold(left), fold(right), autojunk=False).ratio()


def same_indicator(gold: str, said: str) -> bool:
    """Whether two names stand for one indicator: similar enough, or equal when normalised."""
    return normalise_indicator(gold) == normalise_indicator(said) or similarity(gold, said) >= SIMILAR


_TIME_NOISE = re.compile(r"^(?:预计|计划|力争|在|于|自|从|由)+|[“”,、\s]")


def same_time(gold: str, said: str) -> bool:
    """Whether two time expressions are the same words, quotation marks and 预计, 自 aside."""
    return _TIME_NOISE.sub("", fold(gold)) == _TIME_NOISE.sub("", fold(said))


def _value_text(value: float | tuple[float, float] | str) -> str:
    if isinstance(value, tuple):
        return f"{value[0]:g},{value[1]:g}"
    return value if isinstance(value, str) else f"{value:.10g}"


def _same_value(gold: str, said: float | tuple[float, float] | str) -> bool:
    try:
        wanted = [float(part) for part in gold.split(",")]
    except ValueError:
        return gold == said
    got = [said] if isinstance(said, float) else list(said) if isinstance(said, tuple) else []
    return len(got) == len(wanted) and all(
        isinstance(a, float) and abs(a - b) <= 1e-6 * max(1, abs(b)) for a, b in zip(got, wanted, strict=True)
    )


def _checks(gold: GoldFact, fact: Fact) -> dict[str, tuple[bool, str, str]]:
    return {
        "value": (_same_value(gold.value, fact.value), gold.value, _value_text(fact.value)),
        "unit": (fold(gold.unit) == fact.unit, gold.unit, fact.unit),
        "comparator": (gold.comparator == fact.comparator, gold.comparator, fact.comparator),
        "time": (same_time(gold.time, fact.time), gold.time, fact.time),
        "region": (gold.region == fact.region_code, gold.region, fact.region_code),
        "kind": (gold.kind == fact.kind, gold.kind, fact.kind),
        "indicator": (same_indicator(gold.indicator, fact.indicator), gold.indicator, fact.indicator),
    }


def score(gold: Sequence[GoldFact], passages: Sequence[GoldPassage], found: Sequence[Fact]) -> Score:
    """Compare the facts found in ``passages`` with the gold of the same document.

    A found fact matches the gold fact whose surface it overlaps most; each matches at most once.
    """
    result = Score(gold=len(gold))
    inside = [f for f in found if any(p.start <= f.start < p.end for p in passages)]
    result.predicted = len(inside)
    free = set(range(len(inside)))
    for wanted in gold:
        best = max(free, key=lambda i: _overlap(wanted, inside[i]), default=None)
        if best is None or _overlap(wanted, inside[best]) == 0:
            result.errors.append(f"漏\t{wanted.surface}\t{wanted.indicator}")
            continue
        free.discard(best)
        result.matched += 1
        for name, (right, want, got) in _checks(wanted, inside[best]).items():
            result.right[name] += right
            if not right:
                result.errors.append(f"{name}\t{wanted.surface}\t应为 {want or '无'}，读作 {got or '无'}")
    for index in sorted(free):
        result.errors.append(f"多\t{inside[index].surface}\t{inside[index].indicator}")
    return result


def _overlap(gold: GoldFact, found: Fact) -> int:
    return max(0, min(gold.end, found.end) - max(gold.start, found.start))


def evaluate(
    rounds: Sequence[str] = (), *, shared: Path = SHARED, folder: Path = GOLD, told: bool = True
) -> tuple[Score, dict[str, Score]]:
    """Score every gold document; the total, and each document's own."""
    facts, passages = read_gold(folder, rounds)
    by_document: dict[str, list[GoldFact]] = defaultdict(list)
    covered: dict[str, list[GoldPassage]] = defaultdict(list)
    for gold in facts:
        by_document[gold.document].append(gold)
    for passage in passages:
        covered[passage.document].append(passage)
    total, each = Score(), {}
    for document in sorted(covered):
        found = facts_of(load_source(document, shared, told=told))
        each[document] = score(by_document[document], covered[document], found)
        total.add(each[document])
    return total, each


def _sets(rounds: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """The gold in the parts that are told apart, and their titles: what rules were tuned on, what they were not."""
    if rounds:
        return [("、".join(rounds), tuple(rounds))]
    facts, _ = read_gold()
    names = list(dict.fromkeys(f.round for f in facts))
    tuned = tuple(n for n in names if n not in HELD_OUT)
    return [("调过规则的", tuned), *((f"未调规则的 {n}", (n,)) for n in names if n in HELD_OUT)]


def _lines(total: Score, each: dict[str, Score], *, errors: bool, title: str = "合计") -> Iterable[str]:
    head = f"{'文献':<22}{'金标':>5}{'读出':>6}{'精确':>8}{'召回':>8}" + "".join(
        f"{name:>11}" for name in FIELDS
    )
    yield head
    for name, one in [*each.items(), (title, total)]:
        figures = "".join(f"{one.accuracy(f):>11.3f}" for f in FIELDS)
        yield f"{name:<22}{one.gold:>5}{one.predicted:>6}{one.precision:>8.3f}{one.recall:>8.3f}{figures}"
    if errors:
        for name, one in each.items():
            for error in one.errors:
                yield f"{name}\t{error}"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures; exit code 1 where the shared material is not there."""
    parser = argparse.ArgumentParser(prog="eval.facts", description=__doc__)
    parser.add_argument("--round", action="append", default=[], help="只评这一轮的金标，可重复")
    parser.add_argument("--errors", action="store_true", help="逐条列出错误")
    parser.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    parser.add_argument("--bare", action="store_true", help="不给出标题、地区、日期，全靠正文")
    parser.add_argument("--shared", type=Path, default=SHARED, help="材料文件夹")
    options = parser.parse_args(argv)
    if not (options.shared / "policies" / "policies.jsonl").exists():
        print(f"没有评测材料：{options.shared}", file=sys.stderr)
        return 1
    for title, rounds in _sets(options.round):
        total, each = evaluate(rounds, shared=options.shared, told=not options.bare)
        if not options.json:
            print(f"## {title}")
            for text in _lines(total, each, errors=options.errors):
                print(text)
            continue
        for name, one in [*each.items(), ("合计", total)]:
            line: dict[str, object] = {"document": name, "set": title, **one.as_dict()}
            if options.errors:
                line["errors"] = one.errors
            print(json.dumps(line, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
