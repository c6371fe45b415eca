"""A local index in files: mapped, published in one step, damage noticed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from kb.errors import IndexDamaged
from search.engines.base import Attributes, EngineFilter, EngineQuery, Entry
from search.engines.local import LocalEngine
from search.engines.manifest import Recipe
from tests.search.index_samples import look

RECIPE = Recipe("1", "test", 2, "store")


def entries(first: int, last: int, word: str = "学位") -> list[Entry]:
    vector = np.array([0.6, 0.8], np.float32)
    return [
        Entry(key, {"body": [word, f"第{key}"]}, vector, Attributes(region="110000"))
        for key in range(first, last)
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "索引"
    engine = LocalEngine(folder, recipe=RECIPE)
    engine.upsert(entries(1, 40))
    engine.upsert(entries(40, 44, "教师"))
    engine.delete([2, 41])
    engine.save(7, "mark")
    return folder


def test_what_is_saved_is_opened_as_it_was(folder: Path) -> None:
    engine = LocalEngine.open(folder, RECIPE)
    assert (engine.generation, engine.mark, engine.recipe) == (7, "mark", RECIPE)
    assert engine.keys().tolist() == [key for key in range(1, 44) if key not in (2, 41)]
    assert engine.frequencies("body", ["学位", "教师", "第3", "无"]) == [38, 3, 1, 0]
    assert engine.frequencies("none", ["学位"]) == [0]
    assert engine.count(EngineFilter(regions=frozenset({"110000"}))) == 41
    assert set(engine.vectors_of([1, 2, 43])) == {1, 43}
    assert engine.verify() == []


def test_readers_keep_their_generation_while_others_are_published(folder: Path) -> None:
    reader = LocalEngine.open(folder, RECIPE)
    writer = LocalEngine.open(folder, RECIPE)
    before = reader.search(EngineQuery({"body": ["教师"]}))
    for turn in range(8, 12):
        writer.upsert(entries(turn * 100, turn * 100 + 60, "教师"))
        writer.delete([1, 42])
        assert LocalEngine.open(folder, RECIPE).generation == turn - 1
        writer.save(turn)
    assert reader.search(EngineQuery({"body": ["教师"]})) == before
    assert LocalEngine.open(folder, RECIPE).generation == 11


def test_many_small_writes_leave_few_segments_and_no_litter(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.engines.manifest._to_disk", lambda path: None)  # no power fails here
    engine = LocalEngine.open(folder, RECIPE)
    for turn in range(60):
        engine.upsert(entries(1000 + turn, 1001 + turn))
        engine.delete([3 + turn])
        engine.save(8 + turn)
    manifest = json.loads((folder / "current.json").read_bytes())["body"]
    segments = [path.name for path in (folder / "segments").iterdir()]
    assert sorted(segments) == sorted(segment["name"] for segment in manifest["segments"])
    assert len(segments) <= 8
    assert sorted(path.name for path in folder.iterdir()) == ["current.json", "segments"]
    assert LocalEngine.open(folder).keys().tolist() == engine.keys().tolist()


def test_rows_that_died_are_dropped_from_the_files_in_time(tmp_path: Path) -> None:
    engine = LocalEngine(tmp_path, recipe=RECIPE)
    engine.upsert(entries(1, 100))
    engine.save(1)
    engine.delete(range(1, 60))
    engine.save(2)
    (segment,) = (tmp_path / "segments").iterdir()
    assert np.load(segment / "keys.npy").tolist() == list(range(60, 100))


def test_another_recipe_is_refused(folder: Path) -> None:
    for other in (Recipe("2", "test", 2, "store"), Recipe("1", "x", 2, "store"), Recipe("1", "test", 2, "x")):
        with pytest.raises(IndexDamaged, match="不符"):
            LocalEngine.open(folder, other)


def test_a_missing_index_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="还没有索引"):
        LocalEngine.open(tmp_path)


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("damage", ["missing", "cut", "empty"])
def test_every_file_that_is_missing_or_cut_is_noticed_on_opening(folder: Path, damage: str) -> None:
    count = len(files_of(folder))
    assert count > 15
    for number in range(count):
        copy = folder.with_name(f"copy{number}")
        shutil.copytree(folder, copy)
        path = files_of(copy)[number]
        if damage == "missing":
            path.unlink()
        elif damage == "cut":
            path.write_bytes(path.read_bytes()[:-1])
        else:
            path.write_bytes(b"")
        with pytest.raises(IndexDamaged) as caught:
            LocalEngine.open(copy, RECIPE)
        assert str(copy) in str(caught.value)


def test_changed_bytes_are_found_by_the_thorough_check(folder: Path) -> None:
    (path,) = [path for path in folder.rglob("vectors.npy") if path.stat().st_size > 200]
    data = bytearray(path.read_bytes())
    data[-1] ^= 0x40
    path.write_bytes(data)
    assert LocalEngine.open(folder).verify() == [path]


def test_a_manifest_that_was_altered_is_refused(folder: Path) -> None:
    path = folder / "current.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"generation": 7', '"generation": 8'), encoding="utf-8")
    with pytest.raises(IndexDamaged, match="校验和"):
        LocalEngine.open(folder)
    path.write_text(text.replace('"format": 1', '"format": 99'), encoding="utf-8")
    with pytest.raises(IndexDamaged, match="格式为 99"):
        LocalEngine.open(folder)
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(IndexDamaged, match="无法读取"):
        LocalEngine.open(folder)


def test_postings_that_point_nowhere_are_damage_not_a_crash(folder: Path) -> None:
    for path in folder.rglob("field0.rows.npy"):
        rows = np.load(path)
        np.save(path, np.full_like(rows, 10_000))
    with pytest.raises(IndexDamaged, match="索引内容有误"):
        look(LocalEngine.open(folder), "学位")


def test_nothing_in_an_index_is_executed(folder: Path) -> None:
    for path in folder.rglob("keys.npy"):
        size = path.stat().st_size
        with path.open("wb") as file:
            np.save(file, np.array([{"a": 1}], dtype=object), allow_pickle=True)
            file.truncate(size)
    with pytest.raises(IndexDamaged):
        LocalEngine.open(folder)


def test_an_engine_without_a_folder_cannot_be_saved() -> None:
    with pytest.raises(ValueError, match="without a folder"):
        LocalEngine().save(1)


def test_a_vector_of_another_length_is_refused() -> None:
    engine = LocalEngine(recipe=RECIPE)
    with pytest.raises(ValueError, match="dimensions"):
        engine.upsert([Entry(1, {"body": ["学位"]}, np.ones(3, np.float32))])
