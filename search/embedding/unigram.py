"""A unigram tokenizer for very many texts at once: the same pieces as ``tokenizers`` gives, at several times its pace.

The best segmentation of every text is found in step, character by character, over a matrix with a column for each
text (Viterbi; Kudo, 2018). Which pieces begin where is looked up beforehand, length by length, for all characters.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

LONGEST = 2_000
"""Characters of a text beyond which its column would make the matrix too tall."""
_COLUMNS = 1024
_UNKNOWN_PENALTY = 10.0  # what ``tokenizers`` takes off the lowest score for a character that no piece has
_CODES = 1 << 16
Numbers = NDArray[np.int64]
Nodes = NDArray[np.int32]
Scores = NDArray[np.float64]


class Unigram:
    """The pieces of a vocabulary in a trie of arrays.

    :param pieces: each piece with its log probability; its place is its id.
    """

    def __init__(self, pieces: Sequence[tuple[str, float]]) -> None:
        nodes: dict[str, int] = {}
        for piece, _ in pieces:
            for length in range(1, len(piece) + 1):
                nodes.setdefault(piece[:length], len(nodes) + 1)
        self._depth = max(len(piece) for piece, _ in pieces)
        self._score: Scores = np.full(len(nodes) + 1, -np.inf)
        self._id: Nodes = np.zeros(len(nodes) + 1, np.int32)
        for number, (piece, score) in enumerate(pieces):
            if piece:
                self._score[nodes[piece]], self._id[nodes[piece]] = score, number
        self._unknown = min(score for _, score in pieces) - _UNKNOWN_PENALTY
        self._first: Nodes = np.zeros(_CODES, np.int32)
        longer = [
            (nodes[prefix[:-1]] << 16 | ord(prefix[-1]), n) for prefix, n in nodes.items() if prefix[1:]
        ]
        for prefix, node in nodes.items():
            if len(prefix) == 1:
                self._first[ord(prefix)] = node
        self._next = _Table(*(np.array(column, np.int64) for column in zip(*longer, strict=True)))

    @classmethod
    def of(cls, tokenizer: Tokenizer, unknown: int) -> Unigram | None:
        """The same segmentation as a tokenizer's; None if it does anything but lower-casing and a unigram model.

        :param unknown: the id that characters without a piece must have; they are left out.
        """
        said = json.loads(tokenizer.to_str())
        model = said["model"]
        plain = (
            model["type"] == "Unigram"
            and not model.get("byte_fallback")
            and model.get("unk_id") == unknown == 0
            and said["normalizer"] == {"type": "Lowercase"}
            and not any(said[part] for part in ("pre_tokenizer", "post_processor", "added_tokens"))
        )
        if not plain or any(ord(char) >= _CODES for piece, _ in model["vocab"] for char in piece):
            return None
        # The unknown piece is no text.
        return cls([("", 0.0), *((piece, score) for piece, score in model["vocab"][1:])])

    def count(self, texts: Sequence[str]) -> tuple[Numbers, Numbers]:
        """The pieces of all texts in no order: the number of the text and the id, for each that is known.

        :param texts: none longer than :data:`LONGEST`.
        """
        lowered = [text.lower() for text in texts]
        lengths = np.fromiter(map(len, lowered), np.int64, len(texts))
        rows: list[Numbers] = []
        ids: list[Numbers] = []
        # Texts of about one length side by side leave little of the matrix empty.
        order = np.argsort(lengths, kind="stable")
        for first in range(0, len(texts), _COLUMNS):
            chosen = order[first : first + _COLUMNS]
            for columns, found in self._best([lowered[row] for row in chosen], lengths[chosen]):
                known = found != 0
                rows.append(chosen[columns[known]])
                ids.append(found[known].astype(np.int64))
        nothing = np.empty(0, np.int64)
        return np.concatenate([nothing, *rows]), np.concatenate([nothing, *ids])

    def _best(self, texts: Sequence[str], lengths: Numbers) -> Iterator[tuple[Numbers, Nodes]]:
        """The pieces of each column's best segmentation, a piece of each column at a time, from the end."""
        height, width = int(lengths.max(initial=0)), len(texts)
        codes = _matrix(texts, lengths, height + self._depth)
        score = np.full((height + self._depth + 1, width), -np.inf)
        score[0] = 0.0
        taken = np.zeros((height + self._depth + 1, width), np.int8)
        piece = np.zeros((height + self._depth + 1, width), np.int32)
        single = self._first[codes[:height]]
        single_score = self._score[single]
        missing = np.isneginf(single_score)
        single_score[missing] = self._unknown
        single_id = np.where(missing, 0, self._id[single])
        longer = [
            self._sorted_out(found, height, width) for found in self._matches(codes, single, height, width)
        ]
        for at in range(height):
            here = score[at]
            reached, better = score[at + 1], here + single_score[at]
            wins = better > reached
            np.copyto(reached, better, where=wins)
            np.copyto(taken[at + 1], 1, where=wins)
            np.copyto(piece[at + 1], single_id[at], where=wins)
            for length, found in enumerate(longer, 2):
                start, stop = found.starts[at], found.starts[at + 1]
                if start == stop:
                    continue
                columns = found.columns[start:stop]
                target = score[at + length]
                gained = here[columns] + found.scores[start:stop]
                wins = gained > target[columns]
                columns = columns[wins]
                target[columns] = gained[wins]
                taken[at + length, columns] = length
                piece[at + length, columns] = found.ids[start:stop][wins]
        columns, at_end = np.arange(width), lengths.copy()
        while columns.size:
            alive = at_end > 0
            columns, at_end = columns[alive], at_end[alive]
            yield columns, piece[at_end, columns]
            at_end = at_end - taken[at_end, columns]

    def _matches(
        self, codes: NDArray[np.uint16], single: Nodes, height: int, width: int
    ) -> Iterator[tuple[Numbers, Nodes]]:
        """For pieces of 2, 3, … characters: the places (flat) where one begins, ascending, and its node."""
        flat = codes.ravel()
        places = np.flatnonzero(single)
        nodes = single.ravel()[places]
        for length in range(2, self._depth + 1):
            nodes = self._next.find(nodes.astype(np.int64) << 16 | flat[places + (length - 1) * width])
            there = np.flatnonzero(nodes)
            places, nodes = places[there], nodes[there]
            yield places, nodes

    def _sorted_out(self, found: tuple[Numbers, Nodes], height: int, width: int) -> _Matches:
        places, nodes = found
        scores = self._score[nodes]
        whole = ~np.isneginf(scores)
        places, nodes = places[whole], nodes[whole]
        starts = np.searchsorted(places, np.arange(height + 1) * width).tolist()
        return _Matches(starts, places % width, scores[whole], self._id[nodes])


