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
    firsts = {word: at for word in words if (at := text.find(word)) >= 0}
    if len(firsts) < 2:
        return min(1.0, sum(words[word] for word in firsts) / total)
    places: list[tuple[int, str]] = []
    for word, found in firsts.items():
        at = found
        while at >= 0:
            places.append((at, word))
            at = text.find(word, at + len(word))
    places.sort()
    best = inside = 0.0
    counts = dict.fromkeys(firsts, 0)
    first = 0
    for at, word in places:
        if not counts[word]:
            inside += words[word]
        counts[word] += 1
        end = at + len(word)
        while first < len(places) - 1:
            start, gone = places[first]
            if end - start <= WINDOW or start >= at:
                break
            counts[gone] -= 1
            if not counts[gone]:
                inside -= words[gone]
            first += 1
        best = max(best, inside)
    return min(1.0, best / total)
