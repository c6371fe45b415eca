"""One file, all the way: bytes → text → documents → sections → passages → facts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ingest.cases import split_cases
from ingest.clean import CleanSource, clean
from ingest.draft import Draft
from ingest.facts import FactContext, TableRow, extract_facts
from ingest.facts.headers import is_header, is_second_header, merge_headers, tabbed_cells
from ingest.facts.passage_types import types_of
from ingest.lengths import DEFAULT, Lengths
from ingest.loaders import load
from ingest.locate import Home, locate
from ingest.metadata import Metadata, read_metadata
from ingest.outline import Outline, build_outline
from ingest.passages import cut_passages, removals_of
from ingest.provenance import ORIGIN, READING, reading_of
from kb.errors import UnreadableSource
from kb.model import Document, Fact, IngestedDocument, IngestedSource, LoadedSource, Passage, Removal


def read_source(path: Path, relative: str, lengths: Lengths = DEFAULT) -> IngestedSource:
    """Read a file into documents. Nothing is stored.

    :param relative: the path it is stored under.
    :param lengths: how long passages are.
    :raises kb.errors.SourceError: the file cannot be read, or holds no text.
    """
    loaded = load(path, relative)
    kept = {**loaded.metadata, ORIGIN: str(path.resolve()), READING: reading_of(lengths)}
    return read_loaded(replace(loaded, metadata=kept), lengths)


def read_loaded(loaded: LoadedSource, lengths: Lengths = DEFAULT) -> IngestedSource:
    """Read documents out of a loaded source.

    :raises kb.errors.UnreadableSource: nothing is left of the text after cleaning.
    """
    cleaned = clean(loaded)
    removals = list(cleaned.removals)
    documents: list[IngestedDocument] = []
    for draft in split_cases(cleaned):
        outline = build_outline(cleaned, draft)
        removals.extend(removals_of(cleaned, draft, outline))
        document = _read_draft(cleaned, draft, outline, lengths)
        if document is not None:
            documents.append(document)
    if not documents:
        raise UnreadableSource(
            "文件里没有可用的正文", source=loaded.path, remedy="请确认文件内容，扫描件请先做文字识别"
        )
    return IngestedSource(loaded, tuple(documents), tuple(sorted(removals, key=_by_place)))


def _by_place(removal: Removal) -> tuple[int, int]:
    return removal.start, removal.end


def _read_draft(
    cleaned: CleanSource, draft: Draft, outline: Outline, lengths: Lengths
) -> IngestedDocument | None:
    passages = cut_passages(cleaned, draft, outline, lengths)
    if not passages:
        return None
    metadata = read_metadata(cleaned, draft, outline)
    home = locate(cleaned, draft, metadata)
    facts = _facts(cleaned, draft, outline, metadata, home)
    return IngestedDocument(
        document=_document(cleaned, draft, metadata, home),
        sections=outline.sections,
        passages=tuple(_typed(passages, facts)),
        facts=facts,
        repeals=metadata.repeals,
    )


def _document(cleaned: CleanSource, draft: Draft, metadata: Metadata, home: Home) -> Document:
    first, last = cleaned.paragraphs[draft.first], cleaned.paragraphs[draft.last - 1]
    start, end = cleaned.shadow.source_span(first.start, last.end)
    evidence = dict(metadata.evidence)
    if home.region_code:
        evidence["region_code"] = home.evidence
    return Document(
        id="",
        source=cleaned.loaded.path,
        title=metadata.title or draft.title or Path(cleaned.loaded.path).stem,
        start=start,
        end=end,
        region_code=home.region_code,
        level=home.level or metadata.level,
        kind=metadata.kind,
        issuer=metadata.issuer,
        number=metadata.number,
        published=metadata.published,
        issued=metadata.issued,
        effective_from=metadata.effective_from,
        expires=metadata.expires,
        status=metadata.status,
        is_digest=bool(metadata.digest_of),
        damage=sum(first.start <= spot.start < last.end for spot in cleaned.damage),
        evidence=evidence,
    )


def _facts(
    cleaned: CleanSource, draft: Draft, outline: Outline, metadata: Metadata, home: Home
) -> tuple[Fact, ...]:
    """The facts in passages of the draft; titles, signatures and the like state none."""
    body = [i for i in range(draft.first, draft.last) if outline.parts[i - draft.first]]
    paths = outline.paths()
    context = FactContext(
        home_region=home.region_code,
        published=metadata.published or metadata.issued,
        title=metadata.title or draft.title,
        kind=metadata.kind,
        headings=[paths[i - draft.first] for i in body],
        rows=_rows(cleaned, body),
        damage=[(d.start, d.end) for d in cleaned.damage if d.kind == "number"],
    )
    spans = [(cleaned.paragraphs[i].start, cleaned.paragraphs[i].end) for i in body]
    return tuple(
        raw.in_source(cleaned.loaded.text, cleaned.shadow)
        for raw in extract_facts(cleaned.shadow.text, spans, context)
    )


_LOOSE = -2
"""The table number of lines with tabs in them, which no loader has marked as a table."""


def _rows(cleaned: CleanSource, body: Sequence[int]) -> dict[int, TableRow]:
    """The table rows among the paragraphs, each with the header cells above it."""
    rows: dict[int, TableRow] = {}
    header: tuple[str, ...] = ()
    table, caption, opening = -1, "", False
    for place, index in enumerate(body):
        paragraph = cleaned.paragraphs[index]
        block = paragraph.block
        if block is not None and block.kind == "row":
            number = block.table
            cells = _cells(cleaned, paragraph.start, paragraph.end, block.cells)
        elif block is None and "\t" in cleaned.text_of(paragraph):
            number = _LOOSE
            cells = tuple(tabbed_cells(cleaned.shadow.text, paragraph.start, paragraph.end))
        else:
            caption, table = cleaned.text_of(paragraph), -1
            continue
        words = [cleaned.shadow.text[start:end].strip() for start, end in cells]
        if number != table or (number == _LOOSE and len(cells) != len(header)):
            table, header, opening = number, (), True
            if (block.header if block is not None else False) or is_header(words):
                header = tuple(words)
                continue
            if number == _LOOSE:
                header = _line_above(cleaned, index, len(cells))
        elif opening and header and is_second_header(words, header):
            header = merge_headers(header, words)
            continue
        opening = False
        if number == _LOOSE and not header:
            continue
        rows[place] = TableRow(cells, header, caption if len(caption) <= 40 else "")
    return rows


def _line_above(cleaned: CleanSource, index: int, columns: int) -> tuple[str, ...]:
    """The line above a tabbed one as its header, where the outline took that line for a heading."""
    above = cleaned.text_of(cleaned.paragraphs[index - 1]).split("\t") if index else []
    words = tuple(cell.strip() for cell in above)
    return words if len(words) == columns and is_header(words) else ()


def _cells(
    cleaned: CleanSource, start: int, end: int, cells: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    """The shadow spans of cells given in source offsets."""
    origin = cleaned.shadow.origin
    return tuple(
        (bisect_left(origin, cell_start, start, end), bisect_left(origin, cell_end, start, end))
        for cell_start, cell_end in cells
    )


def _typed(passages: Sequence[Passage], facts: Sequence[Fact]) -> list[Passage]:
    """The passages with what each of them holds, told from its text and the facts that stand in it."""
    typed: list[Passage] = []
    at = 0
    ordered = sorted(facts, key=lambda fact: fact.start)
    for passage in passages:
        while at < len(ordered) and ordered[at].start < passage.start:
            at += 1
        stop = at
        while stop < len(ordered) and ordered[stop].start < passage.end:
            stop += 1
        typed.append(replace(passage, types=types_of(passage.text, ordered[at:stop])))
    return typed
