"""From a paragraph to its facts: find the quantities, name them, and say when, where and of what kind they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.facts.aligning import aligned_names, runs, share_units
from ingest.facts.clauses import Clause, Sentence, split
from ingest.facts.detect import blocked_spans, detect
from ingest.facts.dressing import dress
from ingest.facts.endings import suffix
from ingest.facts.grammar import CANDIDATE
from ingest.facts.kinds import kind_of
from ingest.facts.model import FactContext, Quantity, RawFact, Span, TableRow
from ingest.facts.named import Named
from ingest.facts.naming import build
from ingest.facts.phrases import is_relational, strip_lead
from ingest.facts.places import Places, region_names
from ingest.facts.slots import Slots
from ingest.facts.tables import row_facts
from ingest.facts.timing import Clock
from ingest.facts.voice import Voice, latest_year, stages, turns_forward, voice
from kb.thesaurus import Thesaurus, load_thesaurus

_MEASURE = re.compile("(?:标准|限额|额度|比例|费率|价格|金额|上限|数量)(?:如下)?$")
_CHANGED_FROM = re.compile(r"(?:(?<![自理])由|从)[^,。;]{0,12}$")
_CHANGED_TO = re.compile(r"[^,。;\d]{0,10}(?:到|至|为)[^,。;\d]{0,6}\d")
_INDEX = re.compile("(?:系数|指数|比例|占比|倍差)$")
_CHANGES = (
    "增速",
    "降幅",
    "幅度",
    "减幅",
    "增幅",
    "减少数",
    "增加数",
    "增加额",
    "增加量",
    "增加时间",
    "压减率",
    "倍数",
)


@dataclass(slots=True)
class _Here:
    """What holds for one paragraph."""

    start: int
    clock: Clock
    places: Places
    slots: Slots
    speaking: Voice


class Extractor:
    """Extracts facts from the paragraphs of one document.

    :param text: the document's shadow text; ``[start, end)`` the part of it that is the document.
    """

    def __init__(
        self, text: str, start: int, end: int, context: FactContext, thesaurus: Thesaurus | None = None
    ) -> None:
        self.text = text
        self.context = context
        self._thesaurus = thesaurus or load_thesaurus()
        self._names = region_names(context.home_region)
        self._guess = "" if context.published else latest_year(text, start, end)
        self._voices: dict[tuple[str, ...], Voice] = {}
        self._turned: set[tuple[str, ...]] = set()
        self._stages = stages(context.title, context.headings, context.published)

    def paragraph(self, start: int, end: int, headings: Sequence[str]) -> list[RawFact]:
        """The facts of ``text[start:end]`` in order."""
        if not CANDIDATE.search(self.text, start, end):
            return []
        titles = blocked_spans(self.text, start, end, self.context.damage)
        clock = Clock(self.text, start, end, self.context.published, titles)
        quantities = detect(self.text, start, end, sorted([*titles, *clock.blocking()]))
        if not quantities:
            return []
        here = _Here(
            start,
            clock,
            Places(self.text, start, end, self.context.home_region),
            Slots(self.text, clock, self._names),
            self._speaking(tuple(headings), start, end),
        )
        facts: list[RawFact] = []
        sentences = split(self.text, start, end, quantities)
        for index, sentence in enumerate(sentences):
            if sentence.clauses:
                facts.extend(self._sentence(here, sentence, sentences[:index]))
        return facts

    def row(self, row: TableRow, headings: Sequence[str]) -> list[RawFact]:
        """The facts of a table row, cell by cell."""
        return row_facts(self.text, row, self.context, self._voice(tuple(headings)), self._thesaurus)

    def _speaking(self, headings: tuple[str, ...], start: int, end: int) -> Voice:
        """The voice of a paragraph; a section of both kinds turns to what is to be done at one of them."""
        found = self._voice(headings)
        if not found.mixed:
            return found
        if headings in self._turned or turns_forward(self.text, start, end, found.published):
            self._turned.add(headings)
            return replace(found, mood="plan", looking_back=False)
        return found

    def _voice(self, headings: tuple[str, ...]) -> Voice:
        found = self._voices.get(headings)
        if found is None:
            context = self.context
            stage = self._stages.get(headings[0]) if headings else None
            found = voice(context.title, context.kind, headings, context.published or self._guess, stage)
            found = replace(found, guessed=bool(self._guess))
            self._voices[headings] = found
        return found

    def _sentence(self, here: _Here, sentence: Sentence, earlier: Sequence[Sentence]) -> list[RawFact]:
        facts: list[RawFact] = []
        before: Named | None = None
        header = ""
        listed: list[str] = []
        recent: list[str] = []
        for clause in sentence.clauses:
            if not clause.quantities:
                header = self._header(clause) or header
                continue
            outer, at = before, clause.start
            for run in runs(self.text, clause.quantities):
                share_units(run, aligned="分别" in self.text[clause.start : run[0].start])
                names = self._name(here, sentence, clause, run, at, before, header, listed, recent)
                before = names[-1]
                recent.extend(n.subject for n in names[:1] if len(run) == 1)
                at = _named_up_to(self.text, run[-1].end, before.consumed, _next_start(clause, run[-1]))
                regions = here.places.aligned(run, sentence) if len(run) > 1 else []
                for index, (quantity, named) in enumerate(zip(run, names, strict=True)):
                    region = regions[index] if regions else here.places.of(quantity, clause, sentence)
                    facts.append(self._fact(here, sentence, earlier, clause, quantity, named, region))
            if clause.aside:
                before = outer
        return facts

    def _header(self, clause: Clause) -> str:
        """补贴标准: before a list gives its measure to the items, and so does 校际差异系数, before 小学0.5."""
        words = strip_lead(self.text[clause.start : clause.end].strip())
        if clause.mark == ":":
            return words if len(words) <= 14 and _MEASURE.search(words) else ""
        return words if clause.mark == "," and len(words) <= 20 and _INDEX.search(words) else ""

    def _name(
        self,
        here: _Here,
        sentence: Sentence,
        clause: Clause,
        run: list[Quantity],
        at: int,
        before: Named | None,
        header: str,
        listed: list[str],
        recent: list[str],
    ) -> list[Named]:
        """Names for the quantities of a run; ``listed`` and ``recent`` keep what it may take up again."""
        following = _next_start(clause, run[-1])
        slot = here.slots.slot(
            sentence,
            clause,
            run[0],
            at,
            following if len(run) == 1 else run[0].end,
            header=header,
            named=before is not None,
        )
        if len(run) > 1:
            slot.right = here.slots.after(clause, run[-1], following)
            names = aligned_names(slot, run, listed, recent)
            if names:
                return names
        named = build(slot, before)
        if slot.base_unit == "元":
            dress(self.text, here.start, here.slots, sentence, clause, named)
        return [named, *(named.again() for _ in run[1:])]

    def _fact(
        self,
        here: _Here,
        sentence: Sentence,
        earlier: Sequence[Sentence],
        clause: Clause,
        quantity: Quantity,
        named: Named,
        region: str,
    ) -> RawFact:
        indicator = self._without_home(named.indicator) or suffix("数量", quantity.unit)
        timed = here.clock.time_of(
            quantity, clause, sentence, earlier, compared=named.indicator.endswith(_CHANGES)
        )
        words = self.text[clause.start : clause.end]
        so_far = self.text[sentence.start : clause.end]
        after = self.text[quantity.end : quantity.end + 4]
        kind = kind_of(quantity, named.indicator, words, so_far, timed, here.speaking, after)
        if kind == "target" and self._left_behind(clause, quantity):
            kind = "achieved"
        start, end = self._quote(sentence, clause)
        return RawFact(
            quantity.start,
            quantity.end,
            start,
            end,
            indicator,
            self._thesaurus.key_of(indicator),
            quantity.value,
            quantity.unit,
            quantity.comparator,
            kind,
            timed.words,
            timed.inherited,
            timed.years,
            region,
        )

    def _left_behind(self, clause: Clause, quantity: Quantity) -> bool:
        """由380元提高到420元: of a change still to come the first number is what is already the case."""
        start = quantity.per_start if quantity.per else quantity.start
        if not _CHANGED_FROM.search(self.text, clause.start, start):
            return False
        return _CHANGED_TO.match(self.text, quantity.end, clause.end) is not None

    def _without_home(self, name: str) -> str:
        for region in self._names:
            if name.startswith(region) and len(name) > len(region) + 3:
                return name[len(region) :]
        return name

    def _quote(self, sentence: Sentence, clause: Clause) -> Span:
        """The clause; one that leaves out its subject is quoted with the clauses that name it."""
        start, end, at = clause.start, clause.end, clause.index
        while at > 0 and not clause.aside and (end - start < 8 or self._short_of_subject(start, end)):
            at -= 1
            if not sentence.clauses[at].aside:
                start = sentence.clauses[at].start
        while start < end and self.text[start] in " \n\t、":
            start += 1
        return start, end

    def _short_of_subject(self, start: int, end: int) -> bool:
        return end - start < 16 and is_relational(self.text[start:end].lstrip("、其中 "))


def _named_up_to(text: str, end: int, consumed: int, following: int) -> int:
    """Where the words for the next number begin; a noun lent by it (国家级和30个省级…县) takes none of them."""
    if end + consumed <= following:
        return end + consumed
    joint = max((text.rfind(link, end, following) for link in ("、", "和", "与", "及")), default=-1)
    return joint if joint >= 0 else end


def _next_start(clause: Clause, quantity: Quantity) -> int:
    for other in clause.quantities:
        if other.start >= quantity.end:
            return other.per_start if other.per else other.start
    return clause.end
