"""Mistyped words, mended by sound, by shape and by order: 夏门 → 厦门, 轮冈 → 轮岗, 学伟 → 学位.

A word is only touched when the library and the gazetteer don't know it as it is written and know it as it would
be read. What a general dictionary has as a word is left alone: a rare subject is not a typo.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from kb.words import words
from search.query.lexicon import Lexicon
from search.query.model import Correction

_LOOKALIKES = Path(__file__).parent.parent / "data" / "lookalikes.tsv"
_LONGEST = 6
# Characters of grammar and counting: next to them an unknown pair is ordinary, not a slip.
_GRAMMAR = frozenset(
    "的地得了着过在是有和与及或对为把被将从向到由以于而也都就还又再很更最不没无未吗呢吧呀啊嘛么哪几多少什怎咋谁何"
    "我你他她它们这那每各该本某一二三四五六七八九十百千万亿两个名所项次条年月日号第上下中内外前后里间去来做给用要会能可请问想让使比并且自应只再即按设"
)


_NUMERALS = frozenset("千百万")
_PLACE_END = re.compile("[省市县区州旗盟]")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A stretch of the text and what it may be read as; ``cost`` grows with how far the two lie apart."""

    start: int
    end: int
    read: str
    cost: float
    reason: Literal["pinyin", "shape", "order"]


@lru_cache(maxsize=1)
def _lookalikes() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for line in _LOOKALIKES.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        for char in line:
            table.setdefault(char, set()).update(line)
    return {char: frozenset(group - {char}) for char, group in table.items()}


@lru_cache(maxsize=8192)
def _sounds(char: str) -> frozenset[str]:
    """The syllables of a character, without tones, sounds that typists confuse made equal."""
    from pypinyin.constants import PINYIN_DICT

    return frozenset(_plain(sound) for sound in PINYIN_DICT.get(ord(char), "").split(",") if sound)


def _plain(sound: str) -> str:
    sound = "".join(c for c in unicodedata.normalize("NFD", sound) if not unicodedata.combining(c))
    for curled, flat in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if sound.startswith(curled):
            sound = flat + sound[2:]
    return sound[:-1] if sound.endswith(("ing", "eng")) else sound


@lru_cache(maxsize=1)
def _by_sound() -> dict[str, str]:
    """The common characters (GB 2312) of each syllable."""
    table: dict[str, list[str]] = {}
    for high in range(0xB0, 0xF8):
        row = bytes(byte for low in range(0xA1, 0xFF) for byte in (high, low))
        for char in row.decode("gb2312", errors="ignore"):
            for sound in _sounds(char):
                table.setdefault(sound, []).append(char)
    return {sound: "".join(chars) for sound, chars in table.items()}


@lru_cache(maxsize=4096)
def _replacements(char: str) -> dict[str, Literal["pinyin", "shape"]]:
    """What ``char`` may have been meant for, and why."""
    found: dict[str, Literal["pinyin", "shape"]] = {}
    for other in sorted(_lookalikes().get(char, ())):
        found[other] = "shape"
    for sound in _sounds(char):
        for other in _by_sound().get(sound, ""):
            found[other] = "pinyin"
    found.pop(char, None)
    return found


def _is_han(char: str) -> bool:
    return "㐀" <= char <= "鿿"


