"""How fast and how large the index is, on passages grown from a folder of texts by recombining their sentences.

    python -m eval.bench_search --texts corpus --sizes 10000,100000

For each size: time to store and to index, bytes on disk, peak memory, time to open, and the 50th and 95th
percentile of each search, over the whole library and within one province. Where rank_bm25 fits, it answers the
same questions in turn with ours, over the same tokens. Each size is built, searched and compared in processes
of its own, so that memory is what that step needs.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from eval.grown import PASSAGES_A_DOCUMENT, Question, grow, questions, sentences_of
from eval.memory import peak, resident
from kb.model import Filters, IngestedSource
from kb.settings import Layout, Settings
from kb.store import Store, with_descendants
from search.answer.answerer import Answerer
from search.embedding import load_embedder
from search.embedding.base import Embedder
from search.engines.base import EngineFilter, EngineQuery
from search.engines.local import LocalEngine
from search.index import ANALYSIS, open_index, refresh
from search.library import Library
from search.rank import Ranker, RankQuery, load_weights
from search.retrieve import Searcher

PROVINCE = "130000"
QUESTIONS = 200
_WARM_UP = 5
_COMPARED = 40  # questions whose results before and after a change must be equal
_BUILT_TWICE = 100_000  # passages up to which the index is built anew after adding, to compare the results
_EVERYWHERE = "各地"

Search = Callable[[Question, tuple[str, ...]], object]
"""One search for a question within some regions; none: everywhere."""


def searches(folder: Path) -> dict[str, Search]:
    """What is timed on the knowledge base at ``folder``, by name: the engine alone, whole searches, answers."""
    library = Library(folder)
    engine = library.snapshot().engine
    searcher = Searcher(library)
    answerer = Answerer(searcher)

    def engine_with(lexical: bool, semantic: bool) -> Search:
        def search(question: Question, regions: tuple[str, ...]) -> object:
            fields = question.fields if lexical else {}
            within = EngineFilter(regions=with_descendants(regions) if regions else None)
            return engine.search(EngineQuery(fields, question.vector if semantic else None, within))

        return search

    return {
        "lexical": engine_with(True, False),
        "semantic": engine_with(False, True),
        "hybrid": engine_with(True, True),
        "search": lambda question, regions: searcher.search(question.asked, 10, Filters(regions=regions)),
        "ask": lambda question, regions: answerer.ask(question.asked, Filters(regions=regions)),
        "ask_everywhere": lambda question, regions: answerer.ask(
            f"{_EVERYWHERE}{question.asked}", Filters(regions=regions)
        ),
    }


# -- the steps, each in a process of its own --------------------------------------------------------------


def build(folder: Path, pool: Sequence[str], passages: int) -> dict[str, float]:
    """Store and index; seconds, bytes and peak memory."""
    embedder = load_embedder()
    ANALYSIS.fields("预热", "预热分词器")
    started = time.perf_counter()
    characters = 0
    with Store.open(Layout(folder).store) as store:
        batch: list[IngestedSource] = []
        for source in grow(pool, passages):
            characters += source.loaded.size
            batch.append(source)
            if len(batch) == 200:
                _write(store, batch)
                batch = []
        _write(store, batch)
        stored = time.perf_counter()
        refresh(store, Settings(), embedder, on_progress=_progress)
        indexed = time.perf_counter()
        return {
            "text_mb": characters / 1e6,
            "store_s": stored - started,
            "index_s": indexed - stored,
            "store_mb": _size(folder, "store.sqlite*"),
            "index_mb": _size(Layout(folder).index, "**/*"),
            "build_peak_mb": peak(),
            **_change_one(store, pool, passages),
        }


def _change_one(store: Store, pool: Sequence[str], passages: int) -> dict[str, float]:
    """Seconds until a new document is visible and until it is gone; whether each leaves what a fresh build gives."""
    (source,) = grow(pool, PASSAGES_A_DOCUMENT, seed=3)
    embedder = load_embedder()
    own = Layout(store.path.parent).index
    text = source.loaded.text
    asked = [
        *(question.text for question in questions(pool, _COMPARED)),
        *(text[i : i + 20] for i in (200, 900)),
    ]
    before = _results(own, asked, embedder)
    started = time.perf_counter()
    ids = store.replace_source(source, force=True)
    refresh(store, Settings(), embedder)
    result = {"add_one_s": time.perf_counter() - started}
    added = _results(own, asked, embedder)
    result["new_one_seen"] = float(added != before)
    if passages <= _BUILT_TWICE:
        anew = Path(tempfile.mkdtemp(prefix="policykb-bench-", dir=store.path.parent))
        try:
            refresh(store, Settings(), embedder, folder=anew)
            result["after_adding_as_fresh"] = float(_results(anew, asked, embedder) == added)
        finally:
            shutil.rmtree(anew, ignore_errors=True)
    started = time.perf_counter()
    store.remove_documents(ids)
    refresh(store, Settings(), embedder)
    result["delete_one_s"] = time.perf_counter() - started
    result["after_delete_as_fresh"] = float(_results(own, asked, embedder) == before)
    return result


def _results(index: Path, asked: Sequence[str], embedder: Embedder) -> list[list[tuple[int, float]]]:
    """Keys and scores that a published index gives."""
    ranker = Ranker(open_index(index), embedder)
    return [[(item.key, item.score) for item in ranker.rank(RankQuery(text))] for text in asked]


def _write(store: Store, sources: Sequence[IngestedSource]) -> None:
    with store.batch():
        for source in sources:
            store.replace_source(source)


def _progress(done: int, total: int) -> None:
    if done == total or done % 10_240 == 0:
        print(f"\r索引 {done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)


def search(folder: Path, pool: Sequence[str], count: int) -> dict[str, float]:
    """Seconds to open, milliseconds for the first question, percentiles in milliseconds, memory."""
    asked = questions(pool, count + _WARM_UP)
    before = peak()
    started = time.perf_counter()
    library = Library(folder)
    engine = library.snapshot().engine
    opened = time.perf_counter()
    Searcher(library).search(asked[0].asked)
    result = {"open_s": opened - started, "first_search_ms": 1e3 * (time.perf_counter() - opened)}
    province = EngineFilter(regions=with_descendants([PROVINCE]))
    result["admitted_%"] = 100 * engine.count(province) / max(1, engine.count())
    library.close()
    for name, one in searches(folder).items():
        for place, regions in (("", ()), ("_region", (PROVINCE,))):
            result |= _timed(f"{name}{place}", one, asked, regions)
        result[f"{name}_resident_mb"] = resident()
    result["search_peak_mb"] = peak()
    result["grown_mb"] = peak() - before
    return result


def _timed(name: str, one: Search, asked: Sequence[Question], regions: tuple[str, ...]) -> dict[str, float]:
    """Percentiles in milliseconds by the clock, and of the processor's time, which other programs don't add to."""
    clock, processor = [], []
    for question in asked:
        at, worked = time.perf_counter(), time.process_time()
        one(question, regions)
        clock.append(1e3 * (time.perf_counter() - at))
        processor.append(1e3 * (time.process_time() - worked))
    return {
        f"{name}_p50": float(np.percentile(clock[_WARM_UP:], 50)),
        f"{name}_p95": float(np.percentile(clock[_WARM_UP:], 95)),
        f"{name}_cpu_p95": float(np.percentile(processor[_WARM_UP:], 95)),
    }


def baseline(folder: Path, pool: Sequence[str], count: int) -> dict[str, float]:
    """rank_bm25 and ours in turn over the same tokens: milliseconds, their ratio, the largest difference."""
    from rank_bm25 import BM25Okapi

    with Store.open(Layout(folder).store) as store:
        engine = open_index(Layout(folder).index)
        keys = engine.keys()
        tokens = [ANALYSIS.fields("", p.passage.text)["body"] for p in store.passages(keys.tolist())]
    started = time.perf_counter()
    weights = load_weights()
    theirs = BM25Okapi(tokens, k1=weights.k1, b=weights.b)
    result = {"rank_bm25_build_s": time.perf_counter() - started}
    times: list[tuple[float, float]] = []
    worst = 0.0
    for question in questions(pool, count):
        words = question.fields["body"]
        at = time.perf_counter()
        scores = theirs.get_scores(words)
        between = time.perf_counter()
        found = _lexical(engine, words)
        times.append((between - at, time.perf_counter() - between))
        rows = np.searchsorted(keys, [key for key, _ in found])
        worst = max(worst, float(np.abs(scores[rows] - [score for _, score in found]).max(initial=0.0)))
    slow, fast = np.median(np.array(times), axis=0)
    result.update(rank_bm25_p50=1e3 * slow, times_faster=slow / fast, largest_difference=worst)
    return result


def _lexical(engine: LocalEngine, words: Sequence[str]) -> list[tuple[int, float]]:
    return [(c.key, c.scores["body"]) for c in engine.search(EngineQuery({"body": words}))]


def _size(folder: Path, pattern: str) -> float:
    return sum(path.stat().st_size for path in folder.glob(pattern) if path.is_file()) / 1e6


# -- command line -----------------------------------------------------------------------------------------


def _child(step: str, folder: Path, passages: int, arguments: argparse.Namespace) -> dict[str, float]:
    command = [sys.executable, "-m", "eval.bench_search", "--step", step, "--folder", str(folder)]
    command += [
        "--sizes",
        str(passages),
        "--questions",
        str(arguments.questions),
        "--texts",
        *arguments.texts,
    ]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    numbers: dict[str, float] = json.loads(done.stdout)
    return numbers


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--texts", nargs="+", default=["corpus"], help="folders of .txt, .md and .jsonl files"
    )
    parser.add_argument("--sizes", default="10000,100000", help="numbers of passages, with commas")
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    parser.add_argument("--baseline", type=int, default=100_000, help="largest size at which rank_bm25 runs")
    parser.add_argument("--json", action="store_true", help="one JSON object a size")
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--step", choices=("build", "search", "baseline"), help=argparse.SUPPRESS)
    return parser


def main() -> None:
    """Run the benchmark and print it."""
    arguments = _parser().parse_args()
    sizes = [int(size) for size in arguments.sizes.split(",")]
    if arguments.step:
        pool = sentences_of(tuple(arguments.texts))
        steps = {
            "build": lambda: build(arguments.folder, pool, sizes[0]),
            "search": lambda: search(arguments.folder, pool, arguments.questions),
            "baseline": lambda: baseline(arguments.folder, pool, min(arguments.questions, 25)),
        }
        print(json.dumps(steps[arguments.step]()))
        return
    for passages in sizes:
        folder = Path(tempfile.mkdtemp(prefix="policykb-bench-"))
        try:
            numbers: dict[str, float] = {"passages": passages}
            for step in ("build", "search", *(["baseline"] if passages <= arguments.baseline else [])):
                numbers |= _child(step, folder, passages, arguments)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        if arguments.json:
            print(json.dumps(numbers), flush=True)
        else:
            for name, value in numbers.items():
                print(f"{name:24} {value:12.4g}" if value < 1e5 else f"{name:24} {value:12.0f}", flush=True)
            print()


if __name__ == "__main__":
    main()
