"""A static embedding model read without torch: a text's vector is the mean of its words' vectors.

The folder is one of sentence-transformers' (``modules.json`` with a ``StaticEmbedding``), so the same model opens
there too and gives the same vectors. The weights may be floats (``embedding.weight``) or, as model2vec stores them,
bytes with a scale for each row (``embeddings`` and ``weights``), which takes a quarter of the room.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from kb.errors import ModelUnavailable
from kb.text.shadow import fold
from search.embedding.base import Vectors
from search.embedding.unigram import LONGEST, Unigram

_BATCH = 512
_FEW_PIECES = 20_000  # in a batch; a batch of passages has more
_MANY = 2_000  # passages from which making the quicker tokenizer (0.2 seconds) pays


class StaticEmbedder:
    """Reads a folder with ``tokenizer.json`` and ``model.safetensors``.

    :param folder: the model's folder.
    :raises ModelUnavailable: the folder holds no static model, or a damaged one.
    """

    def __init__(self, folder: Path, name: str = "") -> None:
        self.name = name or str(folder)
        root = static_folder(folder)
        if root is None:
            raise ModelUnavailable("这个文件夹里没有静态向量模型", source=str(folder))
        weights = root / "model.safetensors"
        try:
            self._tokenizer = Tokenizer.from_file(str(root / "tokenizer.json"))
            tensors = load_file(weights)
        except (OSError, SafetensorError, ValueError) as error:
            raise ModelUnavailable("向量模型已损坏", source=str(folder), remedy="请重新下载或安装") from error
        except Exception as error:
            raise ModelUnavailable("向量模型的词表无法读取", source=str(folder)) from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._rows: NDArray[np.generic] = (
            tensors["embedding.weight"] if "embedding.weight" in tensors else tensors["embeddings"]
        )
        self._scales: NDArray[np.float32] | None = tensors.get("weights")
        self.dimensions = int(self._rows.shape[1])
        self._encoded = 0
        self.identity = f"static:{hashlib.sha256(weights.read_bytes()).hexdigest()[:16]}"

    @cached_property
    def _table(self) -> Vectors:
        """Every row as floats: 4 bytes a value, made when many passages are first encoded."""
        table = self._rows.astype(np.float32)
        if self._scales is not None:
            table *= self._scales.astype(np.float32)[:, None]
        return table

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        folded = [fold(text) for text in texts]
        encodings = self._tokenizer.encode_batch_fast(folded, add_special_tokens=False)
        return [encoding.ids for encoding in encodings]

    @cached_property
    def _unigram(self) -> Unigram | None:
        """A quicker way to the same pieces, where the tokenizer and the model allow it."""
        return None if self._rows[0].any() else Unigram.of(self._tokenizer, unknown=0)

    def prepare(self) -> None:
        """Make now what many passages need (a second), so that they need not wait for it."""
        self._encoded = max(self._encoded, _MANY)
        self._pool(0, *self._pieces([""]))
        _ = self._table

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape ``(len(texts), dimensions)``."""
        out = np.zeros((len(texts), self.dimensions), np.float32)
        self._encoded += len(texts)
        for start, batch in _batches(texts):
            out[start : start + len(batch)] = self._pool(len(batch), *self._pieces(batch))
        return out

    def _pieces(self, texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The pieces of all texts: the number of the text and the id of each."""
        many = self._encoded >= _MANY and max(map(len, texts)) <= LONGEST
        if many and self._unigram is not None:
            return self._unigram.count([fold(text) for text in texts])
        ids = self._ids(texts)
        rows = np.repeat(np.arange(len(ids)), np.fromiter(map(len, ids), np.int64, len(ids)))
        return rows, np.fromiter(chain.from_iterable(ids), np.int64, rows.size)

    def _pool(self, count: int, rows: NDArray[np.int64], ids: NDArray[np.int64]) -> Vectors:
        from scipy.sparse import csr_matrix

        if ids.size < _FEW_PIECES:  # the sentences of an answer: no need of the whole table
            used, ids = np.unique(ids, return_inverse=True)
            table = self._floats(used)
        else:
            table = self._table
        counts = csr_matrix((np.ones(ids.size, np.float32), (rows, ids)), shape=(count, len(table)))
        return _unit(np.asarray(counts @ table, np.float32))

    def _floats(self, ids: NDArray[np.int64] | list[int]) -> Vectors:
        """The rows of some pieces as floats."""
        rows = self._rows[ids].astype(np.float32)
        if self._scales is not None:
            rows *= self._scales[ids].astype(np.float32)[:, None]
        return rows

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape ``(len(texts), dimensions)``; reads only the rows it needs."""
        out = np.zeros((len(texts), self.dimensions), np.float32)
        for place, ids in enumerate(self._ids(texts)):
            out[place] = self._floats(ids).sum(axis=0)
        return _unit(out)


def static_folder(folder: Path) -> Path | None:
    """Where in a sentence-transformers folder the static model lies; None if it is of another kind."""
    for root in (folder, folder / "0_StaticEmbedding"):
        if (root / "tokenizer.json").exists() and (root / "model.safetensors").exists():
            modules = folder / "modules.json"
            if not modules.exists() or "StaticEmbedding" in modules.read_text(encoding="utf-8"):
                return root
    return None


def _batches(texts: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    for start in range(0, len(texts), _BATCH):
        yield start, texts[start : start + _BATCH]


def _unit(vectors: Vectors) -> Vectors:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = vectors / np.maximum(norms, np.float32(1e-12))
    return unit
