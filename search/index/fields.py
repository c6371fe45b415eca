"""What is indexed and what is embedded of a passage."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from search.analysis import ANALYSIS_VERSION, analyse
from search.index.counting import count
from search.lexical import postings
from search.lexical.postings import Postings

Analyse = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Analysis:
    """How passages become fields of tokens. It travels to other processes, so it is made of named functions.

    :ivar version: changes whenever the fields or tokens of some passage change.
    :ivar fields: tokens by field of a heading (title and heading path) and a passage's text.
    :ivar count: the postings of many headings and texts by those fields, where there is a quicker way than over
        their tokens.
    """

    version: str
    fields: Callable[[str, str], Mapping[str, Sequence[str]]]
    count: Callable[[Sequence[str], Sequence[str]], dict[str, Postings]] | None = None

    def postings(self, headings: Sequence[str], texts: Sequence[str]) -> dict[str, Postings]:
        """The postings of each field of some passages."""
        if self.count is not None:
            return self.count(headings, texts)
        tokens = [self.fields(heading, text) for heading, text in zip(headings, texts, strict=True)]
        names = sorted({name for fields in tokens for name in fields})
        return {name: postings.build([fields.get(name, ()) for fields in tokens]) for name in names}


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


def _count(headings: Sequence[str], texts: Sequence[str]) -> dict[str, Postings]:
    return {"body": count(texts), "heading": count(headings)}


ANALYSIS = Analysis(f"{ANALYSIS_VERSION}:body+heading", BodyAndHeading(analyse), _count)
"""The analysis of this program."""


def heading_of(title: str, path: Sequence[str]) -> str:
    """Title and heading path as the field ``heading`` has them."""
    return "\n".join((title, *path))


def passage_for_embedding(title: str, path: Sequence[str], text: str) -> str:
    """What is embedded of a passage: what it stands under, then what it says."""
    return f"{' '.join((title, *path))}\n{text}"
