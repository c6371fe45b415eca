"""Several processes that read files: bounded in memory, deaf to a file that crashes or never ends.

Every process is handed a few files ahead, says when it begins one, and sends what came of it. So it is known which
file a process died of or hangs in: that one is reported, the process replaced, and the rest read by another.
"""

from __future__ import annotations

import logging
import multiprocessing
import sys
import time
from bisect import insort
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any

from ingest.discover import Found
from ingest.outcomes import Failure, Outcome, crashed, overdue
from ingest.reader_process import Read, serve
from kb.model import IngestedSource

log = logging.getLogger(__name__)

_WINDOW = 2_000_000  # bytes of files, per process, that are being read or wait to be taken
_LARGE = 2_000_000  # a file that is larger counts as this much: most of it are pictures
_EACH = 10_000  # what every file counts on top, so that many tiny ones are bounded too
_AHEAD = 300_000  # bytes of files that a process is handed before it is done with the one it reads
_PATIENCE = 5.0  # seconds that a slow file may keep those behind it waiting, once no more can be read
_SCALE = 10_000_000  # bytes of a file that may take the time limit once
_STILLBORN = 3  # processes that die one after the other before reading anything


@dataclass(eq=False)
class _Reader:
    process: BaseProcess
    tasks: Connection
    results: Connection
    begun: Any  # a c_longlong in shared memory: the number of the file that it began last
    given: deque[int] = field(default_factory=deque)
    since: float | None = None  # when the first of ``given`` was begun

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.tasks.close()
        self.results.close()


