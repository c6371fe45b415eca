"""How close together a passage has the words of a question."""

from __future__ import annotations

from collections.abc import Mapping

WINDOW = 60
"""Characters within which words are close together, about two clauses."""


def proximity(text: str, words: Mapping[str, float]) -> float:
    """The largest share of the words' weight that stands within :data:`WINDOW` characters, 0 to 1.

    :param text: folded, lower case. :param words: the weight of each word of the question.
    """
    total = sum(words.values())
    if not total:
        return 0.0
    places: list[tuple[int, str]] = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            places.append((at, word))
            at = text.find(word, at + len(word))
    places.sort()
    best = inside = 0.0
    counts: dict[str, int] = {}
    first = 0
    for at, word in places:
        if not counts.get(word):
            inside += words[word]
        counts[word] = counts.get(word, 0) + 1
        while (
            at + len(word) - places[first][0] > WINDOW and first < len(places) - 1 and places[first][0] < at
        ):
            gone = places[first][1]
            counts[gone] -= 1
            if not counts[gone]:
                inside -= words[gone]
            first += 1
        best = max(best, inside)
    return min(1.0, best / total)
