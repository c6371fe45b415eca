"""Text to vectors: the static model that is shipped, or any sentence-transformers model."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from search.embedding.base import Embedder, Vectors

BUILTIN = "builtin"
"""The name of the model that is shipped."""
BUILTIN_FOLDER = Path(__file__).parent / "data" / "static-zh"

__all__ = ["BUILTIN", "BUILTIN_FOLDER", "Embedder", "Vectors", "load_embedder"]


@lru_cache(maxsize=2)
def load_embedder(name: str = BUILTIN) -> Embedder:
    """The embedder of a name.

    :param name: ``builtin``, a folder, or the name of a model on the hub. Static models are read without torch.
    :raises ModelUnavailable: there is no such model, or it cannot be opened.
    """
    from search.embedding.static import StaticEmbedder, static_folder

    if name in {"", BUILTIN}:
        return StaticEmbedder(BUILTIN_FOLDER, BUILTIN)
    folder = Path(name).expanduser()
    if folder.is_dir() and static_folder(folder) is not None:
        return StaticEmbedder(folder, name)
    from search.embedding.transformer import TransformerEmbedder

    return TransformerEmbedder(name)
