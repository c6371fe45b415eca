"""What turns a text into a vector, whatever stands behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


@runtime_checkable
class Embedder(Protocol):
    """A model of meaning. Vectors are L2-normalised, so that their inner product is the cosine; a text
    without a known word gives the zero vector.

    :ivar name: the model's name or folder, as people write it in the settings.
    :ivar identity: changes whenever the vectors of some text change; vectors of another identity are recomputed.
    :ivar dimensions: length of a vector.
    """

    name: str
    identity: str
    dimensions: int

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape ``(len(texts), dimensions)``, float32."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape ``(len(texts), dimensions)``, float32."""
