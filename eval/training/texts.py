"""What an embedding is trained on: plain texts, and pairs of a question with the passage that answers it.

Any folder will do. ``.jsonl`` lines may hold a pair (``q`` and ``p``) or a ``text`` with the names it goes by
(``law``, ``title``, ``heading``); ``.txt`` and ``.md`` files are read by paragraph. One text in ten is held out,
chosen by a hash of the document it belongs to: nothing is trained on it, retrieval is measured on it.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kb.text.shadow import fold

HELD_OUT_IN = 10
_NAME_KEYS = ("law", "title", "heading")
_STAMP = re.compile(r"^[0-9: -]{10,25}[,，]正文[:：]")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Example:
    """A text of the training folder.

    :ivar origin: the file's name without suffix.
    :ivar query: a question or title that the passage answers; "" for plain text.
    :ivar group: what it belongs to (a law, a passage): examples of one group are held out together.
    """

    origin: str
    query: str
    passage: str
    group: str

    @property
    def held_out(self) -> bool:
        """Whether the example is kept from training."""
        return zlib.crc32(self.group.encode()) % HELD_OUT_IN == 0


def _from_json(origin: str, row: dict[str, str]) -> Iterator[Example]:
    if "q" in row and "p" in row:
        passage = row["p"].strip()
        # A citizen's message and the reply to it stand in two files; their titles tie them together.
        group = row["q"] if origin.startswith("citizen") else passage[:200]
        yield Example(origin, row["q"].strip(), passage, group)
    elif "text" in row:
        name = next((row[key] for key in _NAME_KEYS if row.get(key)), "")
        text = _STAMP.sub("", row["text"]).strip()
        yield Example(origin, name.strip(), text, name or text[:200])


def read_examples(folder: Path) -> Iterator[Example]:
    """Every pair and text under ``folder``, file by file in order of name."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".jsonl":
            with path.open(encoding="utf-8") as lines:
                for line in lines:
                    yield from _from_json(path.stem, json.loads(line))
        elif path.suffix in {".txt", ".md"}:
            for paragraph in path.read_text(encoding="utf-8", errors="replace").split("\n"):
                if len(paragraph.strip()) >= 30:
                    yield Example(path.stem, "", paragraph.strip(), path.name)


def normal(text: str) -> str:
    """The reading that the tokenizer sees: folded, lower case, white space as one blank."""
    return _SPACE.sub(" ", fold(text)).lower()
