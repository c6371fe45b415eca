"""The vocabulary: jieba's words by their frequency in the texts, as a Unigram tokenizer.

A Unigram model over words with their log frequencies finds the most probable path through the dictionary, which is
what jieba does; so a plain ``tokenizer.json`` segments like jieba, in Rust, and a rare word falls apart into the
words and characters that it is made of.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable

from tokenizers import Tokenizer, models, normalizers

from kb.words import words

UNKNOWN = "<unk>"
_WORD = re.compile(r"[㐀-䶿一-鿿]+|[a-z]{2,20}")


def count_words(texts: Iterable[str]) -> Counter[str]:
    """How often each word and each Han character stands in ``texts`` (already normalised)."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(words(text))
    kept = Counter({word: n for word, n in counts.items() if _WORD.fullmatch(word) and len(word) <= 10})
    characters: Counter[str] = Counter()
    for word, n in kept.items():
        if not word.isascii():
            for char in word:
                characters[char] += n
    for char, n in characters.items():
        # A character that never stands alone still needs a row: unknown words are made of characters.
        kept[char] = max(kept[char], n // 20, 1)
    return kept


def build_tokenizer(counts: Counter[str], size: int, at_least: int = 5) -> Tokenizer:
    """A tokenizer of at most ``size`` entries, the unknown one first, by falling frequency."""
    ranked = [(word, n) for word, n in counts.most_common() if n >= at_least][: size - 1]
    total = sum(n for _, n in ranked)
    entries = [(UNKNOWN, 0.0), *((word, math.log(n / total)) for word, n in ranked)]
    tokenizer = Tokenizer(models.Unigram(entries, 0))
    tokenizer.normalizer = normalizers.Lowercase()
    return tokenizer
