"""Train the static embedding that is shipped, from a folder of texts.

    python -m eval.train_embedding ../shared/train --out search/embedding/data/static-zh

Takes about 30 minutes on two cores and 3 GB. ``--cache`` keeps the word vectors, so that tuning can be tried again.
"""

from __future__ import annotations

import argparse
import logging
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.training.export import export
from eval.training.material import Ids, encode, gather
from eval.training.pretrain import word_vectors
from eval.training.texts import Example, normal, read_examples
from eval.training.vocabulary import build_tokenizer, count_words
from kb.words import DATA

log = logging.getLogger("train_embedding")


def training_examples(folder: Path) -> list[Example]:
    """What is not held out, equal texts once for each question."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for example in read_examples(folder):
        if not example.held_out and (example.query, example.passage) not in seen:
            seen.add((example.query, example.passage))
            kept.append(example)
    return kept


def region_ids(vocabulary: dict[str, int]) -> Ids:
    """The ids of tokens that name regions."""
    path = DATA / "region_words.txt"
    names = path.read_text(encoding="utf-8").split() if path.exists() else []
    return np.array(sorted(vocabulary[name] for name in names if name in vocabulary), np.int32)


def main() -> None:
    """Train and write the model."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="folder of .jsonl, .txt and .md files")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument("--vocabulary", type=int, default=80_000)
    parser.add_argument("--dimensions", type=int, default=256)
    parser.add_argument("--epochs", type=int, default=4, help="of word vectors")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--cache", type=Path, help="folder that keeps vocabulary and word vectors")
    parser.add_argument("--bench", type=Path, action="append", default=[], help="BEIR sets to report on")
    for name, value in (("steps", 1000), ("batch", 768), ("rate", 2e-3), ("lexical", 10.0), ("real", 0.5)):
        parser.add_argument(f"--{name}", type=type(value), default=value)
    for name, value in (("dropout", 0.1), ("swapped", 0.1), ("temperature", 0.05)):
        parser.add_argument(f"--{name}", type=type(value), default=value)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    started = time.monotonic()

    from eval.training.tune import Plan, tune

    examples = training_examples(options.folder)
    texts = list(dict.fromkeys(text for one in examples for text in (one.passage, one.query) if text))
    log.info("%d examples, %d texts of %d characters", len(examples), len(texts), sum(map(len, texts)))
    tokenizer = build_tokenizer(count_words(map(normal, texts)), options.vocabulary)
    size = tokenizer.get_vocab_size()
    ids = encode(tokenizer, texts)
    counts = np.bincount(np.concatenate(ids), minlength=size).astype(np.float64)
    log.info("vocabulary of %d, %d tokens", size, int(counts.sum()))
    table = _vectors(options, ids, size)
    material = gather(examples, tokenizer)
    log.info("%d questions, %d windows", len(material.asked), len(material.windows))
    plan = Plan(
        steps=options.steps,
        batch=options.batch,
        rate=options.rate,
        lexical=options.lexical,
        real=options.real,
        dropout=options.dropout,
        swapped=options.swapped,
        temperature=options.temperature,
    )

    def report(step: int, loss: float, _: NDArray[np.float32] | None) -> None:
        log.info("step %d, loss %.4f, %.0f s", step, loss, time.monotonic() - started)

    tuned = tune(table, counts / counts.sum(), material, region_ids(tokenizer.get_vocab()), plan, report)
    about: dict[str, object] = {
        "command": f"python -m eval.train_embedding {options.folder.name} --out …",
        "files": sorted({one.origin for one in examples}),
        "examples": len(examples),
        "tokens": int(counts.sum()),
        "dimensions": options.dimensions,
        "epochs": options.epochs,
        "plan": {name: getattr(plan, name) for name in plan.__slots__},
    }
    export(tuned, tokenizer, options.out, about)
    log.info("written to %s after %.0f s", options.out, time.monotonic() - started)


def _vectors(options: argparse.Namespace, ids: list[Ids], size: int) -> NDArray[np.float32]:
    cached = (
        options.cache / f"vectors-{size}-{options.dimensions}-{options.epochs}.npy" if options.cache else None
    )
    if cached is not None and cached.exists():
        loaded: NDArray[np.float32] = np.load(cached)
        return loaded
    table = word_vectors(
        ids, size, dimensions=options.dimensions, epochs=options.epochs, workers=options.workers
    )
    if cached is not None:
        cached.parent.mkdir(parents=True, exist_ok=True)
        np.save(cached, table)
    return table


if __name__ == "__main__":
    main()
