"""The examination of a library: documents and files that someone should look at, by what is the matter with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from kb.model import STATUS_NAMES, Document
from kb.status import title_key
from kb.store import Reader, Unread, publication_year

FindingKind = Literal[
    "damaged", "undated", "unknown_region", "superseded", "duplicated", "without_text", "unreadable"
]
LABELS: dict[FindingKind, tuple[str, str]] = {
    "damaged": ("文字有损坏（数字丢失或词句被改写）", "请找到原件重新读入；损坏处的数字不会被引用。"),
    "undated": ("没有日期", "请在更正表里补上成文或发布日期；按年份筛选时看不到它们。"),
    "unknown_region": ("地区不明", "请在更正表里补上地区；按地区筛选时看不到它们。"),
    "superseded": ("已失效或已被修改", "检索默认不含已失效的文献；判断有误时可以更正。"),
    "duplicated": ("内容重复", "留一份即可，多余的可以移除。"),
    "without_text": ("没有可检索的文字", "多半是扫描件或空文件，请换成带文字的版本。"),
    "unreadable": ("未能读入的文件", "按所列的办法处理后重新读入。"),
}
"""What is the matter, and what to do about it."""
_OUT_OF_FORCE = frozenset({"repealed", "partly_repealed", "amended"})


@dataclass(frozen=True, slots=True)
class Item:
    """A document, or a file without one (then ``document`` is empty), with what was found of it."""

    document: str
    title: str
    source: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What has one thing the matter; ``label`` says it in Chinese, ``remedy`` what to do."""

    kind: FindingKind
    label: str
    remedy: str
    items: tuple[Item, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the documents."""
        return tuple(item.document for item in self.items if item.document)

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles that go with ``documents``."""
        return tuple(item.title for item in self.items if item.document)


def examine(reader: Reader, unread: Iterable[Unread] = ()) -> tuple[Finding, ...]:
    """Everything found, one finding of each kind, also those with nothing in them.

    :param unread: the files that could not be read, where they are known (:meth:`kb.store.Store.unread`).
    """
    documents = reader.documents()
    texts: Callable[[Document], str] = lambda d: reader.source_text(d.source)[d.start : d.end]  # noqa: E731
    silent = reader.without_passages()
    copies = _duplicates(documents, texts)
    return (
        _finding("damaged", documents, lambda d: f"{d.damage} 处" if d.damage else None),
        _finding("undated", documents, lambda d: None if publication_year(d) else ""),
        _finding("unknown_region", documents, lambda d: None if d.region_code else ""),
        _finding("superseded", documents, _standing),
        _finding("duplicated", documents, lambda d: copies.get(d.id)),
        _finding("without_text", documents, lambda d: "" if d.id in silent else None),
        Finding(
            "unreadable", *LABELS["unreadable"], tuple(Item("", u.source, u.source, u.error) for u in unread)
        ),
    )


def _finding(
    kind: FindingKind, documents: Sequence[Document], detail: Callable[[Document], str | None]
) -> Finding:
    """The documents that ``detail`` says something about; None: nothing is the matter."""
    found = [(document, detail(document)) for document in documents]
    items = tuple(Item(d.id, d.title, d.source, said) for d, said in found if said is not None)
    return Finding(kind, *LABELS[kind], items)


def _standing(document: Document) -> str | None:
    if document.status not in _OUT_OF_FORCE:
        return None
    successor = f"，见《{document.successor}》" if document.successor else ""
    return f"{STATUS_NAMES[document.status]}{successor}"


def _duplicates(documents: Sequence[Document], text_of: Callable[[Document], str]) -> dict[str, str]:
    """Documents of one title and region, or of the same text without white space, each with its copies."""
    groups: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        groups["".join(text_of(document).split())].append(document)
        if document.title:
            groups[f"{title_key(document.title)}\n{document.region_code}\n{document.published}"].append(
                document
            )
    copies: dict[str, dict[str, str]] = {}
    for group in groups.values():
        for document in group:
            others = {other.id: other.source for other in group if other.id != document.id}
            if others:
                copies.setdefault(document.id, {}).update(others)
    return {name: f"同 {'、'.join(others.values())}" for name, others in copies.items()}
