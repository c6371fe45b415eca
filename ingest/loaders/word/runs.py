"""The text of runs: what a reader sees of a paragraph, and where text boxes and notes hang on it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ingest.loaders.word.names import ALTERNATIVES, CHOICE, FALLBACK, is_on, local, value, w

_GONE = frozenset(
    {"del", "moveFrom", "pPr", "rPr", "instrText", "delText", "sectPr", "tblPr", "trPr", "tcPr", "sdtPr"}
)
_SIGNS = {"tab": " ", "noBreakHyphen": "-"}
_CARRIERS = frozenset({"footnoteReference", "endnoteReference", "txbxContent"})
BREAK = "\n"
"""Stands for a line break that the writer put into a paragraph."""


def pieces(element: etree._Element) -> Iterator[str | etree._Element]:
    """Text of ``element`` in order, and in between the elements that carry more: notes and text boxes."""
    for child in element:
        name = local(child)
        if name in _GONE or not name or (name == "r" and _is_hidden(child)):
            continue
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name in {"br", "cr"}:
            yield "" if value(child, "type") in {"page", "column"} else BREAK
        elif name in _CARRIERS:
            yield child
        elif child.tag == ALTERNATIVES:
            yield from pieces(_alternative(child))
        else:
            yield from pieces(child)


def _alternative(element: etree._Element) -> etree._Element:
    """Of two renderings of one thing, the modern one if it holds a text box, else the old one."""
    modern, old = element.find(CHOICE), element.find(FALLBACK)
    if modern is not None and (old is None or next(modern.iter(w("txbxContent")), None) is not None):
        return modern
    return old if old is not None else etree.Element("none")


def _is_hidden(run: etree._Element) -> bool:
    properties = run.find(w("rPr"))
    return properties is not None and is_on(properties.find(w("vanish")))


def plain_text(paragraph: etree._Element) -> str:
    """The text of a paragraph in one line, without what hangs on it."""
    text = "".join(piece if isinstance(piece, str) else "" for piece in pieces(paragraph))
    return re.sub(r"\s+", " ", text).strip()
