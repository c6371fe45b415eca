"""What a number is about, read from the words around it so that two texts' numbers can be set side by side.

The extractor names each fact's indicator; a comparison needs more: the stage of schooling it is said of (小学 and 初中
stand in one sentence or as columns of a table), the subject that a short clause takes over from the one before it
(初中达到9.5平方米), and whether the number is a norm at all or only says which case a rule is for (不足100名学生的学校).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.model import Comparator, Fact, Passage
from kb.periods import resolve_period
from kb.text.sentences import sentences
from kb.text.shadow import fold
from kb.thesaurus import Thesaurus
from kb.units import base_value
from search.compare.bounds import bounded_numbers
from search.compare.material import Material, head_row
from search.compare.phrases import (
    bare_subject,
    comparator_said,
    is_case,
    is_change,
    per_said,
    stages_in,
    stages_said,
)
from search.compare.points import is_carrier, terms_of, without_bounds, wording_of

_RESPECTIVELY = re.compile(r"分别|[两二三四五六七八九十\d]+[项个](?:[一-鿿]{0,4})?指标")
_PIECE_END = "，,；;。:：!！?？\n\t…|"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A fact as a comparison sees it.

    :ivar subject: what the number measures, with what a short clause takes over, without stage, number and bound.
    :ivar context: the subject with what the clause before it in the sentence says, and its terms.
    :ivar stages: the stages of schooling that it is said of; empty where none is named.
    :ivar per: what it is taken per (生均, 每百名学生), empty for a total.
    :ivar comparator: the fact's, or what the words before the number say (不低于, 达到).
    :ivar interval: the value in base units, None where it is no number.
    :ivar years: the calendar years it is said of, where they can be told.
    :ivar case: the number only tells which case a rule is for, or where a change began.
    :ivar change: the number says by how much something changes.
    :ivar piece: the span of the clause that it stands in.
    """

    fact: Fact
    subject: str
    terms: frozenset[str]
    stages: frozenset[str]
    per: str
    comparator: Comparator
    interval: tuple[float, float] | None
    years: tuple[int, int] | None
    case: bool
    change: bool
    piece: tuple[int, int]
    context: tuple[str, frozenset[str]] = ("", frozenset())


def quantities_of(
    material: Material, start: int, end: int, passage: Passage, thesaurus: Thesaurus
) -> Iterator[Quantity]:
    """The quantities of ``text[start:end]``, which lies in ``passage``, in order."""
    facts = sorted((f for f in material.facts if start <= f.start < end), key=lambda f: f.start)
    if passage.role == "table":
        yield from _of_row(material, start, end, facts, thesaurus)
        return
    for left, right in sentences(material.text, start, end):
        inside = [fact for fact in facts if left <= fact.start < right]
        inside = sorted(
            [*inside, *bounded_numbers(material.text, left, right, inside)], key=lambda f: f.start
        )
        yield from _of_sentence(material.text, left, right, inside, thesaurus)


def _of_sentence(
    text: str, left: int, right: int, facts: Sequence[Fact], thesaurus: Thesaurus
) -> Iterator[Quantity]:
    for fact in facts:
        begin, stop = _piece(text, fact.start, left, right)
        same = [other for other in facts if begin <= other.start < stop]
        if len(same) > 1:
            begin, stop = _listed(text, begin, stop, same, fact)
            same = [other for other in same if begin <= other.start < stop]
        raw = _unbracketed(fold(text[begin:stop]))
        subject = _subject(text, left, begin, stop, thesaurus)
        stages = _stages(raw, fold(text[begin : fact.start]), same, fact)
        if not stages and len(same) > 1 and _RESPECTIVELY.search(raw):
            # Which of the names in front belongs to which number the extractor has aligned.
            subject = without_bounds(wording_of(fact.indicator, thesaurus)) or subject
        before = _before(text, left, begin, thesaurus)
        yield _quantity(text, fact, subject, stages, (begin, stop), before=before)


def _before(text: str, left: int, begin: int, thesaurus: Thesaurus) -> str:
    """What the clause before one says; empty at the front of the sentence."""
    at = begin - 1
    while at > left and text[at] in _PIECE_END + " ":
        at -= 1
    return wording_of(text[slice(*_piece(text, at, left, begin))], thesaurus) if at > left else ""