class _Reader:
    """Finds the corrections of one text."""

    def __init__(
        self, text: str, lexicon: Lexicon, taken: Iterable[tuple[int, int]], terms: Container[str]
    ) -> None:
        self.text = text
        self.lexicon = lexicon
        self.terms = terms
        self.taken = list(taken)
        self.open = [_is_han(char) and char not in _GRAMMAR for char in text]
        for start, end in self.taken:
            self.open[start:end] = [False] * (end - start)
        self.edges = {0}
        at = 0
        for word in words(text):
            if len(word) > 1:
                self.open[at : at + len(word)] = [False] * len(word)
            at += len(word)
            self.edges.add(at)
        self.known_pairs = self._known_pairs() if any(self.open) else []

    def _known_pairs(self) -> list[bool]:
        """For each place whether the character there and the next one stand together in the library."""
        pairs = [self.text[at : at + 2] for at in range(len(self.text))]
        counts = self.lexicon.pair_frequencies(pairs)
        return [bool(n) or self.lexicon.is_name(pair) for n, pair in zip(counts, pairs, strict=True)]

    def _understood(self, start: int, end: int) -> bool:
        return any(start < after and before < end for before, after in self.taken)

    def _han(self, at: int) -> bool:
        return 0 <= at < len(self.text) and _is_han(self.text[at])

    def suspects(self) -> list[int]:
        """Places of characters that stand in no pair the library knows."""
        return [
            at
            for at, is_open in enumerate(self.open)
            if is_open
            and not (at and self.known_pairs[at - 1])
            and not self.known_pairs[at]
            and (self._han(at - 1) or self._han(at + 1))
        ]

    def windows(self, at: int) -> Iterator[tuple[int, int]]:
        """Stretches of whole words around ``at`` that one word may fill."""
        for length in range(2, _LONGEST + 1):
            for start in range(max(0, at - length + 1), at + 1):
                end = start + length
                if start in self.edges and end in self.edges and self._may_be_word(start, end):
                    yield start, end

    def _may_be_word(self, start: int, end: int) -> bool:
        text = self.text[start:end]
        return all(map(_is_han, text)) and text[0] not in _GRAMMAR and text[-1] not in _GRAMMAR

    def replaced(self, at: int) -> Iterator[_Candidate]:
        """What one other character at ``at`` would give."""
        replacements = _replacements(self.text[at])
        for start, end in self.windows(at):
            head, tail = self.text[start:at], self.text[at + 1 : end]
            for char, reason in replacements.items():
                yield _Candidate(start, end, head + char + tail, 1.0 if reason == "pinyin" else 1.1, reason)

    def swapped(self, at: int) -> Iterator[_Candidate]:
        """What two neighbours in the other order would give; in words of two characters that is too common."""
        if not (at + 1 < len(self.text) and self.open[at] and _is_han(self.text[at + 1])):
            return
        for start, end in self.windows(at):
            if end >= at + 2 and end - start > 2:
                word = self.text[start:at] + self.text[at + 1] + self.text[at] + self.text[at + 2 : end]
                yield _Candidate(start, end, word, 1.2, "order")

    def places(self) -> Iterator[_Candidate]:
        """Names with their 省, 市, 县 that the gazetteer lacks, one character away from one that it has.

        General dictionaries hold misspelt places (夏门市), so words of theirs are no reason to stop here.
        """
        for match in _PLACE_END.finditer(self.text):
            end = match.end()
            for start in range(max(0, end - 5), end - 2):
                written = self.text[start:end]
                if start not in self.edges or not all(map(_is_han, written)) or self._understood(start, end):
                    continue
                for at in range(start, end - 1):
                    if self.text[at] in _GRAMMAR and self.text[at] not in _NUMERALS:
                        continue
                    for char, reason in _replacements(self.text[at]).items():
                        name = self.text[start:at] + char + self.text[at + 1 : end]
                        if self.lexicon.is_name(name):
                            yield _Candidate(start, end, name, float(reason == "shape"), reason)

    def best(self) -> _Candidate | None:
        """The most plausible correction of all."""
        place = self._best(self.places(), written_unknown=True)
        if place or not any(self.open):
            return place
        suspects = self.suspects()
        near = (
            candidate for at in suspects for way in (self.replaced, self.swapped) for candidate in way(at)
        )
        return self._best(near)

    def _known(self, word: str, frequency: int) -> bool:
        """Whether ``word`` is a word; of two characters that merely stand side by side somewhere it is not."""
        if word in self.terms or self.lexicon.is_name(word):
            return True
        return frequency > 0 and (len(word) > 2 or words(word) == [word])

    def _best(self, candidates: Iterable[_Candidate], *, written_unknown: bool = False) -> _Candidate | None:
        """The best of the candidates that the library or the gazetteer knows where it doesn't know what is written."""
        found = list(candidates)
        if not found:
            return None
        written = list(dict.fromkeys(self.text[c.start : c.end] for c in found))
        counts = self.lexicon.frequencies([*(c.read for c in found), *written])
        strange = {
            word
            for word, n in zip(written, counts[len(found) :], strict=True)
            if not n and not self.lexicon.is_name(word)
        }
        fit = [
            (c.cost - 0.3 * (c.end - c.start - 2), -n, place)
            for place, (c, n) in enumerate(zip(found, counts, strict=False))
            if (written_unknown or self._known(c.read, n)) and self.text[c.start : c.end] in strange
        ]
        return found[min(fit)[2]] if fit else None


def correct(
    text: str,
    lexicon: Lexicon,
    taken: Iterable[tuple[int, int]] = (),
    dismissed: frozenset[str] = frozenset(),
    terms: Container[str] = (),
) -> tuple[str, tuple[Correction, ...]]:
    """Mend the mistyped words of ``text`` (canonical reading).

    :param taken: spans that are understood already and stay as they are.
    :param terms: further words that are known.
    :param dismissed: ``written>read`` pairs that the user doesn't want.
    :return: the text, as long as before, and the corrections with their offsets in it.
    """
    taken = list(taken)
    corrections: list[Correction] = []
    for _ in range(4):
        found = _Reader(text, lexicon, taken, terms).best()
        if found is None:
            break
        written = text[found.start : found.end]
        if f"{written}>{found.read}" in dismissed:
            taken.append((found.start, found.end))
            continue
        text = text[: found.start] + found.read + text[found.end :]
        corrections.append(Correction(written, found.read, found.start, found.end, found.reason))
        taken.append((found.start, found.end))
    return text, tuple(sorted(corrections, key=lambda correction: correction.start))
