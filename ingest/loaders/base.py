"""What every loader shares: the raw file, the loader's type, and the limits on what it may unpack."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kb.errors import UnreadableSource
from kb.model import Block, Dropped, LoadedSource

MAX_FILE = 300 * 1024 * 1024
"""Bytes of the largest file that is read at all."""


@dataclass(frozen=True)
class RawFile:
    """A file as it came.

    :ivar path: where it lies on this machine; only loaders that hand it to another program need it.
    :ivar name: its path relative to the ingested folder, as shown to people.
    """

    path: Path
    name: str
    data: bytes

    @property
    def suffix(self) -> str:
        """The lower-case suffix with its dot."""
        return Path(self.name).suffix.lower()

    @cached_property
    def sha256(self) -> str:
        """The digest of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    @classmethod
    def read(cls, path: Path, name: str) -> RawFile:
        """Read ``path``.

        :raises kb.errors.UnreadableSource: when it is no plain file, cannot be opened, is empty or too large.
        """
        try:
            if not path.is_file():
                raise UnreadableSource("不是普通文件", source=name, remedy="只能收录文件")
            size = path.stat().st_size
            if size == 0:
                raise UnreadableSource("文件是空的（0 字节）", source=name, remedy="请重新下载或另存")
            if size > MAX_FILE:
                raise UnreadableSource(
                    f"文件过大（{size >> 20} MB）", source=name, remedy=f"请拆分到 {MAX_FILE >> 20} MB 以内"
                )
            return cls(path, name, path.read_bytes())
        except OSError as error:
            cause = error.strerror or type(error).__name__
            raise UnreadableSource(f"无法打开：{cause}", source=name, remedy="请检查文件权限") from error


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a loader makes of a file; see :class:`kb.model.LoadedSource` for the meaning of the fields."""

    loader: str
    text: str
    pages: tuple[int, ...] = ()
    blocks: tuple[Block, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    metadata: dict[str, str] | None = None
    metadata_origin: dict[str, str] | None = None

    def of(self, raw: RawFile) -> LoadedSource:
        """The loaded source, with the identity of the file it came from."""
        return LoadedSource(
            path=raw.name.replace("\\", "/"),
            sha256=raw.sha256,
            size=len(raw.data),
            loader=self.loader,
            text=self.text,
            pages=self.pages,
            blocks=self.blocks,
            dropped=self.dropped,
            metadata=dict(self.metadata or {}),
            metadata_origin=dict(self.metadata_origin or {}),
        )


Loader = Callable[[RawFile], Loaded]
"""A loader reads a file or raises a :class:`kb.errors.SourceError` that names it."""


class TextBuilder:
    """Puts a source text together line by line and keeps the offsets of its blocks."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.length = 0
        self.blocks: list[Block] = []

    def line(self, text: str) -> tuple[int, int]:
        """Append a line; returns its span without the line break."""
        start = self.length
        self._parts.append(text)
        self._parts.append("\n")
        self.length += len(text) + 1
        return start, start + len(text)

    def heading(self, text: str, level: int, reason: str = "") -> None:
        """Append a line that is a heading of ``level`` (1 the highest, 0 unknown)."""
        start, end = self.line(text)
        self.blocks.append(Block(start, end, "heading", level, reason))

    def marked(self, text: str, kind: str, reason: str) -> None:
        """Append a line of page furniture (``chrome``) or a paragraph with a remark."""
        start, end = self.line(text)
        self.blocks.append(Block(start, end, "chrome" if kind == "chrome" else "paragraph", 0, reason))

    def row(self, cells: list[str], table: int, *, header: bool = False) -> None:
        """Append a table row: its cells joined by tabs, each with its span."""
        clean = [" ".join(cell.split()) for cell in cells]
        start, end = self.line("\t".join(clean))
        spans: list[tuple[int, int]] = []
        at = start
        for cell in clean:
            spans.append((at, at + len(cell)))
            at += len(cell) + 1
        self.blocks.append(Block(start, end, "row", cells=tuple(spans), header=header, table=table))

    def text(self) -> str:
        """The text so far; each line ends with a line break."""
        return "".join(self._parts)
