"""The values that travel between the parts: sources, documents, sections, passages, facts, citations.

Offsets are Unicode code points into the *source text*: the decoded text of a text file, unchanged, or the
text that a loader extracted from a page, a PDF or a Word file. ``source_text[start:end]`` is what is quoted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Level = Literal["national", "provincial", "municipal", "county", "school"]
Status = Literal["effective", "amended", "partly_repealed", "repealed", "not_yet_effective", "unknown"]
FactKind = Literal["target", "requirement", "input", "achieved"]
PassageType = Literal["target", "measure", "number", "background"]
Comparator = Literal["=", ">", ">=", "<", "<=", "≈", "range"]
BlockKind = Literal["paragraph", "heading", "row", "chrome"]
PassageRole = Literal["body", "contents", "attachment", "table", "preface"]

LEVEL_NAMES: dict[str, str] = {
    "national": "国家",
    "provincial": "省级",
    "municipal": "市级",
    "county": "县级",
    "school": "校级",
}
STATUS_NAMES: dict[str, str] = {
    "effective": "现行有效",
    "amended": "已被修改",
    "partly_repealed": "部分失效",
    "repealed": "失效",
    "not_yet_effective": "尚未生效",
    "unknown": "时效不明",
}
FACT_KIND_NAMES: dict[str, str] = {
    "target": "目标",
    "requirement": "要求",
    "input": "投入",
    "achieved": "成效",
}
PASSAGE_TYPE_NAMES: dict[str, str] = {
    "target": "目标",
    "measure": "举措",
    "number": "数据",
    "background": "背景",
}


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of layout that a loader knows and plain text doesn't tell.

    ``start`` and ``end`` are source offsets. ``level`` is a heading's rank (1 is the highest, 0 unknown).
    ``cells`` are the source spans of the cells of a table row; ``header`` marks a table's header row, and
    ``table`` numbers the table that a row belongs to (-1 outside tables).
    """

    start: int
    end: int
    kind: BlockKind = "paragraph"
    level: int = 0
    reason: str = ""
    cells: tuple[tuple[int, int], ...] = ()
    header: bool = False
    table: int = -1


@dataclass(frozen=True, slots=True)
class Dropped:
    """Text of a file that a loader left out of the source text, and why (a running header, a page number)."""

    text: str
    reason: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class LoadedSource:
    """A source file as its loader read it.

    :ivar path: the path relative to the ingested folder, with ``/`` as separator.
    :ivar text: the source text that every offset points into; stored as it is.
    :ivar pages: for paged files, the offset at which each page begins (page 1 first); else empty.
    :ivar blocks: what the loader knows of the layout, in order; empty for plain text.
    :ivar metadata: what the file says about itself by keys of the front matter (``title``, ``region``,
        ``issuer``, ``number``, ``published``, ``level``, ``kind``, ``source`` …), verbatim.
    :ivar metadata_origin: where each of these was read: ``front_matter``, ``html_meta``, ``pdf_info`` …
    """

    path: str
    sha256: str
    size: int
    loader: str
    text: str
    pages: tuple[int, ...] = ()
    blocks: tuple[Block, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    metadata_origin: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Removal:
    """A span of the source text that is in no passage, and the reason in Chinese (网页导航, 广告, 抄送 …)."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the heading tree, in document order.

    ``start``/``end`` span the heading's own text. ``level`` counts from 1. ``parent`` is the index of the
    parent section in the document's list, -1 at the top. ``run_in``: the heading opens a paragraph of text.
    """

    title: str
    level: int
    start: int
    end: int
    parent: int = -1
    run_in: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences of one section: the unit of retrieval.

    ``text`` is the cleaned reading of ``source_text[start:end]`` that is indexed, never quoted. ``section`` is
    an index into the document's sections, -1 before the first heading. ``types`` say what the passage holds.
    """

    start: int
    end: int
    text: str
    section: int = -1
    role: PassageRole = "body"
    types: tuple[PassageType, ...] = ()
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One quantity in a text. See the conventions in ``docs/facts.md``.

    ``surface == source_text[start:end]`` and ``quote == source_text[quote_start:quote_start + len(quote)]``.
    ``value`` is in base units (万 and 亿 multiplied out); a range is a pair, a ratio a string such as "1:15".
    ``indicator`` names what is measured; ``indicator_key`` is its normalised form, equal for facts that may be
    compared. ``years`` is the first and last calendar year that ``time`` speaks of, where it can be told.
    """

    surface: str
    start: int
    end: int
    quote: str
    quote_start: int
    indicator: str
    indicator_key: str
    value: float | tuple[float, float] | str
    unit: str
    comparator: Comparator
    kind: FactKind
    time: str = ""
    time_inherited: bool = False
    years: tuple[int, int] | None = None
    region_code: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a field has its value: where it was read and the words that said so."""

    origin: str
    quote: str = ""
    start: int = -1


@dataclass(frozen=True, slots=True)
class Document:
    """One policy or one case. ``start``/``end`` span it in its source text. Dates are ISO 8601 strings.

    ``region_code`` is "100000" for national texts and "" where the region is unknown. ``evidence`` says for
    each filled field where it was read.
    """

    id: str
    source: str
    title: str
    start: int
    end: int
    region_code: str = ""
    level: Level | Literal[""] = ""
    kind: str = ""
    issuer: str = ""
    number: str = ""
    published: str = ""
    issued: str = ""
    effective_from: str = ""
    expires: str = ""
    status: Status = "unknown"
    successor: str = ""
    is_digest: bool = False
    damage: int = 0
    evidence: dict[str, Evidence] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IngestedDocument:
    """A document with everything that was read from it, ready to be stored as one."""

    document: Document
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    facts: tuple[Fact, ...]
    repeals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IngestedSource:
    """A source with its documents and the removals that make up the rest of its text."""

    loaded: LoadedSource
    documents: tuple[IngestedDocument, ...]
    removals: tuple[Removal, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is restricted to; empty fields restrict nothing.

    ``regions`` are codes; each stands for the region and all below it. ``years`` are years of publication.
    ``types`` are passage types, ``statuses`` the document states that are admitted.
    """

    regions: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    types: tuple[PassageType, ...] = ()
    kinds: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A quotation and its place: ``quote == source_text[start:end]``, checked before it is shown."""

    document: str
    title: str
    source: str
    region_code: str
    section: tuple[str, ...]
    page: int | None
    start: int
    end: int
    quote: str
