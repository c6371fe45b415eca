from __future__ import annotations

import pytest

from kb.model import Citation, Document, Fact
from kb.store import StoredFact
from search.answer.conflicts import find_conflicts
from search.answer.evidence import Matcher, absent, holds, match
from search.answer.numbers import meets, year_fits
from search.answer.select import choose
from search.answer.sentences import bare, split
from search.hits import Hit
from search.query.model import Comparison, Query, Span, Term

SCHOOLS = Term("学位", 0, 2, ("入学名额",), (), 5)
TRUST = Term("委托管理", 3, 7, (), ("合作办学",), 2)
NOWHERE = Term("公积金", 8, 11, (), (), 0)


def query(*terms: Term, **fields: object) -> Query:
    return Query(text="", reading="", terms=terms, **fields)  # type: ignore[arg-type]


def hit(text: str, *section: str, published: str = "2023-11-01") -> Hit:
    document = Document("d", "a.md", "厦门市的做法", 0, len(text), "350200", published=published)
    citation = Citation("d", "厦门市的做法", "a.md", "350200", section, None, 0, len(text), text)
    return Hit(1, 7, 1.0, 1.0, 0.0, citation, document, text)


def fact(
    surface: str,
    value: float,
    *,
    comparator: str = "=",
    years: tuple[int, int] | None = None,
    **fields: object,
) -> StoredFact:
    made = Fact(
        surface, 0, len(surface), surface, 0, "新增学位数", "新增学位", value, "个", comparator, "achieved",  # type: ignore[arg-type]
        years=years, region_code="350200",
    )  # fmt: skip
    return StoredFact(int(fields.get("key", 1)), str(fields.get("document", "d")), "a.md", 7, made)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("word", "text", "held"),
    [
        ("62.3%", "达到62.3%。", True),
        ("62.3%", "达到162.3%。", False),
        ("2023年", "12023年", False),
        ("95", "95.5", False),
        ("WiFi", "wifi覆盖率", True),
        ("山东", "山西", False),
    ],
)
def test_numbers_are_held_whole_and_letters_in_any_case(word: str, text: str, held: bool) -> None:
    assert holds(text, word) is held


def test_a_word_counts_most_then_its_synonyms_then_pieces_then_what_is_related() -> None:
    assert match(SCHOOLS, "新增学位") == 1.0
    assert match(SCHOOLS, "入学名额") == pytest.approx(0.9)
    assert match(TRUST, "实行委托的管理") == pytest.approx(0.7 * 2 / 2)
    assert match(TRUST, "推动合作办学") == pytest.approx(0.5)
    assert match(NOWHERE, "公园和基金") == 0.0


def test_rare_words_weigh_more_and_headings_count_less() -> None:
    matcher = Matcher(query(SCHOOLS, NOWHERE), 100)
    assert matcher.cover("学位").share < 0.5
    assert matcher.cover("公积金").share > 0.5
    assert matcher.cover("", "公积金").share < matcher.cover("公积金").share
    assert matcher.cover("学位公积金").gap == 0.0
    assert Matcher(query(), 100).cover("任何话").share == 1.0


def test_what_the_library_holds_nowhere_is_a_part_of_the_question() -> None:
    assert absent(query(SCHOOLS), 100) == 0.0
    assert absent(query(NOWHERE), 10_000) == 1.0
    assert absent(query(NOWHERE), 1_000) == 0.5  # a small library lacks many a word of what it speaks of
    assert 0.5 < absent(query(SCHOOLS, NOWHERE), 10_000) < 1.0


def test_sentences_are_exact_spans_and_run_in_headings_are_context() -> None:
    text = "（一）委托管理。9所学校结成合作关系。\n  新增学位1.5万个。"
    found = split(hit(text, "一、名校跨岛"), Matcher(query(TRUST, SCHOOLS), 100))
    assert [item.quote for item in found] == [
        "（一）委托管理。",
        "9所学校结成合作关系。",
        "新增学位1.5万个。",
    ]
    assert all(text[item.start : item.end] == item.quote for item in found)
    assert [item.heading for item in found] == [True, False, False]
    assert found[1].cover.by_term[0] == pytest.approx(0.8)


def test_a_heading_is_told_from_a_sentence() -> None:
    assert bare("（一）“托管式”合作办学。") == "“托管式”合作办学"
    assert bare("### 2. 学位") == "学位"


def test_headings_alone_are_not_chosen() -> None:
    found = split(hit("（一）委托管理。9所学校由名校委托管理，统一教学。"), Matcher(query(TRUST), 100))
    assert [item.quote for item in choose(query(TRUST), found, 1)] == ["9所学校由名校委托管理，统一教学。"]


def test_conditions_on_numbers() -> None:
    more = [Comparison(">", 100.0, "个", 0, 1)]
    assert meets(fact("158个", 158.0), more)
    assert not meets(fact("60个", 60.0), more)
    assert meets(fact("100余个", 100.0, comparator=">"), more)
    assert not meets(fact("1:15", "1:15"), more)  # type: ignore[arg-type]
    assert meets(fact("60个", 60.0), [Comparison("max", None, "", 0, 1)])


def test_a_fact_fits_its_year_or_the_year_of_its_document() -> None:
    asked = query(SCHOOLS, spans=(Span("2023年", 2023, 2023, 0, 5, True),))
    (here,) = split(hit("新增学位1.5万个。"), Matcher(asked, 100))
    assert year_fits(asked, fact("1.5万个", 15_000.0, years=(2023, 2024)), here) is True
    assert (
        year_fits(asked, fact("1.5万个", 15_000.0, years=(2021, 2025)), here) is False
    )  # the sum of five years
    assert year_fits(asked, fact("1.5万个", 15_000.0, years=(2010, 2012)), here) is False
    assert year_fits(asked, fact("1.5万个", 15_000.0), here) is None
    (old,) = split(hit("新增学位1.5万个。", published="2010-01-01"), Matcher(asked, 100))
    assert year_fits(asked, fact("1.5万个", 15_000.0), old) is False
    (dated,) = split(hit("2010年新增学位1.5万个。"), Matcher(asked, 100))
    assert year_fits(asked, fact("1.5万个", 15_000.0), dated) is False
    assert year_fits(query(SCHOOLS), fact("1.5万个", 15_000.0), dated) is True


def test_sources_conflict_only_where_no_value_meets_both() -> None:
    documents = {
        "a": Document("a", "a", "甲", 0, 1, published="2023-01-01"),
        "b": Document("b", "b", "乙", 0, 1, published="2024-01-01"),
    }
    one = fact("200个", 200.0, key=1, document="a")
    other = fact("213个", 213.0, key=2, document="b")
    (conflict,) = find_conflicts([one, other], documents)
    assert [date for _, date in conflict.facts] == ["2024-01-01", "2023-01-01"]
    assert (
        find_conflicts([fact("200余个", 200.0, comparator=">", key=1, document="a"), other], documents) == ()
    )
    assert find_conflicts([one, fact("213个", 213.0, key=2, document="a")], documents) == ()
    assert (
        find_conflicts([one, fact("213个", 213.0, years=(2020, 2020), key=2, document="b")], documents) == ()
    )
