from __future__ import annotations

from pathlib import Path

from interfaces.workspace import Workspace
from search.indicators import indicator_keys, region_facts, suggestions
from search.library import Library
from search.series import bars, lines
from search.table import Cell, Table, build_table


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


def ingested(folder: Path, texts: dict[str, str]) -> Library:
    sources = folder / "texts"
    sources.mkdir()
    for name, text in texts.items():
        (sources / name).write_text(text, encoding="utf-8")
    with Workspace(folder / "kb") as workspace:
        assert not workspace.ingest([sources], workers=0).failed
    return Library(folder / "kb")


def report(title: str, published: str, sentence: str, region: str = "福建省厦门市") -> str:
    return f"---\ntitle: {title}\nregion: {region}\npublished: {published}\n---\n# {title}\n\n{sentence}\n"


def test_what_is_planned_and_what_is_reached_stand_side_by_side_without_a_conflict(
    small_library: Library,
) -> None:
    both = cell(build_table(small_library, ["新增学位"], ["350200"]), "350200")
    assert not both.conflicting
    assert [(entry.value, entry.kind) for entry in both.entries] == [
        (350_000.0, "achieved"),
        (314_000.0, "target"),
    ]
    assert [entry.published for entry in both.entries] == ["2024-06-01", "2023-11-20"]


def test_values_of_one_kind_and_time_that_differ_are_both_shown_as_a_conflict(tmp_path: Path) -> None:
    library = ingested(
        tmp_path,
        {
            "甲.md": report("厦门市教育通报", "2024-03-01", "2023年，全市新增学位3.5万个。"),
            "乙.md": report("厦门市工作总结", "2024-05-01", "2023年，全市新增学位3.2万个。"),
        },
    )
    conflicting = cell(build_table(library, ["新增学位"]), "350200")
    assert conflicting.conflicting
    assert [entry.value for entry in conflicting.entries] == [32_000.0, 35_000.0]


def test_what_two_copies_of_a_text_say_is_listed_once_with_both_places(tmp_path: Path) -> None:
    sentence = "2023年，全市新增学位3.5万个。"
    library = ingested(
        tmp_path,
        {
            "甲.md": report("厦门市教育通报", "2024-03-01", sentence),
            "转载.md": report("厦门市教育通报（转载）", "2024-04-01", sentence),
        },
    )
    (entry,) = cell(build_table(library, ["新增学位"]), "350200").entries
    assert len({entry.citation.document, *(c.document for c in entry.also)}) == 2


def test_kinds_restrict_the_facts(small_library: Library) -> None:
    table = build_table(small_library, ["新增学位"], kinds=["target"])
    assert {entry.kind for row in table.rows for one in row.cells for entry in one.entries} == {"target"}


def test_an_exact_region_brings_nothing_from_below(small_library: Library) -> None:
    table = build_table(small_library, ["教育集团"], ["130600"], exact=True)
    assert [row.region_code for row in table.rows] == ["130600"]


def test_the_whole_country_stands_for_the_national_documents(small_library: Library) -> None:
    table = build_table(small_library, ["骨干教师占比", "新增学位"], ["100000"])
    assert [row.region_code for row in table.rows] == ["100000"]


def test_a_column_keeps_its_unit_beside_a_value_of_another_dimension(tmp_path: Path) -> None:
    library = ingested(
        tmp_path,
        {
            "甲.md": report("厦门市通报", "2024-03-01", "2023年，全市教师培训经费投入500万元。"),
            "乙.md": report(
                "宁波市通报", "2024-03-01", "2023年，全市教师培训经费投入2亿元。", "浙江省宁波市"
            ),
        },
    )
    table = build_table(library, ["教师培训经费"])
    assert table.units == ("元",)
    assert {entry.value for row in table.rows for entry in row.cells[0].entries} == {5e6, 2e8}


def test_lines_need_two_years_of_one_kind(tmp_path: Path) -> None:
    library = ingested(
        tmp_path,
        {
            "甲.md": report("厦门市通报", "2023-03-01", "2022年，全市新增学位2万个。"),
            "乙.md": report("厦门市总结", "2024-03-01", "2023年，全市新增学位3万个。"),
            "丙.md": report("宁波市总结", "2024-03-01", "2023年，全市新增学位1万个。", "浙江省宁波市"),
        },
    )
    table = build_table(library, ["新增学位"])
    (line,) = lines(table, 0)
    assert (line.region, line.points) == ("福建省厦门市", ((2022, 20_000.0), (2023, 30_000.0)))
    assert {bar.region for bar in bars(table, 0)} == {"福建省厦门市", "浙江省宁波市"}


def test_suggestions_hold_what_is_typed_and_count_facts(small_library: Library) -> None:
    found = suggestions(small_library.snapshot(), "教育集团")
    assert found
    assert all(item.facts > 0 for item in found)
    assert "教育集团" in found[0].name
    assert suggestions(small_library.snapshot(), "港口吞吐量") == ()


def test_regions_are_counted_by_their_facts(small_library: Library) -> None:
    counts = region_facts(small_library.snapshot(), ["新增学位"])
    assert counts == {"350200": 2}


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
