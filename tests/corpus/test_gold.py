"""The gold of eval/: every quote stands in its document, every kind of question is there in number."""

import json
from collections import Counter

import pytest

from kb.regions import tree
from tests.corpus.reading import CORPUS, GOLD, documents, squeeze, text_of

AT_LEAST = {
    "lexical": 60,
    "paraphrase": 60,
    "numeric": 60,
    "multi_region": 30,
    "colloquial": 25,
    "typo": 20,
    "national_local": 20,
    "unanswerable": 65,
}
REASONS = {"unknown_region", "no_indicator", "year_outside", "absent_topic", "no_content"}
VERDICTS = {"met", "unmet", "earlier", "same", "later", "incomparable"}
PLANS = {"county", "city", "province"}


def lines(name):
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


QUESTIONS = lines("questions.jsonl")
FRESH = lines("fresh.jsonl")
RELEVANCE = lines("relevance.jsonl")
COMPARED = {path.stem: lines(f"compare/{path.name}") for path in sorted((GOLD / "compare").glob("*.jsonl"))}
ANSWERABLE = [q for q in (*QUESTIONS, *FRESH) if q["answerable"]]


def local_text(name):
    return squeeze(text_of((GOLD if name.startswith("plans/") else CORPUS) / name))


def test_enough_questions_of_every_type_and_reader():
    counts = Counter(q["type"] for q in QUESTIONS)
    assert counts.keys() == AT_LEAST.keys()
    assert {kind for kind, least in AT_LEAST.items() if counts[kind] < least} == set()
    assert {q["role"] for q in QUESTIONS} == {"staff", "writer", "reviewer"}


def test_question_ids_and_questions_are_unique():
    assert len({q["id"] for q in QUESTIONS}) == len(QUESTIONS)
    assert len({(q["question"], json.dumps(q.get("filters"))) for q in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda q: q["id"])
def test_gold_quotes_stand_in_their_documents(question):
    names = {path.name for path in documents()}
    assert question["gold"]
    for gold in question["gold"]:
        assert gold["source"] in names
        assert squeeze(gold["quote"]) in text_of(CORPUS / gold["source"])


def test_numeric_questions_have_a_value_and_every_answer_a_region():
    for question in ANSWERABLE:
        assert question["regions"]
        assert len(question["regions"]) == len(question["region_names"])
        if question["type"] == "numeric":
            assert all(isinstance(g["value"], int | float) and "unit" in g for g in question["gold"])


def test_gold_regions_are_in_the_gazetteer_by_code_and_full_name():
    for question in QUESTIONS:
        for code, name in zip(question["regions"], question["region_names"], strict=True):
            assert tree().get(code).full_name == name
    for test in RELEVANCE:
        assert all(tree().get(text["region"]) for text in test["texts"] if "region" in text)


def test_multi_region_questions_ask_for_two_regions_or_more():
    assert all(len(q["regions"]) >= 2 for q in QUESTIONS if q["type"] == "multi_region")


def test_unanswerable_questions_give_a_reason_and_no_gold():
    for question in QUESTIONS:
        assert question["answerable"] == (question["type"] != "unanswerable")
        if not question["answerable"]:
            assert question["reason"] in REASONS
            assert question["gold"] == []
    assert {q["reason"] for q in QUESTIONS if not q["answerable"]} == REASONS


def test_fresh_questions_are_others_and_kept_apart():
    assert len(FRESH) >= 60
    assert {q["split"] for q in FRESH} == {"fresh"}
    assert sum(not q["answerable"] for q in FRESH) >= 20
    assert not {q["question"] for q in FRESH} & {q["question"] for q in QUESTIONS if not q.get("filters")}
    assert len({q["id"] for q in (*FRESH, *QUESTIONS)}) == len(FRESH) + len(QUESTIONS)


def test_a_document_belongs_to_one_split():
    """Single-document questions of a document are all for tuning or all for testing."""
    splits = {}
    for question in (q for q in QUESTIONS if q["answerable"]):
        sources = {gold["source"] for gold in question["gold"]}
        if len(sources) == 1:
            splits.setdefault(sources.pop(), set()).add(question["split"])
    assert {source for source, found in splits.items() if len(found) > 1} == set()
    counts = Counter(q["split"] for q in QUESTIONS)
    assert counts.keys() == {"dev", "test"}
    assert 0.4 < counts["dev"] / len(QUESTIONS) < 0.6


def test_relevance_tests_of_five_kinds_point_at_their_texts():
    assert len(RELEVANCE) >= 100
    assert {t["kind"] for t in RELEVANCE} == {"precision", "recall", "order", "field", "comparison"}
    for test in RELEVANCE:
        known = {text["id"] for text in test["texts"]}
        wanted, unwanted = set(test.get("must_return", ())), set(test.get("must_not_return", ()))
        assert wanted | unwanted | set(test.get("order", ())) <= known
        assert not wanted & unwanted
        assert wanted or unwanted or len(test.get("order", ())) > 1 or "other" in test
        assert test.get("expect") in ({"same", "different"} if "other" in test else {None})


@pytest.mark.parametrize("name", sorted(COMPARED))
def test_compared_clauses_stand_on_both_sides(name):
    for row in COMPARED[name]:
        assert squeeze(row["clause"]) in local_text(row["reference"])
        assert (row["status"] == "missing") == (not row["evidence"])
        for quote in row["evidence"]:
            assert squeeze(quote) in local_text(row["local"])


@pytest.mark.parametrize("name", sorted(COMPARED))
def test_compared_numbers_stand_in_their_quotes(name):
    for row in COMPARED[name]:
        for number in row["numbers"]:
            assert number["verdict"] in VERDICTS
            assert ("reason" in number) == (number["verdict"] == "incomparable")
            for side in (number["reference"], number["local"]):
                assert squeeze(side["surface"]) in squeeze(side["quote"])


def test_three_plans_are_held_against_the_same_clauses_of_all_national_documents():
    clauses = {name: [(r["reference"], r["clause"]) for r in COMPARED[name]] for name in PLANS}
    assert clauses["county"] == clauses["city"] == clauses["province"]
    national = {path.name for path in documents() if path.name.startswith("国家")}
    assert {source for source, _ in clauses["county"]} == national
    for name in PLANS:
        assert {r["status"] for r in COMPARED[name]} == {"answered", "partial", "missing"}


def test_every_verdict_has_an_example():
    found = {n["verdict"] for rows in COMPARED.values() for row in rows for n in row["numbers"]}
    assert found == VERDICTS


def test_plans_say_that_they_are_examples():
    for path in (GOLD / "plans").iterdir():
        assert path.read_text(encoding="utf-8").count("示例文本") >= 3
