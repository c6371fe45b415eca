"""How fast files become searchable, what the time goes to, and how much memory it takes.

    python -m eval.bench_ingest FOLDER              the command as users run it, start-up and publishing included
    python -m eval.bench_ingest FOLDER --stages     and then each stage for itself, in one process
    python -m eval.bench_ingest FOLDER --copies 1,4,8   that many times the files, with other words: memory stays
                                                        as it is

Times are CPU seconds (user and system, of all processes), which other programs on the machine disturb less than the
time on the clock. Those of the processes are read from ``/proc``, so the first form wants Linux.
"""

from __future__ import annotations

import argparse
import importlib
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

_EVERY = 0.05  # seconds between two looks at the processes
_TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
# A word that copies have in place of another, so that they are other files with as much to read.
_WORD, _INSTEAD = "教育", "甲乙丙丁戊己庚辛壬癸"


@dataclass(frozen=True, slots=True)
class Run:
    """One ingestion: files, megabytes, seconds on the clock and of CPU, and the memory peaks in MB.

    Memory is what the processes hold of their own; the system keeps as much of mapped index files as it has room for.
    """

    files: int
    passages: int
    megabytes: float
    seconds: float
    cpu: float
    cpu_main: float
    memory_main: int
    memory_worker: int

    @property
    def rate(self) -> float:
        """Megabytes a second on the clock."""
        return self.megabytes / self.seconds


