"""What comes of a file: its documents, or why it could not be read, in Chinese."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from ingest.discover import Found
from ingest.lengths import DEFAULT, Lengths
from kb.errors import PolicyKBError
from kb.model import IngestedSource

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why, in Chinese."""

    source: str
    error: str


Outcome = tuple[Found, IngestedSource | Failure]


def read(item: Found, lengths: Lengths = DEFAULT) -> IngestedSource | Failure:
    """Read a file; whatever it does wrong, nothing is raised."""
    # Half a second to import, and where processes read, only they need it.
    from ingest.read import read_source

    try:
        return read_source(item.path, item.relative, lengths)
    except Exception as error:  # noqa: BLE001  whatever one file does, the others go on
        return failure(item, error)


def failure(item: Found, error: BaseException) -> Failure:
    """The failure that an error means for a person."""
    if isinstance(error, PolicyKBError):
        return Failure(item.relative, reason(error))
    if isinstance(error, PermissionError):
        return Failure(item.relative, "没有读取权限（请检查文件权限后重试）")
    if isinstance(error, OSError):
        return Failure(item.relative, f"读不出来：{error.strerror or error}（请检查磁盘或网络盘后重试）")
    if isinstance(error, MemoryError):
        return Failure(item.relative, "文件太大，内存不够（请拆成几个文件，或在内存更大的电脑上读入）")
    log.error("%s", item.relative, exc_info=error)
    return Failure(item.relative, f"处理时出错：{type(error).__name__}：{error}（请把这个文件反馈给开发者）")


def reason(error: PolicyKBError) -> str:
    """An error's message with its remedy."""
    return f"{error.message}（{error.remedy}）" if error.remedy else error.message


def crashed(item: Found) -> Failure:
    """The failure of a file that takes down the process that reads it."""
    return Failure(item.relative, "读取程序在这个文件上崩溃了（文件可能已损坏，请另存后重试）")


def overdue(item: Found, seconds: float) -> Failure:
    """The failure of a file that is not read within its time."""
    return Failure(
        item.relative,
        f"读了 {seconds:.0f} 秒还没有读完，已跳过（文件可能已损坏，请另存后重试；"
        "确实需要更久的，请调大设置项“read_seconds”）",
    )
