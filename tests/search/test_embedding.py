"""Embedders: the shipped model without torch, the same vectors as sentence-transformers, prompts, clear errors."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import ModelUnavailable
from kb.text.shadow import fold
from search.embedding import BUILTIN_FOLDER, Embedder, load_embedder
from search.embedding.static import StaticEmbedder
from search.embedding.transformer import prompts_of

TEXTS = [
    "厦门市实施“名校跨岛”战略，岛内优质学校到岛外办分校。",
    "对受疫情影响较大的困难行业企业，亏损最长结转年限延长至8年。",
    "小区物业擅自提高停车费，业主委员会要求退还。",
    "",
    "，。！",
]


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder()


def test_the_shipped_model_is_read_without_torch() -> None:
    code = (
        "import sys; from search.embedding import load_embedder;"
        "e = load_embedder(); e.encode_queries(['学位']); e.encode_passages(['学位供给']);"
        "print(sorted({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_shipped_model_is_small() -> None:
    assert sum(path.stat().st_size for path in BUILTIN_FOLDER.rglob("*")) <= 25_000_000


def test_vectors_are_unit_or_zero(embedder: Embedder) -> None:
    vectors = embedder.encode_passages(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), [1, 1, 1, 0, 0], atol=1e-5)


def test_no_texts_give_no_vectors(embedder: Embedder) -> None:
    assert embedder.encode_passages([]).shape == (0, embedder.dimensions)
    assert embedder.encode_queries([]).shape == (0, embedder.dimensions)


def test_queries_and_passages_are_read_alike(embedder: Embedder) -> None:
    assert np.allclose(embedder.encode_passages(TEXTS), embedder.encode_queries(TEXTS), atol=1e-6)


@settings(deadline=None)
@given(st.lists(st.text(alphabet="教育学位公办园新增厦门市企业补贴2023年，。x", max_size=40), max_size=6))
def test_a_vector_depends_on_its_text_alone(texts: list[str]) -> None:
    embedder = load_embedder()
    together = embedder.encode_passages(texts)
    for text, vector in zip(texts, together, strict=True):
        assert np.allclose(vector, embedder.encode_passages([text])[0], atol=1e-6)


def test_sentence_transformers_gives_the_same_vectors(embedder: Embedder) -> None:
    library = pytest.importorskip("sentence_transformers")
    model = library.SentenceTransformer(str(BUILTIN_FOLDER), device="cpu")
    theirs = model.encode([fold(text) for text in TEXTS])
    assert np.allclose(theirs, embedder.encode_passages(TEXTS), atol=1e-5)


def test_meaning_goes_beyond_words(embedder: Embedder) -> None:
    question, answer, other = embedder.encode_queries(
        ["小孩上学怎么安排", "适龄儿童就近入学，由学校登记招生", "公交线路延长至火车站"]
    )
    assert question @ answer > question @ other


def test_traditional_and_full_width_forms_read_the_same(embedder: Embedder) -> None:
    one, other = embedder.encode_queries(["學籍辦理ＡＢＣ", "学籍办理ABC"])
    assert np.array_equal(one, other)


def test_a_float_model_of_sentence_transformers_is_read_too(tmp_path: Path) -> None:
    from safetensors.numpy import save_file

    source = load_embedder()
    assert isinstance(source, StaticEmbedder)
    table = np.zeros((source._tokenizer.get_vocab_size(), 8), np.float32)
    table[1:] = np.random.default_rng(0).normal(size=(len(table) - 1, 8))
    (tmp_path / "0_StaticEmbedding").mkdir()
    save_file({"embedding.weight": table}, tmp_path / "0_StaticEmbedding" / "model.safetensors")
    source._tokenizer.save(str(tmp_path / "0_StaticEmbedding" / "tokenizer.json"))
    (tmp_path / "modules.json").write_text('[{"type": "x.StaticEmbedding", "path": "0_StaticEmbedding"}]')
    read = load_embedder(str(tmp_path))
    ids = source._tokenizer.encode("教师轮岗", add_special_tokens=False).ids
    wanted = table[ids].sum(axis=0)
    assert np.allclose(read.encode_queries(["教师轮岗"])[0], wanted / np.linalg.norm(wanted), atol=1e-5)
    assert read.identity != source.identity


def test_a_damaged_model_is_told_in_chinese(tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").write_text("{}")
    (tmp_path / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(ModelUnavailable, match=r"[一-鿿]"):
        load_embedder(str(tmp_path))


def test_a_model_that_cannot_be_had_is_told_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sentence_transformers")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelUnavailable, match=r"no-such/model.*[一-鿿]"):
        load_embedder("no-such/model")


@pytest.mark.parametrize(
    ("name", "query", "passage"),
    [
        ("BAAI/bge-small-zh-v1.5", "为这个句子生成表示以用于检索相关文章：", ""),
        ("BAAI/bge-m3", "", ""),
        ("intfloat/multilingual-e5-small", "query: ", "passage: "),
        ("/models/Qwen3-Embedding-0.6B", "Instruct: ", ""),
        ("shibing624/text2vec-base-chinese", "", ""),
    ],
)
def test_prompts_of_known_models(name: str, query: str, passage: str) -> None:
    asked, told = prompts_of(name)
    assert asked.startswith(query)
    assert bool(asked) == bool(query)
    assert told == passage
