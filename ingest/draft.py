"""A draft: the stretch of a cleaned source that will become one document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

DraftRole = Literal["document", "case", "preface", "credits"]


@dataclass(frozen=True, slots=True)
class Draft:
    """Paragraphs ``[first, last)`` of a cleaned source, taken as one document.

    :ivar title: the title line, or for a case without one the opening words that name it; "" if nothing does.
    :ivar title_span: shadow offsets of ``title``; None where it is no single piece of the text.
    :ivar role: ``document`` for a source that is one document, ``case`` for one of several, ``preface`` for
        what stands before the first case, ``credits`` for the makers' note after the last: the latter becomes
        no document, its text is a listed removal.
    :ivar region: code of the region that the opening names, a cue for the home region; "" if it names none.
    """

    first: int
    last: int
    title: str = ""
    title_span: tuple[int, int] | None = None
    role: DraftRole = "document"
    region: str = ""


def opening_words(text: str, longest: int = 40) -> str:
    """The words that stand for a title where there is none: whole clauses of the first sentence."""
    sentence = re.split(r"[。!?;]", text, maxsplit=1)[0]
    end = 0
    for clause in re.finditer(r"[^,:]+", sentence):
        if clause.end() > longest and end:
            break
        end = clause.end()
        if end >= longest // 2:
            break
    return sentence[: min(end, longest)]
