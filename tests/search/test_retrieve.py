from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import IndexDamaged
from kb.model import Filters
from kb.store import with_descendants
from search.duplicates import fold
from search.hits import SearchResult
from search.library import Library
from search.retrieve import Searcher


@pytest.fixture(scope="module")
def searcher(small_library: Library) -> Searcher:
    return Searcher(small_library)


def regions(result: SearchResult) -> set[str]:
    return {hit.document.region_code for hit in result.hits}


def notes(result: SearchResult) -> list[str]:
    return [note.kind for note in result.notes]


def test_every_hit_quotes_its_source_exactly(small_library: Library, searcher: Searcher) -> None:
    snapshot = small_library.snapshot()
    for question in ("教师轮岗", "集团化办学", "学位", "随迁子女", "班额"):
        result = searcher.search(question)
        assert result.hits
        for hit in result.hits:
            for citation in (hit.citation, *hit.copies):
                text = snapshot.source_text(citation.source)
                assert text[citation.start : citation.end] == citation.quote


def test_a_region_in_the_question_filters(searcher: Searcher) -> None:
    assert regions(searcher.search("厦门市集团化办学怎么做")) == {"350200"}
    assert regions(searcher.search("浙江省的集团化办学")) == {"330200"}
    assert regions(searcher.search("长三角的集团化办学")) == {"330200"}


def test_the_callers_region_and_the_questions_must_both_hold(searcher: Searcher) -> None:
    assert regions(searcher.search("集团化办学", filters=Filters(regions=("330000",)))) == {"330200"}
    both = searcher.search("厦门的集团化办学", filters=Filters(regions=("330000",)))
    assert both.hits == ()
    assert both.notes


def test_a_region_without_documents_gives_nothing_and_says_what_is_near(searcher: Searcher) -> None:
    result = searcher.search("泉州市的集团化办学怎么做")
    assert result.hits == ()
    (note,) = [note for note in result.notes if note.kind == "unknown_region"]
    assert "泉州市" in note.message
    assert [(near.code, near.relation) for near in note.nearby] == [("350200", "sibling")]


def test_a_region_that_does_not_exist_gives_nothing(searcher: Searcher) -> None:
    result = searcher.search("哥谭市怎么推进集团化办学")
    assert result.hits == ()
    assert notes(result) == ["unknown_region"]


def test_a_district_without_documents_has_no_hits_but_a_hint_where_it_is_named(searcher: Searcher) -> None:
    result = searcher.search("竞秀区的教育集团覆盖率")
    assert result.hits == ()
    (note,) = [note for note in result.notes if note.kind == "named_within"]
    assert "保定市" in note.message and "竞秀区" in note.message
    assert "named_within" not in notes(searcher.search("莲池区的教育集团覆盖率"))
    assert searcher.search("莲池区的教育集团覆盖率").hits == ()
    # A filter is no question: it says which documents, and there are none of the district.
    assert searcher.search("教育集团覆盖率", filters=Filters(regions=("130602",))).hits == ()


def test_a_filter_that_leaves_nothing_leaves_nothing(searcher: Searcher) -> None:
    for filters in (Filters(years=(1999,)), Filters(levels=("county",)), Filters(kinds=("公告",))):
        result = searcher.search("集团化办学", filters=filters)
        assert result.hits == ()
        assert "empty_filter" in notes(result)


def test_a_year_in_the_question_is_no_publication_year(searcher: Searcher) -> None:
    assert searcher.search("2014年的名校跨岛").hits
    assert not searcher.search("名校跨岛", filters=Filters(years=(2014,))).hits
    assert regions(searcher.search("名校跨岛", filters=Filters(years=(2023,), regions=("350200",)))) == {
        "350200"
    }


