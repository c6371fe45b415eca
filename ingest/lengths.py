"""How long passages are, in characters of the cleaned text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lengths:
    """The bounds of a passage, and what follows from them.

    :ivar shortest: a paragraph of this length stands for itself; shorter ones are put together.
    :ivar longest: paragraphs are put together, and sentences left together, up to this length.
    """

    shortest: int = 80
    longest: int = 400

    @property
    def full(self) -> int:
        """Short paragraphs are put together until a passage is this long."""
        return min(2 * self.shortest, self.longest)

    @property
    def chunk(self) -> int:
        """The length that the pieces of a paragraph of more than ``longest`` characters come near to."""
        return max(1, self.longest * 3 // 4)

    @property
    def endless(self) -> int:
        """A sentence longer than this is cut within."""
        return self.longest * 5 // 2

    @property
    def fingerprint(self) -> str:
        """What tells these lengths from others."""
        return f"{self.shortest}-{self.longest}"


DEFAULT = Lengths()
