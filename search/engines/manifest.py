"""The published state of a local index: one small file that names everything else, replaced in one step."""

from __future__ import annotations

import json
import logging
import os
import shutil
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kb.errors import IndexDamaged

FORMAT = 1
_POINTER = "current.json"
_SEGMENTS = "segments"
_REMEDY = "索引将自动重建"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What an index is made with and of; an index of another recipe is rebuilt, never misread.

    :ivar analysis: the version of the analysis. :ivar embedder: the name of the embedder, empty without one.
    :ivar dimensions: of its vectors, 0 without. :ivar store: the identity of the store that is indexed.
    """

    analysis: str = ""
    embedder: str = ""
    dimensions: int = 0
    store: str = ""


@dataclass(frozen=True, slots=True)
class SegmentFiles:
    """A segment's folder and files, each with size and CRC-32; the tombstones' likewise, where there are any.

    :ivar dead: the folder of the tombstones within the segment's, empty while every row lives.
    """

    name: str
    files: dict[str, list[int]]
    dead: str = ""
    dead_files: dict[str, list[int]] | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """A generation of an index: what it was made with and the segments it consists of.

    ``mark`` is the store's for the generation (:meth:`kb.store.Store.mark`).
    """

    generation: int
    mark: str
    recipe: Recipe
    segments: tuple[SegmentFiles, ...]


def segment_folder(folder: Path, name: str) -> Path:
    """Where a segment's files are."""
    return folder / _SEGMENTS / name


def exists(folder: Path) -> bool:
    """Whether an index was ever published here."""
    return (folder / _POINTER).is_file()


def read(folder: Path) -> Manifest:
    """The published state.

    :raises IndexDamaged: there is none, or it cannot be read, or a program of another version wrote it.
    """
    path = folder / _POINTER
    try:
        data = json.loads(path.read_bytes())
        body = data["body"]
        if data["format"] != FORMAT:
            raise IndexDamaged(
                f"索引格式为 {data['format']}，本程序用 {FORMAT}", source=str(path), remedy=_REMEDY
            )
        if data["crc"] != _crc(body):
            raise IndexDamaged("索引清单的校验和不符", source=str(path), remedy=_REMEDY)
        segments = tuple(SegmentFiles(**segment) for segment in body["segments"])
        return Manifest(int(body["generation"]), body["mark"], Recipe(**body["recipe"]), segments)
    except FileNotFoundError as error:
        raise IndexDamaged("还没有索引", source=str(folder), remedy="索引将自动建立") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(f"索引清单无法读取：{error}", source=str(path), remedy=_REMEDY) from error


def publish(folder: Path, manifest: Manifest) -> None:
    """Make the manifest the published state, in one rename, after everything it names is on the disk."""
    for segment in manifest.segments:
        inside = segment_folder(folder, segment.name)
        for name in segment.files:
            _to_disk(inside / name)
        for name in segment.dead_files or ():
            _to_disk(inside / segment.dead / name)
    body = asdict(manifest)
    (folder / _SEGMENTS).mkdir(parents=True, exist_ok=True)
    beside = folder / f"{_POINTER}.new"
    beside.write_text(json.dumps({"format": FORMAT, "crc": _crc(body), "body": body}), encoding="utf-8")
    _to_disk(beside)
    beside.replace(folder / _POINTER)
    if os.name == "posix":
        _to_disk(folder)


def clean(folder: Path, manifest: Manifest) -> None:
    """Delete what the published state does not name. What a reader still holds open on Windows waits."""
    named = {segment.name: segment.dead for segment in manifest.segments}
    for path in (folder / _SEGMENTS).iterdir():
        if path.name not in named:
            _delete(path)
            continue
        for inside in path.iterdir():
            if inside.is_dir() and inside.name != named[path.name]:
                _delete(inside)


def _delete(folder: Path) -> None:
    try:
        shutil.rmtree(folder)
    except OSError as error:
        log.info("旧索引文件暂时删不掉，下次再删：%s（%s）", folder, error)


def _to_disk(path: Path) -> None:
    """Wait until a file (or, on POSIX, a folder's list of names) is on the disk."""
    handle = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _crc(body: Any) -> int:
    return zlib.crc32(json.dumps(body, sort_keys=True).encode())
