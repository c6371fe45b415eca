"""One page of a PDF through PDFium: its picture, and the box of every character on that picture."""

from __future__ import annotations

import ctypes
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from kb.errors import UnreadableSource

_LOCK = threading.Lock()  # PDFium is not thread-safe
_MOST_PIXELS = 12_000_000
_GRID = 1_000_000  # steps that a page's width and height are measured in
_COVERS = 0.8  # part of the page that a scan takes up
_LARGE = 1_500_000  # bytes of a PNG from which a JPEG is made instead


class Box(NamedTuple):
    """A character and its box, in parts of the page's width and height, the top left corner being 0, 0."""

    char: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page as a viewer shows it.

    :ivar picture: a PNG or JPEG. :ivar mime: which of them.
    :ivar boxes: its characters in the order of the file, blanks left out.
    :ivar is_scan: whether a picture covers it, so that its characters were read by a machine.
    """

    picture: bytes
    mime: str
    boxes: tuple[Box, ...]
    is_scan: bool


def open_page(path: Path, number: int, *, scale: float) -> PdfPage:
    """Render a page.

    :param number: counts from 1. :param scale: pixels a point; less for pages that would become too large.
    :raises UnreadableSource: the file or the page cannot be read, or there is no such page.
    """
    with _LOCK, _opened(path, number) as page:
        width, height = page.get_size()
        pixels = width * height * scale * scale
        if pixels > _MOST_PIXELS:
            scale *= (_MOST_PIXELS / pixels) ** 0.5
        image = page.render(scale=scale).to_pil().convert("RGB")
        boxes = tuple(_boxes(page))
        is_scan = bool(boxes) and _is_covered(page)
    picture, mime = _encoded(image)
    return PdfPage(picture, mime, boxes, is_scan)


@contextmanager
def _opened(path: Path, number: int) -> Iterator[Any]:
    try:
        document = pypdfium2.PdfDocument(path)
    except (pypdfium2.PdfiumError, OSError) as error:
        raise UnreadableSource("PDF 打不开", source=path.name, remedy="请确认文件完好") from error
    try:
        if not 1 <= number <= len(document):
            raise UnreadableSource(f"没有第 {number} 页", source=path.name)
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise UnreadableSource(f"第 {number} 页损坏，显示不了", source=path.name) from error
        try:
            yield page
        finally:
            page.close()
    finally:
        document.close()


def _encoded(image: Any) -> tuple[bytes, str]:
    file = io.BytesIO()
    image.save(file, format="PNG")
    if file.tell() <= _LARGE:
        return file.getvalue(), "image/png"
    file = io.BytesIO()
    image.save(file, format="JPEG", quality=85)
    return file.getvalue(), "image/jpeg"


def _boxes(page: Any) -> Iterator[Box]:
    text = page.get_textpage()
    try:
        rect, x, y = pdfium.FS_RECTF(), ctypes.c_int(), ctypes.c_int()
        for index in range(text.count_chars()):
            code = pdfium.FPDFText_GetUnicode(text.raw, index)
            char = "" if 0xD800 <= code < 0xE000 else chr(code)
            if not char.strip() or not pdfium.FPDFText_GetLooseCharBox(text.raw, index, ctypes.byref(rect)):
                continue
            corners = []
            for across, up in ((rect.left, rect.top), (rect.right, rect.bottom)):
                pdfium.FPDF_PageToDevice(
                    page.raw, 0, 0, _GRID, _GRID, 0, across, up, ctypes.byref(x), ctypes.byref(y)
                )
                corners.append((x.value / _GRID, y.value / _GRID))
            (x0, y0), (x1, y1) = corners
            yield Box(char, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    finally:
        text.close()


def _is_covered(page: Any) -> bool:
    width, height = page.get_size()
    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        if (right - left) * (top - bottom) >= _COVERS * width * height:
            return True
    return False
