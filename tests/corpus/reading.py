"""Read the sample documents without the project's own loaders, so that both can't err alike."""

import re
from functools import lru_cache
from pathlib import Path

import docx
import pypdf
import pypdfium2
from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"
GOLD = ROOT / "eval" / "gold"
SEEDS = ROOT.parent / "shared" / "seeds"
SUFFIXES = {".md", ".txt", ".pdf", ".docx", ".html"}

_SPACE = re.compile(r"\s+")


def documents() -> list[Path]:
    """The documents of the sample corpus: what .policykbignore leaves."""
    return sorted(p for p in CORPUS.iterdir() if p.suffix in SUFFIXES and p.name != "README.md")


def squeeze(text: str) -> str:
    return _SPACE.sub("", text)


def pdf_pages(path: Path) -> list[str]:
    pages = pypdfium2.PdfDocument(str(path))
    try:
        return [page.get_textpage().get_text_range() for page in pages]
    finally:
        pages.close()


def pypdf_pages(path: Path) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


@lru_cache(maxsize=64)
def text_of(path: Path) -> str:
    """The text of a document without running lines, whitespace removed."""
    if path.suffix == ".pdf":
        # the first and the last line of a page are the running header and the page number
        return squeeze("".join("".join(page.splitlines()[1:-1]) for page in pdf_pages(path)))
    if path.suffix == ".docx":
        word = docx.Document(str(path))
        rows = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
        return squeeze("".join([*(p.text for p in word.paragraphs), *rows]))
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        text = BeautifulSoup(text, "lxml").get_text()
    return squeeze(text)


def metadata(path: Path) -> dict[str, str]:
    """Front matter of a text document, or that of the source a generated document was written from."""
    if path.suffix not in {".md", ".txt"}:
        path = CORPUS / "sources" / f"{path.stem}.txt"
    head = path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")[0]
    pairs = (line.partition(": ") for line in head.splitlines())
    return {key: value.strip().strip('"') for key, _, value in pairs}
