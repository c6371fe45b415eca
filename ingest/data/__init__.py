"""Rule lists of the loaders and the cleaning, as data files; one reader for all of them."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent


def rows(name: str) -> list[list[str]]:
    """The tab-separated fields of each line of a data file; comments and empty lines are left out."""
    content = (_FOLDER / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in content.splitlines() if line.strip() and not line.startswith("#")]
