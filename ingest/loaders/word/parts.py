"""The smaller parts of a Word document: notes, headers and footers, core properties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from ingest.loaders.container import Container
from ingest.loaders.word.names import transitional, value, w
from ingest.loaders.word.runs import plain_text
from kb.model import Dropped

_HAN = re.compile(r"[一-鿿]")
_CORE = {
    "{http://purl.org/dc/elements/1.1/}title": "title",
    "{http://purl.org/dc/elements/1.1/}creator": "author",
    "{http://purl.org/dc/elements/1.1/}subject": "subject",
    "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords": "keywords",
    "{http://purl.org/dc/terms/}created": "created",
    "{http://purl.org/dc/terms/}modified": "modified",
}
_PROGRAMS = frozenset(
    {"python-docx", "admin", "administrator", "user", "微软用户", "lenovo", "dell", "hp", "pc"}
)


def read_notes(package: Container, wanted: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The texts of footnotes and endnotes in the order in which the body refers to them, each with its number.

    :param wanted: (part, id) pairs, part being ``footnotes`` or ``endnotes``.
    """
    notes: dict[tuple[str, str], str] = {}
    for part, tag in (("footnotes", "footnote"), ("endnotes", "endnote")):
        root = package.optional_xml(f"word/{part}.xml")
        for note in [] if root is None else transitional(root).iter(w(tag)):
            paragraphs = [plain_text(paragraph) for paragraph in note.iter(w("p"))]
            notes[part, value(note, "id") or ""] = " ".join(filter(None, paragraphs))
    for count, key in enumerate(wanted, 1):
        if notes.get(key):
            yield f"注{count}：{notes[key]}"


def read_running(package: Container) -> tuple[Dropped, ...]:
    """The texts of headers and footers, once each."""
    found: dict[str, Dropped] = {}
    for name in sorted(package.names):
        if re.fullmatch(r"word/(?:header|footer)\d*\.xml", name):
            for paragraph in transitional(package.xml(name)).iter(w("p")):
                text = plain_text(paragraph)
                if text:
                    found.setdefault(text, Dropped(text, "页眉页脚"))
    return tuple(found.values())


def read_core(package: Container) -> dict[str, str]:
    """Title, author, subject and dates of the core properties; what only programs write there is left out."""
    root: etree._Element | None = package.optional_xml("docProps/core.xml")
    found: dict[str, str] = {}
    for element in [] if root is None else root:
        key = _CORE.get(str(element.tag))
        text = (element.text or "").strip()
        if not key or not text or text.lower() in _PROGRAMS:
            continue
        if key == "title" and len(_HAN.findall(text)) < 4:
            continue
        found[key] = text[:10] if key in {"created", "modified"} else text
    return found
