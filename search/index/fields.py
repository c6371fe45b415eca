"""What is indexed and what is embedded of a passage."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from search.analysis import ANALYSIS_VERSION, analyse

Analyse = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Analysis:
    """How passages become fields of tokens. It travels to other processes, so it is made of named functions.

    :ivar version: changes whenever the fields or tokens of some passage change.
    :ivar fields: tokens by field of a heading (title and heading path) and a passage's text.
    """

    version: str
    fields: Callable[[str, str], Mapping[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class BodyAndHeading:
    """Two fields: ``body``, the passage's text, and ``heading``; both analysed alike."""

    analyse: Analyse

    def __call__(self, heading: str, text: str) -> Mapping[str, Sequence[str]]:
        """The tokens of a passage under a heading."""
        return {"body": self.analyse(text), "heading": _heading_tokens(self.analyse, heading)}


@lru_cache(maxsize=256)
def _heading_tokens(analyse: Analyse, heading: str) -> tuple[str, ...]:
    """Analysed once for all passages of a section."""
    return tuple(analyse(heading))


ANALYSIS = Analysis(f"{ANALYSIS_VERSION}:body+heading", BodyAndHeading(analyse))
"""The analysis of this program."""


def heading_of(title: str, path: Sequence[str]) -> str:
    """Title and heading path as the field ``heading`` has them."""
    return "\n".join((title, *path))


def passage_for_embedding(title: str, path: Sequence[str], text: str) -> str:
    """What is embedded of a passage: what it stands under, then what it says."""
    return f"{' '.join((title, *path))}\n{text}"
