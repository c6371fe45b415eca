"""Cited cases on a topic: who did what, what it reached, in the words of the sources.

A card holds one document's quotes, each exact and cited; a person may put wording of their own beside them, and
a quote that is edited loses its citation, visibly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from kb.model import Citation, Document, Filters
from kb.regions import tree
from kb.store import Reader, StoredFact
from kb.text.numerals import magnitude
from kb.text.sentences import sentences
from kb.text.shadow import fold
from search.case_titles import ITEM, case_title
from search.case_topic import Topic
from search.citations import check, cite
from search.hits import Hit, SearchResult
from search.indicators import pairs

CASES = 3
MOST = 50
_LOOK = 12  # hits looked at for each case wanted, since a document has several
_PASSAGES = 3
_QUOTES = 3
_RETOLD = 0.35  # of the character pairs of the shorter of two cards, in a retelling
_SHORT = 10  # characters below which a sentence says nothing alone

Role = Literal["measure", "result"]
ROLE_NAMES: dict[str, str] = {"measure": "主要做法", "result": "取得成效"}

_COUNT = re.compile(r"(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,3})\s*(?:个|篇|份|则|条|例|项)")
_NUMBERS = re.compile(
    r"[，,、；;\s]*(?:(?:都|均)?(?:要|须|需要|必须)?(?:有|带|含有?|附上?)(?:具体的?)?(?:数字|数据|数值))"
)
_ASKING = re.compile(
    r"^(?:请|帮我|帮忙|给我|我要|我想要|想要|查一?下|找出?|列出|收集|汇编|整理|推荐|几个|一些|关于)+"
)
_CASE_WORDS = re.compile(r"的?(?:典型|优秀|地方|先进)?(?:案例|做法|例子|经验)(?:汇编|材料)?[。？?！!\s]*$")
_DONE = re.compile(
    r"^(?:目前|截至|累计|已|全[市省县区]|近年来|通过|实现|达到)|提高到|提升到|达到|增加到|下降到|实现.{0,6}全覆盖"
)


class Search(Protocol):
    """What finds the passages: :class:`search.retrieve.Searcher`."""

    def search(self, query: str, k: int = 10, filters: Filters | None = None) -> SearchResult:
        """The best ``k`` passages."""


@dataclass(frozen=True, slots=True)
class CaseRequest:
    """What a person asks for: “找三个教师交流轮岗的案例，要有数字”."""

    topic: str
    count: int = CASES
    with_numbers: bool = False


@dataclass(frozen=True, slots=True)
class CaseQuote:
    """A sentence of the source with its facts.

    :ivar edited: a person's rewording; then it is no quotation any more and carries no citation mark.
    """

    role: Role
    citation: Citation
    facts: tuple[StoredFact, ...] = ()
    edited: str = ""

    @property
    def text(self) -> str:
        """What is shown."""
        return self.edited or self.citation.quote

    @property
    def exact(self) -> bool:
        """Whether what is shown is the source's own wording."""
        return not self.edited

    def reworded(self, text: str) -> CaseQuote:
        """The quote with a person's wording; the source's own wording, or none, restores it."""
        changed = text.strip()
        return replace(self, edited="" if changed in ("", self.citation.quote) else changed)


@dataclass(frozen=True, slots=True)
class CaseCard:
    """One case: its quotes on what was done and on what it reached.

    :ivar region: the full name of its region. :ivar wording: a person's own text beside the quotes.
    :ivar title: what the case is called; a person may change it. Empty: as its document.
    """

    document: Document
    region: str
    measures: tuple[CaseQuote, ...]
    results: tuple[CaseQuote, ...]
    wording: str = ""
    title: str = ""

    @property
    def heading(self) -> str:
        """What stands above the case."""
        return self.title or self.document.title

    @property
    def quotes(self) -> tuple[CaseQuote, ...]:
        """All quotes, what was done first."""
        return self.measures + self.results

    @property
    def facts(self) -> tuple[StoredFact, ...]:
        """The facts of the quotes that are still exact."""
        return tuple(fact for quote in self.quotes if quote.exact for fact in quote.facts)


@dataclass(frozen=True, slots=True)
class CaseBook:
    """Cards on a topic, the best first; ``notes`` say what the person should know (fewer found than asked for)."""

    topic: str
    cards: tuple[CaseCard, ...]
    notes: tuple[str, ...] = ()


def read_request(text: str, *, count: int | None = None, with_numbers: bool | None = None) -> CaseRequest:
    """Read what is asked for out of a sentence.

    :param count: how many, in place of what the sentence says. :param with_numbers: likewise.
    """
    topic = text.strip()
    numbers = _NUMBERS.search(topic)
    if numbers:
        topic = topic[: numbers.start()] + topic[numbers.end() :]
    topic = _ASKING.sub("", topic)
    found = _COUNT.match(topic)
    said = CASES
    if found:
        said = int(found["n"]) if found["n"].isdigit() else int(magnitude(found["n"]))
        topic = topic[found.end() :]
    topic = _CASE_WORDS.sub("", topic.strip("，,。 ")).strip("，,。 的") or text.strip()
    return CaseRequest(
        topic,
        max(1, min(MOST, count if count is not None else said)),
        bool(numbers) if with_numbers is None else with_numbers,
    )


