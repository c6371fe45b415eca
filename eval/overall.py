"""``policykb eval``: retrieval by words, by meaning and by both, answers and relevance, beside the last run."""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from eval import relevance
from eval.answers import Outcome, build, evaluate, print_failure
from eval.history import Change, Figure, against_last, compared
from eval.metrics import MEASURES
from eval.own_set import judged_passages
from eval.questions import GOLD, GoldQuestion, load_questions
from eval.relevance import KINDS, Verdict
from eval.retrieval import SYSTEMS
from search.library import Library
from search.retrieve import Searcher

QUESTION_FILES = (GOLD, GOLD.with_name("fresh.jsonl"))
SPLITS = ("dev", "test", "fresh")
_NAMES = {"lexical": "词面", "semantic": "语义", "hybrid": "混合"}
_DEPTH = 100


@dataclass(frozen=True, slots=True)
class _Part:
    """A figure of answers: the questions it is about, and what it is for each."""

    name: str
    about: Callable[[Outcome], bool]
    value: Callable[[Outcome], float]
    less_is_better: bool = False


_ANSWERS = (
    _Part("前五命中", lambda o: o.question.answerable, lambda o: o.hit),
    _Part("引到证据", lambda o: o.question.answerable, lambda o: o.cited),
    _Part("数值正确", lambda o: o.question.type == "numeric", lambda o: o.stated),
    _Part("各地覆盖", lambda o: o.question.type == "multi_region", lambda o: o.represented),
    _Part("引文逐字相符", lambda o: o.citations > 0, lambda o: 1 - o.inexact / o.citations),
    _Part("误拒", lambda o: o.question.answerable, lambda o: not o.answered, less_is_better=True),
    _Part("误答", lambda o: not o.question.answerable, lambda o: o.answered, less_is_better=True),
    _Part("错地区", lambda o: True, lambda o: o.strangers > 0, less_is_better=True),
    _Part(
        "拒答理由正确",
        lambda o: not o.question.answerable and not o.answered,
        lambda o: o.reason == o.question.reason,
    ),
)


def _key(question: GoldQuestion) -> str:
    return f"{question.id}:{sha256(question.question.encode()).hexdigest()[:8]}"


def retrieval_figures(library: Library, questions: Iterable[GoldQuestion]) -> list[Figure]:
    """Each measure of each system, by question: the whole search of a user, ranked in three ways."""
    asked = [question for question in questions if question.answerable]
    judged = judged_passages(library.snapshot(), asked)
    searcher = Searcher(library)
    figures = []
    for mode in SYSTEMS:
        values: dict[str, dict[str, float]] = {name: {} for name in MEASURES}
        for question in asked:
            hits = searcher.search(question.question, _DEPTH, question.filters, mode=mode).hits
            ranking = [str(hit.key) for hit in hits]
            for name, measure in MEASURES.items():
                values[name][_key(question)] = measure(ranking, judged.get(question.id, {}))
        figures += [Figure(f"{_NAMES[mode]} {name}", found) for name, found in values.items()]
    return figures


def answer_figures(outcomes: Sequence[Outcome]) -> list[Figure]:
    """The figures of answers for each split of the questions."""
    figures = []
    for split in SPLITS:
        members = [outcome for outcome in outcomes if outcome.question.split == split]
        for part in _ANSWERS:
            values = {_key(o.question): float(part.value(o)) for o in members if part.about(o)}
            figures.append(Figure(f"{split} {part.name}", values, part.less_is_better))
    return figures


def relevance_figures(verdicts: Sequence[Verdict]) -> list[Figure]:
    """The share of relevance tests that pass, by kind."""
    return [
        Figure(f"检验 {name}", {v.test.id: float(v.passed) for v in verdicts if v.test.kind == kind})
        for kind, name in KINDS.items()
    ]


def report(changes: Sequence[Change]) -> str:
    """The tables, and what changed since the last run."""
    by_name = {change.figure.name: change.figure for change in changes}
    asked = len(by_name[f"{_NAMES['hybrid']} hit@5"].values)
    lines = [f"== 检索：{asked} 个可回答的问题"]
    lines += _grid(by_name, list(_NAMES.values()), list(MEASURES), "{0} {1}")
    lines.append("\n== 问答：dev 用于定参数，test 只用于报告，fresh 后写")
    lines += _grid(by_name, [part.name for part in _ANSWERS], list(SPLITS), "{1} {0}")
    lines.append("\n== 相关性检验")
    lines += [f"{name}  {by_name[f'检验 {name}'].interval}" for name in KINDS.values()]
    return "\n".join([*lines, "\n== 与上次相比", *against_last(changes)])


def _grid(figures: dict[str, Figure], rows: Sequence[str], columns: Sequence[str], naming: str) -> list[str]:
    width = 26
    lines = [" " * 14 + "".join(f"{column:{width}}" for column in columns)]
    for row in rows:
        cells = [figures[naming.format(row, column)] for column in columns]
        shown = [f"{cell.interval!s:{width}}" if cell.values else f"{'—':{width}}" for cell in cells]
        lines.append(f"{row}{' ' * max(1, 14 - 2 * len(row))}{''.join(shown)}")
    return lines


def measure() -> tuple[list[Figure], list[Outcome], list[Verdict]]:
    """All figures on a library of the sample corpus."""
    questions = [question for path in QUESTION_FILES for question in load_questions(path)]
    with tempfile.TemporaryDirectory() as folder:
        library = Library(build(Path(folder)))
        try:
            figures = retrieval_figures(library, questions)
            outcomes = evaluate(library, questions)
        finally:
            library.close()
    verdicts = list(relevance.run(relevance.load_tests()))
    return [*figures, *answer_figures(outcomes), *relevance_figures(verdicts)], outcomes, verdicts


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures beside the last run's; with ``--json`` one line a figure."""
    parser = argparse.ArgumentParser(prog="eval.overall", description="检索、问答和相关性，与上次相比。")
    parser.add_argument("--json", action="store_true", help="一行一项指标")
    parser.add_argument("--failures", action="store_true", help="列出每个出错的问题")
    arguments = parser.parse_args(argv)
    figures, outcomes, verdicts = measure()
    changes = compared("own", figures)
    if arguments.json:
        for change in changes:
            print(json.dumps(change.as_json(), ensure_ascii=False))
        return 0
    if arguments.failures:
        for outcome in outcomes:
            print_failure(outcome)
    print(report(changes))
    print("\n".join(relevance.failures(verdicts)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
