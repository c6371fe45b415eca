"""Addresses that bring back a question: what goes in comes out, and what was tampered with is passed over."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from interfaces.web.permalink import Asked, read_query, to_document, to_query, with_again, without
from kb.model import LEVEL_NAMES, STATUS_NAMES, Filters


@given(
    st.text(min_size=1, max_size=60).filter(lambda text: not any(0xD800 <= ord(c) < 0xE000 for c in text)),
    st.lists(st.sampled_from(["350200", "130600", "100000"]), unique=True),
    st.lists(st.sampled_from(list(LEVEL_NAMES)), unique=True),
    st.lists(st.integers(1949, 2070), unique=True, max_size=4),
    st.lists(st.sampled_from(list(STATUS_NAMES)), unique=True),
    st.sampled_from(["", "region", "document"]),
)
def test_an_address_gives_back_what_was_asked(
    question: str, regions: list[str], levels: list[str], years: list[int], statuses: list[str], grouping: str
) -> None:
    asked = Asked(
        question,
        Filters(regions=tuple(regions), levels=tuple(levels), years=tuple(years), statuses=tuple(statuses)),
        dismissed=("region:厦门市",),
        grouping=grouping,  # type: ignore[arg-type]
    )
    link = read_query(to_query("search", asked))
    assert link.tab == "search"
    assert link.asked == asked


def test_a_document_is_opened_at_its_span() -> None:
    opened = read_query(to_document("asurbirgcc", (700, 760))).opened
    assert (opened.document, opened.span) == ("asurbirgcc", (700, 760))
    assert read_query(to_document("asurbirgcc")).opened.span is None


def test_what_is_unknown_in_an_address_is_passed_over() -> None:
    link = read_query(
        "?tab=search&q=教师&region=999999&level=boss&year=二〇二三&type=x&status=y&group=z&start=-5&end=1e9"
    )
    assert link.asked == Asked("教师")
    assert link.opened.span is None


@given(st.text(max_size=200))
def test_any_address_is_read_without_a_fault(text: str) -> None:
    read_query(text)


def test_a_flood_of_values_is_no_question() -> None:
    assert read_query("&".join(f"region=35{n:04}" for n in range(1000))).asked == Asked()


def test_a_chip_goes_and_comes_back() -> None:
    asked = Asked("厦门的做法")
    gone = without(asked, "region:厦门")
    assert gone.dismissed == ("region:厦门",)
    assert with_again(gone, "region:厦门") == asked
