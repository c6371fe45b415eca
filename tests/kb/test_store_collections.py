"""Collections: made by people or named by files, seen at once, kept when a file is read in again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.errors import QueryError
from kb.model import Filters
from kb.store import Store
from tests.kb.store_samples import baoding, collection


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path) as opened:
        yield opened


@pytest.fixture
def ids(store: Store) -> list[str]:
    found = store.replace_source(baoding(), collection="教育")
    found += store.replace_source(collection("cases.txt", {"包头": "做法甲。", "贵州": "做法乙。"}))
    store.publish()
    return found


def inside(store: Store, name: str) -> set[str]:
    listed = set(store.collections()[name])
    # The list, the filter on documents and the one on facts are one rule in three statements.
    assert {d.id for d in store.documents(Filters(collections=(name,)))} == listed
    assert {f.document for f in store.facts(filters=Filters(collections=(name,)))} <= listed
    return listed


def test_a_document_may_be_in_several_collections(store: Store, ids: list[str]) -> None:
    assert store.put_into_collection("住房", [ids[0], ids[1]]) == 2
    assert store.put_into_collection("住房", [ids[1], ids[2]]) == 1
    assert inside(store, "住房") == set(ids)
    assert inside(store, "教育") == {ids[0]}
    assert {d.id for d in store.documents(Filters(collections=("教育", "住房")))} == set(ids)


def test_a_document_is_taken_out_of_the_collection_that_its_file_names(store: Store, ids: list[str]) -> None:
    assert store.take_out_of_collection("教育", ids) == 1
    assert "教育" not in store.collections()
    store.replace_source(baoding(), collection="教育", force=True)
    store.publish()
    assert "教育" not in store.collections()
    store.put_into_collection("教育", ids[:1])
    assert inside(store, "教育") == {ids[0]}


def test_an_empty_collection_is_listed_renamed_and_deleted(store: Store, ids: list[str]) -> None:
    assert store.create_collection(" 水利 ") == "水利"
    assert store.collections()["水利"] == ()
    store.rename_collection("水利", "水务")
    assert set(store.collections()) == {"教育", "水务"}
    store.delete_collection("水务")
    assert set(store.collections()) == {"教育"}


def test_a_new_name_takes_all_documents_along(store: Store, ids: list[str]) -> None:
    store.put_into_collection("教育", [ids[2]])
    store.rename_collection("教育", "基础教育")
    assert inside(store, "基础教育") == {ids[0], ids[2]}
    assert "教育" not in store.collections()


def test_deleting_a_collection_keeps_its_documents(store: Store, ids: list[str]) -> None:
    store.delete_collection("教育")
    assert "教育" not in store.collections()
    assert {d.id for d in store.documents()} == set(ids)


def test_membership_follows_its_document_through_re_ingestion(store: Store, ids: list[str]) -> None:
    store.put_into_collection("西部", [ids[2]])
    cases = {"前言": "说明。", "包头": "做法甲。", "贵州": "做法乙，有改动。"}
    again = store.replace_source(collection("cases.txt", cases))
    store.publish()
    assert inside(store, "西部") == {again[2]}
    assert store.document(again[2]).title == "贵州"


def test_a_removed_document_comes_back_to_its_collection(store: Store, ids: list[str]) -> None:
    store.put_into_collection("西部", [ids[1]])
    store.remove_documents(ids[1:])
    store.publish()
    assert store.collections()["西部"] == ()
    store.replace_source(collection("cases.txt", {"包头": "做法甲。", "贵州": "做法乙。"}))
    store.publish()
    assert inside(store, "西部") == {ids[1]}


@pytest.mark.parametrize("name", ["", "  ", "教\n育", "长" * 31])
def test_a_name_that_will_not_do_is_refused(store: Store, name: str) -> None:
    with pytest.raises(QueryError):
        store.create_collection(name)


def test_what_is_not_there_is_said(store: Store, ids: list[str]) -> None:
    with pytest.raises(QueryError, match="水利"):
        store.delete_collection("水利")
    with pytest.raises(QueryError, match="已经有"):
        store.create_collection("教育")
    with pytest.raises(QueryError, match="不存在"):
        store.put_into_collection("西部", ["不存在"])
    assert "西部" not in store.collections()


def test_counts_go_by_what_is_in_force(store: Store, ids: list[str]) -> None:
    store.put_into_collection("西部", ids[1:])
    assert store.statistics().by_collection == {"教育": 1, "西部": 2}
