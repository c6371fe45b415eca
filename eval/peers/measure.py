"""One system over one set, measured in the process that calls."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.datasets import Dataset, read_beir
from eval.memory import peak, resident
from eval.peers.base import Entrant

DEPTH = 100
_WARM_UP = 3


@dataclass(frozen=True, slots=True)
class Run:
    """What a system did.

    :ivar rankings: ids of the best passages by question. :ivar build_s: seconds until the first question.
    :ivar p50: milliseconds a question, by the clock. :ivar p95: likewise. :ivar cpu_p50: of the processor's time.
    :ivar resident_mb: memory of the whole process after the last question, the set's texts included.
    """

    rankings: dict[str, list[str]]
    build_s: float
    p50: float
    p95: float
    cpu_p50: float
    resident_mb: float
    peak_mb: float


def asked_of(dataset: Dataset, most: int) -> tuple[str, ...]:
    """The judged questions that are asked: at most so many, spread evenly over the set; 0: all."""
    judged = dataset.judged
    if not most or most >= len(judged):
        return judged
    return tuple(judged[place * len(judged) // most] for place in range(most))


def measure(entrant: Entrant, folder: Path, most: int = 0) -> Run:
    """Build the system over the set in ``folder`` and ask it the judged questions, at most ``most``."""
    dataset = read_beir(folder)
    asked = asked_of(dataset, most)
    peer = entrant.make(folder)
    started = time.perf_counter()
    peer.build(dataset.passages)
    built = time.perf_counter() - started
    for query in asked[:_WARM_UP]:
        peer.search(dataset.queries[query], DEPTH)
    rankings: dict[str, list[str]] = {}
    clock, processor = [], []
    for query in asked:
        at, worked = time.perf_counter(), time.process_time()
        places = peer.search(dataset.queries[query], DEPTH)
        clock.append(1e3 * (time.perf_counter() - at))
        processor.append(1e3 * (time.process_time() - worked))
        rankings[query] = [dataset.passages[place].id for place in places]
    return Run(
        rankings,
        built,
        float(np.percentile(clock, 50)),
        float(np.percentile(clock, 95)),
        float(np.percentile(processor, 50)),
        resident(),
        peak(),
    )
