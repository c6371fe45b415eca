"""A PDF through PDFium: its pages' glyphs with their boxes, ruling lines, pictures."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from types import TracebackType
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.loaders.base import RawFile
from ingest.loaders.paged.glyphs import Glyph, Page
from kb.errors import EncryptedSource, UnreadableSource

_SKIPPED = frozenset({0, 2, 9, 10, 13, 32, 0xA0, 0xAD, 0x3000, 0xFFFE, 0xFFFF, 0x200B, 0xFEFF})
_THIN = 3.0
"""Points that a ruling line is thick at most."""
_FEW = 20
"""Characters below which a page with a picture counts as a picture."""
_MOST_PATHS = 20000
_MOST_PAGES = 20000


class PdfFile:
    """A PDF that is open; use it in a ``with`` block. PDFium is not thread-safe: one process, one file."""

    def __init__(self, raw: RawFile) -> None:
        self._raw = raw
        self._document = _open(raw)

    def __enter__(self) -> PdfFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._document.close()

    def pages(self) -> Iterator[Page]:
        """Every page with its glyphs, as it is read: turned upright where its text runs up or down."""
        if len(self._document) > _MOST_PAGES:
            raise UnreadableSource("页数过多", source=self._raw.name, remedy="请拆分后收录")
        for number in range(len(self._document)):
            page = self._page(number)
            glyphs, turn, askew = _glyphs(page)
            left, bottom, right, top = page.get_bbox()
            edge = _turned(Glyph("", left, right, -top, -bottom, 0.0), turn)
            placed = [
                Glyph(
                    g.char,
                    g.x0 - edge.x0,
                    g.x1 - edge.x0,
                    g.top - edge.top,
                    g.bottom - edge.top,
                    g.base - edge.top,
                )
                for g in glyphs
            ]
            yield Page(
                number,
                edge.x1 - edge.x0,
                edge.bottom - edge.top,
                placed,
                askew=askew,
                as_shown=turn == -page.get_rotation() % 360,
                is_ruled=bool(glyphs) and _is_ruled(page),
                is_picture=len(glyphs) < _FEW and _has_picture(page),
            )
            page.close()

    def _page(self, number: int) -> Any:
        try:
            return self._document[number]
        except pypdfium2.PdfiumError as error:
            raise UnreadableSource(
                f"第 {number + 1} 页损坏，无法读取", source=self._raw.name, remedy="请重新下载或另存为 PDF"
            ) from error


def _open(raw: RawFile) -> Any:
    try:
        return pypdfium2.PdfDocument(raw.data, password="")
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise EncryptedSource("PDF 有打开密码", source=raw.name, remedy="请去掉密码后另存") from error
        raise UnreadableSource("PDF 已损坏，无法打开", source=raw.name, remedy="请重新下载或另存") from error


def _has_picture(page: Any) -> bool:
    """Whether there is a picture on the page."""
    return next(iter(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)), None) is not None


def _is_ruled(page: Any) -> bool:
    """Whether the page has the ruling lines of a table: at least three across and two down."""
    across = down = 0
    for seen, path in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3)):
        left, bottom, right, top = path.get_bounds()
        wide, tall = right - left > 20, top - bottom > 8
        if wide and tall:  # the frame of a cell
            across, down = across + 2, down + 2
        else:
            across += wide and top - bottom <= _THIN
            down += tall and right - left <= _THIN
        if (across >= 3 and down >= 2) or seen > _MOST_PATHS:
            break
    return across >= 3 and down >= 2


def _glyphs(page: Any) -> tuple[list[Glyph], int, str]:
    """The glyphs that run in the page's main direction, blanks left out; that direction; what stands askew.

    Directions are degrees, clockwise; a watermark stands askew.
    """
    text_page = page.get_textpage()
    handle = text_page.raw
    box = pdfium.FS_RECTF()
    pointer = ctypes.byref(box)
    unicode_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    angle_of, origin_of = pdfium.FPDFText_GetCharAngle, pdfium.FPDFText_GetCharOrigin
    x, y = ctypes.c_double(), ctypes.c_double()
    at_x, at_y = ctypes.byref(x), ctypes.byref(y)
    glyphs: list[tuple[int, Glyph]] = []
    high = 0
    for index in range(text_page.count_chars()):
        code = unicode_of(handle, index)
        if code in _SKIPPED:
            continue
        if 0xD800 <= code < 0xDC00:  # the first half of a character beyond the basic plane
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
            high = 0
        if box_of(handle, index, pointer) and origin_of(handle, index, at_x, at_y):
            turn = round(math.degrees(angle_of(handle, index)) / 5) * 5 % 360
            base = x.value if turn in {90, 270} else -y.value
            glyphs.append((turn, Glyph(chr(code), box.left, box.right, -box.top, -box.bottom, base)))
    text_page.close()
    if not glyphs:
        return [], 0, ""
    main = Counter(turn for turn, _ in glyphs if turn % 90 == 0).most_common(1)
    upright = main[0][0] if main else 0
    askew = "".join(glyph.char for turn, glyph in glyphs if turn != upright)
    return [_turned(glyph, upright) for turn, glyph in glyphs if turn == upright], upright, askew


def _turned(glyph: Glyph, degrees: int) -> Glyph:
    """A glyph of text that runs at an angle (clockwise), as if it ran from left to right."""
    char, x0, x1, top, bottom, base = glyph
    if degrees == 90:
        return Glyph(char, top, bottom, -x1, -x0, -base)
    if degrees == 180:
        return Glyph(char, -x1, -x0, -bottom, -top, -base)
    if degrees == 270:
        return Glyph(char, -bottom, -top, x0, x1, base)
    return glyph
