"""Clauses that a person set aside for a local document: kept beside the store, found again in every later review."""

from __future__ import annotations

import json
import threading
from pathlib import Path

from kb.errors import StoreError

_FILE = "set_aside.json"
_GUARD = threading.Lock()


class SetAside:
    """The keys of the clauses set aside in one knowledge base, by the identity of the local document."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _FILE

    def keys(self, document: str) -> frozenset[str]:
        """The clauses set aside for a document."""
        return frozenset(self._load().get(document, ()))

    def change(self, document: str, key: str, *, aside: bool) -> frozenset[str]:
        """Set a clause aside, or take it back in; the keys afterwards.

        :raises StoreError: the file cannot be read or written.
        """
        with _GUARD:
            kept = self._load()
            keys = {*kept.get(document, ())}
            (keys.add if aside else keys.discard)(key)
            if keys:
                kept[document] = sorted(keys)
            else:
                kept.pop(document, None)
            self._save(kept)
        return frozenset(keys)

    def _load(self) -> dict[str, list[str]]:
        try:
            data = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise StoreError(
                "读不出搁置条款的记录", source=str(self._path), remedy="请检查或删去此文件"
            ) from error
        if not isinstance(data, dict):
            raise StoreError("搁置条款的记录格式不对", source=str(self._path), remedy="请检查或删去此文件")
        return {
            str(name): [str(key) for key in keys] for name, keys in data.items() if isinstance(keys, list)
        }

    def _save(self, kept: dict[str, list[str]]) -> None:
        beside = self._path.with_name(f"{_FILE}.new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
            beside.replace(self._path)
        except OSError as error:
            raise StoreError(
                f"记不下搁置的条款：{error.strerror or error}",
                source=str(self._path),
                remedy="请检查权限和磁盘空间",
            ) from error
