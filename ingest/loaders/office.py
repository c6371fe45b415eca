"""Old word processor files (.doc, .wps, .rtf, .odt): converted to .docx by LibreOffice where it is installed."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
import tempfile
from pathlib import Path

from ingest.loaders.base import Loaded, RawFile
from ingest.loaders.word import load_docx
from kb.errors import UnreadableSource, UnsupportedFormat

_SECONDS = 120
_REMEDY = "请用 Word 或 WPS 另存为 .docx，或安装 LibreOffice 后重试"


def load_office(raw: RawFile) -> Loaded:
    """Convert a file to .docx in a folder and a LibreOffice profile of its own, and read that.

    :raises kb.errors.UnsupportedFormat: when LibreOffice is not installed.
    :raises kb.errors.UnreadableSource: when LibreOffice cannot read the file either.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise UnsupportedFormat("旧版文字文件需要先转换", source=raw.name, remedy=_REMEDY)
    with tempfile.TemporaryDirectory(prefix="policykb-") as folder:
        converted = _convert(program, raw, Path(folder))
        loaded = load_docx(RawFile(converted, raw.name, converted.read_bytes()))
    return dataclasses.replace(loaded, loader="office")


def _convert(program: str, raw: RawFile, folder: Path) -> Path:
    """The .docx that LibreOffice makes of the file. Its exit status says nothing; the output does."""
    source = folder / f"source{raw.suffix or '.doc'}"
    source.write_bytes(raw.data)
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "out"),
        str(source),
    ]
    try:
        subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL)
    except (subprocess.TimeoutExpired, OSError) as error:
        raise UnreadableSource("LibreOffice 转换失败", source=raw.name, remedy=_REMEDY) from error
    converted = folder / "out" / "source.docx"
    if not converted.is_file() or converted.stat().st_size == 0:
        raise UnreadableSource("文件已损坏，LibreOffice 也无法打开", source=raw.name, remedy=_REMEDY)
    return converted
