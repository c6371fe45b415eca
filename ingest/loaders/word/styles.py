"""What paragraph styles say: the outline level, the numbering, whether it is a title or a table of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from ingest.loaders.word.names import number, value, w

_HEADING = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录)\s*\d", re.IGNORECASE)
_TITLES = frozenset({"title", "标题", "文档标题"})
_SUBTITLES = frozenset({"subtitle", "副标题"})
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A paragraph style, with what it inherits.

    :ivar level: the rank of the heading that it makes (1 the highest), 0 for running text.
    :ivar numbering: (numId, level) of the list that it belongs to, or None.
    :ivar role: ``title``, ``subtitle``, ``contents`` or nothing.
    """

    level: int = 0
    numbering: tuple[int, int] | None = None
    role: str = ""


def read_styles(root: etree._Element | None) -> dict[str, ParagraphStyle]:
    """Paragraph styles by id; ``""`` is the default one."""
    if root is None:
        return {}
    elements = {
        value(style, "styleId") or "": style
        for style in root.iter(w("style"))
        if value(style, "type") == "paragraph"
    }
    styles = {name: _resolved(name, elements) for name in elements}
    default = next(
        (name for name, style in elements.items() if value(style, "default") in {"1", "true"}), None
    )
    styles[""] = styles.get(default or "", ParagraphStyle())
    return styles


def _resolved(name: str, elements: dict[str, etree._Element]) -> ParagraphStyle:
    """Follow ``basedOn`` until every property is known."""
    level: int | None = None
    list_number: int | None = None
    list_level: int | None = None
    role = ""
    for step in range(_DEEPEST):
        style = elements.get(name)
        if style is None:
            break
        label = (value(style.find(w("name"))) or "").strip()
        if step == 0:
            role = _role(label)
        if level is None:
            level = _level(style, label)
        numbering = style.find(f"{w('pPr')}/{w('numPr')}")
        if numbering is not None:
            list_number = list_number if list_number is not None else number(numbering.find(w("numId")))
            list_level = list_level if list_level is not None else number(numbering.find(w("ilvl")))
        name = value(style.find(w("basedOn"))) or ""
        if not name:
            break
    listed = (list_number, list_level or 0) if list_number else None
    return ParagraphStyle(0 if role in {"title", "subtitle"} else level or 0, listed, role)


def _level(style: etree._Element, label: str) -> int | None:
    outline = number(style.find(f"{w('pPr')}/{w('outlineLvl')}"))
    if outline is not None:
        return outline + 1 if 0 <= outline < 9 else 0
    heading = _HEADING.fullmatch(label)
    return int(heading.group(1)) if heading else None


def _role(label: str) -> str:
    plain = label.lower()
    if plain in _TITLES:
        return "title"
    if plain in _SUBTITLES:
        return "subtitle"
    return "contents" if _CONTENTS.fullmatch(label) else ""
