"""Word: automatic numbering (the numbers stand in no run), ruled tables, core properties."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from corpus.generators.source import BlockKind, SampleDocument

_CREATED = datetime(2025, 1, 1)  # Word keeps it without a zone
_ZIP_DATE = (2025, 1, 1, 0, 0, 0)
_ABSTRACT_ID = 90
_LEVELS: dict[BlockKind, int] = {"h1": 0, "h2": 1, "h3": 2}
_FORMATS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))


def write_word(document: SampleDocument, target: Path) -> None:
    """Write the document as .docx; the same source gives the same bytes."""
    word = Document()
    number = _add_numbering(word)
    style = word.styles["Normal"]
    style.font.name = "宋体"
    style.font.size = Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    for block in document.blocks:
        if block.kind == "title":
            word.add_heading(block.text, level=0)
            _add_table(word, document.info[1:])
        elif block.kind == "table":
            _add_table(word, block.rows)
        elif block.kind == "h1":
            _number(word.add_heading(block.text, level=1), number, 0)
        else:
            paragraph = word.add_paragraph(block.text)
            if block.kind in _LEVELS:
                _number(paragraph, number, _LEVELS[block.kind])
    properties = word.core_properties
    properties.title = document.meta["title"]
    properties.author = document.meta["issuer"]
    properties.subject = document.meta["digest_of"]
    properties.keywords = document.keywords
    properties.category = document.meta["kind"]
    properties.comments = ""
    properties.language = "zh-CN"
    properties.created = properties.modified = _CREATED
    properties.last_modified_by = "corpus/generate.py"
    stream = BytesIO()
    word.save(stream)
    target.write_bytes(_fixed_dates(stream))


def _add_numbering(word: WordDocument) -> int:
    """Define a three-level Chinese outline and return its number id."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
        for level, (form, text) in enumerate(_FORMATS)
    )
    numbering = word.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{_ABSTRACT_ID}">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    numbering.insert(0, abstract)
    return int(numbering.add_num(_ABSTRACT_ID).numId)


def _number(paragraph: Paragraph, number: int, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # python-docx has no public way
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = number


def _add_table(word: WordDocument, rows: tuple[tuple[str, ...], ...]) -> None:
    table = word.add_table(rows=0, cols=len(rows[0]))
    table.style = "Table Grid"
    for cells in rows:
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text


def _fixed_dates(stream: BytesIO) -> bytes:
    """Pack the parts again with one date, so that the bytes don't depend on the clock."""
    result = BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            entry = zipfile.ZipInfo(item.filename, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(item.filename))
    return result.getvalue()
