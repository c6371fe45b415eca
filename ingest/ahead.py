"""Files are read while what was read before is being written and indexed: a thread takes it in, so much and no more."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from threading import Condition, Thread
from typing import Generic, TypeVar

T = TypeVar("T")
_FAREWELL = 10.0  # seconds that the thread gets to stop the processes it reads with


class Ahead(Generic[T]):
    """Goes through an iterator in a thread of its own, ahead of whoever takes from it.

    :param items: what is taken ahead; it is closed when this is.
    :param weight: how much an item counts. :param limit: how much may wait to be taken; one item always may.

    >>> with Ahead(iter([1, 2, 3]), weight=lambda item: item, limit=2) as ahead:
    ...     list(ahead)
    [1, 2, 3]
    """

    def __init__(self, items: Iterator[T], weight: Callable[[T], int], limit: int) -> None:
        self._items = items
        self._weight = weight
        self._limit = limit
        self._waiting: deque[T] = deque()
        self._held = 0
        self._ended = self._closed = False
        self._error: BaseException | None = None
        self._change = Condition()
        self._thread = Thread(target=self._go, name="read-ahead", daemon=True)
        self._thread.start()

    def __enter__(self) -> Ahead[T]:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[T]:
        """The items in order. :raises BaseException: whatever the iterator raised, after the items before it."""
        while True:
            with self._change:
                self._change.wait_for(lambda: self._waiting or self._ended)
                if not self._waiting:
                    break
                item = self._waiting.popleft()
                self._held -= self._weight(item)
                self._change.notify_all()
            yield item
        if self._error is not None:
            raise self._error

    def close(self) -> None:
        """Take no more, and end what the iterator holds."""
        with self._change:
            self._closed = True
            self._change.notify_all()
        self._thread.join(_FAREWELL)

    def _go(self) -> None:
        try:
            for item in self._items:
                if not self._put(item):
                    break
        except BaseException as error:  # noqa: BLE001 -- it is raised where the items are taken
            self._error = error
        finally:
            close = getattr(self._items, "close", None)
            if close is not None:
                close()
            with self._change:
                self._ended = True
                self._change.notify_all()

    def _put(self, item: T) -> bool:
        weight = self._weight(item)
        with self._change:
            self._change.wait_for(
                lambda: self._closed or not self._waiting or self._held + weight <= self._limit
            )
            if self._closed:
                return False
            self._waiting.append(item)
            self._held += weight
            self._change.notify_all()
            return True
