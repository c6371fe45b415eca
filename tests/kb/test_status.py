"""Which documents are in force."""

from __future__ import annotations

from datetime import date

import pytest

from kb.model import Status
from kb.status import Known, number_key, settle, status_on, title_key

TODAY = date(2025, 6, 30)


@pytest.mark.parametrize(
    ("declared", "force", "expires", "status"),
    [
        ("unknown", "", "", "unknown"),
        ("unknown", "2024-01-01", "", "effective"),
        ("unknown", "2025-07-01", "", "not_yet_effective"),
        ("unknown", "2020-01-01", "2025-06-29", "repealed"),
        ("unknown", "2020-01-01", "2025-06-30", "effective"),
        ("unknown", "", "2026", "effective"),
        ("effective", "", "2025-05", "repealed"),
        ("repealed", "2024-01-01", "", "repealed"),
    ],
)
def test_status_on_a_day(declared: Status, force: str, expires: str, status: Status) -> None:
    assert status_on(declared, force, expires, TODAY) == status


def test_a_document_abolishes_others_by_number_or_title() -> None:
    old = Known("a", "甲办法", "县政府", "青政发[2018] 3号", "2018-01-01")
    named = Known("b", "乙规定（试行）", "县政府", "", "2019-01-01")
    other = Known("c", "丙方案", "县政府", "青政发〔2019〕9号", "2019-01-01")
    new = Known(
        "d", "丁办法", "县政府", "青政发〔2024〕1号", "2024-01-01", repeals=("青政发〔2018〕3号", "乙规定")
    )
    verdicts = settle([old, named, other, new])
    assert {key: (one.status, one.successor) for key, one in verdicts.items()} == {
        "a": ("repealed", "d"),
        "b": ("repealed", "d"),
    }


def test_a_newer_version_takes_the_place_of_the_older() -> None:
    old = Known("a", "招生工作办法（试行）", "县教育局", "青教发〔2019〕1号", "2019-03-01")
    new = Known("b", "关于印发《招生工作办法》的通知", "县教育局", "青教发〔2023〕1号", "2023-03-01")
    assert settle([new, old])["a"].successor == "b"


@pytest.mark.parametrize(
    "other",
    [
        Known("b", "招生工作办法", "市教育局", "", "2023-03-01"),
        Known("b", "招生工作办法", "县教育局", "", ""),
        Known("b", "招生工作办法", "县教育局", "青教发〔2019〕1号", "2023-03-01"),
        Known("b", "招生工作办法（征求意见稿）", "县教育局", "", "2023-03-01"),
        Known("b", "招生工作办法", "县教育局", "", "2023-03-01", is_digest=True),
        Known("b", "2023年招生工作办法", "县教育局", "", "2023-03-01"),
    ],
)
def test_what_is_no_newer_version(other: Known) -> None:
    old = Known("a", "招生工作办法", "县教育局", "青教发〔2019〕1号", "2019-03-01")
    assert settle([old, other]) == {}


def test_a_document_abolishes_neither_itself_nor_a_later_one() -> None:
    new = Known("a", "甲办法", "县政府", "青政发〔2024〕1号", "2024-01-01", repeals=("甲办法",))
    later = Known("b", "甲办法", "市政府", "", "2025-01-01")
    assert settle([new, later]) == {}


def test_keys() -> None:
    assert number_key("国发[2019] 4 号") == number_key("国发〔2019〕4号") == "国发〔2019〕4号"
    assert title_key("《学校管理办法》（2023年修订）") == title_key("学校管理办法 (试行)") == "学校管理办法"
