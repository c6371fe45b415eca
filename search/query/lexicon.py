"""What understanding a question needs to know about the library: its words, how common they are, its regions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from search.analysis import analyse_fields


class Lexicon(Protocol):
    """The words of a library. A frequency is the number of passages that hold a word."""

    @property
    def passages(self) -> int:
        """How many passages there are."""

    def frequencies(self, words: Sequence[str]) -> list[int]:
        """In how many passages each of ``words`` stands as a word of the analysis."""

    def pair_frequencies(self, pairs: Sequence[str]) -> list[int]:
        """In how many passages each pair of neighbouring Han characters stands."""

    def is_name(self, word: str) -> bool:
        """Whether ``word`` is a name of the gazetteer, with or without its 省, 市, 县."""

    def in_title(self, words: str) -> bool:
        """Whether ``words`` are a part of the title of a document."""


@dataclass(frozen=True)
class TextLexicon:
    """A lexicon of a few texts held in memory: for trials, tests and texts outside a library."""

    passages: int
    words: dict[str, int] = field(default_factory=dict)
    pairs: dict[str, int] = field(default_factory=dict)
    names: Collection[str] = frozenset()
    titles: Collection[str] = ()

    @classmethod
    def of(cls, texts: Iterable[str], names: Iterable[str] = (), titles: Iterable[str] = ()) -> TextLexicon:
        """Count the words of ``texts``."""
        words: dict[str, int] = {}
        pairs: dict[str, int] = {}
        count = 0
        for text in texts:
            count += 1
            analysed = analyse_fields(text)
            for word in set(analysed.words):
                words[word] = words.get(word, 0) + 1
            for pair in set(analysed.bigrams):
                pairs[pair] = pairs.get(pair, 0) + 1
        return cls(count, words, pairs, frozenset(names), tuple(titles))

    def frequencies(self, words: Sequence[str]) -> list[int]:
        """In how many texts each of ``words`` stands."""
        return [self.words.get(word, 0) for word in words]

    def pair_frequencies(self, pairs: Sequence[str]) -> list[int]:
        """In how many texts each of ``pairs`` stands."""
        return [self.pairs.get(pair, 0) for pair in pairs]

    def is_name(self, word: str) -> bool:
        """Whether ``word`` is one of the names given."""
        return word in self.names

    def in_title(self, words: str) -> bool:
        """Whether ``words`` are a part of one of the titles given."""
        return any(words in title for title in self.titles)
