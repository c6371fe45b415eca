"""Two versions of a text, and what makes a document and its clauses the same when they are read again."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from search.compare import compare_versions, identity, wording_changes
from search.compare.clauses import clauses_of
from tests.search.compare_samples import Number, material

FILLER = "加强师德师风建设，提高校长办学治校能力。\n完善学生资助制度，做到应助尽助。\n用好智慧教育平台，推动数字资源共享。\n"


def test_versions_show_added_dropped_and_changed_clauses_and_numbers() -> None:
    old = material(
        "小学每班学生不超过50人。\n鼓励社会力量捐资助学，设立奖学基金。\n加强师德师风建设。",
        Number("50人", 50.0, "人", "<="),
        id="o",
    )
    new = material(
        "小学每班学生人数不超过45人。\n加强师德师风建设。\n建立学龄人口变化监测预警制度。",
        Number("45人", 45.0, "人", "<="),
        id="n",
    )
    changes = compare_versions(old, new).changes
    assert [change.change for change in changes] == ["changed", "dropped", "same", "added"]
    (number,) = changes[0].numbers
    assert (number.old.fact.value, number.new.fact.value, number.change) == (50.0, 45.0, "lowered")


def test_a_text_does_not_differ_from_itself() -> None:
    text = material(FILLER, id="o")
    assert {change.change for change in compare_versions(text, text).changes} == {"same"}


def test_a_number_that_both_versions_have_answers_itself_only() -> None:
    old = material(
        "学前毛入园率达到93%，公办园占比由46%提高到55%。",
        Number("93%", 93.0, "%"),
        Number("46%", 46.0, "%"),
        Number("55%", 55.0, "%"),
        id="old",
    )
    new = material(
        "学前毛入园率达到95%，公办园占比由46%提高到55%。",
        Number("95%", 95.0, "%"),
        Number("46%", 46.0, "%"),
        Number("55%", 55.0, "%"),
        id="new",
    )
    (change,) = compare_versions(old, new).changes
    assert [(n.old.fact.surface, n.new.fact.surface, n.change) for n in change.numbers] == [
        ("93%", "95%", "raised")
    ]


def test_a_deadline_that_moved_is_a_changed_number() -> None:
    old = material("到2026年，各校全部实现食堂互联网可视化监管。", id="old")
    new = material("到2027年，各校全部实现食堂互联网可视化监管。", id="new")
    (change,) = compare_versions(old, new).changes
    assert [(n.old.fact.surface, n.new.fact.surface, n.change) for n in change.numbers] == [
        ("到2026年", "到2027年", "later")
    ]


def test_the_words_that_differ_are_told_apart() -> None:
    pieces = wording_changes("补助标准为每生每年500元。", "补助标准为每生每年600元，按月发放。")
    assert [(p.kind, p.text) for p in pieces if p.kind != "same"] == [
        ("dropped", "500元"),
        ("added", "600元，按月发放"),
    ]


@given(st.text("教师交流2030年5%，。；", max_size=30), st.text("教师交流2030年5%，。；", max_size=30))
def test_the_pieces_make_up_both_wordings(old: str, new: str) -> None:
    pieces = wording_changes(old, new)
    assert "".join(p.text for p in pieces if p.kind != "added") == old
    assert "".join(p.text for p in pieces if p.kind != "dropped") == new


# -- identity -----------------------------------------------------------------------------------------------------


def test_a_document_is_itself_under_another_file_name_and_id() -> None:
    one = material(FILLER, id="a", title="《江湾市方案》", region="350200").document
    other = material(FILLER, id="b", title="江湾市 方案", region="350200").document
    assert identity(one) == identity(other)
    assert identity(one) != identity(replace(one, region_code="350100"))
    assert identity(one) != identity(replace(one, number="江政〔2024〕3号"))


def test_a_clause_keeps_its_key_when_its_document_is_read_again() -> None:
    keys = [
        [clause.key for clause in clauses_of(material(FILLER, id=name, title="国家办法"))]
        for name in ("first", "again")
    ]
    assert keys[0] == keys[1]
    assert len(set(keys[0])) == 3
