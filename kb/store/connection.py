"""Connections to the store's SQLite file: one a thread, durable, with errors that people understand."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.errors import StoreBusy, StoreError
from kb.store.schema import migrate


class Connections:
    """A connection for each thread that asks, all to one file.

    :param path: the SQLite file; it and its folder are made when absent.
    :param busy_timeout_s: how long a writer waits for another one before it gives up.
    """

    def __init__(self, path: Path, *, busy_timeout_s: float = 10.0) -> None:
        self.path = path
        self._busy_timeout_s = busy_timeout_s
        self._local = threading.local()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"无法建立知识库文件夹：{error.strerror or error}",
                source=str(path.parent),
                remedy="请检查路径和权限",
            ) from error
        with self.errors():
            migrate(self.get())

    def get(self) -> sqlite3.Connection:
        """The connection of the calling thread."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._connect()
            self._local.connection = connection
        return connection

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path,
            timeout=self._busy_timeout_s,
            isolation_level=None,  # transactions are begun and ended here, nowhere else
            check_same_thread=False,  # each uses its own; another may let go of it last
            cached_statements=256,
        )
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -32768")
        connection.execute("PRAGMA wal_autocheckpoint = 4000")
        return connection

    def close(self) -> None:
        """Close the connections. One that another thread is just reading with closes as soon as it is done.

        SQLite does not survive that a connection is closed under a running statement, so those of other threads are
        only let go of.
        """
        mine: sqlite3.Connection | None = getattr(self._local, "connection", None)
        self._local = threading.local()
        if mine is not None:
            mine.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One write transaction; inside another one of the same thread, a part that can fail alone.

        :raises StoreBusy: another process holds the write lock for longer than the busy timeout.
        """
        with self.errors():
            connection = self.get()
            nested = connection.in_transaction
            connection.execute("SAVEPOINT part" if nested else "BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                if nested:
                    connection.execute("ROLLBACK TO part")
                    connection.execute("RELEASE part")
                elif connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            connection.execute("RELEASE part" if nested else "COMMIT")

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turn SQLite's errors into the store's."""
        try:
            yield
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
            raise  # a mistake of this program, not of the file
        except sqlite3.OperationalError as error:
            text = str(error)
            if "locked" in text or "busy" in text:
                raise StoreBusy(
                    "另一个程序正在写入这个知识库", source=str(self.path), remedy="请等它完成后再试"
                ) from error
            if "disk is full" in text or "disk I/O" in text:
                raise StoreError(
                    "磁盘已满或无法写入",
                    source=str(self.path),
                    remedy="请腾出空间后重试，已入库的内容不受影响",
                ) from error
            raise StoreError(
                f"无法读写知识库文件：{text}", source=str(self.path), remedy="请检查文件夹的权限"
            ) from error
        except sqlite3.DatabaseError as error:
            raise StoreError(
                f"知识库文件已损坏或不是知识库：{error}",
                source=str(self.path),
                remedy="请从备份恢复，或移走此文件后重新入库",
            ) from error
