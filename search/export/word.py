"""A report as a Word file, in fonts that Chinese offices have."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from search.export.report import Block, Grid, Heading, Paragraph, Quote, Report, Revision, printable

BODY_FONT, HEAD_FONT, QUOTE_FONT, LATIN_FONT = "宋体", "黑体", "楷体", "Times New Roman"
_LINE_CM = 16.0
_DROPPED, _ADDED = RGBColor(0xB9, 0x1C, 0x1C), RGBColor(0x15, 0x60, 0x3D)
_INDENT = Pt(22)  # two characters of the body


def write_word(report: Report, path: Path) -> None:
    """Write the report.

    :raises OSError: the file cannot be written.
    """
    document = docx.Document()
    _page(document)
    _styles(document)
    for properties in document.styles.element.iter(qn("w:rPrDefault")):
        for inner in properties.iter(qn("w:rPr")):
            _chinese(inner)
    title = document.add_paragraph(printable(report.title), style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.core_properties.title = printable(report.title)[:250]
    document.core_properties.author = ""
    document.core_properties.comments = ""
    for block in report.blocks:
        _block(document, block)
    if report.references:
        document.add_heading("参考文献", level=1)
        for number, entry in report.references:
            line = document.add_paragraph(printable(f"[{number}] {entry}"))
            line.paragraph_format.left_indent = Cm(0.8)
            line.paragraph_format.first_line_indent = Cm(-0.8)
    document.save(str(path))


def _page(document: Any) -> None:
    for section in document.sections:
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2.5)
        _page_number(section.footer.paragraphs[0])


def _page_number(line: Any) -> None:
    """The number of the page in the middle of the footer, between dashes as official texts have it."""
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    line._p.append(field)
    line.add_run(" —")


def _styles(document: Any) -> None:
    # The template's title has a blue line below it.
    for border in list(document.styles["Title"].element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)
    _font(document.styles["Normal"], BODY_FONT, Pt(11))
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    _font(document.styles["Title"], HEAD_FONT, Pt(18))
    for level, size in ((1, 15), (2, 13), (3, 12)):
        _font(document.styles[f"Heading {level}"], HEAD_FONT, Pt(size))


def _font(style: Any, east: str, size: Any) -> None:
    style.font.name = LATIN_FONT
    style.font.size = size
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    # The theme's fonts win over named ones, so they go.
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    _chinese(style.element.get_or_add_rPr())
    fonts.set(qn("w:eastAsia"), east)
    fonts.set(qn("w:ascii"), LATIN_FONT)
    fonts.set(qn("w:hAnsi"), LATIN_FONT)


def _chinese(properties: Any) -> None:
    """Say that the text is simplified Chinese; fonts of several regions draw ，and 。 elsewhere otherwise."""
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")


def _run_font(run: Any, east: str) -> None:
    run.font.name = LATIN_FONT
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), east)


def _block(document: Any, block: Block) -> None:
    if isinstance(block, Heading):
        document.add_heading(printable(block.text), level=min(block.level, 3))
    elif isinstance(block, Paragraph):
        line = document.add_paragraph()
        if block.label:
            line.add_run(printable(block.label)).bold = True
        else:
            line.paragraph_format.first_line_indent = _INDENT
        line.add_run(printable(block.text))
    elif isinstance(block, Quote):
        _quote(document, block)
    elif isinstance(block, Revision):
        _revision(document, block)
    else:
        _grid(document, block)


def _quote(document: Any, quote: Quote) -> None:
    line = document.add_paragraph()
    line.paragraph_format.first_line_indent = _INDENT
    line.paragraph_format.line_spacing = 1.35
    _run_font(line.add_run(printable(quote.text)), QUOTE_FONT)
    if quote.mark:
        mark = line.add_run(printable(quote.mark))
        mark.font.superscript = True
    else:
        line.add_run("（经改写，非原文）").italic = True


def _revision(document: Any, revision: Revision) -> None:
    line = document.add_paragraph()
    line.paragraph_format.left_indent = Cm(0.8)
    for piece in revision.pieces:
        run = line.add_run(printable(piece.text))
        _run_font(run, QUOTE_FONT)
        if piece.kind == "dropped":
            run.font.strike = True
            run.font.color.rgb = _DROPPED
        elif piece.kind == "added":
            run.font.underline = True
            run.font.color.rgb = _ADDED
    line.add_run(printable(revision.mark)).font.superscript = True


def _grid(document: Any, grid: Grid) -> None:
    table = document.add_table(rows=1, cols=len(grid.head), style="Table Grid")
    table.autofit = False
    shares = grid.widths or (1.0,) * len(grid.head)
    widths = [Cm(_LINE_CM * share / sum(shares)) for share in shares]
    # Word goes by the cells' widths, LibreOffice by the columns'.
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _fill(table.rows[0], grid.head, widths, bold=True)
    _mark(table.rows[0], "w:tblHeader")
    for row in grid.rows:
        line = table.add_row()
        _mark(line, "w:cantSplit")
        _fill(line, row, widths, bold=False)
    document.add_paragraph()


def _fill(row: Any, texts: tuple[str, ...], widths: list[Any], *, bold: bool) -> None:
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = width
        line = cell.paragraphs[0]
        line.paragraph_format.space_after = Pt(2)
        # Cells of a row that is quoted stand apart by a bar; a tab would tear the narrow column.
        run = line.add_run(printable(text).replace("\t", " | "))
        run.font.size = Pt(9.5)
        run.bold = bold


def _mark(row: Any, name: str) -> None:
    """Have the row repeated on every page (``w:tblHeader``), or kept on one (``w:cantSplit``)."""
    properties = row._tr.get_or_add_trPr()
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    properties.append(mark)
