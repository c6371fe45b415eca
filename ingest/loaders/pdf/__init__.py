"""PDF: text and geometry by PDFium, cells of ruled tables by pdfplumber, metadata and outline by pypdf."""

from __future__ import annotations

from ingest.loaders.base import Loaded, RawFile
from ingest.loaders.paged.columns import order
from ingest.loaders.paged.glyphs import Line, Page, Table, read_lines
from ingest.loaders.paged.margins import split_margins
from ingest.loaders.paged.reflow import reflow
from ingest.loaders.paged.write import write
from ingest.loaders.pdf.document import PdfFile
from ingest.loaders.pdf.info import read_info
from ingest.loaders.pdf.legible import legible_lines
from ingest.loaders.pdf.tables import read_tables
from kb.errors import NeedsOCR, UnreadableSource
from kb.model import Dropped


def load_pdf(raw: RawFile) -> Loaded:
    """Read a PDF.

    :raises kb.errors.EncryptedSource: when it opens only with a password.
    :raises kb.errors.NeedsOCR: when most pages are pictures.
    :raises kb.errors.UnreadableSource: when it is damaged, or a page has no readable characters.
    """
    lines: dict[int, list[Line]] = {}
    tables: dict[int, list[Table]] = {}
    with PdfFile(raw) as document:
        pages: list[Page] = []
        for page in document.pages():
            if page.is_ruled:
                read_tables(raw, page)
            lines[page.number] = legible_lines(raw, page, read_lines(page.glyphs, page.number))
            tables[page.number] = page.tables
            page.glyphs = []
            pages.append(page)
    _check(raw, pages, lines, tables)
    info = read_info(raw)
    dropped, kept = split_margins(lines, {page.number: page.height for page in pages})
    dropped += [Dropped(page.askew, "水印", page.number + 1) for page in pages if page.askew]
    ordered = [order(kept[page.number], tables[page.number], page.width) for page in pages]
    flow = reflow(ordered)
    text = write(flow, len(pages), info.outline)
    return Loaded(
        "pdf",
        text.text,
        pages=text.pages,
        blocks=text.blocks,
        dropped=tuple([*dropped, *text.dropped]),
        metadata=info.metadata,
        metadata_origin=dict.fromkeys(info.metadata, "pdf_info"),
    )


def _check(
    raw: RawFile, pages: list[Page], lines: dict[int, list[Line]], tables: dict[int, list[Table]]
) -> None:
    """Refuse what holds no text."""
    pictures = sum(page.is_picture for page in pages)
    if pictures * 2 > len(pages):
        raise NeedsOCR(
            f"扫描件：{len(pages)} 页中有 {pictures} 页是图片，没有文字",
            source=raw.name,
            remedy="请先做文字识别（OCR），再收录识别后的文件",
        )
    if not any(lines.values()) and not any(tables.values()):
        raise UnreadableSource("PDF 里没有文字", source=raw.name, remedy="请检查文件，或先做文字识别（OCR）")
