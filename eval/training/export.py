"""Writing a static embedding as a folder that sentence-transformers opens, one byte a value."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer

_MODULES = [
    {
        "idx": 0,
        "name": "0",
        "path": "",
        "type": "sentence_transformers.models.StaticEmbedding",
    },
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
]


def quantise(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Rows as bytes with a scale each: ``table ≈ rows * scales[:, None]``, off by 1/254 of a row's largest value."""
    scales = np.abs(table).max(axis=1) / 127
    scales[scales == 0] = 1.0
    rows = np.rint(table / scales[:, None]).astype(np.int8)
    return rows, scales.astype(np.float32)


def export(table: NDArray[np.float32], tokenizer: Tokenizer, folder: Path, about: dict[str, object]) -> None:
    """Write the model.

    :param table: shape ``(vocabulary, dimensions)``; the row of the unknown word is zero.
    :param about: how it came to be, written to ``training.json``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows, scales = quantise(table)
    save_file({"embeddings": rows, "weights": scales}, folder / "model.safetensors")
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    (folder / "modules.json").write_text(json.dumps(_MODULES, indent=1), encoding="utf-8")
    config = {"prompts": {"query": "", "document": ""}, "similarity_fn_name": "cosine"}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(config), encoding="utf-8")
    (folder / "training.json").write_text(json.dumps(about, ensure_ascii=False, indent=1), encoding="utf-8")
