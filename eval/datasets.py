"""Retrieval sets in the layout of BEIR: passages, questions, and which passages answer which question.

A set may be cut from longer documents. Its passages then name their document, either by a ``document`` key or, as
many sets do, by an ``_id`` made of the document's id, a hyphen or underscore, and the passage's number in it. A
library knows the document of every passage, so a set that tells is read with it.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from eval.training.texts import Example, read_examples
from kb.errors import UnreadableSource

_NUMBERED = re.compile(r"^(.+)[-_](\d{1,5})$")
_CLAUSE = re.compile(r"[，。；：、\n]")
_LAW_FORM = re.compile(r"中华人民共和国|实施细则|实施办法|条例|办法|规定")
HELD_OUT_QUERIES = 600
LAW_PASSAGES = 20_000
PLAIN_PASSAGES = 20_000
_PLAIN_LENGTH = 600


@dataclass(frozen=True, slots=True)
class CorpusPassage:
    """A passage of a set; ``document`` is the passage's own id where it belongs to no longer text."""

    id: str
    title: str
    text: str
    document: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """Passages, questions by id, and for each question the relevance of passages by id."""

    name: str
    passages: tuple[CorpusPassage, ...]
    queries: dict[str, str]
    qrels: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def judged(self) -> tuple[str, ...]:
        """The questions that have a relevant passage, which are those that are measured."""
        return tuple(q for q in self.queries if any(gain > 0 for gain in self.qrels.get(q, {}).values()))


def read_beir(folder: Path, split: str = "test") -> Dataset:
    """The set in a folder: ``corpus.jsonl``, ``queries.jsonl``, ``qrels/<split>.tsv``.

    :raises UnreadableSource: a file is missing or not in this layout.
    """
    try:
        rows = list(_rows(folder / "corpus.jsonl"))
        documents = _documents([str(row["_id"]) for row in rows])
        passages = tuple(
            CorpusPassage(
                str(row["_id"]),
                str(row.get("title") or ""),
                str(row["text"]),
                str(row.get("document") or documents[str(row["_id"])]),
            )
            for row in rows
        )
        queries = {str(row["_id"]): str(row["text"]) for row in _rows(folder / "queries.jsonl")}
        qrels: dict[str, dict[str, int]] = {}
        lines = (folder / "qrels" / f"{split}.tsv").read_text(encoding="utf-8").splitlines()
        for line in lines[1:]:
            if line.strip():
                query, passage, gain = line.split("\t")
                qrels.setdefault(query, {})[passage] = int(gain)
    except FileNotFoundError as error:
        raise UnreadableSource("缺少文件", source=str(error.filename), remedy="应为 BEIR 布局") from error
    except (ValueError, KeyError) as error:
        raise UnreadableSource("不是 BEIR 布局的数据集", source=str(folder)) from error
    return Dataset(folder.name, passages, queries, qrels)


