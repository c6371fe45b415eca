"""The layering of the packages, held against the imports that stand in the files."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ("kb", "ingest", "search", "eval", "interfaces")
# What each package may import of the project besides itself. An arrow goes down only.
MAY_IMPORT = {
    "kb": set(),
    "ingest": {"kb"},
    "search": {"kb"},
    "eval": {"kb", "ingest", "search", "interfaces"},
    "interfaces": {"kb", "ingest", "search", "eval"},
}


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Top-level names imported anywhere in a file, inside functions too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("package", LAYERS)
def test_imports_go_down_only(package: str) -> None:
    allowed = MAY_IMPORT[package] | {package}
    broken = {
        str(path.relative_to(ROOT)): sorted(imported(path) & ({*LAYERS, "app"} - allowed))
        for path in modules(package)
        if imported(path) & ({*LAYERS, "app"} - allowed)
    }
    assert broken == {}


def test_every_layer_has_modules() -> None:
    assert all(len(modules(package)) > 3 for package in LAYERS)


def test_evaluation_is_no_part_of_searching() -> None:
    """`interfaces` may start an evaluation, but only from its own command."""
    users = [
        str(path.relative_to(ROOT / "interfaces"))
        for path in modules("interfaces")
        if "eval" in imported(path)
    ]
    assert users in ([], ["cli/evaluate.py"])


def test_nothing_is_unpickled_or_evaluated() -> None:
    """Texts and indexes are data: no pickle, no eval, no exec anywhere in the packages."""
    found: list[str] = []
    for package in LAYERS:
        for path in modules(package):
            if imported(path) & {"pickle", "dill", "joblib", "shelve", "marshal"}:
                found.append(f"{path.name}: unpickles")
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    name = node.func.id if isinstance(node.func, ast.Name) else ""
                    if name in {"eval", "exec", "compile"}:
                        found.append(f"{path.name}:{node.lineno}: {name}")
                    if any(k.arg == "allow_pickle" and not _is_false(k.value) for k in node.keywords):
                        found.append(f"{path.name}:{node.lineno}: allow_pickle")
    assert found == []


def _is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def test_only_faces_print() -> None:
    printing = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for package in ("kb", "ingest", "search")
        for path in modules(package)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert printing == []
