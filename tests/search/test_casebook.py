"""Case books: what is asked for, which sentences make a card, and what editing does to a quote."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from ingest.read import read_loaded
from kb.model import Filters, LoadedSource
from kb.store import Reader, Store
from search.casebook import CaseRequest, build_casebook, read_request
from search.citations import check, cite
from search.hits import Hit, SearchResult
from search.query.model import Query

CASES = {
    "甲市.md": ("甲市教师交流", "350200", "案例", "全市落实“县管校聘”，推进教师交流轮岗。\n\n"
     "近年来，全市教师交流轮岗1500余人次，其中骨干教师占12%。\n\n食堂全部实行明厨亮灶。"),
    "乙区.md": ("乙区教师交流", "110102", "案例", "制定教师交流轮岗办法，每年选派教师到乡村学校任教，期限不少于一年。"),
    "国家.md": ("教师交流轮岗意见", "100000", "意见", "每年教师交流轮岗的比例不低于符合条件教师总数的10%。"),
}  # fmt: skip


@dataclass
class Found:
    """A search that finds every passage, in the order of the sources."""

    reader: Reader

    def search(self, query: str, k: int = 10, filters: Filters | None = None) -> SearchResult:
        hits = []
        for document in self.reader.documents(filters):
            for stored in self.reader.passages_of(document.id):
                citation = cite(self.reader, document, stored.path, stored.passage.start, stored.passage.end)
                hits.append(
                    Hit(len(hits) + 1, stored.key, 1.0, 1.0, 0.0, citation, document, stored.passage.text)
                )
        return SearchResult(Query(query), tuple(hits[:k]), filters or Filters())


@pytest.fixture
def store(tmp_path: Path):
    with Store.open(tmp_path / "store.sqlite") as store:
        for path, (title, region, kind, body) in CASES.items():
            level = "national" if region == "100000" else "municipal"
            front = {"title": title, "region": region, "kind": kind, "level": level}
            text = f"# {title}\n\n{body}\n"
            loaded = LoadedSource(
                path, path, len(text), "text", text, metadata=front,
                metadata_origin=dict.fromkeys(front, "front_matter"),
            )  # fmt: skip
            source = read_loaded(loaded)
            documents = tuple(
                replace(d, document=replace(d.document, region_code=region, level=level, kind=kind))
                for d in source.documents
            )
            store.replace_source(replace(source, documents=documents))
        store.publish()
        yield store


@pytest.mark.parametrize(
    ("said", "request_"),
    [
        ("找三个教师交流轮岗的案例，要有数字", CaseRequest("教师交流轮岗", 3, True)),
        ("集团化办学", CaseRequest("集团化办学", 3, False)),
        ("请给我5个县中托管帮扶的典型案例", CaseRequest("县中托管帮扶", 5, False)),
        ("找十个课后服务的做法，带数据", CaseRequest("课后服务", 10, True)),
    ],
)
def test_a_request_is_read_from_a_sentence(said: str, request_: CaseRequest) -> None:
    assert read_request(said) == request_


def test_what_the_caller_says_wins_over_the_sentence() -> None:
    assert read_request("找三个集团化办学的案例", count=8, with_numbers=True) == CaseRequest(
        "集团化办学", 8, True
    )


def test_cards_hold_measures_results_and_exact_quotes(store: Store) -> None:
    book = build_casebook(Found(store), store, CaseRequest("教师交流轮岗", 2))
    assert {card.document.title for card in book.cards} == {"甲市教师交流", "乙区教师交流"}
    card = next(card for card in book.cards if card.document.title == "甲市教师交流")
    assert [q.citation.quote for q in card.measures] == ["全市落实“县管校聘”，推进教师交流轮岗。"]
    assert [q.citation.quote for q in card.results] == [
        "近年来，全市教师交流轮岗1500余人次，其中骨干教师占12%。"
    ]
    assert {fact.fact.surface for fact in card.facts} == {"1500余人次", "12%"}
    assert all(check(quote.citation, store) for c in book.cards for quote in c.quotes)


def test_national_documents_are_no_cases(store: Store) -> None:
    book = build_casebook(Found(store), store, CaseRequest("教师交流轮岗", 10))
    assert all(card.document.level != "national" for card in book.cards)
    assert any("只找到 2 个" in note for note in book.notes)


def test_cases_with_numbers_have_numbers_in_their_quotes(store: Store) -> None:
    book = build_casebook(Found(store), store, CaseRequest("骨干教师占比", 5, with_numbers=True))
    assert book.cards
    assert all(card.facts for card in book.cards)


def test_regions_restrict_the_cases(store: Store) -> None:
    book = build_casebook(Found(store), store, CaseRequest("教师交流轮岗"), Filters(regions=("350200",)))
    assert [card.document.region_code for card in book.cards] == ["350200"]


def test_an_edited_quote_loses_its_citation_and_its_facts_until_it_is_restored(store: Store) -> None:
    book = build_casebook(Found(store), store, CaseRequest("教师交流轮岗", 2))
    card = next(card for card in book.cards if card.results)
    quote = card.results[0]
    edited = quote.reworded("轮岗1500人次。")
    assert (edited.exact, edited.text) == (False, "轮岗1500人次。")
    assert replace(card, results=(edited,), measures=()).facts == ()
    assert edited.reworded(quote.citation.quote) == quote
