"""Any sentence-transformers model, by its name on the hub or by its folder.

torch and sentence-transformers take seconds and hundreds of megabytes to import; nothing here imports them before a
model is opened.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from kb.errors import ModelUnavailable
from search.embedding.base import Vectors

logger = logging.getLogger(__name__)

_BGE_ZH = "为这个句子生成表示以用于检索相关文章："
_QWEN = "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:"
# What families of models want before a question and before a passage, from their model cards. A name is
# matched by its parts, lower case; the first line that fits counts.
_PROMPTS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("bge", "-m3"), "", ""),
    (("bge", "-zh"), _BGE_ZH, ""),
    (("bge", "-en"), "Represent this sentence for searching relevant passages: ", ""),
    (("e5", "instruct"), _QWEN.replace("\nQuery:", "\nQuery: "), ""),
    (("e5",), "query: ", "passage: "),
    (("qwen3-embedding",), _QWEN, ""),
    (("gte-qwen2",), _QWEN.replace("\nQuery:", "\nQuery: "), ""),
)


def prompts_of(name: str) -> tuple[str, str]:
    """The prompts of a model for questions and for passages, "" where it wants none."""
    lowered = Path(name).name.lower()
    for parts, query, passage in _PROMPTS:
        if all(part in lowered for part in parts):
            return query, passage
    return "", ""


class TransformerEmbedder:
    """A model opened with sentence-transformers.

    :param name: a name on the hub (``BAAI/bge-small-zh-v1.5``) or a folder.
    :param batch: texts a forward pass.
    :raises ModelUnavailable: sentence-transformers is missing, or the model cannot be had.
    """

    def __init__(self, name: str, batch: int = 32) -> None:
        self.name = name
        self._batch = batch
        self._model = _open(name)
        configured: dict[str, str] = getattr(self._model, "prompts", None) or {}
        query, passage = prompts_of(name)
        # A model that brings its own prompts knows best.
        self._query_prompt = configured.get("query") or query
        self._passage_prompt = configured.get("document") or configured.get("passage") or passage
        self.dimensions = int(_dimension(self._model))
        self.identity = f"sentence-transformers:{name}:{self.dimensions}"

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape ``(len(texts), dimensions)``."""
        return self._encode(texts, self._passage_prompt)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape ``(len(texts), dimensions)``."""
        return self._encode(texts, self._query_prompt)

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        vectors = self._model.encode(
            list(texts),
            prompt=prompt or None,
            batch_size=self._batch,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, np.float32)


def _dimension(model: Any) -> int:
    name = "get_embedding_dimension"
    return int(getattr(model, name)() if hasattr(model, name) else model.get_sentence_embedding_dimension())


def _open(name: str) -> Any:
    local = Path(name).expanduser()
    if not local.exists() and _offline():
        logger.info("the hub is switched off; %s must be in the cache", name)
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise ModelUnavailable(
            "缺少 sentence-transformers，无法打开这个向量模型", source=name, remedy="请安装，或改用自带的模型"
        ) from error
    try:
        return SentenceTransformer(str(local) if local.exists() else name)
    # The hub, the network and the model's own code raise errors of many kinds, which share no base but these.
    except (OSError, ValueError, RuntimeError, ImportError) as error:
        raise ModelUnavailable(
            "无法打开向量模型：本机没有这个模型，也下载不到",
            source=name,
            remedy="请检查网络与名称，或把下载好的模型文件夹填入设置，或改用自带的模型",
        ) from error


def _offline() -> bool:
    return os.environ.get("HF_HUB_OFFLINE", "").upper() in {"1", "ON", "YES", "TRUE"}
