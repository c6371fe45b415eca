"""Settings are read, checked and written whole."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path

import pytest

from kb.errors import SettingsError
from kb.settings import Layout, Settings


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert Settings.load(tmp_path) == Settings()
    assert Settings().embedding_model == "builtin"


def test_what_is_saved_comes_back_and_only_changes_are_written(tmp_path: Path) -> None:
    settings = Settings(embedding_model="/模型/bge", passage_max=300, fusion="权重.json")
    settings.save(tmp_path / "新库")
    assert Settings.load(tmp_path / "新库") == settings
    written = json.loads(Layout(tmp_path / "新库").settings.read_text(encoding="utf-8"))
    assert set(written) == {"embedding_model", "passage_max", "fusion"}
    assert [path.name for path in (tmp_path / "新库").iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"passage_max": "400"}', "passage_max.*整数"),
        ('{"passage_max": true}', "passage_max.*整数"),
        ('{"embedding_model": 3}', "embedding_model.*文字"),
        ('{"embedding_model": " "}', "embedding_model.*为空"),
        ('{"embedding_batch": 0}', "embedding_batch.*超出范围"),
        ('{"passage_min": 500}', "passage_min.*passage_max"),
        ('{"embeding_model": "x"}', "没有设置项“embeding_model”.*embedding_model"),
        ('{"xyz": 1}', "没有设置项“xyz”.*可用的设置项"),
        ("[]", "JSON 对象"),
        ('{\n"passage_max": }', "第 2 行"),
    ],
)
def test_a_bad_file_is_refused_with_its_name_the_key_and_the_remedy(
    tmp_path: Path, text: str, words: str
) -> None:
    Layout(tmp_path).settings.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=words) as caught:
        Settings.load(tmp_path)
    assert "settings.json" in str(caught.value)
    assert caught.value.remedy


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    Layout(tmp_path).settings.write_bytes('{"fusion": "权重.json"}'.encode("gb18030"))
    with pytest.raises(SettingsError, match="UTF-8"):
        Settings.load(tmp_path)


def test_one_value_is_changed_from_text(tmp_path: Path) -> None:
    assert Settings().changed("passage_max", "500").passage_max == 500
    assert Settings().changed("embedding_model", "none").embedding_model == "none"
    with pytest.raises(SettingsError, match="不是整数"):
        Settings().changed("passage_max", "五百")
    with pytest.raises(SettingsError, match="没有设置项"):
        Settings().changed("passages", "1")


def test_a_folder_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="写不进"):
        Settings().save(tmp_path / "file")


def test_every_setting_is_documented_with_its_default() -> None:
    page = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| `?([^|`]+?)`? \|", page, re.MULTILINE))
    defaults = {name: str(value) or "空" for name, value in asdict(Settings()).items()}
    assert rows == defaults
