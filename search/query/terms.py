"""The content words of a question, with what else may stand for them in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from kb.thesaurus import Thesaurus
from kb.units import DIMENSIONS
from kb.words import words
from search.analysis import analyse_fields, stop_words
from search.query.colloquial import Wording
from search.query.forms import asking_spans
from search.query.lexicon import Lexicon
from search.query.model import Term

_QUOTED = re.compile(r"[“\"「『]([^“”\"「」『』\n]{2,24})[”\"」』]")
_HAN = re.compile(r"[㐀-䶿一-鿿]")
_COUNT = re.compile(r"[一二两三四五六七八九十几每各][个所项名样种次位家首篇句段份]?")
_FRAMING = Path(__file__).parent.parent / "data" / "framing_words.txt"


@lru_cache(maxsize=1)
def framing_words() -> frozenset[str]:
    """Words that frame a question (情况, 建设) and may be missing from a text that answers it."""
    lines = _FRAMING.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    start: int
    end: int
    alternatives: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    quoted: bool = False


def _pieces(cut: Sequence[_Piece], masked: Sequence[tuple[int, int]]) -> Iterator[_Piece]:
    """Content words between the masked spans; runs of single characters, which the dictionary lacks, as one."""
    stop = stop_words()
    run: list[_Piece] = []

    def joined() -> Iterator[_Piece]:
        text = "".join(piece.text for piece in run)
        if len(run) > 1 and not _counts(text):
            yield _Piece(text, run[0].start, run[-1].end)
        run.clear()

    for piece in cut:
        word = piece.text
        if _overlaps(piece.start, piece.end, masked) or word in stop or _counts(word):
            yield from joined()
        elif len(word) == 1 and _HAN.match(word):
            run.append(piece)
        else:
            yield from joined()
            yield piece
    yield from joined()


def _counts(word: str) -> bool:
    """Whether a token is a mark, a unit (亿元, 人次) or a count of things (两所), which say nothing of a subject."""
    if not (word[0].isalnum() or _HAN.match(word)):
        return True
    return len(word) > 1 and (word.lstrip("万亿") in DIMENSIONS or bool(_COUNT.fullmatch(word)))


def _frames(piece: _Piece) -> bool:
    framing = framing_words()
    if piece.text in framing or piece.text.isdigit():
        return True
    return bool(piece.alternatives) and all(other in framing for other in piece.alternatives)


def _overlaps(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(low < end and start < high for low, high in spans)


def _cut(text: str, masked: Sequence[tuple[int, int]]) -> list[_Piece]:
    """The words of ``text``; of one that begins with a masked stretch (云南旅游) the stretch and the rest."""
    pieces: list[_Piece] = []
    at = 0
    for word in words(text):
        end = at + len(word)
        split = next((high for low, high in masked if low == at and high < end), at)
        if split > at:
            pieces.append(_Piece(text[at:split], at, split))
        pieces.append(_Piece(text[split:end], split, end))
        at = end
    return pieces


def _with_synonyms(piece: _Piece, thesaurus: Thesaurus) -> _Piece:
    """The piece with what the thesaurus has for it: the same in other words, and what is only related."""
    head = thesaurus.canonical(piece.text)
    others = thesaurus.synonyms(piece.text)
    same = tuple(
        other
        for other in others
        if thesaurus.canonical(other) == head or other in piece.text or piece.text in other
    )
    return replace(piece, alternatives=same, related=tuple(other for other in others if other not in same))


def _frequencies(spellings: Sequence[str], lexicon: Lexicon) -> dict[str, int]:
    """In how many passages each word stands; for one that the analysis cuts, at most as many as its rarest piece."""
    counts = dict(zip(spellings, lexicon.frequencies([word.lower() for word in spellings]), strict=True))
    cut = {word: analyse_fields(word) for word, count in counts.items() if not count}
    pairs = list(dict.fromkeys(pair for pieces in cut.values() for pair in pieces.bigrams if len(pair) > 1))
    numbers = list(dict.fromkeys(w for pieces in cut.values() for w in pieces.words if not _HAN.match(w)))
    rarest = dict(zip(pairs, lexicon.pair_frequencies(pairs), strict=True))
    rarest.update(zip(numbers, lexicon.frequencies(numbers), strict=True))
    for word, pieces in cut.items():
        held = [rarest[piece] for piece in (*pieces.bigrams, *pieces.words) if piece in rarest]
        counts[word] = min(held, default=0)
    return counts


def read_terms(
    text: str,
    lexicon: Lexicon,
    *,
    masked: Iterable[tuple[int, int]] = (),
    wordings: Sequence[Wording] = (),
    thesaurus: Thesaurus | None = None,
) -> tuple[Term, ...]:
    """The content words of ``text`` (canonical reading).

    :param masked: spans that are understood otherwise (regions, years, asking words).
    :param thesaurus: terms of it are taken whole, with their synonyms as alternatives.
    :param wordings: everyday wordings; each becomes one term with the policy terms as alternatives.
    """
    masked = list(masked)
    cut = _cut(text, masked)
    edges = {piece.start for piece in cut} | {len(text)}
    found: list[_Piece] = []

    def take(piece: _Piece) -> None:
        if not _overlaps(piece.start, piece.end, (*masked, *((p.start, p.end) for p in found))):
            found.append(piece)

    known = thesaurus.find(text) if thesaurus else []
    known = [term for term in known if term.start in edges and term.end in edges]
    # Of 招多少老师 the middle only asks, but the whole is one way of saying 教师招聘; 粮食 of 粮食产量 is no wording.
    found.extend(
        _Piece(w.surface, w.start, w.end, w.terms, w.near)
        for w in wordings
        if not any(k.start <= w.start and w.end <= k.end and k.end - k.start > w.end - w.start for k in known)
    )
    for match in _QUOTED.finditer(text):
        take(_Piece(match.group(1), match.start(1), match.end(1), quoted=True))
    for term in known:
        take(_Piece(term.term, term.start, term.end))
    found.extend(_pieces(cut, [*masked, *((p.start, p.end) for p in found)]))
    if thesaurus:
        found = [p if p.alternatives or p.related else _with_synonyms(p, thesaurus) for p in found]
    counts = _frequencies(
        list(dict.fromkeys(w for p in found for w in (p.text, *p.alternatives, *p.related))), lexicon
    )
    asking = asking_spans(text)
    terms: dict[str, Term] = {}
    for piece in sorted(found, key=lambda piece: piece.start):
        frequency = max(counts[spelling] for spelling in (piece.text, *piece.alternatives))
        frequency = frequency or max((counts[spelling] for spelling in piece.related), default=0)
        frames = _frames(piece) or any(low <= piece.start and piece.end <= high for low, high in asking)
        terms.setdefault(
            piece.text,
            Term(
                piece.text,
                piece.start,
                piece.end,
                piece.alternatives,
                piece.related,
                frequency,
                frames and not piece.quoted,
                piece.quoted,
            ),
        )
    return tuple(terms.values())
