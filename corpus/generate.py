"""Write the PDF, Word and HTML documents of the sample corpus from ``corpus/sources``.

Run in the repository root: ``python -m corpus.generate``. The PDF needs fpdf2 and the fonts Noto Serif CJK
(Debian: ``fonts-noto-cjk`` and ``fonts-noto-cjk-extra``). The same sources and fonts give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from corpus.generators.page import write_page
from corpus.generators.pdf import write_pdf
from corpus.generators.source import SampleDocument, read_source
from corpus.generators.word import write_word

CORPUS = Path(__file__).resolve().parent
WRITERS: dict[str, Callable[[SampleDocument, Path], None]] = {
    "pdf": write_pdf,
    "docx": write_word,
    "html": write_page,
}


def generate(target: Path) -> list[Path]:
    """Write every document that has a source into the folder and return their paths."""
    written = []
    for path in sorted((CORPUS / "sources").glob("*.txt")):
        document = read_source(path)
        suffix = document.meta["format"]
        file = target / f"{document.name}.{suffix}"
        WRITERS[suffix](document, file)
        written.append(file)
    return written


if __name__ == "__main__":
    for file in generate(CORPUS):
        print(f"{file.name}  {file.stat().st_size} 字节")
