"""Grown passages are exact, repeatable, and hold the facts of the sentences they are made of."""

from __future__ import annotations

from eval.grown import PASSAGES_A_DOCUMENT, grow, questions

POOL = (
    "全市新增学位4200个，有效缓解入学压力。",
    "推进集团化办学，促进优质资源共享。",
    "骨干教师交流轮岗比例达到20%。",
    "完善教师培训体系，提升专业水平。",
)


def test_passages_and_facts_stand_where_they_say() -> None:
    sources = list(grow(POOL, PASSAGES_A_DOCUMENT + 5))
    assert len(sources) == 2
    for source in sources:
        (document,) = source.documents
        text = source.loaded.text
        assert all(text[p.start : p.end] == p.text for p in document.passages)
        assert document.facts
        for fact in document.facts:
            assert text[fact.start : fact.end] == fact.surface
            assert text[fact.quote_start : fact.quote_start + len(fact.quote)] == fact.quote
            assert fact.region_code


def test_the_same_seed_grows_the_same_and_another_one_other_paths() -> None:
    first, again, other = (list(grow(POOL, 40, seed)) for seed in (1, 1, 2))
    assert first == again
    assert not {s.loaded.path for s in first} & {s.loaded.path for s in other}


def test_questions_are_slices_asked_in_several_ways() -> None:
    asked = questions(POOL, 8)
    assert all(any(q.text in sentence for sentence in POOL) for q in asked)
    assert len({q.asked.replace(q.text, "") for q in asked}) == 4
