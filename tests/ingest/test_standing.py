from pathlib import Path

from ingest.pipeline import ingest
from ingest.standing import settle_statuses
from kb.store import Store

OLD = """---
title: 青云县学位补贴办法
region: 河北省唐山市迁西县
issuer: 青云县人民政府
number: 青政〔2020〕1号
published: 2020-03-01
kind: 办法
---
# 青云县学位补贴办法

第一条 学位补贴标准为每生每年500元。
"""
NEW = OLD.replace("2020", "2024").replace("1号", "8号").replace("500元", "800元")


def write(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_a_newer_version_marks_the_older_and_its_removal_takes_the_mark_back(tmp_path: Path) -> None:
    folder = tmp_path / "文件"
    write(folder, "旧.md", OLD)
    write(folder, "新.md", NEW)
    with Store.open(tmp_path / "store.sqlite") as store:
        ingest([folder], store, workers=0)
        settle_statuses(store)
        store.publish()
        by_source = {d.source: d for d in store.documents()}
        assert by_source["旧.md"].status == "repealed"
        assert by_source["旧.md"].successor == by_source["新.md"].id
        assert "青云县学位补贴办法" in by_source["旧.md"].evidence["status"].quote
        assert by_source["新.md"].status != "repealed"
        assert settle_statuses(store) == 0

        store.remove_documents([by_source["新.md"].id])
        assert settle_statuses(store) == 1
        store.publish()
        (left,) = store.documents()
        assert (left.status, left.successor) == ("unknown", "")


def test_what_a_person_set_right_stays(tmp_path: Path) -> None:
    folder = tmp_path / "文件"
    write(folder, "旧.md", OLD)
    write(folder, "新.md", NEW)
    with Store.open(tmp_path / "store.sqlite") as store:
        ingest([folder], store, workers=0)
        old = next(d for d in store.newest.documents() if d.source == "旧.md")
        store.set_correction(old.id, "status", "effective")
        settle_statuses(store)
        store.publish()
        assert store.document(old.id).status == "effective"
