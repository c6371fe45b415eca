"""The shadow copy: a cleaned reading of a source text that knows where each of its characters came from.

Cleaning, width folding and Traditional→Simplified conversion happen here; citations are always taken from the
source text, through :meth:`Shadow.source_span`.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

# A blanket NFKC would turn 1︰15 into 1..15, ² into 2 and … into ...; so only these classes are folded.
_COLONS = dict.fromkeys(map(ord, "︰∶﹕"), ":")
_SPACES = dict.fromkeys([0x00A0, 0x3000, *range(0x2000, 0x200B), 0x202F, 0x205F], " ")
_NOTHING = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD])
_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_DOTS = {ord("．"): ".", ord("｡"): "。", ord("､"): "、"}
_FOLDS: dict[int, str | None] = {**_FULL_WIDTH, **_COLONS, **_SPACES, **_DOTS, **_NOTHING}
# Kangxi radicals and compatibility ideographs come out of some PDFs in place of the plain character.
for _code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00)):
    _plain = unicodedata.normalize("NFKC", chr(_code))
    if len(_plain) == 1 and _plain != chr(_code):
        _FOLDS[_code] = _plain
_CIRCLED = re.compile("[①-⑳]")
# Zero-width characters vanish and ① becomes (1): the only foldings that change the length.
_RESIZED = re.compile("[①-⑳" + "".join(map(chr, _NOTHING)) + "]")
# The full-width marks that make up nearly all foldings of a Chinese text; str.replace is 20 times translate.
_FREQUENT = tuple((mark, _FULL_WIDTH[ord(mark)]) for mark in "，：；（）％！？")


@lru_cache(maxsize=1)
def _simplified() -> dict[int, str]:
    """Traditional→Simplified for single characters, from OpenCC's own table (one to one, length kept)."""
    import opencc

    converter = opencc.OpenCC("t2s")
    table: dict[int, str] = {}
    for start in (0x3400, 0x4E00):
        block = "".join(map(chr, range(start, 0x4DC0 if start == 0x3400 else 0xA000)))
        for before, after in zip(block, (converter.convert(c) for c in block), strict=True):
            if before != after and len(after) == 1:
                table[ord(before)] = after
    # 著 and 乾 are ordinary simplified characters (著名, 乾县); reading them as 着 and 干 damages names.
    for keep in "著乾":
        table.pop(ord(keep), None)
    return table


@lru_cache(maxsize=1)
def _rare() -> tuple[re.Pattern[str], dict[int, str]]:
    """The other foldings that keep the length: a pattern that finds their characters, and their table."""
    simplified = _simplified()
    table = {code: plain.translate(simplified) for code, plain in _FOLDS.items() if plain}
    table = {**simplified, **table}
    for mark, _ in _FREQUENT:
        table.pop(ord(mark), None)
    return re.compile("[" + "".join(re.escape(chr(code)) for code in sorted(table)) + "]"), table


def _fold_in_place(text: str) -> str:
    """All foldings that keep the length."""
    for mark, plain in _FREQUENT:
        text = text.replace(mark, plain)
    rare, table = _rare()
    return rare.sub(lambda m: table[ord(m.group())], text)


def fold(text: str) -> str:
    """The canonical reading of a text without offsets, as the index and the query see it."""
    if _RESIZED.search(text):
        text = _CIRCLED.sub(lambda m: f"({ord(m.group()) - 0x245F})", text).translate(_NOTHING)
    return _fold_in_place(text)


@dataclass(frozen=True, slots=True)
class Shadow:
    """A reading of a source text.

    :ivar text: the cleaned characters.
    :ivar origin: for each character of ``text``, the source offset it stands for; non-decreasing. One entry
        more closes the array: the source offset just after the last character.
    """

    text: str
    origin: array[int]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Source offsets of ``text[start:end]``; the span is empty if ``end <= start``."""
        if end <= start:
            here = self.origin[start]
            return here, here
        return self.origin[start], self.origin[end - 1] + 1

    @classmethod
    def of(cls, source: str, spans: Iterable[tuple[int, int]] | None = None) -> Shadow:
        """Fold ``source``, or only its ``spans`` (source offsets, in order), one after the other."""
        builder = ShadowBuilder(source)
        for start, end in spans if spans is not None else [(0, len(source))]:
            builder.add(start, end)
        return builder.build()


_identity: array[int] = array("i")


def _offsets(start: int, end: int) -> array[int]:
    """``start … end - 1`` as an array, cut from one that grows to the longest source read so far."""
    if len(_identity) < end:
        _identity.extend(range(len(_identity), max(end, 2 * len(_identity))))
    return _identity[start:end]


class ShadowBuilder:
    """Puts a shadow together from spans of the source and from inserted line breaks."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._parts: list[str] = []
        self._origin: array[int] = array("i")
        self._end = 0
        self.length = 0

    def add(self, start: int, end: int) -> None:
        """Append the folded reading of ``source[start:end]``."""
        raw = self.source[start:end]
        if _RESIZED.search(raw):
            at = start
            for match in _RESIZED.finditer(raw):
                offset = start + match.start()
                self._append(self.source[at:offset], at)
                at = offset + 1
                code = ord(match.group())
                if code not in _NOTHING:
                    read = f"({code - 0x245F})"
                    self._parts.append(read)
                    self._origin.extend([offset] * len(read))
                    self.length += len(read)
            self._append(self.source[at:end], at)
        else:
            self._append(raw, start)
        self._end = max(self._end, end)

    def _append(self, raw: str, start: int) -> None:
        self._parts.append(_fold_in_place(raw))
        self._origin.extend(_offsets(start, start + len(raw)))
        self.length += len(raw)

    def insert(self, text: str) -> None:
        """Append characters that are not in the source (a line break between paragraphs)."""
        self._parts.append(text)
        self._origin.extend([self._end] * len(text))
        self.length += len(text)

    def build(self) -> Shadow:
        """The finished shadow."""
        origin = array("i", self._origin)
        origin.append(self._end)
        return Shadow("".join(self._parts), origin)
