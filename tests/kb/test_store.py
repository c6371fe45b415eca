"""What the store keeps, shows and finds again."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from kb.errors import QueryError, SchemaTooNew, StoreBusy, StoreError, UnreadableSource
from kb.model import Document, Filters, IngestedSource
from kb.store import Store, document_id, page_of, publication_year
from kb.store.connection import Connections
from kb.store.schema import MIGRATIONS, migrate
from tests.kb.store_samples import SENTENCES, TITLE, baoding, collection, loaded


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "store.sqlite")


def published(store: Store, *sources: IngestedSource) -> Store:
    for source in sources:
        store.replace_source(source)
    store.publish()
    return store


def test_everything_that_was_read_comes_back_unchanged(store: Store) -> None:
    source = baoding()
    (document,) = source.documents
    (name,) = store.replace_source(source)
    store.publish()

    kept = store.document(name)
    assert kept == replace(document.document, id=name, source="baoding.txt")
    assert store.sections(name) == list(document.sections)
    passages = store.passages_of(name)
    assert [p.passage for p in passages] == list(document.passages)
    assert [p.ordinal for p in passages] == [0, 1, 2]
    assert passages[0].path == ("一、主要目标",)
    (fact,) = store.facts(document=name)
    assert fact.fact == document.facts[0]
    assert (fact.source, fact.passage) == ("baoding.txt", passages[0].key)
    assert store.source_text("baoding.txt") == source.loaded.text
    assert store.pages("baoding.txt") == source.loaded.pages
    assert store.removals("baoding.txt") == list(source.removals)
    assert store.dropped("baoding.txt") == list(source.loaded.dropped)
    assert store.source("baoding.txt").metadata == source.loaded.metadata
    assert store.repeals() == {name: ("旧办法",)}


def test_ids_depend_on_path_and_place_only(store: Store) -> None:
    ids = store.replace_source(collection("cases.txt", {"包头": "做法甲。", "贵州": "做法乙。"}))
    assert ids == [document_id("cases.txt", 0), document_id("cases.txt", 1)]
    again = store.replace_source(collection("cases.txt", {"包头": "做法甲。", "贵州": "另一做法。"}))
    assert again == ids
    assert document_id("other.txt", 0) not in ids


def test_hostile_text_is_stored_as_text(store: Store) -> None:
    text = "'; DROP TABLE documents; -- \x00 <script>”"
    published(store, collection("a'b.txt", {text: text}))
    (document,) = store.documents()
    assert document.title == text
    assert store.passages_of(document.id)[0].passage.text == text
    assert store.facts(indicator="%'_ OR 1=1") == []


def test_text_that_is_not_unicode_is_refused_by_name_and_nothing_is_written(store: Store) -> None:
    with pytest.raises(UnreadableSource, match=r"bad\.txt"):
        store.replace_source(collection("bad.txt", {"标题": "坏字符\ud800"}))
    assert store.source_hashes() == {}


def test_same_bytes_are_not_written_twice_unless_forced(store: Store) -> None:
    published(store, baoding())
    store.replace_source(baoding())
    assert not store.pending
    store.replace_source(baoding(), force=True)
    assert store.pending


def test_passages_come_in_the_order_asked_and_unknown_keys_are_left_out(store: Store) -> None:
    published(store, baoding())
    keys = [p.key for p in store.passages_of(document_id("baoding.txt", 0))]
    assert [p.key for p in store.passages([keys[2], 999, keys[0]])] == [keys[2], keys[0]]
    assert [p.key for p in store.passages_in(range(keys[1], keys[2] + 5))] == keys[1:]
    assert store.passages([]) == []


def test_facts_are_found_by_each_condition(store: Store) -> None:
    published(store, baoding(), baoding("copy.txt"))
    name = document_id("copy.txt", 0)
    (one,) = store.facts(document=name)
    assert [f.source for f in store.facts(indicator="学位")] == ["baoding.txt", "copy.txt"]
    assert len(store.facts(indicator_keys=["新增学位数"])) == 2
    assert store.facts(indicator_keys=["学位"]) == []
    assert len(store.facts(regions=["130600"], kind="target")) == 2
    assert store.facts(regions=[]) == []
    assert store.facts(kind="input") == []
    assert store.facts(keys=[one.key]) == [one]
    assert store.facts(passages=[one.passage or 0]) == [one]
    assert len(store.facts(limit=1)) == 1
    assert store.facts_in(name, one.fact.start, one.fact.start + 1) == [one]
    assert store.facts_in(name, one.fact.start + 1, one.fact.end) == []
    assert store.facts(document=name, filters=Filters(levels=("national",))) == []
    assert store.indicators() == {"新增学位数": 2}


def test_values_keep_their_type(store: Store) -> None:
    source = baoding()
    (ingested,) = source.documents
    values = (32000, 81.5, (3, 5), "1:15")
    facts = tuple(replace(ingested.facts[0], value=value) for value in values)
    store.replace_source(replace(source, documents=(replace(ingested, facts=facts),)))
    store.publish()
    assert tuple(f.fact.value for f in store.facts()) == values


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (Filters(), 2),
        (Filters(levels=("municipal",)), 1),
        (Filters(levels=("county",)), 0),
        (Filters(years=(2022,)), 1),
        (Filters(years=(0,)), 1),
        (Filters(kinds=("方案", "案例")), 2),
        (Filters(types=("number",)), 1),
        (Filters(types=("measure",)), 0),
        (Filters(statuses=("unknown",)), 1),
        (Filters(documents=(document_id("baoding.txt", 0),)), 1),
        (Filters(collections=("教育",)), 1),
        (Filters(collections=("住房",)), 0),
        (Filters(levels=("municipal",), kinds=("案例",)), 0),
    ],
)
def test_documents_are_filtered_by_each_attribute(store: Store, filters: Filters, count: int) -> None:
    store.replace_source(baoding(), collection="教育")
    published(store, collection("cases.txt", {"包头": "做法。"}, region_code="150200"))
    assert len(store.documents(filters)) == count


def test_a_region_stands_for_all_below_it(store: Store) -> None:
    published(store, baoding(), collection("cases.txt", {"包头": "做法。"}, region_code="150200"))
    titles = [d.title for d in store.documents(Filters(regions=("130000",)))]
    assert titles == [TITLE]
    assert store.documents(Filters(regions=("120000",))) == []
    assert store.documents(Filters(regions=("无此代码",))) == []


def test_what_is_unknown_is_said_in_chinese(store: Store) -> None:
    with pytest.raises(QueryError, match="没有编号为"):
        store.document("nothing")
    with pytest.raises(QueryError, match="没有这个来源文件"):
        store.source_text("nothing.txt")


def test_counts(store: Store) -> None:
    published(store, baoding(), collection("cases.txt", {"包头": "做法。", "贵州": "做法。"}))
    counts = store.statistics()
    assert (counts.sources, counts.documents, counts.passages, counts.facts) == (2, 3, 5, 1)
    assert counts.by_region == {"130600": 1, "": 2}
    assert counts.by_year == {2022: 1, 0: 2}
    assert store.region_counts() == counts.by_region


def test_page_and_year() -> None:
    assert [page_of((0, 10, 20), offset) for offset in (0, 9, 10, 25)] == [1, 1, 2, 3]
    assert page_of((), 5) is None
    assert publication_year(Document("", "", "", 0, 1, issued="2021-03-01")) == 2021
    assert publication_year(Document("", "", "", 0, 1)) == 0


def test_threads_read_and_write_one_store(store: Store) -> None:
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(5):
                store.replace_source(baoding(f"{number}.txt", tail=str(turn)))
                store.documents()
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test must see it
            failures.append(error)

    threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.publish()
    assert failures == []
    assert len(store.documents()) == 4


def test_a_second_writer_is_told_to_wait(store: Store) -> None:
    other = Store.open(store.path, busy_timeout_s=0.05)
    with store.batch(), pytest.raises(StoreBusy, match="另一个程序正在写入"):
        other.replace_source(baoding())
    other.replace_source(baoding())


def test_a_failed_part_of_a_batch_leaves_the_rest(store: Store) -> None:
    with store.batch():
        store.replace_source(baoding())
        with pytest.raises(UnreadableSource):
            store.replace_source(collection("bad.txt", {"标题": "\ud800"}))
        store.replace_source(baoding("second.txt"))
    assert set(store.source_hashes()) == {"baoding.txt", "second.txt"}


def test_a_newer_schema_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(SchemaTooNew, match="升级"):
        Store.open(path)


def test_an_older_schema_is_brought_up_step_by_step(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    published(Store.open(path), baoding()).close()
    connection = Connections(path).get()
    step = "CREATE TABLE later (a TEXT); INSERT INTO later VALUES ('有；分号;的文字');"
    migrate(connection, (*MIGRATIONS, step))
    assert connection.execute("SELECT a FROM later").fetchall() == [("有；分号;的文字",)]
    assert connection.execute("SELECT count(*) FROM documents").fetchone() == (1,)


def test_a_step_that_fails_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    Store.open(path).close()
    connection = Connections(path).get()
    with pytest.raises(sqlite3.Error):
        migrate(connection, (*MIGRATIONS, "CREATE TABLE later (a TEXT); INSERT INTO nowhere VALUES (1);"))
    assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'later'").fetchone() == (0,)


def test_a_file_that_is_no_store_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    path.write_bytes("这不是数据库".encode() * 100)
    with pytest.raises(StoreError, match="不是知识库"):
        Store.open(path)


def test_a_folder_stands_for_the_store_in_it(tmp_path: Path) -> None:
    assert Store.open(tmp_path).path == tmp_path / "store.sqlite"


def test_the_check_finds_a_document_with_missing_parts(store: Store) -> None:
    published(store, baoding())
    assert store.check() == []
    with sqlite3.connect(store.path) as connection:
        connection.execute("DELETE FROM passages WHERE ordinal = 1")
    assert store.check() == [f"文献 {document_id('baoding.txt', 0)} 不完整"]


def test_texts_are_read_anew_when_their_source_changes(store: Store) -> None:
    published(store, collection("cases.txt", {"包头": SENTENCES[0]}))
    before = store.source_text("cases.txt")
    published(store, collection("cases.txt", {"包头": SENTENCES[1]}))
    assert store.source_text("cases.txt") != before
    assert loaded("x", "甲").text == "甲"
