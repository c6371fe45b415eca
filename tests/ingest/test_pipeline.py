from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.pipeline import Failure, Progress, ingest
from ingest.read import read_source
from kb.settings import Settings
from kb.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.sqlite") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "来源"
    made.mkdir()
    for name in ("甲市", "乙市", "丙市"):
        text = f"{name}教育工作情况\n2024年，全市新增学位1.2万个，{name}的做法得到推广。"
        (made / f"{name}.txt").write_text(text, encoding="utf-8")
    return made


def test_files_go_in_and_are_counted(store: Store, folder: Path) -> None:
    report = ingest([folder], store, workers=0)
    store.publish()
    assert (report.files, report.documents, report.unchanged, report.failed) == (3, 3, 0, [])
    assert report.facts == 3
    assert report.passages == sum(len(store.passages_of(d.id)) for d in store.documents())


def test_processes_and_this_process_read_alike(store: Store, folder: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "other.sqlite") as other:
        for target, workers in ((store, 0), (other, 2)):
            # A file of a heavier format makes the processes start.
            (folder / "坏.pdf").write_bytes(b"%PDF-1.4 nothing")
            report = ingest([folder], target, workers=workers)
            target.publish()
            assert [failure.source for failure in report.failed] == ["坏.pdf"]
        assert [d.id for d in store.documents()] == [d.id for d in other.documents()]


def test_an_unchanged_file_is_left_alone_and_a_changed_one_replaced(store: Store, folder: Path) -> None:
    ingest([folder], store, workers=0)
    (folder / "甲市.txt").write_text("甲市教育工作情况\n2025年，全市新增学位9万个。", encoding="utf-8")
    report = ingest([folder], store, workers=0)
    store.publish()
    assert (report.documents, report.unchanged) == (1, 2)
    assert len(store.documents()) == 3
    assert [f.fact.surface for f in store.facts() if f.source == "甲市.txt"] == ["9万个"]


def test_progress_reaches_the_end(store: Store, folder: Path) -> None:
    seen: list[Progress] = []
    ingest([folder], store, workers=0, on_progress=seen.append)
    assert seen[-1].done == seen[-1].files == 3
    assert [p.done for p in seen] == sorted(p.done for p in seen)


def test_an_error_of_the_program_costs_one_file_only(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = read_source

    def faulty(path: Path, relative: str, *rest: Any) -> Any:
        if relative == "丙市.txt":
            raise ZeroDivisionError
        return real(path, relative, *rest)

    monkeypatch.setattr("ingest.read.read_source", faulty)
    report = ingest([folder], store, workers=0)
    assert isinstance(report.failed[0], Failure)
    assert report.failed[0].source == "丙市.txt"
    assert report.documents == 2


def test_a_file_of_the_same_name_from_elsewhere_keeps_both(store: Store, tmp_path: Path) -> None:
    for name in ("甲", "乙"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "报告.txt").write_text(
            f"{name}地工作报告\n新增学位{len(name)}万个。", encoding="utf-8"
        )
        ingest([tmp_path / name], store, workers=0)
    assert set(store.source_hashes()) == {"报告.txt", "报告(2).txt"}
    # A folder that moved is the same folder, not another one.
    (tmp_path / "甲").rename(tmp_path / "丁")
    ingest([tmp_path / "丁"], store, workers=0)
    assert set(store.source_hashes()) == {"报告.txt", "报告(2).txt"}


def test_other_lengths_of_passages_have_the_same_files_read_again(store: Store, tmp_path: Path) -> None:
    text = "甲市教育工作情况\n" + "".join(
        f"第{i}项工作由教育局牵头，年内完成并报告进展情况。" for i in range(30)
    )
    (tmp_path / "甲市.txt").write_text(text, encoding="utf-8")
    short = Settings(passage_min=30, passage_max=100)
    counts = []
    for settings in (Settings(), short, short, Settings()):
        report = ingest([tmp_path / "甲市.txt"], store, workers=0, settings=settings)
        store.publish()
        (document,) = store.documents()
        passages = store.passages_of(document.id)
        assert all(len(stored.passage.text) <= settings.passage_max for stored in passages)
        counts.append((report.unchanged, len(passages)))
    assert [unchanged for unchanged, _ in counts] == [0, 0, 1, 0]
    assert counts[0][1] == counts[3][1] < counts[1][1] == counts[2][1]


def test_what_was_written_is_told_between_files(store: Store, folder: Path) -> None:
    told: list[int] = []
    report = ingest([folder], store, workers=0, on_written=told.append)
    assert sum(told) == report.passages > 0
