"""Ingested sources written by hand, for the tests of the store and of what reads it."""

from __future__ import annotations

import hashlib

from kb.model import (
    Document,
    Dropped,
    Evidence,
    Fact,
    IngestedDocument,
    IngestedSource,
    LoadedSource,
    Passage,
    Removal,
    Section,
)
from kb.store import Store

TITLE = "保定市义务教育优质均衡发展行动方案"
SENTENCES = (
    "到2025年，全市新增义务教育学位3.2万个。",
    "城区学校结对率达到100%。",
    "核增200余个专项编制，用于教师交流轮岗。",
)


def loaded(path: str, text: str, **more: object) -> LoadedSource:
    data = text.encode("utf-8", "surrogatepass")
    return LoadedSource(path, hashlib.sha256(data).hexdigest(), len(data), "text", text, **more)  # type: ignore[arg-type]


def baoding(path: str = "baoding.txt", *, title: str = TITLE, tail: str = "") -> IngestedSource:
    """One document: a title, one section with one passage a sentence, a fact, and a removed last line."""
    heading = "一、主要目标"
    text = "\n".join((title, heading, *SENTENCES, f"分享到微信{tail}"))
    first = len(title) + 1
    at = first + len(heading) + 1
    passages = []
    for sentence in SENTENCES:
        passages.append(Passage(at, at + len(sentence), sentence, 0, types=("target", "number")))
        at += len(sentence) + 1
    quote = SENTENCES[0][8:-1]
    start = text.index("3.2万个")
    fact = Fact(
        "3.2万个",
        start,
        start + 5,
        quote,
        text.index(quote),
        "新增义务教育学位数",
        "新增学位数",
        32000,
        "个",
        "=",
        "target",
        time="到2025年",
        time_inherited=True,
        years=(2025, 2025),
        region_code="130600",
    )
    document = Document(
        id="",
        source=path,
        title=title,
        start=0,
        end=at - 1,
        region_code="130600",
        level="municipal",
        kind="方案",
        issuer="保定市人民政府",
        number="保政发〔2022〕5号",
        published="2022-05-31",
        status="effective",
        evidence={"title": Evidence("text", title, 0)},
    )
    ingested = IngestedDocument(
        document, (Section(heading, 1, first, first + len(heading)),), tuple(passages), (fact,), ("旧办法",)
    )
    source = loaded(
        path, text, pages=(0, first), dropped=(Dropped("第1页", "页码", 1),), metadata={"title": title}
    )
    return IngestedSource(source, (ingested,), (Removal(at, len(text), "网页导航"),))


def collection(path: str, cases: dict[str, str], region_code: str = "") -> IngestedSource:
    """A source with one document for each title, of one passage each."""
    documents = []
    text = ""
    for title, body in cases.items():
        start = len(text)
        text += f"{title}\n{body}\n"
        at = start + len(title) + 1
        document = Document("", path, title, start, len(text) - 1, region_code=region_code, kind="案例")
        documents.append(IngestedDocument(document, (), (Passage(at, at + len(body), body),), ()))
    return IngestedSource(loaded(path, text), tuple(documents), ())


def remove_source(store: Store, path: str) -> bool:
    """Remove all documents of a source; whether there were any."""
    return bool(store.remove_documents(d.id for d in store.newest.documents() if d.source == path))
