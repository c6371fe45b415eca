"""Progress on stderr while files are read and indexed."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress

from ingest.pipeline import Progress


class IngestBar:
    """One bar for the files, one for the index; silent where stderr is no terminal."""

    def __init__(self) -> None:
        self._bars = RichProgress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[note]}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> IngestBar:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def reading(self, progress: Progress) -> None:
        """Show how many files have been read, and at what rate."""
        rate = progress.passages / progress.seconds if progress.seconds else 0.0
        note = f"{progress.passages} 段，{rate:.0f} 段/秒  {progress.current[-40:]}"
        self._show("读入文件", progress.done, progress.files, note)

    def indexing(self, done: int, total: int) -> None:
        """Show how many passages have been indexed."""
        self._show("建立索引", done, total, "")

    def _show(self, name: str, done: int, total: int, note: str) -> None:
        if name not in self._tasks:
            self._tasks[name] = self._bars.add_task(name, total=total, note=note)
        self._bars.update(self._tasks[name], completed=done, total=total, note=note)