@dataclass(frozen=True, slots=True, eq=False)
class _Matches:
    """Where pieces of one length begin: those in line ``i`` of the matrix are ``starts[i]:starts[i + 1]``."""

    starts: list[int]
    columns: Numbers
    scores: Scores
    ids: Nodes


class _Table:
    """From numbers to nodes, by hashing into slots of one entry; what finds its slot taken goes to the next level."""

    def __init__(self, keys: Numbers, values: Numbers) -> None:
        self._levels: list[tuple[np.uint64, np.uint64, Numbers, Nodes]] = []
        factor = 0x9E3779B97F4A7C15
        while keys.size:
            bits = max(4, int(keys.size - 1).bit_length() + 2)
            slots = np.full(1 << bits, -1, np.int64)
            nodes = np.zeros(1 << bits, np.int32)
            level = (np.uint64(factor), np.uint64(64 - bits), slots, nodes)
            at = _slots(keys, level[0], level[1])
            slots[at] = keys
            lost = slots[at] != keys
            nodes[at[~lost]] = values[~lost]
            self._levels.append(level)
            keys, values = keys[lost], values[lost]
            factor = factor * 0xD1342543DE82EF95 % (1 << 64) | 1

    def find(self, keys: Numbers) -> Nodes:
        """The node of each key, 0 for those that have none."""
        found = np.zeros(keys.size, np.int32)
        for factor, shift, slots, nodes in self._levels:
            at = _slots(keys, factor, shift)
            found += np.where(slots[at] == keys, nodes[at], 0).astype(np.int32)
        return found


def _slots(keys: Numbers, factor: np.uint64, shift: np.uint64) -> Numbers:
    return ((keys.astype(np.uint64) * factor) >> shift).astype(np.int64)


def _matrix(texts: Sequence[str], lengths: Numbers, height: int) -> NDArray[np.uint16]:
    """The characters of the texts, a column for each; characters beyond the first plane are 0, as is what is below."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    columns = np.repeat(np.arange(len(texts)), lengths)
    lines = np.arange(codes.size) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    matrix = np.zeros((height, len(texts)), np.uint16)
    matrix[lines, columns] = np.where(codes < _CODES, codes, 0)
    return matrix
