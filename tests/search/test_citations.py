from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from kb.errors import QueryError
from kb.model import Document
from search.citations import check, checked, cite, gb7714, official

TEXT = "第一页的内容。\n\n  第二页：新增学位31.4万个。 \n"


class OneText:
    def source_text(self, path: str) -> str:
        if path != "a.pdf":
            raise QueryError("没有", source=path)
        return TEXT

    def pages(self, path: str) -> tuple[int, ...]:
        return (0, 9)


DOCUMENT = Document(
    id="d1",
    source="a.pdf",
    title="关于学位的意见",
    start=0,
    end=len(TEXT),
    issuer="教育部、财政部",
    number="教基〔2023〕4号",
    published="2023-07-26",
)


def test_a_citation_is_the_source_text_without_the_space_around_it() -> None:
    citation = cite(OneText(), DOCUMENT, ("一、学位",), 8, len(TEXT))
    assert citation.quote == "第二页：新增学位31.4万个。"
    assert TEXT[citation.start : citation.end] == citation.quote
    assert citation.page == 2


def test_citations_that_fail_are_dropped_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    good = cite(OneText(), DOCUMENT, (), 0, 7)
    moved = replace(good, start=1, end=8)
    gone = replace(good, source="b.pdf")
    empty = replace(good, quote="", end=good.start)
    with caplog.at_level(logging.ERROR):
        assert checked([good, moved, gone, empty], OneText()) == (good,)
    assert len(caplog.records) == 3
    assert check(good, OneText())


def test_the_official_way_to_name_a_document() -> None:
    assert official(DOCUMENT) == "《关于学位的意见》（教基〔2023〕4号）"
    assert official(replace(DOCUMENT, title="《甲办法》解读", number="")) == "《〈甲办法〉解读》"


def test_a_reference_after_gb_7714() -> None:
    assert gb7714(DOCUMENT) == "教育部, 财政部. 关于学位的意见: 教基〔2023〕4号[Z]. 2023-07-26."
    assert gb7714(DOCUMENT, page=3).endswith("[Z]. 2023-07-26: 3.")
    assert (
        gb7714(replace(DOCUMENT, issuer="", number="", published="", is_digest=True))
        == "关于学位的意见（摘编）[Z]."
    )
