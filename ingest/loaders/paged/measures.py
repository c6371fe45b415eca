"""How a document is set: the size of its text, the distance of its lines, its margins, its indents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.loaders.paged.glyphs import Line, Table

LARGE = 1.15
"""Times the size of the text from which on a line counts as set large."""
SMALL = 0.87
"""Times the size of the text up to which a line counts as set small: a header, a footnote."""
_FEW = 8
"""Lines below which a page says little of its own margins."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Measures of a whole document.

    :ivar body: the size in which most characters are set.
    :ivar pitch: the usual distance from one line to the next.
    :ivar indents: paragraphs begin with an indent; then a line at the margin always goes on.
    """

    body: float
    pitch: float
    indents: bool

    @classmethod
    def of(cls, pages: Sequence[Sequence[Line | Table]]) -> Measures:
        """Measure the lines of all pages; their margins are known."""
        steps: list[float] = []
        indented = flush = 0
        for lines in _lines(pages):
            for before, after in pairwise(lines):
                if before.column == after.column and after.top > before.top:
                    steps.append(after.top - before.top)
            for line in lines:
                indented += 0.8 * line.size < line.indent < 3.5 * line.size
                flush += line.indent <= 0.8 * line.size
        body = body_size(line for lines in _lines(pages) for line in lines)
        pitch = median(steps) if steps else 0.0
        return cls(body, pitch, indented >= 3 and indented >= 0.08 * (indented + flush))


def body_size(lines: Iterable[Line]) -> float:
    """The size in which most characters are set; 0 without any."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(2 * line.size) / 2] += len(line.text)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def steady_margins(pages: Sequence[Sequence[Line | Table]]) -> None:
    """A page with few lines (the last one) takes its margins from the other pages with one column."""
    single = [lines for lines in _lines(pages) if lines and len({line.column for line in lines}) == 1]
    full = [lines for lines in single if len(lines) >= _FEW]
    if not full:
        return
    left, right = median(lines[0].left for lines in full), median(lines[0].right for lines in full)
    for lines in single:
        size = lines[0].size
        if len(lines) < _FEW and all(
            line.x0 >= left - size and line.x1 <= right + 2 * size for line in lines
        ):
            for line in lines:
                line.left, line.right = left, right


def _lines(pages: Sequence[Sequence[Line | Table]]) -> Iterator[list[Line]]:
    for items in pages:
        yield [item for item in items if isinstance(item, Line)]
