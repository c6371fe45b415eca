"""Which files of the given paths are sources, and the name each is stored under."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from ingest.loaders import supported
from kb.errors import UnreadableSource

IGNORE_FILE = ".policykbignore"


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: where it lies, and its path relative to the ingested folder with ``/`` as separator."""

    path: Path
    relative: str


def discover(paths: Sequence[Path]) -> Iterator[Found]:
    """The sources under ``paths``, sorted within each.

    A folder gives its files that some loader reads, without hidden ones and without those that match a pattern
    in its ``.policykbignore`` (one glob a line, ``#`` for comments; a pattern that ends in ``/`` names a folder).
    A file that is named itself is always given, so that one that cannot be read is reported. Links that lead
    out of the folder are not followed.

    :raises UnreadableSource: if a path does not exist.
    """
    for path in paths:
        if path.is_file():
            yield Found(path, path.name)
        elif path.is_dir():
            yield from _walk(path)
        else:
            raise UnreadableSource("找不到这个文件或文件夹", source=str(path), remedy="请检查路径是否写对")


def _walk(folder: Path) -> Iterator[Found]:
    root = folder.resolve()
    patterns = ignore_patterns(folder)
    for current, directories, names in os.walk(folder):
        here = Path(current)
        base = PurePosixPath(here.relative_to(folder).as_posix())
        directories[:] = sorted(
            name
            for name in directories
            if not name.startswith(".") and not ignored(str(base / name) + "/", patterns)
        )
        for name in sorted(names):
            relative = str(base / name)
            path = here / name
            if name.startswith((".", "~$")) or ignored(relative, patterns) or not supported(path):
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(root):
                continue
            yield Found(path, relative)


def ignore_patterns(folder: Path) -> tuple[str, ...]:
    """The patterns of a folder's ``.policykbignore``; none where there is no such file."""
    file = folder / IGNORE_FILE
    if not file.is_file():
        return ()
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def ignored(relative: str, patterns: Sequence[str]) -> bool:
    """Whether a path matches a pattern, by its whole path or by its last name."""
    name = relative.rstrip("/").rsplit("/", 1)[-1] + ("/" if relative.endswith("/") else "")
    return any(fnmatchcase(relative, pattern) or fnmatchcase(name, pattern) for pattern in patterns)
