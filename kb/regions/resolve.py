"""From the names found in a text to the regions they mean: word boundaries, chains, evidence, context."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from kb.regions.edges import word_edges
from kb.regions.names import Name, Strength, lexicon
from kb.regions.tree import NATION, RegionTree, tree

_HAN = re.compile(r"[㐀-鿿]")
_SENTENCE_END = re.compile(r"[。!?;！？；\n]")
_JOINERS = frozenset("、和与及跟同或/·-—")
_GAPS = frozenset(" ·")
# 和县 in 部分城区和县(市、区) is a conjunction and a word.
_NOT_AFTER_COUNTY = re.compile(r"[(（级域城乡区市镇、]")
# The district of 北京 is asked for as often as the city.
CONTESTED = frozenset({"朝阳"})
# 嫩江流域 and 淮北平原 are nature, not administration.
_NATURE = re.compile(
    r"流域|水系|库区|盆地|平原|高原|海域|半岛|山脉|山区|三角洲|草原|沙漠|湿地|湾(?!区)|源头|国家公园"
)
_NOT_AFTER_DIVISION = re.compile(r"[范傅生资德徒长兄父友]")
# Towns everywhere have a 西城区; such a name is a district only where its city is at hand.
_GENERIC = re.compile(r"[东西南北中新老古主]?城[东西南北中]?区")


@dataclass(slots=True)
class Hit:
    """A name at a place, on its way to a region. ``head``: the hit that it continues (河北省 ← 保定市)."""

    start: int
    end: int
    name: Name
    code: str = ""
    candidates: tuple[str, ...] = ()
    head: Hit | None = None
    accepted: bool = False


@dataclass(slots=True)
class Resolution:
    """The hits of a text that stand, in order, and the names of other kinds (home words, groups, blocks)."""

    hits: list[Hit] = field(default_factory=list)
    others: list[tuple[int, int, Name]] = field(default_factory=list)
    named: set[str] = field(default_factory=set)


class Resolver:
    """Resolves the names of one text.

    :param home: the document's region, "" if unknown.
    :param known: codes that the rest of the document names, for a text that is only a part of it.
    :param query: the text is a question: short names stand without evidence, on word boundaries.
    """

    def __init__(self, text: str, home: str = "", known: Iterable[str] = (), *, query: bool = False) -> None:
        self.text = text
        self.query = query
        self.regions: RegionTree = tree()
        self.home = home
        self.near = frozenset(
            {home, *self.regions.ancestors(home)} - {NATION} if home and home != NATION else ()
        )
        self.result = Resolution(named=set(known))
        self.explicit: dict[str, str] = {}
        self._breaks: list[int] | None = None
        self._by_sentence: dict[int, set[str]] = {}

    def run(self) -> Resolution:
        """Resolve all names; ambiguous ones keep their candidates and no code."""
        hits: list[Hit] = []
        for start, end, name in lexicon().scan(self.text):
            if name.kind != "region":
                self.result.others.append((start, end, name))
                continue
            hit = self._trimmed(Hit(start, end, name))
            previous = hits[-1] if hits else None
            if not (previous and self._chain(previous, hit)):
                self._alone(hit, previous)
            hits.append(hit)
        for hit in hits:
            if hit.accepted and hit.code:
                self._note(hit)
        pending = [hit for hit in hits if not hit.accepted and hit.candidates]
        if pending:
            self._settle(hits, pending)
        self.result.hits = [hit for hit in hits if hit.accepted]
        return self.result

    # -- first pass: names that stand by themselves ---------------------------------------------------------

    def _trimmed(self, hit: Hit) -> Hit:
        """吉林市场 is 吉林 and a market, 西安区域 an area of 西安."""
        if hit.name.surface[-1] + self.text[hit.end : hit.end + 1] in ("市场", "区域", "区间", "区块"):
            short = lexicon().names.get(hit.name.surface[:-1])
            if short is not None and short.kind == "region":
                return Hit(hit.start, hit.end - 1, short)
        return hit

    def _chain(self, previous: Hit, hit: Hit) -> bool:
        """Whether ``hit`` continues ``previous`` (河北省 保定市); then both are settled."""
        if hit.name.strength == Strength.OWN and self.home not in hit.name.codes:
            return False
        gap = hit.start - previous.end
        if gap > 1 or (gap == 1 and self.text[previous.end] not in _GAPS):
            return False
        before = (previous.code,) if previous.code else previous.candidates or previous.name.codes
        pair = next(
            (
                (above, code)
                for code in hit.name.codes
                for above in before
                if above != code and self.regions.contains(above, code)
            ),
            None,
        )
        if pair is None or not self._chain_fits(hit):
            return False
        if not previous.accepted:
            if (
                previous.name.strength < Strength.FULL
                and not word_edges(self.text, previous.start, hit.end)[0]
            ):
                return False
            previous.accepted = True
        previous.code, hit.code = pair
        previous.candidates = ()
        hit.head, hit.accepted = previous, True
        self.explicit[hit.name.surface] = hit.code
        return True

    def _chain_fits(self, hit: Hit) -> bool:
        strength = hit.name.strength
        if strength >= Strength.FULL:
            return True
        if strength <= Strength.GUARDED and hit.name.surface[-1] in "县区":
            return not _NOT_AFTER_COUNTY.match(self.text, hit.end)
        return word_edges(self.text, hit.start, hit.end)[1] and not (
            hit.name.surface[-1] == "师" and _NOT_AFTER_DIVISION.match(self.text, hit.end)
        )

    def _alone(self, hit: Hit, previous: Hit | None) -> None:
        """Accept a full or a strong name, keep a weaker one for the second pass, or let it go."""
        name, text = hit.name, self.text
        after_name = previous is not None and previous.accepted and previous.end == hit.start
        if name.strength == Strength.FULL:
            alone = (
                after_name
                or not hit.start
                or not _HAN.match(text, hit.start - 1)
                or text.endswith("中共", 0, hit.start)
            )
            if not alone and len(name.surface) <= 3 and not word_edges(text, hit.start, hit.end)[0]:
                return
            best = [c for c, s in zip(name.codes, name.strengths, strict=True) if s == Strength.FULL]
            if name.former or (len(best) == 1 and (self.query or not _GENERIC.fullmatch(name.surface))):
                hit.code, hit.accepted = best[0], True
            else:
                hit.candidates = tuple(best)
        elif _NATURE.match(text, hit.end):
            return
        elif name.strength == Strength.STRONG:
            begins, ends = word_edges(text, hit.start, hit.end) if len(name.surface) == 2 else (True, True)
            if (begins or after_name) and ends:
                hit.code, hit.accepted = self._strong_code(name), True
        elif self.query and name.strength >= Strength.GUARDED:
            self._asked(hit)
        elif name.strength >= Strength.GUARDED or self.home in name.codes:
            hit.candidates = tuple(
                code
                for code, strength in zip(name.codes, name.strengths, strict=True)
                if strength >= Strength.GUARDED or (strength == Strength.OWN and code == self.home)
            )

    def _asked(self, hit: Hit) -> None:
        """A short name in a question: the city before the county; 朝阳 stays open."""
        name = hit.name
        if all(word_edges(self.text, hit.start, hit.end)) and (
            name.strength > Strength.GUARDED or not hit.start or not _HAN.match(self.text, hit.start - 1)
        ):
            levels = [self.regions.get(code).level for code in name.codes]
            if len(name.codes) == 1 or (levels[0] != levels[1] and name.surface not in CONTESTED):
                hit.code, hit.accepted = name.codes[0], True
            else:
                hit.candidates = name.codes

    def _strong_code(self, name: Name) -> str:
        """吉林 is the province, unless the document's home tells otherwise: 海南 in a text of 青海."""
        first = name.codes[0]
        if len(name.codes) == 1 or first in self.near:
            return first
        return next((code for code in name.codes if code in self.near or self._shares_city(code)), first)

    def _shares_city(self, code: str) -> bool:
        """Whether a city or a county lies in the province of the document's home."""
        return any(above in self.near for above in self.regions.ancestors(code)[:-1])

    # -- second pass: names that need evidence --------------------------------------------------------------

    def _note(self, hit: Hit) -> None:
        self.result.named.add(hit.code)
        self._by_sentence.setdefault(self._sentence(hit.start), set()).add(hit.code)

    def _sentence(self, at: int) -> int:
        if self._breaks is None:
            self._breaks = [found.start() for found in _SENTENCE_END.finditer(self.text)]
        return bisect_right(self._breaks, at)

    def _settle(self, hits: list[Hit], pending: list[Hit]) -> None:
        place = {id(hit): index for index, hit in enumerate(hits)}
        waiting = [hit for hit in pending if hit.name.strength == Strength.FULL or self._word(hit)]
        moved = True
        while moved and waiting:
            moved = False
            for hit in list(waiting):
                index = place[id(hit)]
                beside = [
                    other
                    for other in hits[max(0, index - 1) : index + 2]
                    if other is not hit and (other.accepted or other in waiting) and self._joined(other, hit)
                ]
                if self._accept(hit, beside):
                    waiting.remove(hit)
                    moved = True
        for hit in waiting:
            if hit.name.strength == Strength.FULL or self.query:
                hit.accepted = True

    def _word(self, hit: Hit) -> bool:
        """Whether a short name stands on word boundaries and has a chance of evidence."""
        name = hit.name
        if name.surface[-1] == "师" and _NOT_AFTER_DIVISION.match(self.text, hit.end):
            return False
        if name.strength == Strength.GUARDED:
            listed = self.text[hit.end : hit.end + 1] == "、" or self.text[hit.start - 1 : hit.start] == "、"
            if not listed and not any(
                code in self.result.named or code == self.home for code in hit.candidates
            ):
                return False
            if name.surface[-1] in "县区" and _NOT_AFTER_COUNTY.match(self.text, hit.end):
                return False
        begins, ends = word_edges(self.text, hit.start, hit.end)
        return begins and ends

    def _joined(self, one: Hit, other: Hit) -> bool:
        """Whether only 、 or 和 stands between two hits."""
        low, high = (one.end, other.start) if one.end <= other.start else (other.end, one.start)
        return high - low == 1 and self.text[low] in _JOINERS

    def _accept(self, hit: Hit, beside: list[Hit]) -> bool:
        scores = {code: self._score(code, hit, beside) for code in hit.candidates}
        best = max(scores.values())
        if best <= 0:
            return False
        winners = [code for code, score in scores.items() if score == best]
        if len(winners) > 1:
            # Of a city and the county that bears its name the city is meant.
            winners = [
                code
                for code in winners
                if not any(above in winners for above in self.regions.ancestors(code))
            ]
        if len(winners) > 1:
            return False
        hit.code, hit.candidates, hit.accepted = winners[0], (), True
        self._note(hit)
        return True

    def _score(self, code: str, hit: Hit, beside: list[Hit]) -> float:
        """How much speaks for a candidate: its sentence before the home, the home before the document."""
        above = self.regions.ancestors(code)[:-1]
        sentence = self._by_sentence.get(self._sentence(hit.start), set())
        if code == self.home:
            return 6
        for rank, upper in enumerate(above):
            if upper in sentence:
                return 5 - rank / 10
        if sentence & set(self.regions.siblings(code)):
            return 4
        if hit.name.strength == Strength.GUARDED and code not in self.result.named:
            return 0
        if self.explicit.get(hit.name.surface) == code:
            return 3.5
        for rank, upper in enumerate(above):
            if upper in self.near:
                return 3 - rank / 10
        return 0 if hit.name.strength == Strength.FULL else self._score_in_document(code, hit, beside)

    def _score_in_document(self, code: str, hit: Hit, beside: list[Hit]) -> float:
        """What the rest of the document says for a short name."""
        named = self.result.named
        if code in named:
            return 2
        if code.startswith("65B") and any(other.startswith("65") for other in named):
            return 1.5
        if beside and (hit.name.strength == Strength.WEAK or any(other.accepted for other in beside)):
            return 1
        return 0
