"""Word vectors from plain text: skip-gram with negative sampling (Mikolov et al., 2013), by gensim."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.training.material import Ids

_LINE = 2000


def word_vectors(
    texts: Iterable[Ids], size: int, *, dimensions: int, epochs: int, workers: int, seed: int = 1
) -> NDArray[np.float32]:
    """A vector for each token id, shape ``(size, dimensions)``; zero for ids that stand nowhere."""
    from gensim.models import Word2Vec

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tokens.txt"
        with path.open("w", encoding="ascii") as file:
            for ids in texts:
                for start in range(0, len(ids), _LINE):
                    file.write(" ".join(map(str, ids[start : start + _LINE].tolist())) + "\n")
        model = Word2Vec(
            corpus_file=str(path),
            vector_size=dimensions,
            window=6,
            sg=1,
            negative=6,
            sample=1e-4,
            epochs=epochs,
            workers=workers,
            min_count=1,
            alpha=0.03,
            seed=seed,
        )
    table = np.zeros((size, dimensions), np.float32)
    for word, place in model.wv.key_to_index.items():
        table[int(word)] = model.wv.vectors[place]
    return table