def _rows(path: Path) -> Iterator[dict[str, object]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def _documents(ids: list[str]) -> dict[str, str]:
    """The document of each passage by the numbers at the end of the ids.

    Numbers count as such only where they look like it: every passage has one, and a document's first ones are there.
    """
    parts = {name: _NUMBERED.match(name) for name in ids}
    if not all(parts.values()):
        return {name: name for name in ids}
    found = {name: (match[1], int(match[2])) for name, match in parts.items() if match}
    sizes = Counter(document for document, _ in found.values())
    firsts = {document for document, number in found.values() if number in (0, 1)}
    largest = max(sizes.values(), default=1)
    # One prefix for all is a running number, not a document.
    if largest == 1 or largest > max(3, len(ids) / 5) or len(firsts) < 0.9 * len(sizes):
        return {name: name for name in ids}
    return {name: document for name, (document, _) in found.items()}


def held_out(folder: Path, seed: int = 7) -> list[Dataset]:
    """Sets made of the tenth of a training folder that no embedding is trained on.

    For each file of question and passage pairs: its passages and up to 600 held-out questions. For the file of
    named texts (laws): 20,000 articles, asked for by a clause of theirs, with or without the law's name. For a file
    of plain texts (news): 20,000 of them, asked for by a clause of the first sentence, which is then left out.
    """
    by_origin: dict[str, list[Example]] = {}
    for example in read_examples(folder):
        by_origin.setdefault(example.origin, []).append(example)
    sets = []
    for origin, examples in sorted(by_origin.items()):
        named = [example for example in examples if example.query]
        rnd = random.Random(seed)
        if len(examples) < 100 or 0 < len(named) < len(examples):
            continue
        if not named:
            sets.append(_from_plain(origin, examples, rnd))
            continue
        pairs = len({example.query for example in named}) > len(named) // 2
        sets.append(_from_pairs(origin, named, rnd) if pairs else _from_named(origin, named, rnd))
    return sets


def _from_pairs(origin: str, examples: list[Example], rnd: random.Random) -> Dataset:
    ids: dict[str, str] = {}
    for example in examples:
        ids.setdefault(example.passage, f"p{len(ids)}")
    asked = [example for example in examples if example.held_out and len(example.passage) >= 15]
    asked = rnd.sample(asked, min(len(asked), HELD_OUT_QUERIES))
    return Dataset(
        origin,
        tuple(CorpusPassage(name, "", text, name) for text, name in ids.items()),
        {f"q{i}": example.query for i, example in enumerate(asked)},
        {f"q{i}": {ids[example.passage]: 1} for i, example in enumerate(asked)},
    )


def _from_named(origin: str, examples: list[Example], rnd: random.Random) -> Dataset:
    chosen = rnd.sample(examples, min(len(examples), LAW_PASSAGES))
    passages = tuple(
        CorpusPassage(f"p{i}", one.query, one.passage, one.query) for i, one in enumerate(chosen)
    )
    queries: dict[str, str] = {}
    qrels: dict[str, dict[str, int]] = {}
    for i, example in enumerate(chosen):
        clauses = [clause for clause in _CLAUSE.split(example.passage) if 8 <= len(clause) <= 30]
        if not example.held_out or not clauses or len(queries) == HELD_OUT_QUERIES:
            continue
        name, clause = _LAW_FORM.sub("", example.query), rnd.choice(clauses)
        forms = (
            name + clause,
            clause,
            f"关于{clause}是怎么规定的",
            f"{name}对{clause[: len(clause) // 2]}有什么规定",
        )
        queries[f"q{i}"] = rnd.choice(forms)
        qrels[f"q{i}"] = {f"p{i}": 1}
    return Dataset(origin, passages, queries, qrels)


def _from_plain(origin: str, examples: list[Example], rnd: random.Random) -> Dataset:
    held = [example.passage for example in examples if example.held_out]
    rest = [example.passage for example in examples if not example.held_out]
    texts = held[: PLAIN_PASSAGES // 5]
    texts += rnd.sample(rest, min(len(rest), PLAIN_PASSAGES - len(texts)))
    passages: list[CorpusPassage] = []
    queries: dict[str, str] = {}
    qrels: dict[str, dict[str, int]] = {}
    for i, text in enumerate(texts):
        first, _, after = text.partition("。")
        clauses = [clause for clause in _CLAUSE.split(first) if 10 <= len(clause) <= 36]
        if i < len(held) and clauses and len(after) > 120 and len(queries) < HELD_OUT_QUERIES:
            queries[f"q{i}"] = rnd.choice(clauses[:3])
            qrels[f"q{i}"] = {f"p{i}": 1}
        shown = after.strip() if f"q{i}" in queries else text
        passages.append(CorpusPassage(f"p{i}", "", shown[:_PLAIN_LENGTH], f"p{i}"))
    return Dataset(origin, tuple(passages), queries, qrels)