@dataclass
class _Watch:
    """Looks at a process and those below it until it ends."""

    root: int
    cpu: dict[int, float] = field(default_factory=dict)
    memory: dict[int, int] = field(default_factory=dict)
    ended: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self.ended.wait(_EVERY):
            self.look()

    def look(self) -> None:
        names = [path.name for path in Path("/proc").iterdir()]
        parents = {int(name): _parent(int(name)) for name in names if name.isdigit()}
        family = {self.root}
        # Children have larger numbers than their parents, but for the rare time when the numbers begin anew.
        for pid, parent in sorted(parents.items()):
            if parent in family:
                family.add(pid)
        for pid in family:
            try:
                numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                status = Path(f"/proc/{pid}/status").read_text()
            except OSError:
                continue  # it ended a moment ago
            self.cpu[pid] = (int(numbers[11]) + int(numbers[12])) / _TICK
            own = status.partition("RssAnon:")[2].split()
            if own:
                self.memory[pid] = max(self.memory.get(pid, 0), int(own[0]) // 1024)


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return -1


def measure(folder: Path, *, workers: int | None = None) -> Run:
    """Ingest a folder into a new knowledge base by the command."""
    with tempfile.TemporaryDirectory() as there:
        command = [sys.executable, "-m", "interfaces.cli", "--kb", there, "ingest", str(folder), "--json"]
        if workers is not None:
            command += ["--workers", str(workers)]
        started = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            watch = _Watch(process.pid)
            thread = threading.Thread(target=watch.run)
            thread.start()
            said, _ = process.communicate()
            seconds = time.perf_counter() - started
            watch.ended.set()
            thread.join()
    report: dict[str, Any] = json.loads(said)
    main = watch.root
    return Run(
        files=report["files"],
        passages=report["passages"],
        megabytes=report["bytes"] / 1e6,
        seconds=seconds,
        cpu=sum(watch.cpu.values()),
        cpu_main=watch.cpu.get(main, 0.0),
        memory_main=watch.memory.get(main, 0),
        memory_worker=max((peak for pid, peak in watch.memory.items() if pid != main), default=0),
    )


def stages(folder: Path) -> dict[str, float]:
    """CPU seconds of each stage over all files of a folder, one after the other in this process."""
    import ingest.read as reading
    from ingest.discover import discover
    from ingest.outcomes import Failure, read
    from ingest.standing import settle_statuses
    from kb.settings import Layout, Settings
    from kb.store import Store
    from search.embedding import load_embedder
    from search.embedding.static import StaticEmbedder
    from search.index import Analysis, refresh

    spent: dict[str, float] = {}
    named = {
        "load": "读取",
        "clean": "清洗",
        "split_cases": "分篇",
        "build_outline": "标题树",
        "cut_passages": "段落",
        "read_metadata": "元数据",
        "locate": "地区",
        "extract_facts": "数据项",
        "_typed": "段落类型",
    }
    _warm_up()
    with ExitStack() as timed, tempfile.TemporaryDirectory() as there:
        for name, stage in named.items():
            timed.enter_context(_timed(reading, name, stage, spent))
        with _spent("读入合计", spent):
            outcomes = [read(item) for item in discover([folder])]
        sources = [outcome for outcome in outcomes if not isinstance(outcome, Failure)]
        with _spent("进程间传递", spent):
            _sent(sources)
        embedder = load_embedder("builtin")
        with Store.open(Layout(Path(there)).store) as store:
            with _spent("写库", spent):
                for first in range(0, len(sources), 64):
                    with store.batch():
                        for source in sources[first : first + 64]:
                            store.replace_source(source)
                settle_statuses(store)
            timed.enter_context(mock.patch("search.index.building._IN_PROCESSES_FROM", sys.maxsize))
            timed.enter_context(_timed(Analysis, "postings", "分析", spent))
            timed.enter_context(_timed(StaticEmbedder, "encode_passages", "向量", spent))
            with _spent("索引合计", spent):
                refresh(store, Settings(), embedder)
    return spent


def _sent(things: Sequence[object]) -> None:
    """Send things through a pipe, as a process sends what it has read."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    with receiver, sender:
        thread = threading.Thread(target=lambda: deque(map(sender.send, things), 0))
        thread.start()
        for _ in things:
            receiver.recv()
        thread.join()


def _warm_up() -> None:
    """Have dictionaries and tables loaded before anything is timed."""
    from search.analysis import analyse

    importlib.import_module("ingest.warm")
    analyse("新增学位1.2万个")


@contextmanager
def _spent(stage: str, spent: dict[str, float]) -> Iterator[None]:
    before = time.process_time()
    yield
    spent[stage] = spent.get(stage, 0.0) + time.process_time() - before


@contextmanager
def _timed(owner: Any, name: str, stage: str, spent: dict[str, float]) -> Iterator[None]:
    """Add up what a function costs while this lasts."""
    real: Callable[..., Any] = getattr(owner, name)

    def clocked(*values: Any, **named: Any) -> Any:
        with _spent(stage, spent):
            return real(*values, **named)

    with mock.patch.object(owner, name, clocked):
        yield


def copies(folder: Path, times: int, target: Path) -> None:
    """Put the text files of a folder into ``target`` so many times, each time with another word."""
    for number in range(times):
        for path in sorted(folder.rglob("*.txt")):
            text = path.read_text(encoding="utf-8")
            word = "".join(_INSTEAD[int(digit)] for digit in f"{number:02d}")
            out = target / f"{number:03d}" / path.relative_to(folder)
            out.parent.mkdir(parents=True, exist_ok=True)
            out.write_text(text.replace(_WORD, word) if number else text, encoding="utf-8")


def _tell(run: Run) -> None:
    print(
        f"{run.files} 个文件、{run.megabytes:.1f} MB、{run.passages} 段：{run.seconds:.1f} 秒，"
        f"{run.rate:.2f} MB/秒；CPU {run.cpu:.1f} 秒（主进程 {run.cpu_main:.1f} 秒）；"
        f"内存峰值：主进程 {run.memory_main} MB，子进程 {run.memory_worker} MB"
    )


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workers", type=int, default=None)
    parser.add_argument("--stages", action="store_true")
    parser.add_argument("--copies", default="1", help="1,4,8")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    for times in map(int, options.copies.split(",")):
        with tempfile.TemporaryDirectory() as there:
            folder = options.folder
            if times > 1:
                folder = Path(there)
                copies(options.folder, times, folder)
            run = measure(folder, workers=options.workers)
        print(json.dumps(asdict(run))) if options.json else _tell(run)
    if options.stages:
        for stage, seconds in stages(options.folder).items():
            print(
                json.dumps({"stage": stage, "cpu": seconds}) if options.json else f"{stage}\t{seconds:.2f} 秒"
            )


if __name__ == "__main__":
    main()
