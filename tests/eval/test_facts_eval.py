"""The gold of facts and the measures on it."""

import pytest

from eval.facts import (
    HELD_OUT,
    SHARED,
    GoldFact,
    GoldPassage,
    evaluate,
    load_source,
    main,
    read_gold,
    same_indicator,
    same_time,
    score,
)
from kb.model import Fact
from kb.regions import tree

needs_material = pytest.mark.skipif(
    not (SHARED / "policies" / "policies.jsonl").exists(), reason="没有评测材料文件夹 ../shared"
)


def _gold(**changed) -> GoldFact:
    fields = {
        "round": "dev",
        "document": "d",
        "start": 2,
        "surface": "13万余个",
        "indicator": "新增学位数",
        "value": "130000",
        "unit": "个",
        "comparator": ">",
        "time": "三年来",
        "inherited": False,
        "region": "130600",
        "kind": "achieved",
    }
    return GoldFact(**{**fields, **changed})


def _fact(**changed) -> Fact:
    fields = {
        "surface": "13万余个",
        "start": 2,
        "end": 7,
        "quote": "学位13万余个",
        "quote_start": 0,
        "indicator": "新增学位数",
        "indicator_key": "新增学位",
        "value": 130_000.0,
        "unit": "个",
        "comparator": ">",
        "kind": "achieved",
        "time": "三年来",
        "region_code": "130600",
    }
    return Fact(**{**fields, **changed})


PASSAGE = [GoldPassage("dev", "d", 0, 50)]


def test_a_fact_that_agrees_in_every_field_scores_full():
    result = score([_gold()], PASSAGE, [_fact()])
    assert result.precision == result.recall == 1
    assert all(
        result.accuracy(name) == 1 for name in ("value", "unit", "comparator", "time", "region", "kind")
    )
    assert result.errors == []


def test_each_wrong_field_is_counted_and_listed():
    result = score([_gold()], PASSAGE, [_fact(value=13.0, kind="target", time="")])
    assert [result.right[n] for n in ("value", "unit", "time", "kind")] == [0, 1, 0, 0]
    assert len(result.errors) == 3


def test_what_is_missed_or_made_up_lowers_recall_or_precision():
    missed = score([_gold()], PASSAGE, [])
    assert (missed.recall, missed.precision) == (0, 1)
    made_up = score([], PASSAGE, [_fact()])
    assert (made_up.recall, made_up.precision) == (1, 0)


def test_facts_outside_the_annotated_passages_do_not_count():
    assert (
        score([_gold()], [GoldPassage("dev", "d", 0, 8)], [_fact(), _fact(start=20, end=25)]).predicted == 1
    )


def test_a_surface_that_overlaps_is_the_same_fact():
    assert score([_gold()], PASSAGE, [_fact(start=1, end=4)]).matched == 1
    assert score([_gold()], PASSAGE, [_fact(start=8, end=12)]).matched == 0


def test_two_facts_never_match_one_of_the_gold():
    assert score([_gold()], PASSAGE, [_fact(), _fact(start=3, end=6)]).matched == 1


@pytest.mark.parametrize(
    ("gold", "said", "same"),
    [
        ("新增学位数", "学位增加数", True),
        ("交流轮岗教师中骨干教师占比", "教师交流轮岗中骨干教师占比", True),
        ("新增学位数", "义务教育巩固率", False),
    ],
)
def test_indicators_agree_by_similarity_or_by_their_normal_form(gold, said, same):
    assert same_indicator(gold, said) is same


def test_times_agree_apart_from_quotation_marks_and_leading_words():
    assert same_time("到2028年", "预计到2028年")
    assert same_time("“十四五”期间", "十四五期间")
    assert not same_time("2022年", "2023年")


def test_the_gold_has_over_three_hundred_facts_from_ten_regions_in_known_units():
    facts, passages = read_gold()
    assert len(facts) >= 300
    assert len({f.region for f in facts}) >= 10
    assert {f.region for f in facts} <= {r.code for r in tree()}
    assert {f.kind for f in facts} == {"achieved", "target", "requirement", "input"}
    places = {(p.document, p.start, p.end) for p in passages}
    for fact in facts:
        assert any(d == fact.document and s <= fact.start < e for d, s, e in places)


@needs_material
def test_every_gold_surface_stands_in_its_document():
    facts, _ = read_gold()
    for fact in facts:
        text = load_source(fact.document).text
        assert text[fact.start : fact.end] == fact.surface


@needs_material
@pytest.mark.parametrize("told", [True, False])
def test_a_portion_of_the_gold_is_read_as_well_as_promised(told):
    total, _ = evaluate(["held4"], told=told)
    assert total.precision >= 0.95
    assert total.recall >= 0.95
    for name, least in (
        ("value", 0.97),
        ("unit", 0.97),
        ("comparator", 0.97),
        ("time", 0.9),
        ("indicator", 0.85),
    ):
        assert total.accuracy(name) >= least, name


@needs_material
def test_the_round_that_no_rule_was_written_from_is_read_as_well_as_promised():
    total, _ = evaluate(HELD_OUT)
    assert total.precision >= 0.95
    assert total.recall >= 0.95
    least = {
        "value": 0.97,
        "unit": 0.97,
        "comparator": 0.97,
        "region": 0.97,
        "kind": 0.92,
        "time": 0.9,
        "indicator": 0.85,
    }
    for name, figure in least.items():
        assert total.accuracy(name) >= figure, name


def test_what_was_tuned_on_is_told_apart_from_what_was_not():
    facts, _ = read_gold()
    assert set(HELD_OUT) < {f.round for f in facts}


def test_without_the_material_the_command_says_so(tmp_path, capsys):
    assert main(["--shared", str(tmp_path)]) == 1
    assert "没有评测材料" in capsys.readouterr().err


@needs_material
def test_the_command_prints_each_document_and_the_total(capsys):
    assert main(["--round", "held4", "--json"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 5
    assert '"document": "合计"' in lines[-1]
