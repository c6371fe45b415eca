"""An index that follows its store while that is written is the one that is made afterwards, and unseen until then."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.errors import IndexDamaged, StoreBusy
from kb.settings import Layout, Settings
from kb.store import Store
from kb.store.locking import exclusive
from search.index import Following, open_index, refresh
from tests.kb.store_samples import remove_source
from tests.search.index_samples import ANALYSIS, CharacterEmbedder, look, policy

WORDS = ["学位", "教师", "交流", "经费", "集团", "学校"]


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.index.building.BATCH", 5)
    monkeypatch.setattr("search.index.following.BATCH", 5)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(Layout(tmp_path / "kb").store) as opened:
        yield opened


def following(store: Store) -> Following:
    return Following(store, Settings(), CharacterEmbedder(), analysis=ANALYSIS)


def write(store: Store, number: int, mark: str = "") -> int:
    """Write a document; how many passages it has."""
    chance = random.Random(number)
    sentences = [
        f"{mark}第{number}件{i} " + " ".join(chance.choices(WORDS, k=4)) for i in range(1 + number % 4)
    ]
    store.replace_source(policy(f"{number}.txt", *sentences, title=f"方案{number}"), force=True)
    return len(sentences)


def files_of(index: Path) -> list[bytes]:
    """What is in the files of an index, whatever they are called."""
    arrays = (path for path in index.rglob("*") if path.suffix == ".npy")
    return sorted(path.read_bytes() for path in arrays)


def results(store: Store, index: Path) -> list[tuple[str, dict[str, float]]]:
    found = look(open_index(index), "学位 教师")
    texts = store.passages([candidate.key for candidate in found])
    return [(p.passage.text, dict(c.scores)) for p, c in zip(texts, found, strict=True)]


def test_following_and_refreshing_afterwards_make_the_same_files(store: Store, tmp_path: Path) -> None:
    with following(store) as index:
        for number in range(30):
            index.catch_up(write(store, number))
        assert len(files_of(Layout(tmp_path / "kb").index)) > 0  # it did not wait for the end
        refreshed = index.publish()
    assert refreshed.added == sum(1 + number % 4 for number in range(30))
    followed = files_of(Layout(tmp_path / "kb").index)
    shutil.rmtree(Layout(tmp_path / "kb").index)
    refresh(store, Settings(), CharacterEmbedder(), analysis=ANALYSIS)
    assert files_of(Layout(tmp_path / "kb").index) == followed


def test_nothing_is_seen_of_what_was_followed_before_it_is_published(store: Store, tmp_path: Path) -> None:
    folder = Layout(tmp_path / "kb").index
    with following(store) as index:
        for number in range(12):
            index.catch_up(write(store, number))
        with pytest.raises(IndexDamaged):
            open_index(folder)
        # Broken off here, as by a crash.
    assert store.generation == 0
    with following(store) as index:
        index.publish()
    assert open_index(folder).count() == 30


def test_what_is_written_again_or_removed_meanwhile_is_found_once_and_as_it_is(
    store: Store, tmp_path: Path
) -> None:
    folder = Layout(tmp_path / "kb").index
    with following(store) as index:
        for number in range(12):
            index.catch_up(write(store, number))
        index.publish()
    with following(store) as index:
        for number in (3, 4, 20, 21, 22, 3, 20):  # 3 and 20 come twice
            index.catch_up(write(store, number, "新"))
        remove_source(store, "21.txt")
        remove_source(store, "7.txt")
        index.publish()
    followed = results(store, folder)
    shutil.rmtree(folder)
    refresh(store, Settings(), CharacterEmbedder(), analysis=ANALYSIS)
    assert sorted(text for text, _ in followed) == sorted(text for text, _ in results(store, folder))
    assert dict(followed) == dict(results(store, folder))
    assert not any(text.startswith(("第3件", "新第21件", "第7件")) for text, _ in followed)


def test_while_another_program_refreshes_the_index_it_is_left_for_later(store: Store, tmp_path: Path) -> None:
    folder = Layout(tmp_path / "kb").index
    with following(store) as index:
        with exclusive(folder / "lock"):
            for number in range(8):
                index.catch_up(write(store, number))
            with pytest.raises(StoreBusy):
                index.publish()
        index.publish()
    assert open_index(folder).count() == 20
