"""Reading retrieval sets, and making them of what is held out from training."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.datasets import held_out, read_beir
from eval.retrieval import evaluate_dataset
from eval.training.texts import read_examples
from kb.errors import UnreadableSource

PASSAGES = {
    "doc1-0": "包头市推进集团化办学，核增专项编制。",
    "doc1-1": "教师每三年轮岗一次。",
    "doc2-0": "厦门市实施名校跨岛战略。",
    "doc2-1": "岛外新增学位13万个。",
}


def write_set(folder: Path, passages: dict[str, str]) -> Path:
    def lines(rows: list[dict[str, str]]) -> str:
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)

    (folder / "qrels").mkdir(parents=True)
    rows = [{"_id": name, "title": "", "text": text} for name, text in passages.items()]
    (folder / "corpus.jsonl").write_text(lines(rows), encoding="utf-8")
    queries = [{"_id": "q1", "text": "教师多久轮岗"}, {"_id": "q2", "text": "没有答案的问题"}]
    (folder / "queries.jsonl").write_text(lines(queries), encoding="utf-8")
    relevant = next(name for name, text in passages.items() if "轮岗" in text)
    qrels = f"query-id\tcorpus-id\tscore\nq1\t{relevant}\t1\n"
    (folder / "qrels" / "test.tsv").write_text(qrels, encoding="utf-8")
    return folder


def test_a_set_is_read_with_its_documents(tmp_path: Path) -> None:
    read = read_beir(write_set(tmp_path / "small", PASSAGES))
    assert read.name == "small"
    assert [one.document for one in read.passages] == ["doc1", "doc1", "doc2", "doc2"]
    assert read.judged == ("q1",)


@pytest.mark.parametrize(
    "ids",
    [
        ["p0", "p1", "p2", "p3"],
        ["x-7", "x-8", "y-4", "y-5"],
        ["a-0", "b-0", "c-0", "d"],
        ["q-0", "q-1", "q-2", "q-3"],
    ],
)
def test_ids_that_only_look_numbered_name_no_documents(tmp_path: Path, ids: list[str]) -> None:
    passages = dict(zip(ids, PASSAGES.values(), strict=True))
    read = read_beir(write_set(tmp_path / "set", passages))
    assert [one.document for one in read.passages] == ids


def test_a_folder_that_is_no_set_is_told_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="缺少文件"):
        read_beir(tmp_path)
    write_set(tmp_path / "set", PASSAGES)
    (tmp_path / "set" / "corpus.jsonl").write_text('{"text": 1}', encoding="utf-8")
    with pytest.raises(UnreadableSource, match="BEIR"):
        read_beir(tmp_path / "set")


def test_the_rows_of_eval_have_the_promised_keys(tmp_path: Path) -> None:
    rows = [row.as_json() for row in evaluate_dataset(write_set(tmp_path / "set", PASSAGES))]
    keys = ["system", "ndcg@10", "hit@1", "hit@5", "mrr@10", "recall@100", "queries", "corpus"]
    assert [list(row) for row in rows] == [keys] * 3
    assert [row["system"] for row in rows] == ["lexical", "semantic", "hybrid"]
    assert all(row["queries"] == 1 and row["corpus"] == 4 for row in rows)
    assert rows[0]["hit@1"] == rows[2]["hit@1"] == 1


def test_words_alone_are_measured_without_a_model(tmp_path: Path) -> None:
    rows = evaluate_dataset(write_set(tmp_path / "set", PASSAGES), embedding="none")
    assert [row.system for row in rows] == ["lexical", "hybrid"]


def test_held_out_questions_are_never_trained_on(tmp_path: Path) -> None:
    pairs = [
        {"q": f"第{i}个学校有多少学位", "p": f"第{i}个学校新增学位{i}00个，教师{i}名。"} for i in range(300)
    ]
    rows = "".join(json.dumps(pair, ensure_ascii=False) + "\n" for pair in pairs)
    (tmp_path / "pairs.jsonl").write_text(rows, encoding="utf-8")
    (tmp_path / "plain.txt").write_text("没有问题的长段落。" * 10, encoding="utf-8")
    trained = {one.query for one in read_examples(tmp_path) if not one.held_out}
    (made,) = held_out(tmp_path)
    assert made.queries
    assert not set(made.queries.values()) & trained
    assert len(made.passages) == 300
    assert held_out(tmp_path)[0].queries == made.queries


def test_plain_texts_are_asked_for_by_what_is_then_left_out(tmp_path: Path) -> None:
    rows = [
        {"text": f"{i}号地铁线延长到北部新城，今年开工。" + f"沿线{i}个车站的位置已经公布，工期三年。" * 12}
        for i in range(120)
    ]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (tmp_path / "news.jsonl").write_text(lines, encoding="utf-8")
    (made,) = held_out(tmp_path)
    texts = {one.id: one.text for one in made.passages}
    assert made.queries
    for name, question in made.queries.items():
        (passage,) = made.qrels[name]
        assert question not in texts[passage]
