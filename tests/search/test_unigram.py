"""The tokenizer for many texts gives the pieces that the model's own tokenizer gives."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from search.embedding import BUILTIN_FOLDER
from search.embedding import static as static_module
from search.embedding.static import StaticEmbedder
from search.embedding.unigram import LONGEST, Unigram
from tests.search.small_library import TEXTS

PIECES = [["<unk>", 0.0], ["学", -3.0], ["校", -3.0], ["学校", -5.0], ["校长", -5.0], ["长", -3.0], ["办学", -6.0],
          ["集团化", -7.5], ["集", -2.5], ["团", -2.5], ["化", -2.5], ["化办", -4.0], ["ab", -2.0], ["a", -1.0],
          ["b", -1.0]]  # fmt: skip


def tokenizer(**changes: object) -> Tokenizer:
    said: dict[str, object] = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": None,
        "post_processor": None,
        "decoder": None,
        "model": {"type": "Unigram", "unk_id": 0, "vocab": PIECES, "byte_fallback": False},
    }
    return Tokenizer.from_str(json.dumps(said | changes, ensure_ascii=False))


def pieces(unigram: Unigram, texts: list[str]) -> list[list[int]]:
    rows, ids = unigram.count(texts)
    return [sorted(ids[rows == row].tolist()) for row in range(len(texts))]


def reference(plain: Tokenizer, texts: list[str]) -> list[list[int]]:
    encoded = plain.encode_batch_fast(texts, add_special_tokens=False)
    return [sorted(number for number in one.ids if number) for one in encoded]


# Many segmentations of these score alike (学+校长 and 学校+长), so that ties are told apart the same way too.
@settings(deadline=None)
@given(st.lists(st.text("学校长办集团化abAB，1\n𠀀", max_size=30), min_size=1, max_size=8))
def test_any_texts_give_the_pieces_of_the_tokenizer(texts: list[str]) -> None:
    plain = tokenizer()
    unigram = Unigram.of(plain, unknown=0)
    assert unigram is not None
    assert pieces(unigram, texts) == reference(plain, texts)


def test_policy_texts_give_the_pieces_of_the_shipped_tokenizer() -> None:
    root = static_module.static_folder(BUILTIN_FOLDER)
    assert root is not None
    plain = Tokenizer.from_file(str(root / "tokenizer.json"))
    unigram = Unigram.of(plain, unknown=0)
    if unigram is None:
        pytest.skip("随附的模型用的不是 Unigram 分词")
    texts = [line[:LONGEST] for text in TEXTS.values() for line in text.splitlines()] + [""]
    assert sum(map(len, reference(plain, texts))) > 100
    assert pieces(unigram, texts) == reference(plain, texts)


@pytest.mark.parametrize(
    "changes",
    [
        {"normalizer": None},
        {"pre_tokenizer": {"type": "Whitespace"}},
        {"model": {"type": "Unigram", "unk_id": 1, "vocab": PIECES, "byte_fallback": False}},
    ],
)
def test_a_tokenizer_that_does_more_is_left_to_itself(changes: dict[str, object]) -> None:
    assert Unigram.of(tokenizer(**changes), unknown=0) is None


def test_vectors_are_the_same_either_way(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [line for text in TEXTS.values() for line in text.splitlines()] + ["", "很长" * LONGEST]
    plain = StaticEmbedder(BUILTIN_FOLDER).encode_passages(texts)
    monkeypatch.setattr(static_module, "_MANY", 0)
    assert np.array_equal(StaticEmbedder(BUILTIN_FOLDER).encode_passages(texts), plain)
