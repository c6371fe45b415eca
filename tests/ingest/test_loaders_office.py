"""Old word processor files: through LibreOffice, or a refusal that says what to do."""

import shutil

import pytest

from kb.errors import UnreadableSource, UnsupportedFormat
from tests.ingest.fixtures.files import lines, load_bytes

RTF = rb"{\rtf1\ansi\ansicpg936\uc1 \u26222?\u24800?\u24615?\u24188?\u20799?\u22253?\u12290?\par}"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def test_without_libreoffice_the_remedy_is_to_save_as_docx(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("a.doc", "a.wps"):
        with pytest.raises(UnsupportedFormat, match=r"另存为 \.docx"):
            load_bytes(tmp_path, name, OLE)


@needs_office
def test_with_libreoffice_an_old_file_is_read(tmp_path):
    loaded = load_bytes(tmp_path, "a.wps", RTF)
    assert lines(loaded) == ["普惠性幼儿园。"]
    assert loaded.loader == "office"
    assert loaded.path == "a.wps"


@needs_office
def test_a_file_that_libreoffice_cannot_read_is_refused(tmp_path):
    with pytest.raises(UnreadableSource):
        load_bytes(tmp_path, "坏.doc", OLE)
