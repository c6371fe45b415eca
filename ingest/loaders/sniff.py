"""What a file really is, by its first bytes: names lie (a web page saved as .pdf, a .doc that is HTML)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from typing import Literal

Kind = Literal[
    "pdf", "docx", "xlsx", "ofd", "opendocument", "zip", "broken", "ole", "encrypted", "rtf", "html", "image", "archive",
    "text",
]  # fmt: skip

_IMAGES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*", b"BM\x00", b"\x00\x00\x00\x0cjP")
_ARCHIVES = (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ", b"BZh")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_UTF16_HTML = re.compile(r"\s*<(?:!doctype\s+html|html|head|body)\b", re.I)


def sniff(data: bytes) -> Kind:
    """The kind of content in ``data``; ``text`` when nothing else is recognised."""
    head = data[:4096]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package(data)
    if data.startswith(_OLE):
        return "encrypted" if _ENCRYPTED_PACKAGE in data else "ole"
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(_IMAGES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return "image"
    if data.startswith(_ARCHIVES):
        return "archive"
    return "html" if _is_html(head) else "text"


def main_part(names: Iterable[str], stem: str) -> str:
    """The main part of a document: ``word/document.xml``, or ``word/document2.xml`` as some programs call it."""
    return next((name for name in sorted(names) if re.fullmatch(rf"{stem}\d*\.xml", name)), "")


def _is_html(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _UTF16_HTML.match(head.decode("utf-16", "ignore")) is not None
    return _HTML.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def _package(data: bytes) -> Kind:
    """Which document format a ZIP container holds, by the names of its parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "broken"
    if main_part(names, "word/document"):
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "OFD.xml" in names:
        return "ofd"
    if "content.xml" in names and "mimetype" in names:
        return "opendocument"
    return "zip"
