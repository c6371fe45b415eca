"""A report as Markdown; what could be taken for markup in a text is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from search.export.report import Block, Grid, Heading, Paragraph, Quote, Report, Revision, printable

_MARKUP = re.compile(r"([\\`*_\[\]<>|#~])")
_LIST = re.compile(r"^(\s*\d*)([-+.)])(?=\s)", re.MULTILINE)


def escaped(text: str) -> str:
    """A text that Markdown shows as it is."""
    return _LIST.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", printable(text)))


def write_markdown(report: Report, path: Path) -> None:
    """Write the report.

    :raises OSError: the file cannot be written.
    """
    path.write_text("\n".join(_lines(report)) + "\n", encoding="utf-8", newline="\n")


def _lines(report: Report) -> Iterator[str]:
    yield f"# {_heading(report.title)}"
    for block in report.blocks:
        yield ""
        yield from _block(block)
    if report.references:
        yield from ("", "## 参考文献", "")
        for number, entry in report.references:
            yield f"\\[{number}\\] {_one_line(entry)}  "


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * (min(block.level, 5) + 1)} {_heading(block.text)}"
    elif isinstance(block, Paragraph):
        label = f"**{_one_line(block.label)}**" if block.label else ""
        yield label + escaped(block.text)
    elif isinstance(block, Quote):
        end = escaped(block.mark) if block.mark else "（经改写，非原文）"
        for line in (escaped(block.text) + end).splitlines():
            yield f"> {line}"
    elif isinstance(block, Revision):
        text = "".join(_piece(piece.kind, escaped(piece.text)) for piece in block.pieces)
        for line in (text + escaped(block.mark)).splitlines():
            yield f"> {line}"
    else:
        yield from _grid(block)


def _piece(kind: str, text: str) -> str:
    """A piece of a revision; HTML marks, since those of Markdown hang on the characters beside them."""
    return {"dropped": f"<del>{text}</del>", "added": f"<ins>{text}</ins>"}.get(kind, text)


def _grid(grid: Grid) -> Iterator[str]:
    yield _row(grid.head)
    yield "|" + " --- |" * len(grid.head)
    for row in grid.rows:
        yield _row(row)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(escaped(cell).replace("\n", "<br>") for cell in cells) + " |"


def _heading(text: str) -> str:
    """A heading on one line; its number opens no list there."""
    return _MARKUP.sub(r"\\\1", printable(" ".join(text.split())))


def _one_line(text: str) -> str:
    return escaped(" ".join(text.split()))
