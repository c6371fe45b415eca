from __future__ import annotations

from search.library import Library
from search.table import Cell, Table, build_table, indicator_keys


def cell(table: Table, region: str, column: int = 0) -> Cell:
    (row,) = [row for row in table.rows if row.region_code == region]
    return row.cells[column]


def test_regions_stand_in_rows_and_indicators_in_columns(small_library: Library) -> None:
    table = build_table(small_library, ["组建教育集团数", "新增学位"])
    assert table.indicators == ("组建教育集团数", "新增学位")
    assert {row.region_code for row in table.rows} >= {"130600", "330200", "350200"}
    assert cell(table, "130600").entries[0].value == 158.0
    assert cell(table, "330200", 1).missing
    assert [row.region_code for row in table.rows] == sorted(row.region_code for row in table.rows)


def test_every_cell_quotes_its_source_exactly(small_library: Library) -> None:
    snapshot = small_library.snapshot()
    table = build_table(small_library, ["教育集团", "新增学位", "课后服务覆盖率"])
    entries = [entry for row in table.rows for one in row.cells for entry in one.entries]
    assert entries
    for entry in entries:
        c = entry.citation
        assert snapshot.source_text(c.source)[c.start : c.end] == c.quote
        assert entry.fact.fact.surface in c.quote


def test_values_that_differ_are_both_shown(small_library: Library) -> None:
    conflicting = cell(build_table(small_library, ["新增学位"], ["350200"]), "350200")
    assert conflicting.conflicting
    assert [entry.value for entry in conflicting.entries] == [350_000.0, 314_000.0]
    assert [entry.published for entry in conflicting.entries] == ["2024-06-01", "2023-11-20"]


def test_a_region_that_was_asked_for_and_has_nothing_says_so(small_library: Library) -> None:
    table = build_table(small_library, ["新增学位"], ["330200", "370200"])
    assert [row.region_code for row in table.rows] == ["330200", "370200"]
    assert all(cell(table, code).missing for code in ("330200", "370200"))


def test_a_region_brings_what_lies_below_it(small_library: Library) -> None:
    table = build_table(small_library, ["教育集团覆盖率"], ["130000"])
    assert "130602" in {row.region_code for row in table.rows}


def test_an_indicator_is_found_by_its_synonyms_and_parts(small_library: Library) -> None:
    snapshot = small_library.snapshot()
    assert indicator_keys(snapshot, "学位增加数")[0] == "新增学位"
    assert indicator_keys(snapshot, "港口吞吐量") == ()
    assert build_table(small_library, ["港口吞吐量"]).rows == ()


def test_a_column_has_the_unit_that_all_its_values_convert_to(small_library: Library) -> None:
    assert build_table(small_library, ["新增学位"]).units == ("个",)
