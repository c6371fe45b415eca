"""The other side of :mod:`ingest.readers`: a process that reads the files it is told."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread
from typing import Any

from ingest.discover import Found
from ingest.outcomes import Failure
from kb.model import IngestedSource

Read = Callable[[Found], IngestedSource | Failure]
Message = tuple[int, IngestedSource | Failure | None]
"""A file's number with what came of it; with None when its reading begins."""


def serve(tasks: Connection, results: Connection, begun: Any, read: Read) -> None:
    """Read files until there are no more tasks. Runs as the whole of a process.

    :param begun: shared memory for the number of the file that is being read: if the process dies, that is why.
    """
    # The person's Ctrl-C is for the program that started this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Documents hold no cycles to speak of; looking for them every 700 objects costs a twentieth of the time.
    gc.set_threshold(50_000, 20, 20)
    outgoing: SimpleQueue[Message | None] = SimpleQueue()
    sender = Thread(target=_send, args=(results, outgoing), daemon=True)
    sender.start()
    try:
        while (task := tasks.recv()) is not None:
            number, item = task
            begun.value = number
            outgoing.put((number, None))
            outgoing.put((number, read(item)))
    except (EOFError, OSError):
        return  # nobody is there any more
    outgoing.put(None)
    sender.join()


def _send(results: Connection, outgoing: SimpleQueue[Message | None]) -> None:
    """Send what is done while the next file is being read, however busy the receiver is."""
    try:
        while (message := outgoing.get()) is not None:
            results.send(message)
    except OSError:
        return