def build_casebook(
    searcher: Search, reader: Reader, request: CaseRequest, filters: Filters | None = None
) -> CaseBook:
    """Collect cases: one card a document, regions not yet shown first.

    :param reader: the state of the store that the searcher searches.
    :param filters: restrictions of the person, such as regions.
    """
    result = searcher.search(request.topic, k=_LOOK * request.count, filters=filters or Filters())
    notes = [note.message for note in result.notes]
    by_document: dict[str, list[Hit]] = {}
    for hit in result.hits:
        if hit.document.level != "national":
            by_document.setdefault(hit.document.id, []).append(hit)
    topic = Topic.of(request.topic, result.query)
    cards = _cards(reader, by_document.values(), topic)
    if not cards and topic.terms:
        # The passages speak of it in other words: then those count that come nearest.
        cards = _cards(reader, by_document.values(), Topic.of(request.topic))
    if request.with_numbers:
        cards = [card for card in cards if card.facts]
    chosen = _diverse(cards)[: request.count]
    if len(chosen) < request.count:
        what = "有数字的案例" if request.with_numbers else "案例"
        notes.append(f"只找到 {len(chosen)} 个{what}（要求 {request.count} 个）。")
    return CaseBook(request.topic, tuple(chosen), tuple(notes))


def _diverse(cards: Iterable[CaseCard]) -> list[CaseCard]:
    """Practice before policy; within each, the first card of every region before any second one.

    A second document that tells the same in other words is no second case.
    """
    seen: dict[str, list[frozenset[str]]] = {}
    ranked = []
    for place, card in enumerate(cards):
        said = pairs("".join(quote.citation.quote for quote in card.quotes))
        told = seen.setdefault(card.document.region_code, [])
        if any(len(said & other) >= _RETOLD * min(len(said), len(other)) for other in told):
            continue
        ranked.append((card.document.kind != "案例", bool(told), place, card))
        told.append(said)
    return [card for *_, card in sorted(ranked, key=lambda item: item[:3])]


def _cards(reader: Reader, by_document: Iterable[Sequence[Hit]], topic: Topic) -> list[CaseCard]:
    made = (_card(reader, hits, topic) for hits in by_document)
    return [card for card in made if card is not None]


def _card(reader: Reader, hits: Sequence[Hit], topic: Topic) -> CaseCard | None:
    """The card of a document; None where none of its sentences is on the topic."""
    document = hits[0].document
    spoken = [item for hit in hits[:_PASSAGES] for item in _sentences(reader, hit, topic)]
    spoken.sort(key=lambda item: -item.shared)
    # A sentence that shares a common word only (教师) says nothing on the topic (教师交流轮岗).
    floor = topic.floor(spoken[0].shared) if spoken else 0.0
    kept = [item.quote for item in spoken if item.shared >= floor]
    results = [quote for quote in kept if quote.role == "result"][:_QUOTES]
    measures = [quote for quote in kept if quote.role == "measure"][:_QUOTES]
    if not kept:
        return None
    best = [quote.citation.quote for quote in (*measures, *results)]
    return CaseCard(
        document=document,
        region=tree().full_name(document.region_code) if document.region_code else "地区不明",
        measures=tuple(_in_place(measures)),
        results=tuple(_in_place(results)),
        title=case_title(document.region_code, best, topic.spellings, topic.text),
    )


def _in_place(quotes: Iterable[CaseQuote]) -> list[CaseQuote]:
    return sorted(quotes, key=lambda quote: quote.citation.start)


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A sentence and how much of the topic stands in it."""

    shared: float
    quote: CaseQuote


def _sentences(reader: Reader, hit: Hit, topic: Topic) -> Iterator[_Spoken]:
    """The sentences of a passage, headings left out."""
    text = reader.source_text(hit.document.source)
    place = hit.citation
    heads = [(section.start, section.end) for section in reader.sections(hit.document.id)]
    for start, end in sentences(text, place.start, place.end):
        sentence = fold(text[start:end]).strip()
        if len(sentence) < _SHORT or not re.search(r"[。；！!;]\s*$", sentence):
            continue
        begin = _after_head(heads, start, end)
        item = ITEM.match(text[begin:end])
        citation = cite(reader, hit.document, place.section, begin + (item.end() if item else 0), end)
        if len(citation.quote) < _SHORT or not check(citation, reader):
            continue
        facts = tuple(reader.facts_in(hit.document.id, citation.start, citation.end))
        yield _Spoken(topic.share(citation.quote), CaseQuote(_role(sentence, facts), citation, facts))


def _after_head(heads: Sequence[tuple[int, int]], start: int, end: int) -> int:
    """Where a sentence begins after the run-in heading that opens it."""
    for first, last in heads:
        if first <= start < last or start <= first < end:
            start = min(max(start, last), end)
    return start


def _role(sentence: str, facts: Sequence[StoredFact]) -> Role:
    """What was reached is a sentence with a number that is already the case; the rest is what was done."""
    reached = any(fact.fact.kind == "achieved" for fact in facts)
    return "result" if reached and (_DONE.search(sentence) or len(facts) > 1) else "measure"
