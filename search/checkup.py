"""The examination of a library: documents that someone should look at, by what is the matter with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from kb.model import Document
from kb.status import title_key
from kb.store import Reader, publication_year

FindingKind = Literal["damaged", "undated", "unknown_region", "superseded", "duplicated", "empty"]


@dataclass(frozen=True, slots=True)
class Finding:
    """The documents with one thing the matter; ``label`` says it in Chinese, ``titles`` go with ``documents``."""

    kind: FindingKind
    label: str
    documents: tuple[str, ...]
    titles: tuple[str, ...]


def examine(reader: Reader) -> tuple[Finding, ...]:
    """Everything found, one finding of each kind, also those with no documents."""
    documents = reader.documents()
    texts: Callable[[Document], str] = lambda d: reader.source_text(d.source)[d.start : d.end]  # noqa: E731
    return (
        _finding("damaged", "文字有损坏（数字丢失或词句被改写）", [d for d in documents if d.damage]),
        _finding("undated", "没有日期", [d for d in documents if not publication_year(d)]),
        _finding("unknown_region", "地区不明", [d for d in documents if not d.region_code]),
        _finding("superseded", "已失效或已被修改", [d for d in documents if d.status in _OUT_OF_FORCE]),
        _finding("duplicated", "内容重复", _duplicates(documents, texts)),
    )


_OUT_OF_FORCE = frozenset({"repealed", "partly_repealed", "amended"})


def _finding(kind: FindingKind, label: str, documents: Sequence[Document]) -> Finding:
    return Finding(kind, label, tuple(d.id for d in documents), tuple(d.title for d in documents))


def _duplicates(documents: Sequence[Document], text_of: Callable[[Document], str]) -> list[Document]:
    """Documents of one title and region, or of the same text without white space, in groups."""
    groups: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        groups["".join(text_of(document).split())].append(document)
        if document.title:
            groups[f"{title_key(document.title)}\n{document.region_code}\n{document.published}"].append(
                document
            )
    found = {d.id: d for group in groups.values() if len({d.id for d in group}) > 1 for d in group}
    return list(found.values())
