"""The small source format of the generated documents.

A front matter between ``---`` lines (``key: value``), then one block a line: ``# `` title, ``## `` first
heading level, ``### `` second, ``#### `` third, ``| a | b |`` a table row (the first of a run is its header),
anything else a paragraph. Headings carry no numbers; the writers number them by ``numbering``:
``outline`` (一、 / （一） / 1.) or ``articles`` (第一章 / 第一条 / （一）).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

BlockKind = Literal["title", "h1", "h2", "h3", "paragraph", "table"]

_MARKS: tuple[tuple[str, BlockKind], ...] = (("#### ", "h3"), ("### ", "h2"), ("## ", "h1"), ("# ", "title"))
_DIGITS = "零一二三四五六七八九"
_LEVELS = {"national": "国家", "provincial": "省级", "municipal": "市级", "county": "县级", "school": "校级"}
_STATUS = {"effective": "现行有效", "unknown": "不适用"}


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the document; ``rows`` only for tables."""

    kind: BlockKind
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class SampleDocument:
    """A sample document: its front matter and its blocks in order."""

    name: str
    meta: dict[str, str]
    blocks: tuple[Block, ...]

    @property
    def info(self) -> tuple[tuple[str, str], ...]:
        """The visible information of the document, label and value, without the empty ones."""
        meta = self.meta
        pairs = (
            ("标题", meta["title"]),
            ("地区", meta["region"]),
            ("发文机关", meta["issuer"]),
            ("文号", meta["number"]),
            ("成文日期", meta["published"]),
            ("层级", _LEVELS[meta["level"]]),
            ("体裁", meta["kind"]),
            ("时效", _STATUS[meta["status"]]),
            ("说明", meta["digest_of"]),
        )
        return tuple((label, value) for label, value in pairs if value)

    @property
    def keywords(self) -> str:
        """The front matter as one line, for formats whose properties have no field for each key."""
        keys = ("region", "number", "published", "level", "kind", "status")
        return "; ".join(f"{key}: {self.meta[key]}" for key in keys if self.meta[key])


def chinese_number(value: int) -> str:
    """Write 1 to 99 in Chinese numerals.

    >>> chinese_number(12), chinese_number(20), chinese_number(34)
    ('十二', '二十', '三十四')
    """
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")


def numbered(document: SampleDocument) -> list[tuple[Block, str]]:
    """Pair every block with the number that its heading carries ("" for none)."""
    articles = document.meta["numbering"] == "articles"
    first = second = third = 0
    result: list[tuple[Block, str]] = []
    for block in document.blocks:
        label = ""
        if block.kind == "h1":
            first, second, third = first + 1, second if articles else 0, 0
            label = f"第{chinese_number(first)}章　" if articles else f"{chinese_number(first)}、"
        elif block.kind == "h2":
            second, third = second + 1, 0
            label = f"第{chinese_number(second)}条　" if articles else f"（{chinese_number(second)}）"
        elif block.kind == "h3":
            third += 1
            label = f"（{chinese_number(third)}）" if articles else f"{third}."
        result.append((block, label))
    return result


def read_source(path: Path) -> SampleDocument:
    """Read a source file.

    :raises ValueError: when the front matter is not closed.
    """
    head, mark, body = path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
    if not mark:
        raise ValueError(f"{path.name}：文件头没有以 --- 结束")
    meta = {}
    for line in head.splitlines():
        key, _, value = line.partition(": ")
        meta[key] = value.strip().strip('"')
    blocks: list[Block] = []
    rows: list[tuple[str, ...]] = []
    for line in [*body.splitlines(), ""]:
        if line.startswith("|"):
            rows.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
            continue
        if rows:
            blocks.append(Block("table", rows=tuple(rows)))
            rows = []
        if line:
            blocks.append(_block(line))
    return SampleDocument(path.stem, meta, tuple(blocks))


def _block(line: str) -> Block:
    for mark, kind in _MARKS:
        if line.startswith(mark):
            return Block(kind, line.removeprefix(mark))
    return Block("paragraph", line)
