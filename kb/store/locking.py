"""A lock between processes that the operating system takes back when its holder dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.errors import StoreBusy, StoreError


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the lock of a file, which is made when absent.

    :raises StoreBusy: another process, or another thread of this one, holds it.
    :raises StoreError: the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT)
    except OSError as error:
        raise StoreError(
            f"无法写入知识库文件夹：{error.strerror or error}",
            source=str(path),
            remedy="请检查权限和磁盘空间",
        ) from error
    try:
        try:
            _lock(handle)
        except OSError as error:
            raise StoreBusy(
                "另一个程序正在更新这个知识库的索引", source=str(path.parent), remedy="请等它完成后再试"
            ) from error
        yield
    finally:
        os.close(handle)  # which also gives the lock back


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
