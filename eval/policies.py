"""Questions on real policies, whose texts are not part of the project: a folder with ``policies/policies.jsonl`` and
``seeds/``. A corpus a hundred times the size of ``corpus/`` shows false answers that the small one cannot.

``python -m eval.policies ../shared`` builds a library of the texts and asks ``eval/gold/policies_questions.jsonl``.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from eval.answers import evaluate, print_failure, report
from eval.questions import GOLD, GoldQuestion, load_questions
from interfaces.workspace import Workspace
from search.library import Library

QUESTIONS = GOLD.parent / "policies_questions.jsonl"


def policy_questions() -> tuple[GoldQuestion, ...]:
    """The questions on the policies; evidence without a quote is the document as a whole."""
    return load_questions(QUESTIONS)


def write_texts(shared: Path, folder: Path) -> Path:
    """Write the policies of ``shared`` as text files, title line first, and copy the seeds beside them.

    :raises FileNotFoundError: ``shared`` lacks them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (shared / "policies" / "policies.jsonl").open(encoding="utf-8") as file:
        for line in file:
            policy = json.loads(line)
            text = f"{policy['title']}\n{policy['text']}"
            (folder / f"{policy['id']}.txt").write_text(text, encoding="utf-8")
    for seed in sorted((shared / "seeds").glob("*.txt")):
        shutil.copyfile(seed, folder / seed.name)
    return folder


def build_policies(shared: Path, folder: Path) -> Path:
    """A library of the policies and seeds of ``shared`` in ``folder``; the library's folder."""
    texts = write_texts(shared, folder / "texts")
    with Workspace(folder / "kb") as workspace:
        workspace.ingest([texts])
    return folder / "kb"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the report; with ``--failures`` every question that went wrong."""
    parser = argparse.ArgumentParser(prog="eval.policies", description="Ask questions on real policies.")
    parser.add_argument("shared", type=Path, help="the folder that holds policies/ and seeds/")
    parser.add_argument("--kb", type=Path, help="a library of them built before")
    parser.add_argument("--failures", action="store_true")
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        library = Library(arguments.kb or build_policies(arguments.shared, Path(folder)))
        outcomes = evaluate(library, policy_questions())
        library.close()
    if arguments.failures:
        for outcome in outcomes:
            print_failure(outcome)
    print(report(outcomes))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