def test_repealed_documents_are_found_on_demand_only(searcher: Searcher) -> None:
    titles = [hit.document.title for hit in searcher.search("厦门教育集团统一审批").hits]
    assert "厦门市集团化办学暂行规定" not in titles
    found = searcher.search("厦门教育集团统一审批", filters=Filters(statuses=("repealed",)))
    assert [hit.document.title for hit in found.hits] == ["厦门市集团化办学暂行规定"]


def test_on_all_regions_each_is_represented_first(searcher: Searcher) -> None:
    result = searcher.search("各地集团化办学怎么做？", k=4)
    first = [hit.document.region_code for hit in result.hits[:3]]
    assert len(set(first)) == 3
    assert {"130600", "330200"} <= set(first)


def test_an_excluded_region_is_left_out(searcher: Searcher) -> None:
    assert "130600" not in regions(searcher.search("除了保定，哪些地方组建了教育集团"))


def test_the_national_documents_alone(searcher: Searcher) -> None:
    assert regions(searcher.search("国家标准对班额有什么要求")) == {"100000"}


def test_a_named_document_is_searched_alone(searcher: Searcher) -> None:
    for question in (
        "《义务教育优质均衡督导评估办法》的轮岗要求",
        "教督〔2017〕6号的轮岗要求",
        "督导评估办法的轮岗要求",
    ):
        assert {hit.document.number for hit in searcher.search(question).hits} == {"教督〔2017〕6号"}


def test_a_named_article_alone_is_shown(searcher: Searcher) -> None:
    result = searcher.search("《义务教育优质均衡督导评估办法》第二条")
    assert ["45人" in hit.text for hit in result.hits] == [True]
    missing = searcher.search("《义务教育优质均衡督导评估办法》第九条")
    assert missing.hits == ()
    assert "unknown_article" in notes(missing)
    assert "unknown_document" in notes(searcher.search("《没有这个办法》第二条"))


def test_a_question_without_content_finds_nothing(searcher: Searcher) -> None:
    for question in ("你好", "？？", "谢谢"):
        result = searcher.search(question)
        assert result.hits == ()
        assert notes(result) == ["no_content"]


def test_a_mistyped_question_finds_the_same_and_says_so(searcher: Searcher) -> None:
    meant = searcher.search("厦门市教师轮岗怎么做")
    written = searcher.search("夏门市教师轮冈怎么做")
    assert [hit.key for hit in written.hits] == [hit.key for hit in meant.hits]
    assert notes(written) == ["corrected", "corrected"]


def test_matched_words_and_scores_explain_a_hit(searcher: Searcher) -> None:
    hit = searcher.search("厦门课后服务覆盖率").hits[0]
    assert "课后服务" in "".join(hit.matched)
    assert hit.score == pytest.approx(sum(hit.explanation.values()))


def test_a_library_without_documents_says_so(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="还没有文献"):
        Library(tmp_path).snapshot()


def test_a_snapshot_stays_until_something_is_published(small_library: Library) -> None:
    assert small_library.snapshot() is small_library.snapshot()
    assert set(small_library.snapshot().region_counts) <= with_descendants(["100000"])


class Text:
    def __init__(self, text: str, region: str = "") -> None:
        self.text = text
        self.region = region


LONG = "全市组建教育集团六十个，推行集团化办学，名校带动农村学校共同发展，校长教师统一调配。"


def test_near_duplicates_fold_and_other_numbers_do_not() -> None:
    same = Text(LONG.replace("，", ","))
    other = Text(LONG + "覆盖率95%。")
    more = Text(LONG + "覆盖率96%。")
    first = Text(LONG)
    assert [(kept, copies) for kept, copies in fold([first, same, other, more], 9)] == [
        (first, [same]),
        (other, []),
        (more, []),
    ]


def test_copies_of_other_regions_are_kept_where_every_region_counts() -> None:
    here, there = Text(LONG, "330200"), Text(LONG, "350200")
    assert len(fold([here, there], 9)) == 1
    assert len(fold([here, there], 9, across_regions=False)) == 2
