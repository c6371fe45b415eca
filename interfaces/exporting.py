"""Files for programs: what the pages export, as a name and its bytes."""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from interfaces.reviewing import review, versions
from interfaces.workspace import Workspace
from kb.errors import QueryError
from kb.model import Filters
from kb.regions import resolve_name
from search.casebook import build_casebook, read_request
from search.export import export_casebook, export_comparison, export_table, export_versions
from search.table import build_table, cited_documents

KINDS = {"compare": "对标审查", "versions": "新旧对照", "cases": "案例汇编", "table": "指标对比"}


def exported(
    workspace: Workspace,
    what: str,
    suffix: str = ".docx",
    *,
    documents: Sequence[str] = (),
    topic: str = "",
    indicators: Sequence[str] = (),
    regions: Sequence[str] = (),
) -> dict[str, Any]:
    """A file that a page can export: ``{"name", "content"}``, the content in base64.

    :param what: ``compare`` (documents: the local one, then references), ``versions`` (the old, the new),
        ``cases`` (a topic) or ``table`` (indicators).
    :raises QueryError: what it needs is missing or unknown.
    :raises ExportError: there is nothing to write, or no such format.
    """
    codes = tuple(resolve_name(name) for name in regions)
    makers: dict[str, Callable[[Path], None]] = {
        "compare": lambda path: _compare(workspace, documents, path),
        "versions": lambda path: _versions(workspace, documents, path),
        "cases": lambda path: _cases(workspace, topic, codes, path),
        "table": lambda path: _table(workspace, indicators, codes, path),
    }
    if what not in makers:
        names = "、".join(f"{key}（{name}）" for key, name in KINDS.items())
        raise QueryError(f"没有“{what}”这种导出", remedy=f"可用：{names}")
    if "/" in suffix or "\\" in suffix:
        raise QueryError(f"扩展名“{suffix}”不对", remedy="例如 .docx 或 .xlsx")
    with tempfile.TemporaryDirectory(prefix="policykb-") as folder:
        path = Path(folder) / f"{KINDS[what]}{suffix}"
        makers[what](path)
        return {"name": path.name, "content": base64.b64encode(path.read_bytes()).decode("ascii")}


def _compare(workspace: Workspace, documents: Sequence[str], path: Path) -> None:
    if not documents:
        raise QueryError("没有写文献编号", remedy="documents 里先写地方文件，再写参照文献（可不写）")
    export_comparison(review(workspace, documents[0], documents[1:]).comparison, path)


def _versions(workspace: Workspace, documents: Sequence[str], path: Path) -> None:
    if len(documents) != 2:
        raise QueryError("新旧对照要两份文献", remedy="documents 里先写旧版，再写新版")
    export_versions(versions(workspace, documents[0], documents[1]).comparison, path)


def _cases(workspace: Workspace, topic: str, codes: tuple[str, ...], path: Path) -> None:
    if not topic.strip():
        raise QueryError("没有写主题", remedy="例如：找三个教师交流轮岗的案例，要有数字")
    reader = workspace.library.snapshot().reader
    request = read_request(topic)
    export_casebook(build_casebook(workspace.searcher, reader, request, Filters(regions=codes)), path)


def _table(workspace: Workspace, indicators: Sequence[str], codes: tuple[str, ...], path: Path) -> None:
    if not indicators:
        raise QueryError("没有写指标", remedy="例如：骨干教师占比")
    table = build_table(workspace.library, list(indicators), codes)
    export_table(table, path, workspace.store.documents_by_id(cited_documents(table)))