class Readers:
    """Reads files in processes and gives what came of them, in their order.

    A file that takes long is overtaken by those behind it once these would have to wait for it.

    :param read: reads one file and raises nothing; it travels to the processes.
    :param processes: how many of them.
    :param seconds: how long the reading of a file may take, and again for every 10 MB of it.
    """

    def __init__(self, files: Sequence[Found], read: Read, processes: int, seconds: float) -> None:
        self._files = files
        self._read = read
        self._processes = processes
        self._seconds = seconds
        self._context = _context()
        self._waiting = deque(range(len(files)))
        self._order: list[int] = []  # handed out and not yet given, ascending
        self._again: deque[int] = deque()  # those that a process died of: once more, alone, at the end
        self._retried: set[int] = set()
        self._sizes = [_size(item) for item in files]
        self._held = 0
        self._done: dict[int, IngestedSource | Failure] = {}
        self._readers: list[_Reader] = []
        self._stillborn = 0

    def outcomes(self) -> Generator[Outcome]:
        """What came of each file."""
        try:
            while self._waiting or self._again or self._order:
                if self._stillborn >= _STILLBORN:
                    log.warning("启动不了读取文件的子进程，改在本进程中读取")
                    yield from self._here()
                    return
                self._hand_out()
                number = self._next()
                if number is None:
                    self._receive()
                    continue
                self._order.remove(number)
                self._held -= _weight(self._sizes[number])
                yield self._files[number], self._done.pop(number)
        finally:
            for reader in self._readers:
                reader.stop()

    def _here(self) -> Iterator[Outcome]:
        for number in sorted([*self._order, *self._waiting, *self._again]):
            outcome = self._done.get(number)
            item = self._files[number]
            yield item, outcome or self._read(item)

    # -- handing out ----------------------------------------------------------------------------------

    @property
    def _full(self) -> bool:
        """Whether no more may be read before something is taken."""
        return not self._waiting or self._held >= self._processes * _WINDOW

    def _hand_out(self) -> None:
        while not self._full:
            reader = self._free()
            if reader is None:
                return
            self._give(reader, self._waiting.popleft())
        if not self._waiting and self._again and not any(reader.given for reader in self._readers):
            number = self._again.popleft()
            self._give(self._readers[0] if self._readers else self._start(), number)

    def _free(self) -> _Reader | None:
        """The process with the least to do, a new one if all have something and there may be more; None: wait."""
        reader = min(self._readers, key=self._load, default=None)
        if (reader is None or reader.given) and len(self._readers) < self._processes:
            return self._start()
        return reader if reader is not None and self._load(reader) < _AHEAD else None

    def _load(self, reader: _Reader) -> int:
        return sum(self._sizes[number] + _EACH for number in reader.given)

    def _give(self, reader: _Reader, number: int) -> None:
        insort(self._order, number)
        self._held += _weight(self._sizes[number])
        reader.given.append(number)
        try:
            reader.tasks.send((number, self._files[number]))
        except OSError:
            log.debug("a reader died before it was handed a file")  # what becomes of the file: see _receive

    def _start(self) -> _Reader:
        tasks, ours = self._context.Pipe(duplex=False)
        results, theirs = self._context.Pipe(duplex=False)
        begun = self._context.RawValue("q", -1)
        process = self._process(target=serve, args=(tasks, theirs, begun, self._read), daemon=True)
        process.start()
        # Only the process holds its ends now, so that its death ends the pipes.
        tasks.close()
        theirs.close()
        reader = _Reader(process, ours, results, begun)
        self._readers.append(reader)
        return reader

    def _process(self, **settings: Any) -> BaseProcess:
        return self._context.Process(**settings)  # type: ignore[attr-defined,no-any-return]

    # -- taking back ----------------------------------------------------------------------------------

    def _next(self) -> int | None:
        """The next file to give: the first in order, or one behind it that would have to wait too long."""
        if not self._order:
            return None
        first = self._order[0]
        if first in self._done:
            return first
        overtakes = self._waiting and self._full and self._seconds_of(first) >= _PATIENCE
        return next((number for number in self._order if number in self._done), None) if overtakes else None

    def _seconds_of(self, number: int) -> float:
        for reader in self._readers:
            if reader.given and reader.given[0] == number and reader.since is not None:
                return time.monotonic() - reader.since
        return 0.0

    def _limit(self, number: int) -> float:
        return self._seconds * max(1.0, self._sizes[number] / _SCALE)

    def _receive(self) -> None:
        """Wait until a process has something to say, dies, or has used up its time."""
        now = time.monotonic()
        until = [
            reader.since + limit - now
            for reader in self._readers
            if reader.since is not None
            for limit in (_PATIENCE, self._limit(reader.given[0]))
            if reader.since + limit > now
        ]
        ready = wait([reader.results for reader in self._readers], min(until, default=1.0))
        for reader in list(self._readers):
            if reader.results in ready:
                self._listen(reader)
        for reader in list(self._readers):
            # Judged after listening: one that finished while nobody listened is in time.
            number = reader.given[0] if reader.given else -1
            limit = self._limit(number)
            if reader.since is not None and time.monotonic() - reader.since > limit:
                self._replace(reader, overdue(self._files[number], limit), number)

    def _listen(self, reader: _Reader) -> None:
        try:
            while reader.results.poll():
                number, outcome = reader.results.recv()
                self._stillborn = 0
                if outcome is None:
                    reader.since = time.monotonic()
                else:
                    self._done[number] = outcome
                    reader.given.popleft()
                    reader.since = None
        except (EOFError, OSError):
            self._died(reader)

    def _died(self, reader: _Reader) -> None:
        number = reader.begun.value
        if number not in reader.given:
            self._stillborn += 1
            self._replace(reader, None)
        elif number in self._retried:
            self._replace(reader, crashed(self._files[number]), number)
        else:
            self._retried.add(number)
            self._replace(reader, None)
            self._waiting.remove(number)
            self._again.append(number)

    def _replace(self, reader: _Reader, verdict: Failure | None, number: int = -1) -> None:
        """Do without a process: what it was handed waits again, but for the file that the verdict is on."""
        reader.stop()
        self._readers.remove(reader)
        if verdict is not None:
            reader.given.remove(number)
            self._done[number] = verdict
        for left in reader.given:
            self._order.remove(left)
            self._held -= _weight(self._sizes[left])
        self._waiting = deque(sorted([*self._waiting, *reader.given]))


def _context() -> BaseContext:
    # A forked child of a program with threads (the workbench) can lock up. The fork server has none.
    context = multiprocessing.get_context("forkserver" if sys.platform == "linux" else "spawn")
    # Passed over where processes are spawned.
    context.set_forkserver_preload(["ingest.warm"])
    return context


def _size(item: Found) -> int:
    try:
        return item.path.stat().st_size
    except OSError:
        return 0  # the reader will say what is wrong


def _weight(size: int) -> int:
    return min(size, _LARGE) + _EACH
