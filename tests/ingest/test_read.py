"""A file all the way: whatever the format, every offset is exact and no character is lost."""

from pathlib import Path

import pytest

from ingest.discover import discover
from ingest.read import read_source
from kb.errors import UnreadableSource
from kb.model import IngestedSource
from kb.text.shadow import fold

ROOT = Path(__file__).parent.parent.parent
SHARED = ROOT.parent / "shared"


def sources() -> list[tuple[Path, str]]:
    """The sample corpus, and where they are at hand the real files beside it."""
    folders = [ROOT / "corpus"]
    if (SHARED / "seeds").is_dir():
        folders.append(SHARED / "seeds")
    return [(item.path, item.relative) for item in discover(folders)]


@pytest.fixture(scope="module", params=sources(), ids=lambda item: item[1])
def source(request: pytest.FixtureRequest) -> IngestedSource:
    return read_source(*request.param)


def test_facts_stand_where_they_say(source: IngestedSource) -> None:
    text = source.loaded.text
    for document in source.documents:
        for fact in document.facts:
            assert text[fact.start : fact.end] == fact.surface
            assert text[fact.quote_start : fact.quote_start + len(fact.quote)] == fact.quote
            assert fact.quote_start <= fact.start
            assert fact.end <= fact.quote_start + len(fact.quote)


def test_passages_read_what_their_span_holds(source: IngestedSource) -> None:
    for document in source.documents:
        for passage in document.passages:
            if passage.role == "table":
                continue
            quoted = set(fold(source.loaded.text[passage.start : passage.end]))
            assert set(passage.text) - {"\n", " "} <= quoted


def test_every_character_is_in_a_passage_a_heading_or_a_removal(source: IngestedSource) -> None:
    text = source.loaded.text
    covered = bytearray(len(text))
    spans = [(r.start, r.end) for r in source.removals]
    for document in source.documents:
        spans += [(p.start, p.end) for p in document.passages]
        spans += [(s.start, s.end) for s in document.sections]
    for start, end in spans:
        covered[start:end] = b"\1" * (end - start)
    lost = "".join(c for c, seen in zip(text, covered, strict=True) if not seen)
    # What stays are blanks, and marks that a heading's title goes without.
    assert [c for c in lost if c.isalnum()] == []


def test_every_removal_gives_its_reason(source: IngestedSource) -> None:
    assert all(removal.reason for removal in source.removals)


def test_a_file_of_nothing_but_chrome_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "空页.html"
    page.write_text("<html><body><nav><a href='/'>首页</a></nav></body></html>", encoding="utf-8")
    with pytest.raises(UnreadableSource):
        read_source(page, page.name)


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="没有 shared/seeds：跳过真实文件")
def test_the_real_collection_gives_eleven_cases() -> None:
    (path,) = (SHARED / "seeds").glob("002_*")
    documents = [d.document for d in read_source(path, path.name).documents]
    assert [d.region_code for d in documents if d.region_code != "100000"] == [
        "110102", "120000", "150200", "320000", "330200", "330102", "520000", "530000", "540100", "65B012",
        "659006",
    ]  # fmt: skip


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="没有 shared/seeds：跳过真实文件")
@pytest.mark.parametrize(
    ("number", "code"), [("000", "130600"), ("001", "419001"), ("003", "130227"), ("004", "350200")]
)
def test_the_real_reports_are_at_home(number: str, code: str) -> None:
    (path,) = (SHARED / "seeds").glob(f"{number}_*")
    (document,) = read_source(path, path.name).documents
    assert document.document.region_code == code
