"""OFD (GB/T 33190), the page format of Chinese official documents: ZIP and XML, text by its place on the page."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from ingest.loaders.base import Loaded, RawFile
from ingest.loaders.container import Container
from ingest.loaders.paged.columns import order
from ingest.loaders.paged.glyphs import Glyph, Line, read_lines
from ingest.loaders.paged.margins import split_margins
from ingest.loaders.paged.reflow import reflow
from ingest.loaders.paged.write import write
from kb.errors import NeedsOCR

_KIND = "OFD "
_POINTS = 72 / 25.4
"""Points in a millimetre, which OFD measures in."""


def load_ofd(raw: RawFile) -> Loaded:
    """Read an OFD document: text, pages and metadata.

    :raises kb.errors.NeedsOCR: when its pages hold pictures only.
    :raises kb.errors.UnreadableSource: when it is damaged.
    """
    with Container(raw, _KIND) as package:
        head = package.xml("OFD.xml")
        lines: dict[int, list[Line]] = {}
        sizes: list[tuple[float, float]] = []
        for number, (glyphs, size) in enumerate(_pages(package, head)):
            lines[number] = read_lines(glyphs, number)
            sizes.append(size)
        metadata = _metadata(head)
    if not any(lines.values()):
        raise NeedsOCR("OFD 里没有文字，只有图片", source=raw.name, remedy="请先做文字识别（OCR），再收录")
    dropped, kept = split_margins(lines, {number: height for number, (_, height) in enumerate(sizes)})
    flow = reflow([order(kept[number], [], sizes[number][0]) for number in range(len(sizes))])
    text = write(flow, len(sizes))
    return Loaded(
        "ofd",
        text.text,
        pages=text.pages,
        blocks=text.blocks,
        dropped=tuple(dropped),
        metadata=metadata,
        metadata_origin=dict.fromkeys(metadata, "ofd_info"),
    )


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _find(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return (element for element in root.iter() if _name(element) == name)


def _text(root: etree._Element, name: str) -> str:
    element = next(_find(root, name), None)
    return (element.text or "").strip() if element is not None else ""


def _metadata(head: etree._Element) -> dict[str, str]:
    found = {
        "title": _text(head, "Title"),
        "author": _text(head, "Author"),
        "subject": _text(head, "Subject"),
        "created": _text(head, "CreationDate")[:10],
    }
    return {key: value for key, value in found.items() if value}


def _pages(package: Container, head: etree._Element) -> Iterator[tuple[list[Glyph], tuple[float, float]]]:
    """Glyphs and size of each page, in order; the text of its templates comes with it."""
    root_name = _text(head, "DocRoot").lstrip("/")
    if root_name not in package.names:
        raise package.damaged()
    document = package.xml(root_name)
    folder = posixpath.dirname(root_name)
    usual = _box(_text(document, "PhysicalBox")) or (0.0, 0.0, 210.0, 297.0)
    templates = {
        each.get("ID", ""): _joined(folder, each.get("BaseLoc", ""))
        for each in _find(document, "TemplatePage")
    }
    for page in _find(document, "Page"):
        name = _joined(folder, page.get("BaseLoc", ""))
        if name not in package.names:
            continue
        content = package.xml(name)
        box = _box(_text(content, "PhysicalBox")) or usual
        glyphs = list(_glyphs(content))
        for template in _find(content, "Template"):
            source = templates.get(template.get("TemplateID", ""), "")
            if source in package.names:
                glyphs += _glyphs(package.xml(source))
        yield glyphs, (box[2] * _POINTS, box[3] * _POINTS)


def _joined(folder: str, name: str) -> str:
    return name.lstrip("/") if name.startswith("/") else posixpath.normpath(posixpath.join(folder, name))


def _numbers(text: str | None) -> list[float]:
    """Numbers of a list; ``g 5 4.2`` stands for five times 4.2."""
    parts = (text or "").split()
    numbers: list[float] = []
    index = 0
    try:
        while index < len(parts):
            if parts[index] == "g" and index + 2 < len(parts):
                numbers += [float(parts[index + 2])] * min(int(parts[index + 1]), 10_000)
                index += 3
            else:
                numbers.append(float(parts[index]))
                index += 1
    except ValueError:
        return []
    return numbers


def _box(text: str) -> tuple[float, float, float, float] | None:
    numbers = _numbers(text)
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) == 4 else None


def _glyphs(content: etree._Element) -> Iterator[Glyph]:
    """The glyphs of all text objects; one that is turned or mirrored is left out (a stamp, a watermark)."""
    for piece in _find(content, "TextObject"):
        box = _box(piece.get("Boundary", ""))
        size = next(iter(_numbers(piece.get("Size"))), 0.0)
        matrix = _numbers(piece.get("CTM")) or [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
        if box is None or size <= 0 or len(matrix) != 6 or abs(matrix[1]) > 0.01 or abs(matrix[2]) > 0.01:
            continue
        for code in _find(piece, "TextCode"):
            yield from _placed(code, box, size, matrix)


def _placed(
    code: etree._Element, box: tuple[float, float, float, float], size: float, matrix: list[float]
) -> Iterator[Glyph]:
    x = next(iter(_numbers(code.get("X"))), 0.0)
    y = next(iter(_numbers(code.get("Y"))), size)
    steps = _numbers(code.get("DeltaX"))
    wide, tall = size * abs(matrix[0]), size * abs(matrix[3])
    for index, char in enumerate(code.text or ""):
        left = box[0] + matrix[0] * x + matrix[4]
        base = box[1] + matrix[3] * y + matrix[5]
        width = wide if ord(char) > 0x2E80 or char in "“”‘’—…" else wide / 2
        if not char.isspace():
            yield Glyph(
                char,
                left * _POINTS,
                (left + width) * _POINTS,
                (base - 0.85 * tall) * _POINTS,
                (base + 0.15 * tall) * _POINTS,
                base * _POINTS,
            )
        x += (
            steps[index]
            if index < len(steps)
            else (steps[-1] if steps else size if width == wide else size / 2)
        )
