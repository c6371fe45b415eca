"""Word documents (.docx): paragraphs and tables in order, numbers resolved, notes and text boxes read."""

from __future__ import annotations

from lxml import etree

from ingest.loaders.base import Loaded, RawFile
from ingest.loaders.container import Container
from ingest.loaders.sniff import main_part
from ingest.loaders.word.body import BodyReader
from ingest.loaders.word.names import transitional
from ingest.loaders.word.numbering import Numbering
from ingest.loaders.word.parts import read_core, read_notes, read_running
from ingest.loaders.word.styles import read_styles
from kb.errors import UnreadableSource

_KIND = "Word "


def load_docx(raw: RawFile) -> Loaded:
    """Read a .docx file.

    Tracked deletions and hidden text are left out; headers and footers are dropped and listed.

    :raises kb.errors.UnreadableSource: when the file is damaged, unpacks to too much, or holds no text.
    """
    with Container(raw, _KIND) as package:
        document = transitional(package.xml(main_part(package.names, "word/document")))
        styles = read_styles(_part(package, "word/styles.xml"))
        numbering = Numbering(_part(package, "word/numbering.xml"))
        reader = BodyReader(styles, numbering)
        reader.read(document)
        for note in read_notes(package, reader.notes):
            reader.note(note)
        metadata = read_core(package)
        dropped = read_running(package)
    text = reader.builder.text()
    if not text.strip():
        raise UnreadableSource(
            "Word 文件里没有文字", source=raw.name, remedy="如果正文是图片，请先做文字识别（OCR）"
        )
    return Loaded(
        "docx",
        text,
        blocks=tuple(reader.builder.blocks),
        dropped=dropped,
        metadata=metadata,
        metadata_origin=dict.fromkeys(metadata, "docx_properties"),
    )


def _part(package: Container, name: str) -> etree._Element | None:
    root = package.optional_xml(name)
    return None if root is None else transitional(root)
