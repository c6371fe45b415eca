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
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import numpy as np

from kb.model import Document, IngestedDocument, IngestedSource, LoadedSource, Passage, Section
from kb.regions import tree
from kb.settings import Layout, Settings
from kb.store import Store, with_descendants
from kb.text.sentences import sentences
from search.embedding import load_embedder
from search.engines.base import EngineFilter, EngineQuery
from search.engines.local import LocalEngine
from search.index import ANALYSIS, open_index, refresh

PASSAGES_A_DOCUMENT = 30
CHARACTERS = 200  # of a passage, about
PROVINCE = "130000"
QUESTIONS = 200
_WARM_UP = 5


@dataclass(frozen=True, slots=True)
class Question:
    """A slice of some sentence, ready for the engine."""

    text: str
    fields: Mapping[str, Sequence[str]]
    vector: np.ndarray | None


Search = Callable[[Question, EngineFilter], object]


def searches(folder: Path) -> dict[str, Search]:
    """What is timed on the knowledge base at ``folder``, by name; whole searches and answers belong here too."""
    engine = open_index(Layout(folder).index)

    def with_sides(lexical: bool, semantic: bool) -> Search:
        def search(question: Question, filter: EngineFilter) -> object:
            fields = question.fields if lexical else {}
            return engine.search(EngineQuery(fields, question.vector if semantic else None, filter))

        return search

    return {
        "lexical": with_sides(True, False),
        "semantic": with_sides(False, True),
        "hybrid": with_sides(True, True),
    }


# -- growing passages -------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def sentences_of(folders: tuple[str, ...]) -> list[str]:
    """The different sentences of the texts in the folders, of 10 to 150 characters."""
    found: dict[str, None] = {}
    for folder in folders:
        for path in sorted(Path(folder).rglob("*")):
            for text in _texts(path):
                spans = (text[start:end].strip() for start, end in sentences(text))
                found.update((span, None) for span in spans if 10 <= len(span) <= 150)
    if not found:
        sys.exit(f"没有在 {'、'.join(folders)} 中找到文本（.txt、.md、.jsonl）")
    return list(found)


def _texts(path: Path) -> Iterator[str]:
    if path.suffix in (".txt", ".md"):
        yield path.read_text(encoding="utf-8", errors="replace")
    elif path.suffix == ".jsonl":
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            yield str(record.get("text", "")) if isinstance(record, dict) else ""


def grow(pool: Sequence[str], passages: int, seed: int = 1) -> Iterator[IngestedSource]:
    """Documents of random sentences, each of a random region and year; the same for the same seed."""
    rng = random.Random(seed)
    codes = [code for code in sorted(with_descendants(["100000"])) if tree().get(code).level != "county"]
    for number in range(0, passages, PASSAGES_A_DOCUMENT):
        title = rng.choice(pool)[:30]
        text = f"{title}\n{title}\n"
        found = []
        for _ in range(min(PASSAGES_A_DOCUMENT, passages - number)):
            body = ""
            while len(body) < CHARACTERS - 20:
                body += rng.choice(pool)
            found.append(Passage(len(text), len(text) + len(body), body, 0, types=("measure",)))
            text += f"{body}\n"
        path = f"{number:08d}.txt"
        year = f"{rng.randrange(2015, 2026)}-01-01"
        document = Document("", path, title, 0, len(text), rng.choice(codes), "municipal", published=year)
        section = Section(title, 1, len(title) + 1, 2 * len(title) + 1)
        data = text.encode()
        loaded = LoadedSource(path, sha256(data).hexdigest(), len(data), "text", text)
        yield IngestedSource(loaded, (IngestedDocument(document, (section,), tuple(found), ()),), ())


def questions(pool: Sequence[str], count: int, seed: int = 2) -> list[Question]:
    """Slices of 8 to 25 characters."""
    rng = random.Random(seed)
    embedder = load_embedder()
    texts = []
    for _ in range(count):
        sentence = rng.choice(pool)
        start = rng.randrange(max(1, len(sentence) - 8))
        texts.append(sentence[start : start + rng.randrange(8, 26)])
    vectors = embedder.encode_queries(texts)
    return [
        Question(text, ANALYSIS.fields(text, text), vector)
        for text, vector in zip(texts, vectors, strict=True)
    ]


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
            "build_peak_mb": _peak(),
            **_change_one(store, pool),
        }


def _change_one(store: Store, pool: Sequence[str]) -> dict[str, float]:
    """Seconds until a new document is visible, and until it is gone."""
    (source,) = grow(pool, PASSAGES_A_DOCUMENT, seed=3)
    embedder = load_embedder()
    started = time.perf_counter()
    ids = store.replace_source(source, force=True)
    refresh(store, Settings(), embedder)
    added = time.perf_counter()
    store.remove_documents(ids)
    refresh(store, Settings(), embedder)
    return {"add_one_s": added - started, "delete_one_s": time.perf_counter() - added}


def _write(store: Store, sources: Sequence[IngestedSource]) -> None:
    with store.batch():
        for source in sources:
            store.replace_source(source)


def _progress(done: int, total: int) -> None:
    if done == total or done % 10_240 == 0:
        print(f"\r索引 {done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)


def search(folder: Path, pool: Sequence[str], count: int) -> dict[str, float]:
    """Seconds to open and to answer the first question, percentiles in milliseconds, peak memory."""
    asked = questions(pool, count + _WARM_UP)
    before = _peak()
    started = time.perf_counter()
    engine = open_index(Layout(folder).index)
    opened = time.perf_counter()
    engine.search(EngineQuery(asked[0].fields, asked[0].vector))
    result = {"open_s": opened - started, "first_ms": 1e3 * (time.perf_counter() - opened)}
    province = EngineFilter(regions=with_descendants([PROVINCE]))
    result["admitted_%"] = 100 * engine.count(province) / max(1, engine.count())
    for name, one in searches(folder).items():
        for place, filter in (("", EngineFilter()), ("_region", province)):
            times = []
            for question in asked:
                at = time.perf_counter()
                one(question, filter)
                times.append(1e3 * (time.perf_counter() - at))
            for percent in (50, 95):
                result[f"{name}{place}_p{percent}"] = float(np.percentile(times[_WARM_UP:], percent))
    result["search_peak_mb"] = _peak()
    result["grown_mb"] = _peak() - before
    return result


def baseline(folder: Path, pool: Sequence[str], count: int) -> dict[str, float]:
    """rank_bm25 and ours in turn over the same tokens: milliseconds, their ratio, the largest difference."""
    from rank_bm25 import BM25Okapi

    with Store.open(Layout(folder).store) as store:
        engine = open_index(Layout(folder).index)
        keys = engine.keys()
        tokens = [ANALYSIS.fields("", p.passage.text)["body"] for p in store.passages(keys.tolist())]
    started = time.perf_counter()
    theirs = BM25Okapi(tokens)
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


def _peak() -> float:
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kilobytes / (1e6 if sys.platform == "darwin" else 1e3)


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
