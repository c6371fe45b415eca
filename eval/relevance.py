"""Relevance tests as data: what must be found, what must not, in which order. ``python -m eval.relevance``.

Each test of ``eval/gold/relevance.jsonl`` brings a few short texts of its own. They are stored and indexed as any
library is, and searched as a user searches: question understood, regions masked, ranked, checked. A test that is
known to fail says why under ``known``; it counts as known, and as an error once it passes.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from kb.model import (
    Document,
    Filters,
    IngestedDocument,
    IngestedSource,
    LoadedSource,
    Passage,
    PassageRole,
    Section,
)
from kb.settings import Layout, Settings
from kb.store import Store
from search.embedding import load_embedder
from search.index import refresh
from search.library import Library
from search.retrieve import Searcher

RELEVANCE = Path(__file__).parent / "gold" / "relevance.jsonl"
KINDS = {"precision": "查准", "recall": "查全", "order": "先后", "field": "字段", "comparison": "对比"}
_K = 10
_METADATA = ("issuer", "number", "published", "level", "status")


@dataclass(frozen=True, slots=True)
class RelevanceTest:
    """One test; see ``eval/gold/README.md``.

    :ivar texts: the passages with what is known of their documents. :ivar known: why it fails, where that is known.
    """

    id: str
    kind: str
    query: str
    texts: tuple[Mapping[str, str], ...]
    must_return: tuple[str, ...] = ()
    must_not_return: tuple[str, ...] = ()
    strict: bool = False
    order: tuple[str, ...] = ()
    other: str = ""
    expect: str = ""
    filters: Filters = field(default_factory=Filters)
    note: str = ""
    known: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a test went.

    :ivar faults: what is wrong, in Chinese; none: it passed. :ivar found: ids of the texts found, best first.
    """

    test: RelevanceTest
    faults: tuple[str, ...]
    found: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether all is as the test wants it."""
        return not self.faults


def load_tests(path: Path = RELEVANCE) -> tuple[RelevanceTest, ...]:
    """The tests of a file."""
    return tuple(_test(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line)


def _test(data: dict[str, Any]) -> RelevanceTest:
    lists = ("texts", "must_return", "must_not_return", "order")
    values: dict[str, Any] = {name: tuple(value) if name in lists else value for name, value in data.items()}
    values["filters"] = Filters(**{key: tuple(named) for key, named in data.get("filters", {}).items()})
    return RelevanceTest(**values)


def run(tests: Sequence[RelevanceTest]) -> Iterator[Verdict]:
    """Run the tests, each on a library of its own texts."""
    for test in tests:
        with tempfile.TemporaryDirectory() as folder:
            yield _run_one(test, Path(folder))


def _run_one(test: RelevanceTest, folder: Path) -> Verdict:
    with Store.open(Layout(folder).store) as store:
        for text in test.texts:
            store.replace_source(_source(text))
        refresh(store, Settings(), load_embedder())
    library = Library(folder)
    try:
        searcher = Searcher(library)
        found = _found(searcher, test.query, test.filters)
        other = _found(searcher, test.other, test.filters) if test.other else ()
    finally:
        library.close()
    return Verdict(test, tuple(_faults(test, found, other)), found)


def _source(text: Mapping[str, str]) -> IngestedSource:
    """A file with one document of one passage under its title and section."""
    title, section, body = text.get("title", ""), text.get("section", ""), text["text"]
    heads = [line for line in (title, section) if line]
    whole = "\n".join([*heads, body])
    start = len(whole) - len(body)
    metadata: dict[str, Any] = {name: text[name] for name in _METADATA if name in text}
    document = Document(
        "", f"{text['id']}.txt", title, 0, len(whole), region_code=text.get("region", ""), **metadata
    )
    sections = (Section(section, 1, start - len(section) - 1, start - 1),) if section else ()
    role = cast("PassageRole", text.get("role", "body"))
    passage = Passage(start, len(whole), body, 0 if section else -1, role=role)
    data = whole.encode()
    loaded = LoadedSource(document.source, sha256(data).hexdigest(), len(data), "text", whole)
    return IngestedSource(loaded, (IngestedDocument(document, sections, (passage,), ()),), ())


def _found(searcher: Searcher, query: str, filters: Filters) -> tuple[str, ...]:
    """The ids of the texts found, copies after the hit that they are folded into."""
    hits = searcher.search(query, _K, filters).hits
    sources = (one.source for hit in hits for one in (hit.citation, *hit.copies))
    return tuple(Path(source).stem for source in sources)


def _faults(test: RelevanceTest, found: Sequence[str], other: Sequence[str]) -> Iterator[str]:
    for name in test.must_return:
        if name not in found:
            yield f"没有找到{name}"
    barred = found if test.strict else found[: max(1, len(test.must_return))]
    for name in test.must_not_return:
        if name in barred:
            yield f"{name}不该{'出现' if test.strict else '排在前面'}"
    last = len(found)
    places = [found.index(name) if name in found else last for name in test.order]
    for first, second, a, b in zip(test.order, test.order[1:], places, places[1:], strict=False):
        if a >= b:
            yield f"{first}应在{second}之前"
    if test.expect and (found[:1] == other[:1]) != (test.expect == "same"):
        yield "两种问法的首位结果应当" + ("相同" if test.expect == "same" else "不同")


def counts(verdicts: Sequence[Verdict]) -> dict[str, tuple[int, int]]:
    """For each kind how many tests passed, and how many there are."""
    return {
        kind: (sum(v.passed for v in verdicts if v.test.kind == kind), len(members))
        for kind in KINDS
        if (members := [v for v in verdicts if v.test.kind == kind])
    }


def unexpected(verdicts: Sequence[Verdict]) -> list[str]:
    """The tests that fail without a known reason."""
    return [_line(v) for v in verdicts if not v.passed and not v.test.known]


def _line(verdict: Verdict) -> str:
    test = verdict.test
    faults = "；".join(verdict.faults)
    known = f"（已知：{test.known}）" if test.known else ""
    return f"{test.id} “{test.query}” {faults}；得到 {'、'.join(verdict.found) or '无'}{known}"


def main(argv: Sequence[str] | None = None) -> int:
    """Print how many tests of each kind pass, and those that fail."""
    parser = argparse.ArgumentParser(prog="eval.relevance", description="逐条运行相关性检验。")
    parser.add_argument("--json", action="store_true", help="一行一条检验")
    arguments = parser.parse_args(argv)
    verdicts = list(run(load_tests()))
    if arguments.json:
        for v in verdicts:
            line = {
                "id": v.test.id,
                "kind": v.test.kind,
                "query": v.test.query,
                "passed": v.passed,
                "faults": v.faults,
                "found": v.found,
                "known": v.test.known,
            }
            print(json.dumps(line, ensure_ascii=False))
        return 0
    print(report(verdicts))
    return 0


def report(verdicts: Sequence[Verdict]) -> str:
    """The table of kinds, then the tests that fail."""
    lines = [f"== 相关性检验：{sum(v.passed for v in verdicts)}/{len(verdicts)} 条通过"]
    lines += [f"{KINDS[kind]:6} {passed}/{total}" for kind, (passed, total) in counts(verdicts).items()]
    return "\n".join([*lines, *failures(verdicts)])


def failures(verdicts: Sequence[Verdict]) -> list[str]:
    """A line for each test that fails, and for each that passes though it is noted as failing."""
    lines = [_line(v) for v in verdicts if not v.passed]
    return lines + [f"{v.test.id} 已经通过，可以去掉 known" for v in verdicts if v.passed and v.test.known]


if __name__ == "__main__":
    raise SystemExit(main())
