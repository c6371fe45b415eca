"""Plain text and Markdown: the decoded text, unchanged."""

from __future__ import annotations

from ingest.loaders.base import Loaded, RawFile
from ingest.loaders.encoding import decode
from ingest.loaders.frontmatter import read_front_matter


def load_text(raw: RawFile) -> Loaded:
    """Read a .txt file."""
    return _load(raw, "text")


def load_markdown(raw: RawFile) -> Loaded:
    """Read a .md file; its syntax is understood by the cleaning, the text stays as it is."""
    return _load(raw, "markdown")


def _load(raw: RawFile, loader: str) -> Loaded:
    text, _ = decode(raw.data, raw.name)
    front = read_front_matter(text)
    metadata = front.metadata if front else {}
    return Loaded(loader, text, metadata=metadata, metadata_origin=dict.fromkeys(metadata, "front_matter"))
