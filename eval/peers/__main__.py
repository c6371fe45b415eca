"""``python -m eval.peers [--dataset DIR]…``: ours and others on the same passages and questions in one run."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from eval.answers import build
from eval.datasets import Dataset, read_beir
from eval.metrics import Interval
from eval.own_set import own_set, write_beir
from eval.peers import with_bm25s, with_haystack, with_policykb, with_rank_bm25, with_tantivy, with_txtai
from eval.peers.base import Entrant
from eval.peers.measure import Run, asked_of, measure
from eval.questions import load_questions
from eval.retrieval import Row, measured
from search.library import Library

ENTRANTS: tuple[Entrant, ...] = tuple(
    entrant
    for family in (with_rank_bm25, with_bm25s, with_tantivy, with_txtai, with_haystack, with_policykb)
    for entrant in family.ENTRANTS
)
BASELINE = with_rank_bm25.ENTRANTS[1].name
"""What others are held against: with its default tokens it finds next to nothing in Chinese, and that quickly."""
OWN = "own"
_TIMEOUT_S = 1800
_EXTRA = 'pip install -e ".[peers]" -c constraints.txt'


def run_apart(entrant: Entrant, folder: Path, most: int = 0) -> Run:
    """Measure a system in a process of its own.

    :raises RuntimeError: it failed; the message is the last line that it printed.
    """
    command = [sys.executable, "-m", "eval.peers", "--worker", entrant.name, "--dataset", str(folder)]
    command += ["--questions", str(most)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False)
    if done.returncode:
        raise RuntimeError((done.stderr.strip().splitlines() or ["没有输出"])[-1])
    return Run(**json.loads(done.stdout.splitlines()[-1]))


def compare(
    folder: Path, name: str, only: Sequence[str] = (), most: int = 0, *, as_json: bool = False
) -> None:
    """Print the table of one set, a line for each system as soon as it is done."""
    whole = read_beir(folder)
    asked = asked_of(whole, most)
    dataset = replace(whole, queries={query: whole.queries[query] for query in asked})
    base: Run | None = None
    if not as_json:
        print(f"\n## {name}：{len(dataset.passages)} 段，{len(dataset.judged)} 个问题\n\n{_header(dataset)}")
    for entrant in ENTRANTS:
        if (only and entrant.name not in only) or (entrant.needs and not (folder / entrant.needs).exists()):
            continue
        if not entrant.installed:
            _show_missing(name, entrant, "未安装", as_json=as_json)
            continue
        try:
            run = run_apart(entrant, folder, most)
        except (RuntimeError, subprocess.TimeoutExpired) as error:
            _show_missing(name, entrant, f"失败：{error}", as_json=as_json)
            continue
        if entrant.name == BASELINE:
            base = run
        row = measured(dataset, entrant.name, run.rankings)
        print(_json_line(name, row, run, base) if as_json else _line(row, run, base), flush=True)


def _header(dataset: Dataset) -> str:
    names = ["系统", "nDCG@10", "hit@1", "hit@5", "MRR@10", "召回@100"]
    names += ["建立 s", "p50 ms", "p95 ms", "常驻 MB", "峰值 MB", "查询倍数", "内存比"]
    return f"| {' | '.join(names)} |\n|{'---|' * len(names)}"


def _line(row: Row, run: Run, base: Run | None) -> str:
    cells = [row.system, *(_interval(interval) for interval in row.measures.values())]
    cells += [f"{run.build_s:.2f}", f"{run.p50:.2f}", f"{run.p95:.2f}"]
    cells += [f"{run.resident_mb:.0f}", f"{run.peak_mb:.0f}"]
    cells += [f"{base.cpu_p50 / run.cpu_p50:.1f}×", f"{run.peak_mb / base.peak_mb:.2f}"] if base else ["", ""]
    return f"| {' | '.join(cells)} |"


def _interval(interval: Interval) -> str:
    spread = (interval.high - interval.low) / 2
    return f"{interval.mean:.3f} ±{spread:.3f}"


def _json_line(dataset: str, row: Row, run: Run, base: Run | None) -> str:
    numbers = {key: value for key, value in asdict(run).items() if key != "rankings"}
    intervals = {f"{name} 95%": [i.low, i.high] for name, i in row.measures.items()}
    ratio = (
        {"times_faster": base.cpu_p50 / run.cpu_p50, "memory_ratio": run.peak_mb / base.peak_mb}
        if base
        else {}
    )
    return json.dumps(
        {"dataset": dataset, **row.as_json(), **intervals, **numbers, **ratio}, ensure_ascii=False
    )


def _show_missing(dataset: str, entrant: Entrant, why: str, *, as_json: bool) -> None:
    if as_json:
        line = {"dataset": dataset, "system": entrant.name, "error": why}
        print(json.dumps(line, ensure_ascii=False), flush=True)
    else:
        print(f"| {entrant.name} | {why} |{' |' * 11}", flush=True)
    if why == "未安装":
        print(f"{entrant.name} 未安装；要一并比较，请运行：{_EXTRA}", file=sys.stderr)


def make_own(folder: Path) -> Path:
    """Build a library from the sample corpus and write its passages and the own questions as a set."""
    library = Library(build(folder / with_policykb.LIBRARY))
    try:
        return write_beir(own_set(library.snapshot(), load_questions()), folder)
    finally:
        library.close()


def main(argv: Sequence[str] | None = None) -> int:
    """Compare on each set in turn; without ``--dataset`` on the own questions."""
    parser = argparse.ArgumentParser(prog="eval.peers", description="与同类系统在同一批段落和问题上比较。")
    parser.add_argument(
        "--dataset", type=str, action="append", help=f"BEIR 布局的文件夹，可写多次；{OWN} 指自己的问题"
    )
    parser.add_argument("--only", action="append", default=[], help="只比较这些系统（表中的名称）")
    parser.add_argument("--questions", type=int, default=0, help="每个数据集最多问几个，均匀抽取；0 为全部")
    parser.add_argument("--json", action="store_true", help="一行一个系统")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    arguments = parser.parse_args(argv)
    sets: list[str] = arguments.dataset or [OWN]
    if arguments.worker:
        (entrant,) = [one for one in ENTRANTS if one.name == arguments.worker]
        print(json.dumps(asdict(measure(entrant, Path(sets[0]), arguments.questions))))
        return 0
    for name in sets:
        if name != OWN:
            compare(Path(name), Path(name).name, arguments.only, arguments.questions, as_json=arguments.json)
            continue
        with tempfile.TemporaryDirectory() as folder:
            compare(
                make_own(Path(folder)), "own", arguments.only, arguments.questions, as_json=arguments.json
            )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
