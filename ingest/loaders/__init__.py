"""Loaders: from the bytes of a file to its source text, layout and metadata. A file for each format."""

from __future__ import annotations

from pathlib import Path

from ingest.loaders.base import Loader, RawFile
from ingest.loaders.sniff import Kind, sniff
from kb.errors import EncryptedSource, NeedsOCR, UnreadableSource, UnsupportedFormat
from kb.model import LoadedSource

SUFFIXES: tuple[str, ...] = (
    ".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".shtml", ".pdf", ".docx", ".docm",
    ".xlsx", ".xlsm", ".csv", ".tsv", ".ofd", ".doc", ".wps", ".rtf", ".odt",
)  # fmt: skip
"""Suffixes of the files that are picked up from a folder; what is in them decides which loader reads them."""

_SHEETS_AS_TEXT = frozenset({".csv", ".tsv"})
_MARKDOWN = frozenset({".md", ".markdown"})
_PAGES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
_SPREADSHEET_SUFFIXES = frozenset({".xls", ".et"})
_SLIDE_SUFFIXES = frozenset({".ppt", ".pptx", ".dps"})


def supported(path: Path) -> bool:
    """Whether a file of this name is read at all."""
    return path.suffix.lower() in SUFFIXES


def load(path: Path, relative: str) -> LoadedSource:
    """Read a file as what its content is, whatever its name says.

    :param relative: the path relative to the ingested folder; it names the source everywhere.
    :raises kb.errors.SourceError: with a Chinese message, the file's name and a remedy, when it cannot be read:
        :class:`~kb.errors.UnreadableSource`, :class:`~kb.errors.EncryptedSource`, :class:`~kb.errors.NeedsOCR`
        or :class:`~kb.errors.UnsupportedFormat`.
    """
    raw = RawFile.read(path, relative)
    return loader_for(raw)(raw).of(raw)


def loader_for(raw: RawFile) -> Loader:
    """The loader for the content of ``raw``.

    :raises kb.errors.SourceError: when there is none.
    """
    kind = sniff(raw.data)
    if kind in {"zip", "archive"}:
        if raw.suffix in _SLIDE_SUFFIXES:
            raise UnsupportedFormat("不支持演示文稿", source=raw.name, remedy="请另存为 PDF")
        raise UnsupportedFormat("这是压缩包", source=raw.name, remedy="请先解压，再收录里面的文件")
    if kind == "broken":
        raise UnreadableSource(
            "文件已损坏，内容不完整", source=raw.name, remedy="请重新下载，或用原软件打开后另存一份"
        )
    if kind == "encrypted":
        raise EncryptedSource("文件有打开密码", source=raw.name, remedy="请去掉密码后另存")
    if kind == "image":
        raise NeedsOCR("这是图片，没有文字", source=raw.name, remedy="请先做文字识别（OCR），再收录识别结果")
    return _loader(kind, raw)


def _loader(kind: Kind, raw: RawFile) -> Loader:
    """Loaders are imported when first used: reading a text file needs no PDF library."""
    if kind == "pdf":
        from ingest.loaders.pdf import load_pdf

        return load_pdf
    if kind == "docx":
        from ingest.loaders.word import load_docx

        return load_docx
    if kind == "xlsx":
        from ingest.loaders.sheets import load_xlsx

        return load_xlsx
    if kind == "ofd":
        from ingest.loaders.ofd import load_ofd

        return load_ofd
    if kind in {"ole", "rtf", "opendocument"}:
        if raw.suffix in _SPREADSHEET_SUFFIXES or raw.suffix in _SLIDE_SUFFIXES:
            raise UnsupportedFormat("不支持这种旧格式", source=raw.name, remedy="请另存为 .xlsx 或 PDF")
        from ingest.loaders.office import load_office

        return load_office
    return _text_loader(kind, raw)


def _text_loader(kind: Kind, raw: RawFile) -> Loader:
    if kind == "html" or raw.suffix in _PAGES:
        from ingest.loaders.html import load_html

        return load_html
    if raw.suffix in _SHEETS_AS_TEXT:
        from ingest.loaders.sheets import load_csv

        return load_csv
    from ingest.loaders.plain import load_markdown, load_text

    return load_markdown if raw.suffix in _MARKDOWN else load_text
