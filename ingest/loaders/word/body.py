"""The body of a Word document, in order: headings, paragraphs, table rows, text boxes where they are anchored."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ingest.loaders.base import TextBuilder
from ingest.loaders.paged.write import looks_like_header
from ingest.loaders.word.names import FALLBACK, local, number, value, w
from ingest.loaders.word.numbering import Numbering
from ingest.loaders.word.runs import BREAK, pieces
from ingest.loaders.word.styles import ParagraphStyle
from kb.text.shadow import fold

_MOST_COLUMNS = 60
_TYPED_NUMBER = re.compile(
    r"(?:第[一二三四五六七八九十百零\d]+[编章节条]|[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[.、])"
)


class BodyReader:
    """Writes a document's body into ``builder`` and collects the notes it refers to."""

    def __init__(self, styles: dict[str, ParagraphStyle], numbering: Numbering) -> None:
        self.builder = TextBuilder()
        self.notes: list[tuple[str, str]] = []
        self._styles = styles
        self._numbering = numbering
        self._tables = 0

    def read(self, document: etree._Element) -> None:
        """Read everything below ``w:body``."""
        body = document.find(w("body"))
        if body is not None:
            self._blocks(body)

    def note(self, text: str) -> None:
        """Append a footnote."""
        self.builder.marked(text, "paragraph", "脚注")

    def _blocks(self, parent: etree._Element, *, contents: bool = False) -> None:
        for element in parent:
            name = local(element)
            if name == "p":
                self._paragraph(element, contents=contents)
            elif name == "tbl":
                self._table(element)
            elif name == "sdt":
                gallery = next((value(each) for each in element.iter(w("docPartGallery"))), "")
                inner = element.find(w("sdtContent"))
                if inner is not None:
                    self._blocks(inner, contents=contents or gallery == "Table of Contents")
            elif name in {"ins", "moveTo", "customXml", "smartTag"}:
                self._blocks(element, contents=contents)

    def _paragraph(self, paragraph: etree._Element, *, contents: bool) -> None:
        style = self._style(paragraph)
        text, boxes = self._text(paragraph)
        label = self._label(paragraph, style) if text.strip() else ""
        lines = [
            line for line in (re.sub(r"[ \t\xa0]+", " ", each).strip() for each in text.split(BREAK)) if line
        ]
        level = _own_level(paragraph, style)
        for index, line in enumerate(lines):
            shown = label + line if index == 0 and not _repeats(label, line) else line
            if contents or style.role == "contents":
                self.builder.marked(shown, "paragraph", "目录")
            elif style.role in {"title", "subtitle"}:
                self.builder.heading(shown, 0, "文档标题" if style.role == "title" else "副标题")
            elif level and index == 0:
                self.builder.heading(shown, level, "标题样式")
            else:
                self.builder.line(shown)
        for box in boxes:
            self._blocks(box)

    def _text(self, paragraph: etree._Element) -> tuple[str, list[etree._Element]]:
        """The paragraph's text and the text boxes anchored in it; notes are remembered."""
        parts: list[str] = []
        boxes: list[etree._Element] = []
        for piece in pieces(paragraph):
            if isinstance(piece, str):
                parts.append(piece)
            elif local(piece) == "txbxContent":
                boxes.append(piece)
            else:
                part = "footnotes" if local(piece) == "footnoteReference" else "endnotes"
                self.notes.append((part, value(piece, "id") or ""))
        return "".join(parts), boxes

    def _style(self, paragraph: etree._Element) -> ParagraphStyle:
        name = value(paragraph.find(f"{w('pPr')}/{w('pStyle')}")) or ""
        return self._styles.get(name) or self._styles.get("", ParagraphStyle())

    def _label(self, paragraph: etree._Element, style: ParagraphStyle) -> str:
        """The number that Word shows before the paragraph."""
        own = paragraph.find(f"{w('pPr')}/{w('numPr')}")
        list_number, depth = style.numbering or (0, 0)
        if own is not None:
            given, level = number(own.find(w("numId"))), number(own.find(w("ilvl")))
            list_number = list_number if given is None else given
            depth = depth if level is None else level
        return self._numbering.label(list_number, depth) if list_number else ""

    def _table(self, table: etree._Element) -> None:
        rows = list(self._rows(table))
        filled = [row for row in rows if any(row)]
        if not filled:
            return
        if max(len(row) for row in rows) < 2 or all(sum(map(bool, row)) < 2 for row in filled):
            self._layout_table(table)
            return
        number_here = self._tables
        self._tables += 1
        for index, row in enumerate(filled):
            header = index == 0 and looks_like_header(row)
            self.builder.row(row, number_here, header=header)

    def _layout_table(self, table: etree._Element) -> None:
        """A table with one cell a row is a frame around text."""
        for row in _children(table, "tr"):
            for cell in _children(row, "tc"):
                self._blocks(cell)

    def _rows(self, table: etree._Element) -> Iterator[list[str]]:
        """Cell texts by row; a merged cell is read once, the cells that it covers besides are empty."""
        for row in _children(table, "tr"):
            cells = [""] * min(number(row.find(f"{w('trPr')}/{w('gridBefore')}")) or 0, _MOST_COLUMNS)
            for cell in _children(row, "tc"):
                properties = cell.find(w("tcPr"))
                span = number(properties.find(w("gridSpan"))) if properties is not None else None
                merge = properties.find(w("vMerge")) if properties is not None else None
                covered = merge is not None and value(merge) != "restart"
                cells.append("" if covered else self._cell(cell))
                cells += [""] * (min(span or 1, _MOST_COLUMNS) - 1)
            yield cells

    def _cell(self, cell: etree._Element) -> str:
        parts: list[str] = []
        for paragraph in cell.iter(w("p")):
            if next(paragraph.iterancestors(FALLBACK), None) is not None:
                continue
            text, _ = self._text(paragraph)
            if text.strip():
                parts.append(
                    self._label(paragraph, self._style(paragraph)) + text.replace(BREAK, " ").strip()
                )
        return " ".join(parts)


def _children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Children of that name, those in content controls and tracked insertions too."""
    for child in parent:
        if local(child) == name:
            yield child
        elif local(child) in {"sdt", "sdtContent", "ins", "customXml"}:
            yield from _children(child, name)


def _own_level(paragraph: etree._Element, style: ParagraphStyle) -> int:
    outline = number(paragraph.find(f"{w('pPr')}/{w('outlineLvl')}"))
    if outline is None:
        return style.level
    return outline + 1 if 0 <= outline < 9 else 0


def _repeats(label: str, line: str) -> bool:
    """Whether the writer typed the number that the list shows as well."""
    return (
        bool(label)
        and _TYPED_NUMBER.match(fold(line)) is not None
        and fold(line).startswith(fold(label).strip())
    )
