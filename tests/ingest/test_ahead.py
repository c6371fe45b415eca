from __future__ import annotations

import time
from collections.abc import Iterator
from threading import Event

import pytest

from ingest.ahead import Ahead


def test_items_come_in_order_and_whole() -> None:
    with Ahead(iter(range(500)), weight=lambda item: 1, limit=7) as ahead:
        assert list(ahead) == list(range(500))


def test_no_more_is_taken_than_the_limit_allows() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(50):
            taken.append(number)
            yield number

    with Ahead(items(), weight=lambda item: 10, limit=30) as ahead:
        waits_until(lambda: len(taken) == 4)
        time.sleep(0.05)
        assert taken == [0, 1, 2, 3]  # three wait to be taken, the fourth has no room
        assert next(iter(ahead)) == 0


def test_an_item_above_the_limit_is_let_through_alone() -> None:
    with Ahead(iter([100, 1]), weight=lambda item: item, limit=10) as ahead:
        assert list(ahead) == [100, 1]


def test_a_fault_is_raised_after_the_items_before_it() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("坏文件")

    got = []
    with Ahead(items(), weight=lambda item: 1, limit=5) as ahead, pytest.raises(ValueError, match="坏文件"):
        for item in ahead:
            got.append(item)
    assert got == [1]


def test_leaving_early_closes_what_is_read_from() -> None:
    closed = Event()

    def items() -> Iterator[int]:
        try:
            while True:
                yield 1
        finally:
            closed.set()

    with Ahead(items(), weight=lambda item: 1, limit=3) as ahead:
        assert next(iter(ahead)) == 1
    assert closed.is_set()


def waits_until(holds: object, seconds: float = 5.0) -> None:
    """Wait for a condition that another thread brings about."""
    assert callable(holds)
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.005)
