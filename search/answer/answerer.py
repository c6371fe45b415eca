"""A question → an answer made of the sources' own sentences, or a refusal that says why."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kb.model import Filters
from kb.store import StoredFact
from search.answer.compose import figure, nearby_sentence, region_name, write
from search.answer.conflicts import find_conflicts
from search.answer.model import Answer, Conflict, Group, NumberedCitation, Statement
from search.answer.refusals import refuse
from search.answer.sentences import Sentence
from search.answer.shown import regions_shown, sentences_shown
from search.answer.support import Judge, judge
from search.answer.weighing import Weighed, Weigher
from search.citations import check, cite
from search.query.model import Query
from search.retrieve import Searcher, View, is_wide
from search.scope import STATUSES

_HITS = 12
_WIDE_HITS = 60
_SURE = 0.8  # a reply's score from which its figure is stated in our own line
_FOCUSED = 0.5
_IN_FORCE = Filters(statuses=STATUSES)


class Answerer:
    """Answers questions from a library.

    >>> Answerer(Searcher(library)).ask("厦门市现有多少所中小学校？").text     # doctest: +SKIP
    """

    def __init__(self, searcher: Searcher, *, judged_by: Judge | None = None) -> None:
        self.library = searcher.library
        self._judge = judged_by

    def ask(
        self, question: str, filters: Filters | None = None, *, dismissed: Collection[str] = ()
    ) -> Answer:
        """Answer ``question``.

        :param filters: restrictions of the caller; regions that the question names restrict further.
        :param dismissed: keys of chips to leave out of the understanding.
        """
        return self._asking(question, filters, dismissed).answer()

    def weigh(
        self, question: str, filters: Filters | None = None, *, dismissed: Collection[str] = ()
    ) -> tuple[Query, list[Weighed]]:
        """The evidence for a question by region, the best first; for fitting how much of it is enough."""
        asking = self._asking(question, filters, dismissed)
        return asking.query, asking.evidence

    def _asking(self, question: str, filters: Filters | None, dismissed: Collection[str]) -> _Asking:
        view = View(self.library.snapshot())
        query = view.understand(question, dismissed=dismissed)
        judged_by = self._judge or judge(meaning=view.snapshot.embedder is not None)
        return _Asking(view, query, filters or Filters(), judged_by)


class _Asking:
    """One question on its way to an answer."""

    def __init__(self, view: View, query: Query, filters: Filters, judged_by: Judge) -> None:
        self.view = view
        self.snapshot = view.snapshot
        self.query = query
        self.wide = is_wide(query)
        self.model = judged_by.of(query, wide=self.wide)
        self.scope = view.scope(query, filters)
        self.result = view.search(query, self.scope, _WIDE_HITS if self.wide else _HITS, naming=True)
        self.weigher = Weigher(view.snapshot, query, self.scope, self.model)
        self.evidence = self.weigher.weigh(self.result.hits)

    def answer(self) -> Answer:
        """The answer or the refusal."""
        kept = [item for item in self.evidence if item.confidence >= self.model.threshold]
        named = {reference.kind for reference in self.query.references}
        if "article" in named and named != {"article"} and not self.scope.documents:
            kept = []  # an article of a document that is not here; others may only mention it
        shown = regions_shown(self.query, kept, wide=self.wide) if kept else []
        groups, citations = self._groups(shown)
        return self._answer(groups, citations, shown[0].confidence) if groups else self._refusal()

    def _groups(self, shown: Sequence[Weighed]) -> tuple[list[Group], list[NumberedCitation]]:
        """The statements by region, each checked against its source; those that fail are left out."""
        groups: list[Group] = []
        citations: list[NumberedCitation] = []
        several = self.wide or len(shown) > 1
        for evidence in shown:
            statements = []
            for sentence, facts in sentences_shown(
                self.query, evidence, several=several, articles=bool(self.weigher.articles)
            ):
                numbered = self._cited(sentence, len(citations) + 1)
                if numbered is not None:
                    citations.append(numbered)
                    statements.append(Statement(numbered.number, numbered.citation.quote, facts))
            if statements:
                groups.append(Group(evidence.region, self._lead(evidence, statements), tuple(statements)))
        return groups, citations

    def _cited(self, sentence: Sentence, number: int) -> NumberedCitation | None:
        hit = sentence.hit
        citation = cite(self.snapshot, hit.document, hit.citation.section, sentence.start, sentence.end)
        if citation.quote != sentence.quote or not check(citation, self.snapshot):
            return None
        return NumberedCitation(number, citation, hit.rank, hit.score, hit.lexical, hit.semantic)

    def _lead(self, evidence: Weighed, statements: Sequence[Statement]) -> str:
        """Our line before the sentences of a region: its name, and the figure where one was asked for."""
        name = f"{region_name(evidence.region)}："
        if not self.query.about_numbers or not evidence.replies:
            return name
        best = evidence.replies[0]
        for statement in statements:
            if best.fact in statement.facts and best.score >= _SURE and best.focus >= _FOCUSED:
                return f"{name}{figure(best.fact)}[{statement.number}]"
        return name

    def _answer(
        self, groups: Sequence[Group], citations: Sequence[NumberedCitation], confidence: float
    ) -> Answer:
        facts = tuple(fact for group in groups for statement in group.statements for fact in statement.facts)
        conflicts = self._conflicts(facts)
        opening = f"共{len(groups)}个地区有相关材料：" if len(groups) > 1 else ""
        return Answer(
            question=self.query.text,
            query=self.query,
            answered=True,
            reason="",
            text=write(groups, conflicts, opening=opening),
            groups=tuple(groups),
            citations=tuple(citations),
            facts=facts,
            regions=tuple(group.region_code for group in groups if group.region_code),
            conflicts=conflicts,
            notes=self.result.notes,
            filters=self.result.filters,
            confidence=confidence,
        )

    def _conflicts(self, facts: Sequence[StoredFact]) -> tuple[Conflict, ...]:
        """Contradictions between the facts shown and others of the same indicators in the library."""
        keys = {item.fact.indicator_key for item in facts if item.fact.indicator_key}
        regions = {item.fact.region_code for item in facts if item.fact.region_code}
        if not self.query.about_numbers or not keys or not regions:
            return ()
        others = self.snapshot.reader.facts(
            indicator_keys=keys, regions=regions, filters=_IN_FORCE, limit=200
        )
        return find_conflicts(others, self.snapshot.documents(item.document for item in others))

    def _refusal(self) -> Answer:
        query, result = self.query, self.result
        refusal = refuse(query, result, [reply for item in self.evidence for reply in item.replies])
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
            confidence=self.evidence[0].confidence if self.evidence else 0.0,
        )
