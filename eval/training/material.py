"""Texts as token ids: questions with their passages and hard negatives, and windows of text to ask about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from eval.training.texts import Example, normal
from search.analysis import analyse
from search.lexical.bm25 import BM25

Ids = NDArray[np.int32]
_SENTENCE = re.compile(r"(?<=[。！？；\n])")
_WINDOW = 350
_WINDOWS_OF_A_TEXT = 8
_NEGATIVES = 12


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A question, the place of its passage in the list of passages, and of passages that BM25 takes for it."""

    origin: str
    query: Ids
    passage: int
    negatives: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """Neighbouring sentences of a text, and the name that it goes by (empty for most)."""

    name: Ids
    sentences: tuple[Ids, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """What is trained on. Windows of one text follow each other."""

    asked: tuple[Asked, ...]
    passages: tuple[Ids, ...]
    windows: tuple[Window, ...]


def encode(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Ids]:
    """Token ids without the unknown ones."""
    out: list[Ids] = []
    for start in range(0, len(texts), 5000):
        batch = [normal(text) for text in texts[start : start + 5000]]
        encodings = tokenizer.encode_batch_fast(batch, add_special_tokens=False)
        out.extend(np.array([token for token in one.ids if token], np.int32) for one in encodings)
    return out


def gather(examples: Sequence[Example], tokenizer: Tokenizer) -> Material:
    """Everything to train on from the examples, none of which is held out."""
    asked: list[Asked] = []
    passages: list[Ids] = []
    for origin in sorted({example.origin for example in examples}):
        pairs = [example for example in examples if example.origin == origin and example.query]
        # A name that many texts share is no question.
        if len({pair.query for pair in pairs}) > len(pairs) // 2:
            asked.extend(_asked(origin, pairs, tokenizer, len(passages)))
            passages.extend(encode(tokenizer, list(dict.fromkeys(pair.passage for pair in pairs))))
    windows = list(_windows(examples))
    names = encode(tokenizer, [name for name, _ in windows])
    flat = encode(tokenizer, [sentence for _, sentences in windows for sentence in sentences])
    cut: list[Window] = []
    at = 0
    for name, (_, sentences) in zip(names, windows, strict=True):
        cut.append(Window(name, tuple(flat[at : at + len(sentences)])))
        at += len(sentences)
    return Material(tuple(asked), tuple(passages), tuple(cut))


def _asked(origin: str, pairs: Sequence[Example], tokenizer: Tokenizer, base: int) -> Iterator[Asked]:
    texts = list(dict.fromkeys(pair.passage for pair in pairs))
    places = {text: place for place, text in enumerate(texts)}
    model = BM25([analyse(text) for text in texts], k1=0.8)
    for pair, query in zip(pairs, encode(tokenizer, [pair.query for pair in pairs]), strict=True):
        place = places[pair.passage]
        scores = model.get_scores(analyse(pair.query))
        scores[place] = -1
        best = np.argpartition(-scores, min(_NEGATIVES, len(texts) - 1))[:_NEGATIVES]
        yield Asked(origin, query, base + place, tuple(int(base + other) for other in best if other != place))


def _windows(examples: Sequence[Example]) -> Iterator[tuple[str, list[str]]]:
    seen: set[str] = set()
    names: dict[str, int] = {}
    for example in examples:
        names[example.query] = names.get(example.query, 0) + 1
    for example in examples:
        if example.passage in seen:
            continue
        seen.add(example.passage)
        name = example.query if names[example.query] > 1 else ""
        sentences = [part for part in _SENTENCE.split(normal_lines(example.passage)) if len(part) >= 8]
        yield from ((name, window) for window in _cut(sentences) if len(window) > 1 or name)


def normal_lines(text: str) -> str:
    """Line breaks kept as such, since they end sentences too."""
    return "\n".join(normal(line) for line in text.split("\n"))


def _cut(sentences: Sequence[str]) -> list[list[str]]:
    windows: list[list[str]] = [[]]
    length = 0
    for sentence in sentences:
        if length > _WINDOW:
            windows.append([])
            length = 0
        windows[-1].append(sentence)
        length += len(sentence)
    return [window for window in windows[:_WINDOWS_OF_A_TEXT] if window]
