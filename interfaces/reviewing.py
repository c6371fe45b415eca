"""A review as the faces ask for it: a local document of the library or a file, references chosen or by default."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from interfaces.workspace import Workspace
from kb.errors import QueryError
from kb.model import Evidence
from kb.regions import resolve_name, tree
from search.compare import (
    Comparison,
    Material,
    VersionComparison,
    compare,
    compare_versions,
    default_references,
    from_library,
    from_source,
    identity,
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


@dataclass(frozen=True, slots=True)
class VersionReview:
    """Two versions set side by side, with their texts."""

    comparison: VersionComparison
    old: Material
    new: Material

    def material(self, document: str) -> Material | None:
        """The text of one of the two versions; None for any other document."""
        return next((m for m in (self.old, self.new) if m.document.id == document), None)


def read_local(path: Path, *, part: str = "") -> tuple[Material, int]:
    """The longest document of a file, read for this once and not stored, and how many there are.

    :param part: keeps two files of one name apart, such as an old version and a new one.
    :raises kb.errors.SourceError: the file cannot be read.
    """
    from ingest.read import read_source

    folder = f"{_UPLOADED}/{part}" if part else _UPLOADED
    found = from_source(read_source(path, f"{folder}/{path.name}"))
    return max(found, key=lambda item: item.document.end - item.document.start), len(found)


def in_region(material: Material, region: str) -> Material:
    """A text with its region said by a person; as it is where nothing is said.

    :raises QueryError: no region has this name.
    """
    if not region.strip():
        return material
    code = resolve_name(region.strip())
    evidence = {**material.document.evidence, "region_code": Evidence("person", region.strip())}
    level = material.document.level or tree().get(code).level
    return replace(
        material, document=replace(material.document, region_code=code, level=level, evidence=evidence)
    )


def review(
    workspace: Workspace, local: str | Material, references: Sequence[str] = (), *, region: str = ""
) -> Review:
    """Review a local document against references.

    :param local: the id of a document of the library, or a text read by :func:`read_local`.
    :param references: ids; empty: the national ones in force on its topic, then those of its province.
    :param region: where the text is from, when it is not to be read from it.
    :raises QueryError: a document or the region is unknown, or there is nothing to compare with.
    """
    snapshot = workspace.library.snapshot()
    material = in_region(
        local if isinstance(local, Material) else from_library(snapshot.reader, local), region
    )
    chosen = tuple(from_library(snapshot.reader, name) for name in references if name != material.document.id)
    if references and not chosen:
        raise QueryError("参照文献就是这份文件自己", remedy="请另选参照文献；要比较两个版本请用新旧对照")
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
        set_aside=SetAside(workspace.folder).keys(identity(material.document)),
        embedder=snapshot.embedder,
        thesaurus=snapshot.thesaurus,
    )
    return Review(comparison, material, chosen, stored=isinstance(local, str))


def set_aside(workspace: Workspace, value: Review, key: str, *, aside: bool) -> Review:
    """The review with a clause set aside or taken back in; kept for every later review of the document."""
    keys = SetAside(workspace.folder).change(identity(value.local.document), key, aside=aside)
    results = tuple(replace(r, set_aside=r.clause.key in keys) for r in value.comparison.results)
    return replace(value, comparison=replace(value.comparison, results=results))


def versions(workspace: Workspace, old: str | Material, new: str | Material) -> VersionReview:
    """Set an old version of a text beside a new one; each the id of a document or a text that was read.

    :raises QueryError: a document is unknown, or both are one.
    """
    snapshot = workspace.library.snapshot()
    before, after = (
        side if isinstance(side, Material) else from_library(snapshot.reader, side) for side in (old, new)
    )
    if before.document.id == after.document.id:
        raise QueryError("两边选的是同一份文件", remedy="请分别选旧版和新版")
    found = compare_versions(before, after, embedder=snapshot.embedder, thesaurus=snapshot.thesaurus)
    return VersionReview(found, before, after)


def keep(workspace: Workspace, path: Path, region: str = "") -> str:
    """Take an uploaded file into the library after all; the id of its longest document.

    :param region: where it is from, when a person said so: kept as a correction.
    :raises PolicyKBError: the file cannot be read or stored, or no region has this name.
    """
    code = resolve_name(region.strip()) if region.strip() else ""
    report = workspace.ingest([path], workers=0)
    if report.failed:
        raise QueryError(f"没有收入资料库：{report.failed[0].error}", remedy="审查的结果不受影响")
    found = [d for d in workspace.store.documents() if d.id in report.ids or d.source == path.name]
    if not found:
        raise QueryError("这份文件没有收入资料库", remedy="请在资料库页面读入")
    document = max(found, key=lambda d: d.end - d.start)
    if code and code != document.region_code:
        workspace.correct(document.id, {"region_code": code})
    return document.id
