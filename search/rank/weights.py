"""The weights of the features, as readable JSON with their origin."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path

from kb.errors import SettingsError

SHIPPED = Path(__file__).parent.parent / "data" / "fusion.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each feature counts beside the BM25 of a passage's text, whose weight is 1.

    :ivar heading: a term's standing in title and heading path, beside the text; 1 at most.
    :ivar document: its standing in the whole document; 1 at most.
    :ivar opening: its standing in the document's first passage, where there is no title; 1 at most.
    :ivar semantic: cosine similarity, for the part of the question that no passage's words cover.
    :ivar proximity: the question's words close together in the passage.
    :ivar roles: factors on the score of passages that are no running text.
    :ivar k1: how fast repetitions of a word stop counting. :ivar b: how much length is held against a text.
    :ivar titles: what BM25 of title and heading path counts when words alone rank.
    """

    heading: float = 0.7
    document: float = 0.5
    opening: float = 0.5
    semantic: float = 1.0
    proximity: float = 0.1
    roles: dict[str, float] = field(default_factory=dict)
    k1: float = 0.8
    b: float = 0.75
    titles: float = 0.3
    origin: str = ""


def load_weights(path: Path | None = None) -> Weights:
    """The weights of a file, by default those that are shipped.

    :raises SettingsError: the file cannot be read or holds something else.
    """
    return _load(path or SHIPPED)


@lru_cache(maxsize=4)
def _load(path: Path) -> Weights:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        known = {name.name for name in fields(Weights)}
        unknown = set(data["weights"]) - known
        if unknown:
            raise SettingsError(f"融合权重文件里有未知的项：{'、'.join(sorted(unknown))}", source=str(path))
        return Weights(
            **{name: float(value) for name, value in data["weights"].items()},
            roles={name: float(value) for name, value in data.get("roles", {}).items()},
            k1=float(data["bm25"]["k1"]),
            b=float(data["bm25"]["b"]),
            titles=float(data["bm25"].get("titles", 0.3)),
            origin=str(data.get("origin", "")),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingsError(
            "融合权重文件无法读取", source=str(path), remedy="可以删去设置项 fusion"
        ) from error
