"""Files that could not be read: remembered until they can be, or until a person says that it is all right."""

from __future__ import annotations

from collections.abc import Iterable

from kb.store.reading import Reader
from kb.store.records import Unread
from kb.store.writing import now


class UnreadStore(Reader):
    """The part of the store that remembers failures."""

    def note_unread(self, failures: Iterable[tuple[str, str]]) -> None:
        """Remember files that could not be read, each with the reason in Chinese."""
        rows = [(source, error, now()) for source, error in failures]
        if rows:
            with self._connections.transaction() as db:
                db.executemany("INSERT OR REPLACE INTO unread VALUES (?, ?, ?)", rows)

    def forget_unread(self) -> int:
        """Forget all of them; how many there were."""
        with self._connections.transaction() as db:
            return int(db.execute("DELETE FROM unread").rowcount)

    def unread(self) -> tuple[Unread, ...]:
        """The files that could not be read and have not been since, by name."""
        sql = (
            "SELECT u.source_path, u.error, u.at FROM unread u WHERE NOT EXISTS (SELECT 1 FROM sources s "
            "WHERE s.path = u.source_path AND s.removed_generation IS NULL AND s.ingested_at >= u.at) ORDER BY 1"
        )
        return tuple(Unread(*row) for row in self._rows(sql))
