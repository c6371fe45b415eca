"""A cleaned source without the cleaning rules: each line is a paragraph. For tests of the structure alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.cleaning.model import CleanSource, Paragraph
from kb.model import Block, LoadedSource
from kb.text.shadow import ShadowBuilder


def loaded(
    text: str,
    *,
    blocks: Sequence[Block] = (),
    pages: Sequence[int] = (),
    metadata: dict[str, str] | None = None,
    origin: str = "front_matter",
) -> LoadedSource:
    meta = dict(metadata or {})
    return LoadedSource(
        path="样本.txt",
        sha256="0" * 64,
        size=len(text.encode()),
        loader="text",
        text=text,
        pages=tuple(pages),
        blocks=tuple(blocks),
        metadata=meta,
        metadata_origin=dict.fromkeys(meta, origin),
    )


def plain_clean(source: LoadedSource | str) -> CleanSource:
    """Every non-empty line as a paragraph, with the loader's block that begins on it."""
    if isinstance(source, str):
        source = loaded(source)
    starts = {block.start: block for block in source.blocks}
    builder = ShadowBuilder(source.text)
    paragraphs: list[Paragraph] = []
    for match in re.finditer(r"\S(?:[^\n\r]*\S)?", source.text):
        if paragraphs:
            builder.insert("\n")
        start = builder.length
        builder.add(match.start(), match.end())
        if builder.length == start:
            continue
        paragraphs.append(Paragraph(start, builder.length, starts.get(match.start())))
    return CleanSource(source, builder.build(), tuple(paragraphs), (), ())
