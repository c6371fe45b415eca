"""Fit what counts as enough evidence for an answer, and write it to ``search/data/support.json``.

``python -m eval.calibrate`` asks the dev questions of ``eval/gold`` and the questions of ``eval/calibration.jsonl``,
with ``--policies ../shared`` also the dev questions on real policies (see :mod:`eval.policies`). It measures the signs
of the evidence for each and fits three logistic models with signs of the right direction only (more cover never speaks
against an answer). The thresholds keep false answers rare first, false refusals second.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from eval.answers import build
from eval.policies import build_policies, policy_questions
from eval.questions import GoldQuestion, load_questions
from search.answer.answerer import Answerer
from search.answer.support import Judge, Model, Signs
from search.answer.weighing import Weighed
from search.library import Library
from search.query.model import Query
from search.retrieve import Searcher, is_wide

CALIBRATION = Path(__file__).parent / "calibration.jsonl"
OUTPUT = Path(__file__).parent.parent / "search" / "data" / "support.json"
_DIRECTIONS = {
    "sentence": 1, "beyond": 1, "passage": 1, "together": 1, "rarest": 1, "gap": -1, "unmentioned": -1, "absent": -1,
    "semantic": 1, "meaning": 1, "number": 1, "number_gap": -1, "focus": 1, "quoted": 1, "year": 1,
}  # fmt: skip
_NAMES = {
    "numeric": (
        "beyond",
        "together",
        "semantic",
        "meaning",
        "number",
        "number_gap",
        "focus",
        "unmentioned",
        "absent",
        "quoted",
    ),
    "other": (
        "sentence",
        "beyond",
        "together",
        "rarest",
        "gap",
        "unmentioned",
        "absent",
        "semantic",
        "meaning",
        "quoted",
        "year",
    ),
    "wide": (
        "sentence",
        "beyond",
        "passage",
        "rarest",
        "gap",
        "unmentioned",
        "semantic",
        "meaning",
        "quoted",
        "year",
    ),
}
_SHRINK = 0.003
_FOLDS = 10
# Refused beside the rules (unknown region, other years): rules don't depend on what is fitted here.
_RULED = {"unknown_region", "no_content", "year_outside", "empty_filter"}
Array = NDArray[np.float64]
# What is measured does not depend on the model that is being fitted.
_NOBODY = Judge(*[Model(0.0, {}, 0.5)] * 3)


@dataclass(frozen=True, slots=True)
class Example:
    """The signs of the evidence for a question in one region, and whether it does answer."""

    question: str
    model: str
    answers: bool
    signs: Signs


def collect(answerer: Answerer, questions: Iterable[GoldQuestion]) -> list[Example]:
    """Ask the questions; of one on many regions every region is an example, else the likeliest one is."""
    examples: list[Example] = []
    for gold in questions:
        if gold.reason in _RULED:
            continue
        query, evidence = answerer.weigh(gold.question, gold.filters)
        examples.extend(_examples(gold, query, evidence))
        # The table of everyday words was written with these questions at hand; others will use words it lacks.
        worded = [chip.key for chip in query.chips if chip.kind == "wording"]
        if worded:
            examples.extend(_examples(gold, *answerer.weigh(gold.question, gold.filters, dismissed=worded)))
    return examples


def _examples(gold: GoldQuestion, query: Query, evidence: Sequence[Weighed]) -> Iterator[Example]:
    wide = is_wide(query)
    if wide and gold.answerable and not gold.regions:
        return  # nobody has said which regions answer it
    name = "wide" if wide else "numeric" if query.form == "numeric" else "other"
    for item in evidence if wide else evidence[:1]:
        answers = gold.answerable and (not wide or item.region in gold.regions)
        yield Example(gold.question, name, answers, item.signs)


def fit(examples: Sequence[Example], names: Sequence[str]) -> tuple[Array, float]:
    """Weights and bias of a logistic model, both kinds of example weighing the same (ridge, bounded directions)."""
    features, labels = _arrays(examples, names)
    directions = np.array([_DIRECTIONS[name] for name in names], float)
    balance = np.where(labels > 0, 0.5 / (labels > 0).sum(), 0.5 / (labels < 0).sum())

    def loss(parameters: Array) -> float:
        margin = labels * (features @ (parameters[:-1] * directions) + parameters[-1])
        return float((np.logaddexp(0, -margin) * balance).sum() + _SHRINK * (parameters[:-1] ** 2).sum())

    start = np.r_[np.ones(len(names)), -2.0]
    bounds = [(0.0, None)] * len(names) + [(None, None)]
    found = minimize(loss, start, bounds=bounds, method="L-BFGS-B")
    return found.x[:-1] * directions, float(found.x[-1])


def _arrays(examples: Sequence[Example], names: Sequence[str]) -> tuple[Array, Array]:
    signs = [asdict(example.signs) for example in examples]
    features = np.array([[row[name] for name in names] for row in signs], float)
    return features, np.where([example.answers for example in examples], 1.0, -1.0)


def held_out(examples: Sequence[Example], names: Sequence[str]) -> Array:
    """The confidence of each example under a model fitted without its fold; questions stay in one fold."""
    questions = {question: i for i, question in enumerate(dict.fromkeys(e.question for e in examples))}
    folds = np.random.default_rng(0).permutation(len(questions)) % _FOLDS
    fold = np.array([folds[questions[example.question]] for example in examples])
    features, _ = _arrays(examples, names)
    scores = np.zeros(len(examples))
    for k in range(_FOLDS):
        weights, bias = fit([e for e, f in zip(examples, fold, strict=True) if f != k], names)
        scores[fold == k] = features[fold == k] @ weights + bias
    confidence: Array = 1 / (1 + np.exp(-scores))
    return confidence


def threshold_of(confidence: Array, answers: NDArray[np.bool_], refusals: float) -> float:
    """The threshold that refuses the share ``refusals`` of the answerable examples."""
    return float(np.quantile(confidence[answers], refusals))


def calibrate(examples: Sequence[Example], refusals: dict[str, float]) -> dict[str, Any]:
    """The three models as ``support.json`` holds them; prints how each separates held-out questions."""
    models: dict[str, Any] = {}
    for name, signs in _NAMES.items():
        mine = [example for example in examples if example.model == name]
        answers = np.array([example.answers for example in mine])
        confidence = held_out(mine, signs)
        threshold = threshold_of(confidence, answers, refusals[name])
        curve = ", ".join(
            f"{share:.0%}→{(confidence[~answers] >= threshold_of(confidence, answers, share)).mean():.0%}"
            for share in (0.02, 0.04, 0.06, 0.08, 0.1, 0.15)
        )
        print(f"{name:8} false refusals → false answers, held out: {curve}")
        weights, bias = fit(mine, signs)
        refused, answered = (
            (confidence[answers] < threshold).mean(),
            (confidence[~answers] >= threshold).mean(),
        )
        print(
            f"{name:8} {answers.sum()} answerable, {(~answers).sum()} not; held out at {threshold:.2f}: "
            f"false refusals {refused:.1%}, false answers {answered:.1%}"
        )
        models[name] = {
            "bias": round(bias, 3),
            "weights": {
                sign: round(float(w), 3) for sign, w in zip(signs, weights, strict=True) if abs(w) > 1e-3
            },
            "threshold": round(threshold, 3),
        }
    return models


def main(argv: Sequence[str] | None = None) -> int:
    """Collect, fit, write."""
    parser = argparse.ArgumentParser(
        prog="eval.calibrate", description="Fit how much evidence an answer needs."
    )
    parser.add_argument("--kb", type=Path, help="a library of corpus/; by default one is built")
    parser.add_argument(
        "--policies", type=Path, metavar="SHARED", help="ask the questions on real policies too"
    )
    parser.add_argument("--policies-kb", type=Path, help="a library of them built before")
    parser.add_argument("--dry-run", action="store_true", help="print only")
    arguments = parser.parse_args(argv)
    questions = [q for q in load_questions() if q.split == "dev"]
    with tempfile.TemporaryDirectory() as folder:
        library = Library(arguments.kb or build(Path(folder)))
        examples = collect(
            Answerer(Searcher(library), judged_by=_NOBODY), [*questions, *load_questions(CALIBRATION)]
        )
        library.close()
        if arguments.policies or arguments.policies_kb:
            library = Library(
                arguments.policies_kb or build_policies(arguments.policies, Path(folder) / "policies")
            )
            known = [q for q in policy_questions() if q.split == "dev"]
            examples += collect(Answerer(Searcher(library), judged_by=_NOBODY), known)
            library.close()
    print("with an embedder:")
    models = calibrate(examples, REFUSALS)
    print("by words alone:")
    by_words = [replace(e, signs=replace(e.signs, semantic=0.0, meaning=0.0)) for e in examples]
    plain = calibrate(by_words, REFUSALS)
    if not arguments.dry_run:
        origin = (
            f"python -m eval.calibrate --policies: {len(examples)} examples of eval/gold (dev), real ones too"
        )
        text = json.dumps(
            {"origin": origin, "with_meaning": models, "by_words": plain}, ensure_ascii=False, indent=2
        )
        OUTPUT.write_text(text + "\n", encoding="utf-8")
    return 0


REFUSALS = {"numeric": 0.21, "other": 0.065, "wide": 0.03}
"""The share of answerable examples that may be refused. Among ``other`` questions refused ones are well meant
paraphrases, while questions on what the library lacks are few in practice; a wrong number is worse than none."""


if __name__ == "__main__":
    raise SystemExit(main())
