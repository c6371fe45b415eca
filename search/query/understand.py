"""A question as typed by a person → :class:`Query`: what was understood, and the words that said so."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from kb.model import LEVEL_NAMES, PASSAGE_TYPE_NAMES, PassageType
from kb.regions import tree
from kb.text.shadow import Shadow
from kb.thesaurus import Thesaurus, load_thesaurus
from search.query.colloquial import Wording, find_wordings
from search.query.conditions import read_comparisons, read_negations
from search.query.forms import Asked, asking_spans, read_form
from search.query.lexicon import Lexicon
from search.query.model import (
    FORM_NAMES,
    Chip,
    ChipKind,
    Comparison,
    Correction,
    Query,
    Reference,
    Scope,
    Span,
    Term,
)
from search.query.places import Place, Places, names_of, read_places
from search.query.references import read_references
from search.query.terms import read_terms
from search.query.times import read_spans
from search.query.typos import correct

_LEVELS = (
    ("provincial", re.compile(r"省级(?:层面|政策|文件|规定|要求|标准|部门)")),
    ("municipal", re.compile(r"(?:地)?市级(?:层面|政策|文件|规定|要求|标准|部门)")),
    ("county", re.compile(r"[县区]级(?:层面|政策|文件|规定|部门)")),
)
_COMPARISON_NAMES = {
    ">": "大于", ">=": "不低于", "<": "小于", "<=": "不超过", "=": "等于",
    "max": "最高", "min": "最低", "earlier": "更早", "later": "更晚",
}  # fmt: skip
_SPACE = re.compile(r"\s+")
_LONGEST = 2000


def understand(
    text: str,
    lexicon: Lexicon,
    *,
    dismissed: Collection[str] = (),
    thesaurus: Thesaurus | None = None,
    today: date | None = None,
) -> Query:
    """Read a question.

    :param lexicon: the words of the library, for typos and for how rare a word is.
    :param dismissed: keys of chips that the person removed; what they stand for is not read again.
    :param thesaurus: the library's own; by default the shipped one.
    :param today: what 去年 counts from.
    """
    return _Understanding(text, lexicon, frozenset(dismissed), thesaurus or load_thesaurus(), today).query()


class _Understanding:
    """The steps of reading one question; offsets are of the reading until chips are made."""

    def __init__(
        self, text: str, lexicon: Lexicon, dismissed: frozenset[str], thesaurus: Thesaurus, today: date | None
    ) -> None:
        self.text = text
        self.lexicon = lexicon
        self.dismissed = dismissed
        self.thesaurus = thesaurus
        self.today = today
        self.shadow = Shadow.of(text[:_LONGEST])
        self.chips: list[Chip] = []

    def query(self) -> Query:
        """All steps."""
        raw = self.shadow.text
        references = tuple(r for r in read_references(raw) if f"reference:{r.value}" not in self.dismissed)
        places = read_places(raw)
        taken = [(r.start, r.end) for r in references if r.kind != "article"]
        taken.extend((place.start, place.end) for place in places.named)
        gone = frozenset(key.partition(":")[2] for key in self.dismissed if key.startswith("correction:"))
        reading, corrections = correct(raw, self.lexicon, taken, gone, _all_terms(self.thesaurus))
        places = self._kept_places(read_places(reading, self.lexicon))
        spans = tuple(s for s in read_spans(reading, self.today) if f"year:{s.surface}" not in self.dismissed)
        asked = read_form(reading)
        comparisons = tuple(
            c
            for c in read_comparisons(reading)
            if f"comparison:{reading[c.start : c.end]}" not in self.dismissed
        )
        wordings = tuple(w for w in find_wordings(reading) if f"wording:{w.surface}" not in self.dismissed)
        negations = read_negations(reading)
        excluded: list[Place] = []
        for negation in negations:
            if negation.excludes and f"exclusion:{negation.surface}" not in self.dismissed:
                excluded.extend(p for p in places.named if negation.start <= p.start < negation.end)
        named = tuple(place for place in places.named if place not in excluded)
        level = self._level(reading)
        masked = self._masked(reading, places, spans, comparisons, references)
        masked.extend((n.start, n.end) for n in negations if n.excludes)
        terms = read_terms(
            reading,
            self.lexicon,
            masked=masked,
            wordings=[w for w in wordings if not _inside(w, places)],
            thesaurus=self.thesaurus,
        )
        self._make_chips(
            reading,
            corrections,
            named,
            excluded,
            places,
            spans,
            level,
            asked,
            comparisons,
            references,
            wordings,
            terms,
        )
        types = tuple(t for t in asked.types if f"type:{t}" not in self.dismissed)
        return Query(
            text=self.text,
            reading=reading,
            subject=_subject(
                reading,
                [
                    *self._region_spans(places),
                    *asking_spans(reading),
                    *((n.start, n.end) for n in negations if n.excludes),
                ],
            ),
            terms=self._at_source(terms),
            form=asked.form if f"form:{asked.form}" not in self.dismissed else "topic",
            scope=_scope(named, places),
            regions=tuple(
                dict.fromkeys(code for place in named if not place.ambiguous for code in place.codes)
            ),
            ambiguous=tuple((place.surface, place.codes) for place in named if place.ambiguous),
            unknown_regions=tuple(place.surface for place in places.unknown),
            excluded=tuple(dict.fromkeys(code for place in excluded for code in place.codes)),
            national=places.national is not None,
            spans=tuple(replace(s, start=self._source(s.start), end=self._source_end(s.end)) for s in spans),
            level=level[0] if level else "",
            types=types,
            units=asked.units,
            comparisons=comparisons,
            negated=tuple(n.surface for n in negations if not n.excludes),
            references=references,
            corrections=corrections,
            chips=tuple(sorted(self.chips, key=lambda chip: chip.start)),
            dismissed=self.dismissed,
        )

    # -- steps --------------------------------------------------------------------------------------------

    def _kept_places(self, places: Places) -> Places:
        gone = self.dismissed
        return replace(
            places,
            named=tuple(p for p in places.named if f"region:{p.surface}" not in gone),
            everywhere=None if "scope:everywhere" in gone else places.everywhere,
            national=None if "scope:national" in gone else places.national,
        )

    def _level(self, reading: str) -> tuple[str, int, int] | None:
        for level, pattern in _LEVELS:
            match = pattern.search(reading)
            if match and f"level:{level}" not in self.dismissed:
                return level, match.start(), match.end()
        return None

    @staticmethod
    def _region_spans(places: Places) -> list[tuple[int, int]]:
        spans = [(place.start, place.end) for place in (*places.named, *places.unknown)]
        spans.extend(span for span in (places.everywhere, places.national) if span)
        return spans

    def _masked(
        self,
        reading: str,
        places: Places,
        spans: tuple[Span, ...],
        comparisons: tuple[Comparison, ...],
        references: tuple[Reference, ...],
    ) -> list[tuple[int, int]]:
        masked = [*self._region_spans(places), *asking_spans(reading)]
        masked.extend((span.start, span.end) for span in spans)
        masked.extend((c.start, c.end) for c in comparisons)
        masked.extend((r.start, r.end) for r in references if r.kind in ("number", "article"))
        return masked

    # -- offsets ------------------------------------------------------------------------------------------

    def _source(self, at: int) -> int:
        return self.shadow.origin[min(at, len(self.shadow.text))]

    def _source_end(self, at: int) -> int:
        return self.shadow.origin[at - 1] + 1 if at else 0

    def _at_source(self, terms: tuple[Term, ...]) -> tuple[Term, ...]:
        return tuple(replace(t, start=self._source(t.start), end=self._source_end(t.end)) for t in terms)

    # -- chips --------------------------------------------------------------------------------------------

    def _chip(self, kind: ChipKind, value: str, label: str, start: int, end: int) -> None:
        low, high = self._source(start), self._source_end(end)
        self.chips.append(Chip(kind, value, label, low, high, self.text[low:high]))

    def _make_chips(
        self,
        reading: str,
        corrections: tuple[Correction, ...],
        named: tuple[Place, ...],
        excluded: list[Place],
        places: Places,
        spans: tuple[Span, ...],
        level: tuple[str, int, int] | None,
        asked: Asked,
        comparisons: tuple[Comparison, ...],
        references: tuple[Reference, ...],
        wordings: tuple[Wording, ...],
        terms: tuple[Term, ...],
    ) -> None:
        for c in corrections:
            self._chip(
                "correction", f"{c.written}>{c.read}", f"已按“{c.read}”理解“{c.written}”", c.start, c.end
            )
        for place in named:
            label = (
                f"{place.surface}（有{len(place.codes)}处同名）" if place.ambiguous else names_of(place.codes)
            )
            self._chip("region", place.surface, f"地区：{place.group or label}", place.start, place.end)
        for place in excluded:
            self._chip("exclusion", place.surface, f"不含：{names_of(place.codes)}", place.start, place.end)
        if places.everywhere and not named:
            self._chip("scope", "everywhere", "范围：各地", *places.everywhere)
        if places.national:
            self._chip("scope", "national", "范围：国家文件", *places.national)
        for span in spans:
            years = str(span.first) if span.first == span.last else f"{span.first}—{span.last}年"
            self._chip("year", span.surface, f"年份：{years}", span.start, span.end)
        if level:
            self._chip("level", level[0], f"层级：{LEVEL_NAMES[level[0]]}", level[1], level[2])
        for kind, span_of in zip(asked.types, asked.type_spans, strict=True):
            if f"type:{kind}" not in self.dismissed:
                self._chip("type", kind, f"内容：{_type_name(kind)}", *span_of)
        if asked.end > asked.start and f"form:{asked.form}" not in self.dismissed:
            self._chip("form", asked.form, FORM_NAMES[asked.form], asked.start, asked.end)
        for comparison in comparisons:
            surface = reading[comparison.start : comparison.end]
            self._chip(
                "comparison", surface, f"比较：{_condition(comparison)}", comparison.start, comparison.end
            )
        for reference in references:
            self._chip(
                "reference", reference.value, f"文献：{reference.value}", reference.start, reference.end
            )
        used = {term.text for term in terms}
        for wording in wordings:
            if wording.surface in used:
                self._chip(
                    "wording",
                    wording.surface,
                    f"也按“{'、'.join(wording.terms[:3])}”检索",
                    wording.start,
                    wording.end,
                )


@lru_cache(maxsize=8)
def _all_terms(thesaurus: Thesaurus) -> frozenset[str]:
    return frozenset(term for group in thesaurus.groups for term in group.terms)


def outermost(codes: Iterable[str]) -> tuple[str, ...]:
    """The codes that lie under no other of them: 天津 of 天津 and its 滨海新区."""
    listed = list(dict.fromkeys(codes))
    regions = tree()
    return tuple(
        code for code in listed if not any(code != up and regions.contains(up, code) for up in listed)
    )


def _inside(wording: Wording, places: Places) -> bool:
    return any(place.start <= wording.start < place.end for place in places.named)


def _type_name(kind: PassageType) -> str:
    return PASSAGE_TYPE_NAMES[kind]


def _condition(comparison: Comparison) -> str:
    name = _COMPARISON_NAMES[comparison.operator]
    return name if comparison.value is None else f"{name}{comparison.value:g}{comparison.unit}"


def _scope(named: tuple[Place, ...], places: Places) -> Scope:
    if named:
        return "named"
    if places.everywhere:
        return "everywhere"
    return "national" if places.national else ""


def _subject(reading: str, masked: list[tuple[int, int]]) -> str:
    """The reading without the spans that are understood otherwise; never empty for a question with words."""
    keep = [True] * len(reading)
    for start, end in masked:
        keep[start:end] = [False] * (end - start)
    text = "".join(char if kept else " " for char, kept in zip(reading, keep, strict=True))
    return _SPACE.sub(" ", text).strip(" 的,。?!、;:") or reading.strip()
