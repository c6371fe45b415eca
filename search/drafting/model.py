"""A draft: sentences that hold against the passages they cite, and what was taken out with the reasons."""

from __future__ import annotations

from dataclasses import dataclass

from kb.model import Citation


@dataclass(frozen=True, slots=True)
class Source:
    """A passage that a draft may cite, by the number that stands for it."""

    number: int
    citation: Citation


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence that holds.

    :ivar text: as the model wrote it, its citation numbers in it as ``[1]``. :ivar numbers: the numbers it cites.
    :ivar paragraph: counts from 0.
    """

    text: str
    numbers: tuple[int, ...]
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Removed:
    """A sentence that was taken out, and why, in Chinese."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person gets to read.

    :ivar host: where the passages were sent. :ivar sources: the passages that the kept sentences cite.
    :ivar notes: what else a person should know, such as an answer that was cut short.
    """

    question: str
    host: str
    model: str
    sentences: tuple[DraftSentence, ...]
    removed: tuple[Removed, ...]
    sources: tuple[Source, ...]
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The sentences that hold, a paragraph a line."""
        paragraphs: dict[int, list[str]] = {}
        for sentence in self.sentences:
            paragraphs.setdefault(sentence.paragraph, []).append(sentence.text)
        return "\n".join("".join(sentences) for sentences in paragraphs.values())
