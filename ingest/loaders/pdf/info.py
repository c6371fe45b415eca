"""What a PDF says about itself: its metadata and its outline (bookmarks), by pypdf."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from ingest.loaders.base import RawFile
from ingest.loaders.paged.write import Bookmark

logger = logging.getLogger(__name__)

TROUBLE = (
    PyPdfError,
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What pypdf raises on files that PDFium reads without complaint."""

_PROGRAM = re.compile(
    r"^(?:Microsoft Word|WPS 文字|PowerPoint|Microsoft PowerPoint)\s*-\s*|\.(?:docx?|wps|pdf|rtf)$", re.I
)
_HAN = re.compile(r"[一-鿿]")
_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Info:
    """Metadata by key (``title``, ``author``, ``subject``, ``created`` as ISO date) and the outline."""

    metadata: dict[str, str] = field(default_factory=dict)
    outline: tuple[Bookmark, ...] = ()


def open_reader(raw: RawFile) -> PdfReader:
    """The file in pypdf; its complaints on standard error are silenced.

    :raises pypdf.errors.PyPdfError: or any of ``TROUBLE``.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(raw.data))
    if reader.is_encrypted:
        reader.decrypt("")
    return reader


def read_info(raw: RawFile) -> Info:
    """Metadata and outline; empty where pypdf cannot read them."""
    try:
        reader = open_reader(raw)
        metadata = _metadata(reader)
    except TROUBLE as error:
        logger.info("%s：PDF 元数据无法读取（%s）", raw.name, error)
        return Info()
    try:
        outline = tuple(_bookmarks(reader, reader.outline, 1))
    except TROUBLE as error:
        logger.info("%s：PDF 书签无法读取（%s）", raw.name, error)
        outline = ()
    return Info(metadata, outline)


def _metadata(reader: PdfReader) -> dict[str, str]:
    info = reader.metadata
    if info is None:
        return {}
    title = _PROGRAM.sub("", str(info.title or "").strip())
    found = {
        # Programs write file names and phrases of their own into the title; a Chinese one of some length is real.
        "title": title if len(_HAN.findall(title)) >= 4 else "",
        "author": str(info.author or "").strip(),
        "subject": str(info.subject or "").strip(),
        "created": "-".join(match.groups())
        if (match := _DATE.search(str(info.get("/CreationDate", ""))))
        else "",
    }
    return {key: value for key, value in found.items() if value}


def _bookmarks(reader: PdfReader, entries: list[Any], level: int) -> Iterator[Bookmark]:
    for entry in entries:
        if isinstance(entry, list):
            if level < _DEEPEST:
                yield from _bookmarks(reader, entry, level + 1)
            continue
        page = reader.get_destination_page_number(entry)
        title = re.sub(r"\s+", "", str(entry.title or ""))
        if title and page is not None and page >= 0:
            yield Bookmark(title, level, page)
