"""The own questions as a retrieval set: the passages of a library, and which of them hold each question's evidence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from eval.datasets import CorpusPassage, Dataset
from eval.questions import GoldQuestion, overlaps, places_of
from search.index import heading_of
from search.library import Snapshot


def judged_passages(snapshot: Snapshot, questions: Iterable[GoldQuestion]) -> dict[str, dict[str, int]]:
    """For each question the keys of the passages that hold half or more of a piece of its evidence."""
    by_source: dict[str, list[tuple[int, int, int]]] = {}
    for document in snapshot.reader.documents():
        for stored in snapshot.reader.passages_of(document.id):
            spans = by_source.setdefault(document.source, [])
            spans.append((stored.key, stored.passage.start, stored.passage.end))
    found: dict[str, dict[str, int]] = {}
    for question in questions:
        for place in places_of(question, snapshot.source_text):
            if place is None:
                continue
            for key, start, end in by_source.get(place[0], ()):
                if overlaps(place, place[0], start, end):
                    found.setdefault(question.id, {})[str(key)] = 1
    return found


def own_set(snapshot: Snapshot, questions: Iterable[GoldQuestion]) -> Dataset:
    """The set of the questions that can be answered and need no filter set by hand."""
    asked = [q for q in questions if q.answerable and q.filters == type(q.filters)()]
    passages = [
        CorpusPassage(
            str(stored.key), heading_of(document.title, stored.path), stored.passage.text, document.id
        )
        for document in snapshot.reader.documents()
        for stored in snapshot.reader.passages_of(document.id)
    ]
    queries = {question.id: question.question for question in asked}
    return Dataset("own", tuple(passages), queries, judged_passages(snapshot, asked))


def write_beir(dataset: Dataset, folder: Path) -> Path:
    """Write a set in BEIR layout; the folder."""
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    _write_lines(
        folder / "corpus.jsonl",
        ({"_id": p.id, "title": p.title, "text": p.text, "document": p.document} for p in dataset.passages),
    )
    _write_lines(
        folder / "queries.jsonl", ({"_id": name, "text": text} for name, text in dataset.queries.items())
    )
    rows = [f"{q}\t{p}\t{gain}" for q, judged in dataset.qrels.items() for p, gain in judged.items()]
    text = "\n".join(["query-id\tcorpus-id\tscore", *rows])
    (folder / "qrels" / "test.tsv").write_text(f"{text}\n", encoding="utf-8")
    return folder


def _write_lines(path: Path, rows: Iterable[Mapping[str, str]]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text(text, encoding="utf-8")
