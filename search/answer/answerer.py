"""A question → an answer made of the sources' own sentences, or a refusal that says why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from kb.model import Filters
from kb.regions import NATION
from kb.store import StoredFact
from search.answer.compose import figure, nearby_sentence, region_name, write
from search.answer.conflicts import find_conflicts
from search.answer.evidence import Matcher
from search.answer.model import Answer, Conflict, Group, NumberedCitation, Statement
from search.answer.numbers import Reply, replies, years_outside
from search.answer.refusals import refuse
from search.answer.select import choose, in_order
from search.answer.sentences import Sentence, facts_by_passage, split
from search.answer.support import Judge, Signs, judge, measure, plain_score
from search.citations import check, cite
from search.hits import Hit
from search.query.model import Query
from search.retrieve import Searcher, View, is_wide

_HITS = 12
_WIDE_HITS = 60
_SENTENCES = {"numeric": 2, "when": 2, "yes_no": 2, "define": 2, "who": 2, "how": 5, "list": 4}
_WIDE_SENTENCES = 2
_DATED = 0.3
_NUMBERS = ("numeric", "compare", "yes_no")
_SURE = 0.8  # a reply's score from which its figure is stated in our own line
_REGIONS = 40
_CLOSE = 0.85  # of the best confidence: regions that an unrestricted question is also answered with


@dataclass(frozen=True, slots=True)
class Weighed:
    """What was found for one region: passages, their sentences, facts that may reply, and the measured signs."""

    region: str
    hits: tuple[Hit, ...]
    sentences: tuple[Sentence, ...]
    replies: tuple[Reply, ...]
    signs: Signs
    confidence: float


class Answerer:
    """Answers questions from a library.

    >>> Answerer(Searcher(library)).ask("厦门市现有多少所中小学校？").text     # doctest: +SKIP
    """

    def __init__(self, searcher: Searcher, *, judged_by: Judge | None = None) -> None:
        self.library = searcher.library
        self._judge = judged_by or judge()

    def ask(
        self, question: str, filters: Filters | None = None, *, dismissed: Collection[str] = ()
    ) -> Answer:
        """Answer ``question``.

        :param filters: restrictions of the caller; regions that the question names restrict further.
        :param dismissed: keys of chips to leave out of the understanding.
        """
        view = View(self.library.snapshot())
        query = view.understand(question, dismissed=dismissed)
        return _Asking(view, query, filters or Filters(), self._judge).answer()

    def weigh(
        self, question: str, filters: Filters | None = None, *, dismissed: Collection[str] = ()
    ) -> tuple[Query, list[Weighed]]:
        """The evidence for a question by region, the best first; for fitting how much of it is enough."""
        view = View(self.library.snapshot())
        query = view.understand(question, dismissed=dismissed)
        asking = _Asking(view, query, filters or Filters(), self._judge)
        return query, asking.evidence


class _Asking:
    """One question on its way to an answer."""

    def __init__(self, view: View, query: Query, filters: Filters, judged_by: Judge) -> None:
        self.view = view
        self.snapshot = view.snapshot
        self.query = query
        self.wide = is_wide(query)
        self.model = judged_by.of(query, wide=self.wide)
        self.scope = view.scope(query, filters)
        self.result = view.search(query, self.scope, _WIDE_HITS if self.wide else _HITS)
        self.evidence = self._weigh_all()

    def answer(self) -> Answer:
        """The answer or the refusal."""
        kept = [item for item in self.evidence if item.confidence >= self.model.threshold]
        named = {reference.kind for reference in self.query.references}
        if "article" in named and named != {"article"} and not self.scope.documents:
            kept = []  # an article of a document that is not here; others may only mention it
        return self._answer(self._shown(kept)) if kept else self._refusal()

    # -- evidence -----------------------------------------------------------------------------------------

    def _weigh_all(self) -> list[Weighed]:
        """The evidence by region, the best first."""
        hits = self.result.hits
        if not hits:
            return []
        matcher = Matcher(self.query, self.snapshot.passage_count)
        facts = facts_by_passage(self.snapshot.reader.facts(passages=[hit.key for hit in hits]))
        by_region: dict[str, list[Hit]] = {}
        for hit in hits:
            by_region.setdefault(hit.document.region_code, []).append(hit)
        found = [self._weigh(matcher, region, members, facts) for region, members in by_region.items()]
        return sorted(found, key=lambda item: (-item.confidence, item.hits[0].rank))

    def _weigh(
        self, matcher: Matcher, region: str, hits: list[Hit], facts: dict[int, list[StoredFact]]
    ) -> Weighed:
        query = self.query
        sentences = self._with_meaning(
            [item for hit in hits for item in split(hit, matcher, facts.get(hit.key, ()))]
        )
        found = replies(query, matcher, sentences, self.scope.within) if query.form in _NUMBERS else []
        signs = measure(query, matcher, hits, sentences, found, self.snapshot.passage_count)
        confidence = 0.0 if years_outside(query, found) else self.model.confidence(signs)
        return Weighed(region, tuple(hits), tuple(sentences), tuple(found), signs, confidence)

    def _with_meaning(self, sentences: list[Sentence]) -> list[Sentence]:
        """The sentences, each with how near it is to the question in meaning; everyday words in official ones."""
        likeness = self.snapshot.likeness
        if likeness is None:
            return sentences
        asked = " ".join(word for term in self.query.terms for word in (term.text, *term.alternatives[:3]))
        found = likeness.of_sentences(asked, [sentence.reading for sentence in sentences])
        return [replace(sentence, meaning=value) for sentence, value in zip(sentences, found, strict=True)]

    def _shown(self, kept: list[Weighed]) -> list[Weighed]:
        """The regions of the answer: all with evidence where several are asked for, else those near the best."""
        query = self.query
        if self.wide:
            return self._several(kept)[:_REGIONS]
        best = kept[0].confidence
        close = [item for item in kept if item.confidence >= _CLOSE * best]
        single = query.form in ("when", "who", "define", "yes_no") and len(close) < 3
        return close[:1] if single else close[:6]

    def _several(self, kept: list[Weighed]) -> list[Weighed]:
        """Of 各地 the localities; of those the ones that name the year asked for, if any do; named regions first."""
        query = self.query
        if not query.national and query.scope == "everywhere":
            kept = [item for item in kept if item.region != NATION] or kept
        dated = [item for item in kept if item.signs.year >= _DATED]
        if dated and any(span.absolute for span in query.spans) and not query.national:
            kept = dated
        return sorted(kept, key=lambda item: item.region == NATION)

    # -- answering ----------------------------------------------------------------------------------------

    def _answer(self, shown: list[Weighed]) -> Answer:
        query, result = self.query, self.result
        several = self.wide or len(shown) > 1
        limit = _WIDE_SENTENCES if several else _SENTENCES.get(query.form, 3)
        groups: list[Group] = []
        citations: list[NumberedCitation] = []
        for evidence in shown:
            statements = []
            for sentence, facts in self._chosen(evidence, limit):
                numbered = self._cited(sentence, len(citations) + 1)
                if numbered is not None:
                    citations.append(numbered)
                    statements.append(Statement(numbered.number, numbered.citation.quote, facts))
            if statements:
                groups.append(Group(evidence.region, self._lead(evidence, statements), tuple(statements)))
        facts_shown = tuple(
            fact for group in groups for statement in group.statements for fact in statement.facts
        )
        conflicts = self._conflicts(facts_shown)
        return Answer(
            question=query.text,
            query=query,
            answered=bool(groups),
            reason="" if groups else "absent_topic",
            text=write(groups, conflicts, opening=_opening(groups)),
            groups=tuple(groups),
            citations=tuple(citations),
            facts=facts_shown,
            regions=tuple(group.region_code for group in groups if group.region_code),
            conflicts=conflicts,
            notes=result.notes,
            filters=result.filters,
            confidence=shown[0].confidence,
        )

    def _lead(self, evidence: Weighed, statements: Sequence[Statement]) -> str:
        """Our line before the sentences of a region: its name, and the figure where one was asked for."""
        name = f"{region_name(evidence.region)}："
        if self.query.form != "numeric" or not evidence.replies:
            return name
        best = evidence.replies[0]
        for statement in statements:
            if best.fact in statement.facts and best.score >= _SURE and best.focus >= 0.5:
                return f"{name}{figure(best.fact)}[{statement.number}]"
        return name

    def _chosen(self, evidence: Weighed, limit: int) -> list[tuple[Sentence, tuple[StoredFact, ...]]]:
        """The sentences to show, each with the facts that reply; other sentences carry all their facts."""
        query = self.query
        if (
            query.form == "numeric"
            and evidence.replies
            and evidence.replies[0].score >= plain_score(query, evidence.sentences)
        ):
            top = evidence.replies[0].score
            wanted = [r for r in evidence.replies if r.score >= 0.9 * top and r.year_fits is not False]
            by_sentence: dict[tuple[str, int], tuple[Sentence, list[StoredFact]]] = {}
            for reply in wanted:
                key = (reply.sentence.hit.document.source, reply.sentence.start)
                by_sentence.setdefault(key, (reply.sentence, []))[1].append(reply.fact)
            best = list(by_sentence.values())[:limit]
            if best:
                order = in_order([sentence for sentence, _ in best])
                facts = {(s.hit.document.source, s.start): tuple(found) for s, found in best}
                return [(s, facts[s.hit.document.source, s.start]) for s in order]
        return [(sentence, sentence.facts) for sentence in choose(query, evidence.sentences, limit)]

    def _cited(self, sentence: Sentence, number: int) -> NumberedCitation | None:
        hit = sentence.hit
        citation = cite(self.snapshot, hit.document, hit.citation.section, sentence.start, sentence.end)
        if citation.quote != sentence.quote or not check(citation, self.snapshot):
            return None
        return NumberedCitation(number, citation, hit.rank, hit.score, hit.lexical, hit.semantic)

    def _conflicts(self, facts: Sequence[StoredFact]) -> tuple[Conflict, ...]:
        """Contradictions between the facts shown and others of the same indicators in the library."""
        keys = {item.fact.indicator_key for item in facts if item.fact.indicator_key}
        regions = {item.fact.region_code for item in facts if item.fact.region_code}
        if self.query.form != "numeric" or not keys or not regions:
            return ()
        others = self.snapshot.reader.facts(indicator_keys=keys, regions=regions, limit=200)
        return find_conflicts(others, self.snapshot.documents(item.document for item in others))

    # -- refusing -----------------------------------------------------------------------------------------

    def _refusal(self) -> Answer:
        query, result, evidence = self.query, self.result, self.evidence
        refusal = refuse(query, result, [reply for item in evidence for reply in item.replies])
        nearest = result.hits[:3] or (() if refusal.reason == "no_content" else self.view.nearest(query))
        nearby = tuple(item for note in self.scope.notes for item in note.nearby)
        lines = [refusal.sentence, nearby_sentence(nearby)]
        if nearest:
            titles = "、".join(dict.fromkeys(f"《{hit.document.title}》" for hit in nearest))
            lines.append(f"最接近的材料（不构成答案）：{titles}。")
        return Answer(
            question=query.text,
            query=query,
            answered=False,
            reason=refusal.reason,
            text="\n".join(line for line in lines if line),
            nearest=tuple(nearest),
            nearby=nearby,
            notes=result.notes,
            filters=result.filters,
            confidence=evidence[0].confidence if evidence else 0.0,
        )


def _opening(groups: Sequence[Group]) -> str:
    if len(groups) > 1:
        return f"共{len(groups)}个地区有相关材料："
    return ""
