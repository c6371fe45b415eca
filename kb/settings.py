"""The folder of a knowledge base and its settings."""

from __future__ import annotations

import difflib
import json
import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from kb.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things are in the folder of a knowledge base."""

    folder: Path

    @property
    def store(self) -> Path:
        """The SQLite file, the only thing that cannot be built again."""
        return self.folder / "store.sqlite"

    @property
    def index(self) -> Path:
        """The folder of the derived indexes."""
        return self.folder / "index"

    @property
    def settings(self) -> Path:
        """The settings file; without one the defaults hold."""
        return self.folder / "settings.json"

    @property
    def uploads(self) -> Path:
        """The files that came in through the workbench, a folder for each time."""
        return self.folder / "uploads"

    @property
    def thesaurus(self) -> Path:
        """The user's own synonyms, where there are any."""
        return self.folder / "thesaurus.tsv"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user can set for one knowledge base; the names are the keys of ``settings.json``.

    :ivar embedding_model: ``builtin``, the name or folder of a sentence-transformers model, or ``none``.
    :ivar embedding_batch: passages that are embedded at a time.
    :ivar fusion: a file of fusion weights in place of the shipped ones; empty: the shipped ones.
    :ivar passage_min: characters below which a passage takes in the next paragraph.
    :ivar passage_max: characters that a passage of more than one sentence does not exceed. Sources that were read
        with other lengths are read again when they are next ingested.
    :ivar exact_vectors: passages up to which vector search compares with every one.
    :ivar draft_base_url: an OpenAI-compatible endpoint for drafts, up to ``/v1``; empty: drafting is off, and
        nothing is sent anywhere.
    :ivar draft_model: the model's name there.
    :ivar draft_key_env: the name of the environment variable that holds its key; empty: it needs none.
    :ivar draft_timeout: seconds that a draft may take.
    :ivar read_seconds: how long the reading of one file may take, and again for every 10 MB of it.
    """

    embedding_model: str = "builtin"
    embedding_batch: int = 256
    fusion: str = ""
    passage_min: int = 80
    passage_max: int = 400
    exact_vectors: int = 300_000
    draft_base_url: str = ""
    draft_model: str = ""
    draft_key_env: str = ""
    draft_timeout: int = 60
    read_seconds: int = 120

    def __post_init__(self) -> None:
        for name, least, most in _RANGES:
            value = getattr(self, name)
            if not least <= value <= most:
                raise SettingsError(
                    f"设置项“{name}”的值 {value} 超出范围", remedy=f"应在 {least} 到 {most} 之间"
                )
        if self.passage_min > self.passage_max:
            raise SettingsError(
                f"设置项“passage_min”（{self.passage_min}）大于“passage_max”（{self.passage_max}）",
                remedy="请调小前者或调大后者",
            )
        if not self.embedding_model.strip():
            raise SettingsError(
                "设置项“embedding_model”为空", remedy="写 builtin、none、模型名称或模型所在文件夹"
            )

    @classmethod
    def load(cls, folder: Path) -> Settings:
        """The settings of the knowledge base in ``folder``; the defaults where it has none.

        :raises SettingsError: the file is no JSON object or holds an unknown key or an unfit value.
        """
        path = Layout(folder).settings
        try:
            data = json.loads(path.read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            return cls()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                "读不出设置文件", source=str(path), remedy="请检查权限和编码（UTF-8）"
            ) from error
        except json.JSONDecodeError as error:
            raise SettingsError(
                f"设置文件第 {error.lineno} 行第 {error.colno} 列不是合法的 JSON",
                source=str(path),
                remedy="请改正，或删去此文件以恢复默认设置",
            ) from error
        if not isinstance(data, dict):
            raise SettingsError(
                "设置文件应是一个 JSON 对象", source=str(path), remedy='例如 {"passage_max": 400}'
            )
        try:
            return cls(**{key: _checked(key, value) for key, value in data.items()})
        except SettingsError as error:
            raise SettingsError(error.message, source=str(path), remedy=error.remedy) from error

    def save(self, folder: Path) -> None:
        """Write the settings that differ from the defaults; the old file stays whole until the new one is.

        :raises SettingsError: the folder cannot be written.
        """
        path = Layout(folder).settings
        default = asdict(Settings())
        changed = {key: value for key, value in asdict(self).items() if value != default[key]}
        beside = path.with_name(f"{path.name}.new")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with beside.open("w", encoding="utf-8") as file:
                json.dump(changed, file, ensure_ascii=False, indent=2)
                file.write("\n")
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except OSError as error:
            raise SettingsError(
                f"写不进设置文件：{error.strerror or error}", source=str(path), remedy="请检查权限和磁盘空间"
            ) from error

    def changed(self, key: str, value: object) -> Settings:
        """These settings with another value for ``key``; text is read as the key's type.

        :raises SettingsError: there is no such key, or the value does not fit it.
        """
        if isinstance(value, str) and _TYPES.get(key) is int:
            try:
                value = int(value)
            except ValueError as error:
                raise SettingsError(f"设置项“{key}”的值“{value}”不是整数", remedy="请写一个整数") from error
        return replace(self, **{key: _checked(key, value)})


_TYPES: dict[str, type] = {field.name: type(field.default) for field in fields(Settings)}
_RANGES = (
    ("embedding_batch", 1, 100_000),
    ("passage_min", 1, 10_000),
    ("passage_max", 20, 10_000),
    ("exact_vectors", 0, 100_000_000),
    ("draft_timeout", 1, 3600),
    ("read_seconds", 1, 86_400),
)


def _checked(key: str, value: object) -> Any:
    if key not in _TYPES:
        near = difflib.get_close_matches(key, _TYPES, n=1)
        hint = f"是不是想写“{near[0]}”？" if near else f"可用的设置项：{'、'.join(_TYPES)}"
        raise SettingsError(f"没有设置项“{key}”", remedy=hint)
    # bool is an int to Python, not to a reader of the file.
    if isinstance(value, bool) or not isinstance(value, _TYPES[key]):
        wanted = "整数" if _TYPES[key] is int else "文字"
        raise SettingsError(f"设置项“{key}”的值 {value!r} 不对", remedy=f"应是{wanted}")
    return value
