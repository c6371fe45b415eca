"""Files that come in through the page: taken from where the server put them into a folder of the knowledge base.

They stay there, so that the pages of a PDF can be shown later and the library can be read in anew.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ingest.loaders import SUFFIXES, supported
from kb.errors import UnreadableSource

_UNSAFE = re.compile(r'[\\:*?"<>|\x00-\x1f]+')
_IGNORED = ("~$", ".")


@dataclass(frozen=True, slots=True)
class Batch:
    """What came in at one time.

    :ivar folder: where the files lie now. :ivar names: their paths in it, with ``/``.
    :ivar refused: files that no loader reads, each with the reason. :ivar known: files of which the library has
        the very bytes, each with the name it has there.
    """

    folder: Path
    names: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]
    known: tuple[tuple[str, str], ...] = ()


def take_in(
    uploads: Path, given: Iterable[tuple[Path, str]], *, within: Path, known: Mapping[str, str] | None = None
) -> Batch:
    """Move files that were just uploaded into a new folder below ``uploads``.

    :param given: each file as the server stored it, and its name or path as the person has it.
    :param within: the server's upload folder; nothing from elsewhere is touched.
    :param known: the sources of the library by the SHA-256 of their bytes; such files are not read again.
    :raises UnreadableSource: a file lies outside of ``within``, or there is no room.
    """
    root = within.resolve()
    folder = uploads / time.strftime("%Y%m%d-%H%M%S")
    number = 1
    while folder.exists():
        number += 1
        folder = folder.with_name(f"{folder.name.split('_')[0]}_{number}")
    names: list[str] = []
    refused: list[tuple[str, str]] = []
    same: list[tuple[str, str]] = []
    for path, said in given:
        if not path.resolve().is_relative_to(root):
            raise UnreadableSource("这个文件不是通过本页上传的", source=said, remedy="请重新选择文件")
        name = _inside(said)
        if PurePosixPath(name).name.startswith(_IGNORED):
            continue
        if not supported(Path(name)):
            refused.append(
                (name, f"不支持这种格式（可以读：{' '.join(sorted(SUFFIXES))}；请另存为其中一种）")
            )
            continue
        there = (known or {}).get(_sha256(path))
        if there:
            same.append((name, "没有改动" if there == name else f"库里已有同样的文件“{there}”，没有重复读入"))
            continue
        _replace(uploads, folder, name, path)
        names.append(name)
    return Batch(folder, tuple(dict.fromkeys(names)), tuple(refused), tuple(same))


def _sha256(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            found.update(block)
    return found.hexdigest()


def _inside(said: str) -> str:
    """The path below a folder: no way up, no drive, no characters that some system refuses."""
    parts = [_UNSAFE.sub("_", part).strip() for part in said.replace("\\", "/").split("/")]
    return "/".join(part for part in parts if part not in ("", ".", "..")) or "未命名"


def _replace(uploads: Path, folder: Path, name: str, path: Path) -> None:
    """Put the file in its place. An earlier upload of the same name gives way: this is its new version."""
    for older in uploads.glob("*"):
        if older != folder and (older / name).is_file():
            (older / name).unlink()
    target = folder / name
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    except OSError as error:
        raise UnreadableSource(
            f"存不下上传的文件：{error.strerror or error}", source=name, remedy="请腾出磁盘空间后重试"
        ) from error
