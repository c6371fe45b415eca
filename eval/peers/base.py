"""What a system must offer to be compared, and how a passage is read to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from eval.datasets import CorpusPassage
from search.analysis import analyse


class Peer(Protocol):
    """A search system over one set."""

    def build(self, passages: Sequence[CorpusPassage]) -> None:
        """Index the passages; everything that a user waits for before the first question."""

    def search(self, question: str, k: int) -> list[int]:
        """The places of the best passages among those given to :meth:`build`, best first; at most ``k``."""


@dataclass(frozen=True, slots=True)
class Entrant:
    """A system in the comparison.

    :ivar name: as it stands in the table. :ivar package: the module without which it is not installed.
    :ivar make: makes it for the set in a folder. :ivar needs: a path in that folder without which it doesn't apply.
    """

    name: str
    package: str
    make: Callable[[Path], Peer]
    needs: str = ""

    @property
    def installed(self) -> bool:
        """Whether its package is there."""
        return find_spec(self.package) is not None


def load(module: str) -> Any:
    """A module of an optional package. Untyped on purpose: types must not depend on what is installed."""
    return import_module(module)


def reading(passage: CorpusPassage) -> str:
    """A passage as systems without fields read it: its title, then its text."""
    return f"{passage.title}\n{passage.text}" if passage.title else passage.text


def our_tokens(text: str) -> list[str]:
    """Words and bigrams by our analysis."""
    return list(analyse(text))


def spaced(text: str) -> str:
    """Our tokens with a space between each two, for systems that only take text and split it at white space."""
    return " ".join(token.replace(" ", "_") for token in our_tokens(text))
