"""Facets over the small library: what they count, and what choosing in them does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Filters
from search.facets import FIELDS, FacetField, Facets, count_facets, toggled
from search.library import Library
from search.retrieve import View

NINGBO, BAODING = "330200", "130600"


def facets(library: Library, question: str, filters: Filters | None = None) -> Facets:
    view = View(library.snapshot())
    return count_facets(view, view.understand(question), filters or Filters())


def counts(found: Facets, field: FacetField) -> dict[str, int]:
    return {v.value: v.count for facet in found.facets if facet.field == field for v in facet.values}


def test_regions_are_counted_over_all_related_passages(small_library: Library) -> None:
    regions = counts(facets(small_library, "集团化办学"), "regions")
    assert regions[NINGBO] >= 1
    assert regions[BAODING] == 1


def test_a_choice_narrows_the_other_facets_and_not_its_own(small_library: Library) -> None:
    free = facets(small_library, "集团化办学")
    chosen = facets(small_library, "集团化办学", Filters(regions=(BAODING,)))
    assert counts(chosen, "regions")[NINGBO] == counts(free, "regions")[NINGBO]
    assert counts(chosen, "years") == {"2024": 1}
    assert chosen.related == counts(free, "regions")[BAODING]


def test_what_is_out_of_force_is_counted_so_that_it_can_be_asked_for(small_library: Library) -> None:
    free = facets(small_library, "集团化办学审批")
    assert counts(free, "statuses").get("repealed") == 1
    # But as long as it isn't, it counts nowhere else.
    assert "2010" not in counts(free, "years")
    assert "2010" in counts(facets(small_library, "集团化办学审批", Filters(statuses=("repealed",))), "years")


def test_the_count_of_a_value_is_what_choosing_it_gives(small_library: Library) -> None:
    free = facets(small_library, "教师")
    for facet in free.facets:
        for value in facet.values:
            if not value.usable:
                continue
            chosen = facets(small_library, "教师", toggled(Filters(), facet.field, value.value))
            assert chosen.related == value.count, (facet.field, value.name)


def test_the_nation_is_no_region_to_choose(small_library: Library) -> None:
    found = facets(small_library, "教师")
    nation = next(v for f in found.facets if f.field == "regions" for v in f.values if v.value == "100000")
    assert not nation.usable
    assert counts(found, "levels")["national"] == nation.count


def test_a_province_counts_what_lies_below_it(small_library: Library) -> None:
    chosen = facets(small_library, "集团化办学", Filters(regions=("330000",)))
    values = {v.value: v for facet in chosen.facets if facet.field == "regions" for v in facet.values}
    assert values["330000"].chosen
    assert values["330000"].count == values[NINGBO].count == chosen.related


def test_an_unknown_region_has_no_facets(small_library: Library) -> None:
    assert facets(small_library, "成都市集团化办学").facets == ()


@given(st.sampled_from(FIELDS), st.sampled_from(["2023", "2024", "repealed", "意见", "number"]))
def test_choosing_twice_is_choosing_nothing(field: FacetField, value: str) -> None:
    if field == "years" and not value.isdigit():
        return
    once = toggled(Filters(), field, value)
    assert once != Filters()
    assert toggled(once, field, value) == Filters()


@pytest.mark.parametrize("field", FIELDS)
def test_every_facet_has_a_chinese_name(field: FacetField) -> None:
    from search.facets import FACET_NAMES

    assert all("一" <= char <= "鿿" for char in FACET_NAMES[field])
