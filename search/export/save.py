"""Which writer a file name asks for, and files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from kb.errors import ExportError
from kb.model import Document
from search.casebook import CaseBook
from search.checkup import Finding
from search.compare.model import Comparison, VersionComparison
from search.export.casebook import casebook_report, casebook_workbook
from search.export.checkup import checkup_workbook
from search.export.comparison import comparison_report, comparison_workbook
from search.export.markdown import write_markdown
from search.export.report import Report
from search.export.sheets import write_csv, write_xlsx
from search.export.table import table_report, table_workbook
from search.export.versions import versions_report, versions_workbook
from search.export.word import write_word
from search.export.workbook import Workbook
from search.table import Table

SUFFIXES = (".docx", ".md", ".xlsx", ".csv")
TABLE_SUFFIXES = (*SUFFIXES, ".png")
"""A table can be a picture besides."""


def export_casebook(book: CaseBook, path: Path) -> None:
    """Write a case book as .docx, .md, .xlsx or .csv.

    :raises ExportError: another ending, nothing to write, or the file cannot be written.
    """
    if not book.cards:
        raise ExportError("没有可以导出的案例", source=str(path), remedy="请放宽主题或地区后重试")
    _save(path, lambda: casebook_report(book), lambda: casebook_workbook(book))


def export_comparison(comparison: Comparison, path: Path) -> None:
    """Write a comparison as .docx, .md, .xlsx or .csv. :raises ExportError: see :func:`export_casebook`."""
    _save(path, lambda: comparison_report(comparison), lambda: comparison_workbook(comparison))


def export_versions(comparison: VersionComparison, path: Path) -> None:
    """Write two versions set side by side as .docx, .md, .xlsx or .csv.

    :raises ExportError: see :func:`export_casebook`.
    """
    _save(path, lambda: versions_report(comparison), lambda: versions_workbook(comparison))


def export_table(table: Table, path: Path, documents: Mapping[str, Document]) -> None:
    """Write a table region × indicator as .xlsx, .csv, .png, .docx or .md.

    :param documents: the cited documents by id, for the reference list.
    :raises ExportError: see :func:`export_casebook`; or a picture is wanted where there is no Chinese font.
    """
    if not table.rows:
        raise ExportError(
            "没有可以导出的数据", source=str(path), remedy="请换一个指标，或放宽地区和性质后重试"
        )

    def draw(target: Path) -> None:
        from search.export.picture import write_picture

        write_picture(table, target)

    _save(
        path, lambda: table_report(table, documents), lambda: table_workbook(table, documents), {".png": draw}
    )


def export_checkup(findings: Sequence[Finding], path: Path, documents: Mapping[str, Document]) -> None:
    """Write an examination as .xlsx; .csv holds its counts. :raises ExportError: see :func:`export_casebook`."""
    workbook = checkup_workbook(findings, documents)
    _write(path, {".xlsx": lambda to: write_xlsx(workbook, to), ".csv": lambda to: write_csv(workbook, to)})


def _save(
    path: Path,
    report: Callable[[], Report],
    workbook: Callable[[], Workbook],
    more: Mapping[str, Callable[[Path], None]] | None = None,
) -> None:
    writers: dict[str, Callable[[Path], None]] = {
        ".docx": lambda target: write_word(report(), target),
        ".md": lambda target: write_markdown(report(), target),
        ".xlsx": lambda target: write_xlsx(workbook(), target),
        ".csv": lambda target: write_csv(workbook(), target),
        **(more or {}),
    }
    _write(path, writers)


def _write(path: Path, writers: Mapping[str, Callable[[Path], None]]) -> None:
    """Write the file whole, by the writer that its ending asks for."""
    suffix = path.suffix.lower()
    if suffix not in writers:
        raise ExportError(
            f"不能导出为“{suffix or '没有扩展名'}”",
            source=str(path),
            remedy=f"文件名请以 {'、'.join(writers)} 结尾",
        )
    if not path.parent.is_dir():
        raise ExportError("要写入的文件夹不存在", source=str(path), remedy="请先建立这个文件夹，或换一个位置")
    _write_whole(path, writers[suffix])


def _write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Write beside the target and swap in, so that a failure leaves an earlier file as it was."""
    try:
        handle, name = tempfile.mkstemp(suffix=path.suffix, prefix=".", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise _failed(path, error) from error
    beside = Path(name)
    try:
        write(beside)
        beside.chmod(0o644)
        beside.replace(path)
    except OSError as error:
        raise _failed(path, error) from error
    finally:
        beside.unlink(missing_ok=True)


def _failed(path: Path, error: OSError) -> ExportError:
    return ExportError(
        f"写不了文件：{error.strerror or error}",
        source=str(path),
        remedy="如果它正在 Word 或 Excel 里打开，请先关闭；或换一个位置",
    )
