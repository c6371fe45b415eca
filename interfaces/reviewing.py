"""A review as the faces ask for it: a local document of the library or a file, references chosen or by default."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from interfaces.workspace import Workspace
from kb.errors import QueryError
from search.compare import (
    Comparison,
    Material,
    compare,
    default_references,
    from_library,
    from_source,
)
from search.compare.set_aside import SetAside

_UPLOADED = "本次上传"
"""The folder under which a file read for one review stands; keeps its id apart from the library's."""


@dataclass(frozen=True, slots=True)
class Review:
    """A comparison with the texts on both sides.

    :ivar stored: the local text is in the library.
    """

    comparison: Comparison
    local: Material
    references: tuple[Material, ...]
    stored: bool

    def material(self, document: str) -> Material | None:
        """The text of a document of this review; None for any other."""
        return next((m for m in (self.local, *self.references) if m.document.id == document), None)


def read_local(path: Path) -> tuple[Material, int]:
    """The longest document of a file, read for this once and not stored, and how many there are.

    :raises kb.errors.SourceError: the file cannot be read.
    """
    from ingest.read import read_source

    found = from_source(read_source(path, f"{_UPLOADED}/{path.name}"))
    return max(found, key=lambda item: item.document.end - item.document.start), len(found)


def review(workspace: Workspace, local: str | Material, references: Sequence[str] = ()) -> Review:
    """Review a local document against references.

    :param local: the id of a document of the library, or a text read by :func:`read_local`.
    :param references: ids; empty: the national ones in force on its topic, then those of its province.
    :raises QueryError: a document is unknown, or there is nothing to compare with.
    """
    snapshot = workspace.library.snapshot()
    material = local if isinstance(local, Material) else from_library(snapshot.reader, local)
    chosen = tuple(from_library(snapshot.reader, name) for name in references if name != material.document.id)
    if not chosen:
        chosen = default_references(snapshot.reader, material)
    if not chosen:
        raise QueryError(
            "库里没有与这份文件主题相近的国家或上级文件",
            remedy="请先把参照文件读入资料库，或自己选择参照文献",
        )
    comparison = compare(
        material,
        chosen,
        set_aside=SetAside(workspace.folder).keys(material.document.id),
        embedder=snapshot.embedder,
        thesaurus=snapshot.thesaurus,
    )
    return Review(comparison, material, chosen, stored=isinstance(local, str))


def set_aside(workspace: Workspace, value: Review, key: str, *, aside: bool) -> Review:
    """The review with a clause set aside or taken back in; kept for every later review of the document."""
    keys = SetAside(workspace.folder).change(value.local.document.id, key, aside=aside)
    results = tuple(replace(r, set_aside=r.clause.key in keys) for r in value.comparison.results)
    return replace(value, comparison=replace(value.comparison, results=results))
