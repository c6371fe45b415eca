"""Reading order: one column, or two with lines across both."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.loaders.paged.glyphs import Line, Table

_FEWEST = 6
"""Lines that each column must have."""


def order(lines: Sequence[Line], tables: Sequence[Table], page_width: float) -> list[Line | Table]:
    """Lines and tables of a page in the order they are read; ``left``, ``right`` and ``column`` are set."""
    gutter = _gutter(lines, page_width)
    if gutter is None:
        merged = _merge_pieces(lines)
        _set_margins(merged)
        for each in merged:
            each.column = 0
        everything: list[Line | Table] = [*merged, *tables]
        return sorted(everything, key=lambda item: item.top)
    return _two_columns(lines, tables, gutter)


def _gutter(lines: Sequence[Line], page_width: float) -> tuple[float, float] | None:
    """Left and right edge of the white strip between two columns of running text."""
    if len(lines) < 2 * _FEWEST:
        return None
    low, high = min(line.x0 for line in lines), max(line.x1 for line in lines)
    width = int(high - low) + 1
    if width < 100 or width < 0.5 * page_width:
        return None
    cover = [0] * (width + 1)
    for line in lines:
        cover[int(line.x0 - low)] += 1
        cover[min(width, int(line.x1 - low) + 1)] -= 1
    depth = 0
    depths = []
    for step in cover:
        depth += step
        depths.append(depth)
    thin = max(2, len(lines) // 5)
    strips: list[tuple[int, int]] = []
    for x in range(int(0.3 * width), int(0.7 * width)):
        if depths[x] > thin:
            continue
        if strips and strips[-1][1] == x:
            strips[-1] = (strips[-1][0], x + 1)
        else:
            strips.append((x, x + 1))
    size = median(line.size for line in lines)
    wide = [strip for strip in strips if strip[1] - strip[0] >= 0.8 * size]
    for start, end in sorted(wide, key=lambda strip: strip[0] - strip[1]):
        if _are_columns(lines, low + start, low + end, high, size):
            return low + start, low + end
    return None


def _are_columns(lines: Sequence[Line], left: float, right: float, edge: float, size: float) -> bool:
    """Whether what stands left and right of a strip is running text: lines that fill their column."""
    first = [line for line in lines if line.x1 <= left + size]
    second = [line for line in lines if line.x0 >= right - size]
    if min(len(first), len(second)) < _FEWEST:
        return False
    full_first = sum(line.x1 > left - 2 * size for line in first)
    full_second = sum(line.x1 > edge - 2 * size for line in second)
    wide = median(line.x1 - line.x0 for line in first) > 8 * size
    return wide and 2 * full_first >= len(first) and 2 * full_second >= len(second) - 2


def _two_columns(
    lines: Sequence[Line], tables: Sequence[Table], gutter: tuple[float, float]
) -> list[Line | Table]:
    """Bands between the lines that cross the gutter: in each the left column, then the right one."""
    middle = (gutter[0] + gutter[1]) / 2
    across: list[Line | Table] = []
    sides: tuple[list[Line | Table], list[Line | Table]] = ([], [])
    everything: list[Line | Table] = [*lines, *tables]
    for item in everything:
        if item.x0 < gutter[0] - 1 and item.x1 > gutter[1] + 1:
            across.append(item)
        else:
            sides[(item.x0 + item.x1) / 2 > middle].append(item)
    across.sort(key=lambda item: item.top)
    edges = [float("-inf"), *(item.top for item in across), float("inf")]
    ordered: list[Line | Table] = []
    for side in sides:
        _set_margins([item for item in side if isinstance(item, Line)])
    _set_margins([item for item in across if isinstance(item, Line)])
    for band, (start, end) in enumerate(pairwise(edges)):
        if band:
            item = across[band - 1]
            item.column = 3 * band
            ordered.append(item)
        for number, side in enumerate(sides, 1):
            column = [item for item in side if start <= item.top < end]
            pieces = _merge_pieces([item for item in column if isinstance(item, Line)])
            here: list[Line | Table] = [*pieces, *(item for item in column if isinstance(item, Table))]
            for item in sorted(here, key=lambda each: each.top):
                item.column = 3 * band + number
                ordered.append(item)
    return ordered


def _merge_pieces(lines: Sequence[Line]) -> list[Line]:
    """Pieces on one baseline of one column, as one line with a space between them."""
    merged: list[Line] = []
    for line in sorted(lines, key=lambda each: (each.middle, each.x0)):
        last = merged[-1] if merged else None
        if last is not None and abs(last.middle - line.middle) < 0.45 * min(
            last.bottom - last.top, line.bottom - line.top
        ):
            first, second = (last, line) if last.x0 <= line.x0 else (line, last)
            last.text = f"{first.text} {second.text}"
            last.x0, last.x1 = min(last.x0, line.x0), max(last.x1, line.x1)
            last.top, last.bottom = min(last.top, line.top), max(last.bottom, line.bottom)
        else:
            merged.append(line)
    return merged


def _set_margins(lines: Sequence[Line]) -> None:
    """Left margin: the leftmost place at which several lines begin. Right margin: how far the full lines go."""
    if not lines:
        return
    size = median(line.size for line in lines)
    starts = sorted(line.x0 for line in lines)
    needed = max(2, len(starts) // 8)
    left = next(
        (start for start in starts if sum(start <= x <= start + 0.5 * size for x in starts) >= needed),
        starts[0],
    )
    ends = sorted(line.x1 for line in lines)
    right = ends[int(0.95 * (len(ends) - 1))] if len(ends) > 8 else ends[-1]
    for line in lines:
        line.left, line.right = left, right
