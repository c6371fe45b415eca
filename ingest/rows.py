"""Table rows as passages: each read with the header of its table (指标: 数值; 单位: …)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from ingest.cleaning.model import CleanSource, Paragraph
from kb.model import Block, Passage
from kb.text.shadow import fold

SHORTEST = 40
"""Rows are put together until they read to this many characters."""


def row_passages(
    clean: CleanSource,
    starts: Sequence[int],
    pieces: Sequence[tuple[int, int]],
    section: int,
    damaged: Callable[[int, int], bool],
) -> list[Passage]:
    """The rows at ``pieces`` (shadow spans of whole paragraphs) as passages of ``section``.

    The first passage of a table takes the header rows into its span; a table of nothing but a header is one
    passage. Spans are source offsets; the text of a row with cells is put together from them.

    :param starts: the shadow offsets at which the source's paragraphs begin.
    """
    passages: list[Passage] = []
    header: list[str] = []
    table = -2
    held = _Held()
    for start, stop in pieces:
        paragraph = clean.paragraphs[bisect_right(starts, start) - 1]
        block = paragraph.block
        number = block.table if block is not None else -1
        if number != table:
            passages.extend(held.flush(clean, section, damaged, header))
            header, table = [], number
        if block is not None and block.header:
            header = _merged(header, _cells(clean, paragraph, block))
            held.add(start, stop, "")
            continue
        held.add(start, stop, _reading(clean, paragraph, block, header))
        if held.length >= SHORTEST:
            passages.extend(held.flush(clean, section, damaged, ()))
    passages.extend(held.flush(clean, section, damaged, header))
    return passages


class _Held:
    """The rows of the passage in the making."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._start = self._end = -1
        self.length = 0

    def add(self, start: int, end: int, text: str) -> None:
        self._start = start if self._start < 0 else self._start
        self._end = end
        if text:
            self._texts.append(text)
            self.length += len(text)

    def flush(
        self, clean: CleanSource, section: int, damaged: Callable[[int, int], bool], header: Sequence[str]
    ) -> Iterator[Passage]:
        """The passage that is held, if any; the words of ``header`` where no row came after it."""
        text = "\n".join(self._texts) or "; ".join(cell for cell in header if cell)
        if self._start >= 0 and text:
            start, stop = clean.shadow.source_span(self._start, self._end)
            yield Passage(start, stop, text, section, "table", damaged=damaged(self._start, self._end))
        self._texts, self._start, self._end, self.length = [], -1, -1, 0


def _cells(clean: CleanSource, paragraph: Paragraph, block: Block) -> list[str]:
    if block.cells:
        return [" ".join(fold(clean.loaded.text[a:b]).split()) for a, b in block.cells]
    return clean.shadow.text[paragraph.start : paragraph.end].split("\t")


def _merged(upper: list[str], lower: list[str]) -> list[str]:
    """The header of a column under a second header row: both words where they differ."""
    if not upper or len(upper) != len(lower):
        return lower
    return [f"{a}{b}" if a and b and a != b else a or b for a, b in zip(upper, lower, strict=True)]


def _reading(clean: CleanSource, paragraph: Paragraph, block: Block | None, header: Sequence[str]) -> str:
    if block is None:
        return clean.shadow.text[paragraph.start : paragraph.end]
    cells = _cells(clean, paragraph, block)
    if len(cells) != len(header):
        return "; ".join(cell for cell in cells if cell)
    return "; ".join(
        f"{name}: {cell}" if name else cell for name, cell in zip(header, cells, strict=True) if cell
    )
