"""PDF: embedded subset of a Chinese font, running header and footer, page numbers, a ruled table."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.pens.cu2quPen import Cu2QuPen  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTCollection, TTFont, newTable  # type: ignore[import-untyped]
from fpdf import FPDF
from fpdf.enums import WrapMode
from fpdf.fonts import FontFace

from corpus.generators.source import SampleDocument, numbered

FONT_FOLDER = Path("/usr/share/fonts/opentype/noto")
_FACE = "Noto Serif CJK SC"
_CREATED = datetime(2025, 1, 1, tzinfo=timezone.utc)
_EXTRA = "0123456789 —："
_MARGIN = 25.0
_LINE = 8.4
_UNBREAKABLE = re.compile(r"[0-9.%-]+|.")
_NEVER_FIRST = "，。；：、！？）》”〕"


class _Page(FPDF):
    """A4 with the running lines of an official document."""

    running = ""

    def header(self) -> None:
        self.set_font("body", size=9)
        self.cell(0, 6, self.running, align="C", border="B")
        self.ln(12)

    def footer(self) -> None:
        self.set_y(-18)
        self.set_font("body", size=9)
        self.cell(0, 6, f"— {self.page_no()} —", align="C")


def _truetype_subset(path: Path, text: str, target: Path) -> Path:
    """Cut the font down to the characters of the text, with quadratic outlines, which fpdf2 can embed."""
    faces: list[TTFont] = TTCollection(str(path), lazy=True).fonts
    font = next(face for face in faces if _FACE in str(face["name"].getDebugName(4)))
    options = Options(layout_features=[], hinting=False, notdef_outline=True, recalc_timestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(text=text)
    subsetter.subset(font)
    glyphs = font.getGlyphSet()
    outlines = {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
        outlines[name] = pen.glyph()
    del font["CFF "]
    for table in ("VORG", "GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx"):
        if table in font:
            del font[table]
    font["loca"] = newTable("loca")
    glyf = newTable("glyf")
    glyf.glyphs, glyf.glyphOrder = outlines, font.getGlyphOrder()
    font["glyf"] = glyf
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in (
        "maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
        "maxStackElements", "maxSizeOfInstructions", "maxComponentElements", "maxPoints", "maxContours",
        "maxCompositePoints", "maxCompositeContours", "maxComponentDepth",
    ):  # fmt: skip
        setattr(maxp, field, 1 if field == "maxZones" else 0)
    font["post"].formatType = 3.0
    font.sfntVersion = "\000\001\000\000"
    font.recalcTimestamp = False
    font.save(target)
    return target


def write_pdf(document: SampleDocument, target: Path) -> None:
    """Write the document as a PDF of two pages or more.

    :raises FileNotFoundError: when the machine has no Noto Serif CJK.
    """
    pieces = [block.text + "".join("".join(row) for row in block.rows) + label
              for block, label in numbered(document)]  # fmt: skip
    text = "".join(pieces) + _EXTRA + "".join(label + "：" + value for label, value in document.info)
    page = _Page(format="A4")
    page.set_creation_date(_CREATED)
    page.set_lang("zh-CN")
    page.running = document.meta["title"]
    with TemporaryDirectory() as folder:
        for style, weight in (("", "Regular"), ("B", "Bold")):
            font = FONT_FOLDER / f"NotoSerifCJK-{weight}.ttc"
            page.add_font("body", style, fname=_truetype_subset(font, text, Path(folder, f"{weight}.ttf")))
    page.set_title(document.meta["title"])
    page.set_author(document.meta["issuer"])
    page.set_subject(document.meta["digest_of"])
    page.set_keywords(document.keywords)
    page.set_creator("corpus/generate.py")
    page.set_margins(_MARGIN, 22, _MARGIN)
    page.set_auto_page_break(True, margin=26)
    page.add_page()
    for block, label in numbered(document):
        if block.kind == "title":
            _title(page, document, block.text)
        elif block.kind == "h1":
            if page.will_page_break(4 * _LINE):
                page.add_page()
            page.ln(3)
            page.set_font("body", "B", 14)
            page.start_section(label + block.text)
            page.multi_cell(0, _LINE + 1, label + block.text, align="C", new_x="LMARGIN", new_y="NEXT")
            page.ln(1)
        elif block.kind == "table":
            _table(page, block.rows)
        else:
            page.set_font("body", size=12)
            _lines(page, "　　" + label + block.text, _LINE)
    page.output(str(target))


def _title(page: FPDF, document: SampleDocument, title: str) -> None:
    page.set_font("body", "B", 18)
    page.multi_cell(0, 12, title, align="C", wrapmode=WrapMode.CHAR, new_x="LMARGIN", new_y="NEXT")
    page.set_font("body", size=10)
    page.ln(2)
    for label, value in document.info[1:]:
        _lines(page, f"{label}：{value}", 6.4)


def _lines(page: FPDF, text: str, height: float) -> None:
    """Break a paragraph as Chinese type does: numbers stay whole, no line begins with a closing mark."""
    room = page.epw - 2 * page.c_margin
    line, width = "", 0.0
    for token in _UNBREAKABLE.findall(text):
        advance = page.get_string_width(token)
        if width + advance > room and token[0] not in _NEVER_FIRST:
            page.cell(0, height, line, new_x="LMARGIN", new_y="NEXT")
            line, width = "", 0.0
        line, width = line + token, width + advance
    page.cell(0, height, line, new_x="LMARGIN", new_y="NEXT")


def _table(page: FPDF, rows: tuple[tuple[str, ...], ...]) -> None:
    page.ln(2)
    page.set_font("body", size=10)
    widths = (96, *[32] * (len(rows[0]) - 1))
    heading = FontFace(emphasis="BOLD")
    with page.table(col_widths=widths, line_height=7.6, text_align="LEFT", headings_style=heading) as table:
        for cells in rows:
            row = table.row()
            for cell in cells:
                row.cell(cell)
    page.ln(3)