def _piece(text: str, at: int, left: int, right: int) -> tuple[int, int]:
    """The stretch between commas that holds ``at``; commas in brackets and in numbers do not count."""
    begin, depth = at, 0
    while begin > left:
        char = text[begin - 1]
        depth += (char in "）)") - (char in "（(")
        if char in _PIECE_END and depth <= 0:
            break
        begin -= 1
    stop, depth = at, 0
    while stop < right:
        char = text[stop]
        depth += (char in "（(") - (char in "）)")
        if char in _PIECE_END and depth <= 0 and not (char == "," and text[stop + 1 : stop + 2].isdigit()):
            break
        stop += 1
    return begin, stop


def _listed(text: str, begin: int, stop: int, same: Sequence[Fact], fact: Fact) -> tuple[int, int]:
    """The part between 、 that holds the number, where every part of the clause names and counts something itself.

    小班25人、中班30人 names two things; 小学、初中分别为20人、30人 does not.
    """
    cuts = [at for at in range(begin, stop) if text[at] == "、"]
    parts = list(zip([begin, *(at + 1 for at in cuts)], [*cuts, stop], strict=True))
    for first, last in parts:
        inside = [other for other in same if first <= other.start < last]
        if len(inside) != 1 or not re.search(r"[一-鿿]", text[first : inside[0].start]):
            return begin, stop
    return next((part for part in parts if part[0] <= fact.start < part[1]), (begin, stop))


def _subject(text: str, left: int, begin: int, stop: int, thesaurus: Thesaurus) -> str:
    """What a clause speaks of; one that names nothing itself, or says 其中, takes over the clause before it."""
    own = without_bounds(wording_of(text[begin:stop], thesaurus))
    named = "" if is_carrier(own) else own
    whole = fold(text[begin:stop]).lstrip().startswith("其中")
    if (named and not whole) or begin <= left:
        return named
    before = begin - 1
    while before > left and text[before] in _PIECE_END + " ":
        before -= 1
    if before <= left:
        return named
    return _subject(text, left, *_piece(text, before, left, begin), thesaurus) + named


def _stages(piece: str, ahead: str, facts: Sequence[Fact], fact: Fact) -> frozenset[str]:
    names = stages_said(piece, ahead)
    if "中小学" in names:
        return frozenset({"小学", "初中"})
    if len(names) == len(facts) > 1:
        return frozenset({names[list(facts).index(fact)]})
    return frozenset(names)


def _of_row(
    material: Material, start: int, end: int, facts: Sequence[Fact], thesaurus: Thesaurus
) -> Iterator[Quantity]:
    """The quantities of a table row: the first cell names them, the column heads give stage or time."""
    row = material.text[start:end]
    heads = [fold(cell).strip() for cell in head_row(material.text, start).split("\t")]
    label = row.split("\t")[0]
    subject = without_bounds(wording_of(label, thesaurus))
    for fact in facts:
        column = row[: fact.start - start].count("\t")
        head = heads[column] if column < len(heads) else ""
        stages = stages_in(head) or stages_in(fact.indicator[:2])
        yield _quantity(
            material.text, fact, subject or fact.indicator, stages, (start, end), resolve_period(head)
        )


def _quantity(
    text: str,
    fact: Fact,
    subject: str,
    stages: frozenset[str],
    piece: tuple[int, int],
    years: tuple[int, int] | None = None,
    before: str = "",
) -> Quantity:
    ahead = fold(text[piece[0] : fact.start])
    after = fold(text[fact.end : piece[1]])
    clause = fold(text[piece[0] : piece[1]])
    # A long clause may speak of 生均 somewhere else than at its number.
    per = per_said(clause if len(clause) < 80 else ahead) or per_said(subject)
    subject = bare_subject(subject, at_end=not re.search(r"[一-鿿]{2}", after))
    return Quantity(
        fact=fact,
        subject=subject,
        terms=terms_of(subject),
        stages=stages,
        per=per,
        comparator=comparator_said(fact, ahead),
        interval=base_value(fact.value, fact.unit),
        years=fact.years or years,
        case=is_case(ahead, after),
        change=is_change(ahead),
        piece=piece,
        context=(before + subject, terms_of(before + subject)),
    )


def _unbracketed(text: str) -> str:
    return re.sub(r"\([^()]*\)", "", text)
