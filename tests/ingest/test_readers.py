"""Reading in processes: whatever one file does to its process, the others are read, in order and in bounded memory."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import readers
from ingest.discover import Found
from ingest.outcomes import Failure, Outcome
from ingest.readers import Readers
from kb.model import IngestedSource, LoadedSource


def faulty(item: Found) -> IngestedSource | Failure:
    """Stands in for a loader; what it does is written in the file. Runs in the processes."""
    order = item.path.read_text(encoding="utf-8")
    if order == "挂起":
        time.sleep(3600)
    if order == "慢":
        time.sleep(1.5)
    if order == "崩溃" or (order == "崩溃一次" and not item.path.with_suffix(".tried").exists()):
        item.path.with_suffix(".tried").touch()
        os._exit(9)
    if order == "计数":
        with item.path.with_name("读了").open("ab") as log:
            log.write(b".")
    return IngestedSource(LoadedSource(item.relative, "", len(order), "text", order), (), ())


def files(folder: Path, orders: str | list[str]) -> list[Found]:
    found = []
    for number, order in enumerate(orders):
        path = folder / f"{number:03d}.txt"
        path.write_text(order, encoding="utf-8")
        found.append(Found(path, path.name))
    return found


def told(outcomes: Iterator[Outcome]) -> list[tuple[str, str]]:
    """The name of each file and what came of it: its text, or the reason."""
    return [
        (item.relative, outcome.error if isinstance(outcome, Failure) else outcome.loaded.text)
        for item, outcome in outcomes
    ]


def test_outcomes_come_in_the_order_of_the_files(tmp_path: Path) -> None:
    found = files(tmp_path, ["慢", *"甲乙丙丁戊己庚"])
    assert [name for name, _ in told(Readers(found, faulty, 3, 60).outcomes())] == [f.relative for f in found]


def test_a_file_that_hangs_is_given_up_and_the_others_are_read(tmp_path: Path) -> None:
    found = files(tmp_path, ["甲", "挂起", "乙", "丙", "挂起", "丁"])
    outcomes = dict(told(Readers(found, faulty, 2, 1).outcomes()))
    assert len(outcomes) == len(found)
    for name in ("001.txt", "004.txt"):
        text = outcomes.pop(name)
        assert "1 秒还没有读完" in text
        assert "read_seconds" in text
    assert sorted(outcomes.values()) == sorted("甲乙丙丁")


def test_the_time_limit_grows_with_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "_SCALE", 1)  # every byte of a file counts as 10 MB
    assert told(Readers(files(tmp_path, ["慢"]), faulty, 1, 1).outcomes()) == [("000.txt", "慢")]


def test_a_file_that_kills_its_process_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    found = files(tmp_path, ["甲", "崩溃", "乙", "崩溃一次", "丙"])
    outcomes = dict(told(Readers(found, faulty, 2, 60).outcomes()))
    assert len(outcomes) == len(found)
    assert "崩溃了" in outcomes.pop("001.txt")
    assert sorted(outcomes.values()) == sorted(["甲", "乙", "崩溃一次", "丙"])


def test_a_hanging_file_does_not_hold_up_those_behind_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "_PATIENCE", 0.2)
    monkeypatch.setattr(readers, "_WINDOW", 40_000)
    found = files(tmp_path, ["挂起", *"甲" * 30])
    outcomes = told(Readers(found, faulty, 2, 4).outcomes())
    assert len(outcomes) == len(found)
    # Nine in ten were given before the one that hung was given up.
    assert outcomes.index(next(o for o in outcomes if o[0] == "000.txt")) >= 20


def test_no_more_is_read_than_may_wait_to_be_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "_WINDOW", 50_000)
    found = files(tmp_path, ["计数"] * 60)
    outcomes = Readers(found, faulty, 2, 60).outcomes()
    next(outcomes)
    time.sleep(1)  # the one that takes is busy; the readers might run ahead
    assert (tmp_path / "读了").stat().st_size <= 10
    assert len(list(outcomes)) == 59
    assert (tmp_path / "读了").stat().st_size == 60


def test_where_no_process_can_be_started_files_are_read_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "serve", os._exit)  # takes no such arguments, so the process dies at once
    assert told(Readers(files(tmp_path, "甲乙"), faulty, 2, 60).outcomes()) == [
        ("000.txt", "甲"),
        ("001.txt", "乙"),
    ]


def test_processes_end_when_nobody_takes_any_more(tmp_path: Path) -> None:
    outcomes = Readers(found := files(tmp_path, ["甲"] * 20), faulty, 2, 60)
    taken = outcomes.outcomes()
    assert isinstance(taken, Iterator)
    assert next(taken)[0] == found[0]
    processes = [reader.process for reader in outcomes._readers]
    taken.close()
    assert processes
    assert not any(process.is_alive() for process in processes)
