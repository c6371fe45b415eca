"""Passages in any number, grown from a folder of texts by recombining their sentences, and questions on them."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import numpy as np

from ingest.facts import FactContext, extract_facts
from ingest.facts.passage_types import types_of
from kb.model import Document, Fact, IngestedDocument, IngestedSource, LoadedSource, Passage, Section
from kb.regions import tree
from kb.store import with_descendants
from kb.text.sentences import sentences
from kb.text.shadow import Shadow
from search.embedding import load_embedder
from search.index import ANALYSIS

PASSAGES_A_DOCUMENT = 30
CHARACTERS = 200  # of a passage, about
_FORMS = ("{}", "{}怎么做？", "{}有多少？", "{}的要求是什么？")


@dataclass(frozen=True, slots=True)
class Question:
    """A slice of some sentence: as it is, ready for the engine, and as a person would ask about it."""

    text: str
    asked: str
    fields: Mapping[str, Sequence[str]]
    vector: np.ndarray | None


@lru_cache(maxsize=1)
def sentences_of(folders: tuple[str, ...]) -> list[str]:
    """The different sentences of the texts in the folders, of 10 to 150 characters."""
    found: dict[str, None] = {}
    for folder in folders:
        for path in sorted(Path(folder).rglob("*")):
            for text in _texts(path):
                spans = (text[start:end].strip() for start, end in sentences(text))
                found.update((span, None) for span in spans if 10 <= len(span) <= 150)
    if not found:
        sys.exit(f"没有在 {'、'.join(folders)} 中找到文本（.txt、.md、.jsonl）")
    return list(found)


def _texts(path: Path) -> Iterator[str]:
    if path.suffix in (".txt", ".md"):
        yield path.read_text(encoding="utf-8", errors="replace")
    elif path.suffix == ".jsonl":
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            yield str(record.get("text", "")) if isinstance(record, dict) else ""


def grow(pool: Sequence[str], passages: int, seed: int = 1) -> Iterator[IngestedSource]:
    """Documents of random sentences, each of a random region and year; the same for the same seed.

    Those of different seeds have different paths.
    """
    rng = random.Random(seed)
    codes = [code for code in sorted(with_descendants(["100000"])) if tree().get(code).level != "county"]
    for number in range(0, passages, PASSAGES_A_DOCUMENT):
        title = rng.choice(pool)[:30]
        region = rng.choice(codes)
        text = f"{title}\n{title}\n"
        found: list[Passage] = []
        facts: list[Fact] = []
        for _ in range(min(PASSAGES_A_DOCUMENT, passages - number)):
            start = at = len(text)
            inside: list[Fact] = []
            while at - start < CHARACTERS - 20:
                sentence = rng.choice(pool)
                inside += [_moved(fact, at, region) for fact in _facts_of(sentence)]
                text += sentence
                at += len(sentence)
            body = text[start:]
            found.append(Passage(start, at, body, 0, types=types_of(body, inside)))
            facts += inside
            text += "\n"
        path = f"{seed}/{number:08d}.txt"
        year = f"{rng.randrange(2015, 2026)}-01-01"
        document = Document("", path, title, 0, len(text), region, "municipal", published=year)
        section = Section(title, 1, len(title) + 1, 2 * len(title) + 1)
        data = text.encode()
        loaded = LoadedSource(path, sha256(data).hexdigest(), len(data), "text", text)
        yield IngestedSource(
            loaded, (IngestedDocument(document, (section,), tuple(found), tuple(facts)),), ()
        )


@lru_cache(maxsize=200_000)
def _facts_of(sentence: str) -> tuple[Fact, ...]:
    """The facts of a sentence standing alone, with offsets into it."""
    shadow = Shadow.of(sentence)
    found = extract_facts(shadow.text, [(0, len(shadow.text))], FactContext())
    return tuple(raw.in_source(sentence, shadow) for raw in found)


def _moved(fact: Fact, by: int, region: str) -> Fact:
    """A fact ``by`` characters further on, of the document's region where it names no other."""
    return replace(
        fact,
        start=fact.start + by,
        end=fact.end + by,
        quote_start=fact.quote_start + by,
        region_code=fact.region_code or region,
    )


def questions(pool: Sequence[str], count: int, seed: int = 2) -> list[Question]:
    """Slices of 8 to 25 characters, asked for in four ways in turn."""
    rng = random.Random(seed)
    embedder = load_embedder()
    texts = []
    for _ in range(count):
        sentence = rng.choice(pool)
        start = rng.randrange(max(1, len(sentence) - 8))
        texts.append(sentence[start : start + rng.randrange(8, 26)])
    vectors = embedder.encode_queries(texts)
    return [
        Question(text, _FORMS[place % len(_FORMS)].format(text), ANALYSIS.fields(text, text), vector)
        for place, (text, vector) in enumerate(zip(texts, vectors, strict=True))
    ]
