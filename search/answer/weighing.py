"""The evidence for a question, region by region: sentences matched, facts that reply, signs measured and judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from search.answer.evidence import Matcher
from search.answer.numbers import Reply, fulfils, replies, years_of_title, years_outside
from search.answer.select import names_years
from search.answer.sentences import Sentence, facts_by_passage, split
from search.answer.support import Model, Signs, measure
from search.articles import articles_in, named_articles
from search.hits import Hit
from search.library import Snapshot
from search.query.model import Query
from search.scope import Scope

_FIGURES_HELP = ("compare", "yes_no")


@dataclass(frozen=True, slots=True)
class Weighed:
    """What was found for one region: passages, their sentences, facts that may reply, and the measured signs.

    :ivar confidence: how likely this answers the question, 0 to 1.
    """

    region: str
    hits: tuple[Hit, ...]
    sentences: tuple[Sentence, ...]
    replies: tuple[Reply, ...]
    signs: Signs
    confidence: float


class Weigher:
    """Weighs the evidence for one question.

    :param model: judges the signs.
    """

    def __init__(self, snapshot: Snapshot, query: Query, scope: Scope, model: Model) -> None:
        self._snapshot = snapshot
        self._query = query
        self._scope = scope
        self._model = model
        self._matcher = Matcher(query, snapshot.passage_count)
        self.articles = named_articles(query) if scope.documents else frozenset()

    def weigh(self, hits: Sequence[Hit]) -> list[Weighed]:
        """The evidence by region, the best first."""
        if not hits:
            return []
        facts = facts_by_passage(self._snapshot.reader.facts(passages=[hit.key for hit in hits]))
        every = [item for hit in hits for item in split(hit, self._matcher, facts.get(hit.key, ()))]
        if self._scope.naming:  # a document of the region above speaks for it only where it names it
            every = [item for item in every if any(name in item.reading for name in self._scope.naming)]
        by_region: dict[str, tuple[list[Hit], list[Sentence]]] = {}
        for hit in hits:
            by_region.setdefault(hit.document.region_code, ([], []))[0].append(hit)
        for item in self._with_meaning(every):
            by_region[item.hit.document.region_code][1].append(item)
        found = [self._region(region, *members) for region, members in by_region.items()]
        return sorted(found, key=lambda item: (-item.confidence, item.hits[0].rank))

    def _region(self, region: str, hits: list[Hit], sentences: list[Sentence]) -> Weighed:
        query = self._query
        wanted = query.about_numbers or query.form in _FIGURES_HELP
        found = replies(query, self._matcher, sentences, self._scope.within) if wanted else []
        signs = measure(query, self._matcher, hits, sentences, found, self._snapshot.passage_count)
        confidence = 0.0 if self._ruled_out(hits, sentences, found, signs) else self._model.confidence(signs)
        if self.articles:
            sentences, confidence = of_articles(sentences, self.articles), 1.0
        return Weighed(region, tuple(hits), tuple(sentences), tuple(found), signs, confidence)

    def _ruled_out(
        self, hits: Sequence[Hit], sentences: Sequence[Sentence], found: Sequence[Reply], signs: Signs
    ) -> bool:
        """Whether the evidence is of other years, or misses a condition in figures, however well its words match."""
        query = self._query
        if not sentences or years_outside(query, found):
            return True
        if any(comparison.value is not None for comparison in query.comparisons) and not fulfils(
            query, found
        ):
            return True
        return not (
            signs.year
            or any(_may_speak_of(query, hit) for hit in hits)
            or any(names_years(query, item) for item in sentences)
        )

    def _with_meaning(self, sentences: list[Sentence]) -> list[Sentence]:
        """The sentences, each with how near it is to the question in meaning, everyday words in official ones.

        All in one call: the model has an overhead for each.
        """
        likeness = self._snapshot.likeness
        if likeness is None:
            return sentences
        asked = " ".join(word for term in self._query.terms for word in (term.text, *term.alternatives[:3]))
        found = likeness.of_sentences(asked, [sentence.reading for sentence in sentences])
        return [replace(sentence, meaning=value) for sentence, value in zip(sentences, found, strict=True)]


def _may_speak_of(query: Query, hit: Hit) -> bool:
    """Whether a document that names no year may speak of those asked for: it came out then, in the year after, or
    nobody knows when.
    """
    asked = [span for span in query.spans if span.absolute]
    published = hit.document.published[:4]
    years = years_of_title(hit.document.title) or (((int(published),) * 2,) if published.isdigit() else ())
    return not years or any(
        span.first <= last and first <= span.last + 1 for span in asked for first, last in years
    )


def of_articles(sentences: Iterable[Sentence], articles: frozenset[int]) -> list[Sentence]:
    """The sentences of the articles, where passages hold others too; all where none can be told."""
    everything = list(sentences)
    kept: list[Sentence] = []
    inside: frozenset[int] = frozenset()
    key = -1
    for sentence in everything:
        if sentence.hit.key != key:
            key, inside = sentence.hit.key, articles_in("\n".join(sentence.hit.citation.section))
        inside = articles_in(sentence.reading) or inside
        if inside & articles:
            kept.append(sentence)
    return kept or everything
