"""Pages whose characters came out wrong: a second opinion by pypdf, or a refusal that names the page."""

from __future__ import annotations

import re

from ingest.loaders.base import RawFile
from ingest.loaders.paged.glyphs import Line, Page
from ingest.loaders.pdf.info import TROUBLE, open_reader
from kb.errors import UnreadableSource

# Private use, Hangul, replacement characters: what a font without a usable character table leaves.
_GARBLED = re.compile("[\ue000-\uf8ff\uac00-\ud7a3\ufffd\U000f0000-\U0010fffd]|\\(cid:\\d+\\)")
_HAN = re.compile(r"[㐀-鿿]")
_SHARE = 0.02
_FEW = 40


def legible_lines(raw: RawFile, page: Page, lines: list[Line]) -> list[Line]:
    """``lines``, or pypdf's reading of the page where they are garbled and pypdf's is not.

    :raises kb.errors.UnreadableSource: when both are garbled.
    """
    text = "".join(line.text for line in lines) + "".join(
        c for t in page.tables for row in t.rows for c in row
    )
    garbled = _garbled(text)
    suspicious = len(text) >= _FEW and len(_HAN.findall(text)) < 0.1 * len(text)
    if garbled <= _SHARE and not suspicious:
        return lines
    other = _second_opinion(raw, page.number)
    better = (
        len(_HAN.findall(other)) > max(20, 2 * len(_HAN.findall(text))) if garbled <= _SHARE else bool(other)
    )
    if better and _garbled(other) <= _SHARE:
        page.tables.clear()
        return _as_lines(other, page.number)
    if garbled > _SHARE:
        raise UnreadableSource(
            f"第 {page.number + 1} 页的文字是乱码（字体缺少编码表）",
            source=raw.name,
            remedy="请用原软件重新导出 PDF，或做文字识别（OCR）后收录",
        )
    return lines


def _garbled(text: str) -> float:
    """The share of characters that came out wrong."""
    return sum(len(match.group()) for match in _GARBLED.finditer(text)) / max(1, len(text))


def _second_opinion(raw: RawFile, number: int) -> str:
    try:
        return open_reader(raw).pages[number].extract_text()
    except TROUBLE:
        return ""


def _as_lines(text: str, page: int) -> list[Line]:
    """Lines of plain text, with the boxes that they would have in type of ten points."""
    size = 10.0
    lines = []
    for number, raw in enumerate(text.splitlines()):
        shown = re.sub(r"(?<=[㐀-鿿，。、；：])\s+(?=[㐀-鿿，。、；：])", "", raw.strip())
        if shown:
            indent = min(
                4.0, sum(1.0 if char == "\u3000" else 0.5 for char in raw[: len(raw) - len(raw.lstrip())])
            )
            x0 = 90 + indent * size
            x1 = x0 + size * sum(1.0 if ord(char) > 0x2E80 else 0.5 for char in shown)
            top = 100 + 16.0 * number
            lines.append(Line(shown, x0, x1, top, top + 12, size, page))
    return lines
