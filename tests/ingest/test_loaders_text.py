"""Plain text: encodings, front matter, and files that are not what their names say."""

import codecs
import os
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.loaders import SUFFIXES, load, supported
from ingest.loaders.encoding import decode
from ingest.loaders.sniff import sniff
from kb.errors import EncryptedSource, NeedsOCR, SourceError, UnreadableSource, UnsupportedFormat
from tests.ingest.fixtures.files import load_bytes

TEXT = "青石县人民政府关于做好普惠性幼儿园建设工作的通知\r\n　　各乡镇人民政府：现将有关事项通知如下。经办人：赵镕、钱喆。\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_text_is_decoded_unchanged_whatever_its_encoding(tmp_path, encoding):
    loaded = load_bytes(tmp_path, "a.txt", TEXT.encode(encoding))
    assert loaded.text == TEXT
    assert loaded.loader == "text"


def test_traditional_text_in_big5(tmp_path):
    text = "教育部關於推動學校發展的報告：這個計畫為期三年，經費由政府負擔，對象為國民中學與國民小學。"
    assert load_bytes(tmp_path, "a.txt", text.encode("big5")).text == text


def test_a_short_gbk_line_is_not_taken_for_korean():
    text, encoding = decode("全县新增学位两千个。".encode("gbk"), "a.txt")
    assert (text, encoding) == ("全县新增学位两千个。", "gb18030")


def test_utf8_that_was_cut_off_stays_utf8():
    data = ("普惠性幼儿园覆盖率达到百分之九十。" * 200).encode()[:-1]
    text, encoding = decode(data, "a.txt")
    assert encoding == "utf-8"
    assert text.startswith("普惠性幼儿园") and text.count("\ufffd") == 1


@given(st.text(min_size=1, max_size=200).filter(lambda t: t.strip("\ufeff \t\r\n\x0b\x0c\u3000")))
def test_every_text_survives_utf8(text):
    try:
        data = text.encode()
        decoded, _ = decode(data, "a.txt")
    except (UnicodeEncodeError, UnreadableSource):  # lone surrogates; control characters
        return
    assert decoded == text.removeprefix("\ufeff")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(data=st.binary(min_size=0, max_size=600), suffix=st.sampled_from(SUFFIXES))
def test_junk_is_refused_in_chinese_or_read_but_never_crashes(tmp_path, data, suffix, monkeypatch):
    monkeypatch.setenv("PATH", "")
    try:
        load_bytes(tmp_path, f"junk{suffix}", data)
    except SourceError as error:
        assert error.source == f"junk{suffix}"
        assert error.remedy
        assert any("一" <= char <= "鿿" for char in error.message)


@pytest.mark.parametrize(
    ("name", "data", "kind", "words"),
    [
        ("空.txt", b"", UnreadableSource, "空的"),
        ("空.pdf", b"", UnreadableSource, "空的"),
        ("白.txt", b"  \n\n\t", UnreadableSource, "没有文字"),
        ("乱.txt", os.urandom(0) + bytes(range(32)) * 40, UnreadableSource, "二进制|编码"),
        ("照片.pdf", b"\xff\xd8\xff\xe0" + b"\0" * 80, NeedsOCR, "图片"),
        ("包.docx", b"Rar!\x1a\x07" + b"\0" * 80, UnsupportedFormat, "压缩包"),
        (
            "密.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            EncryptedSource,
            "密码",
        ),
        ("幻灯.ppt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 80, UnsupportedFormat, "旧格式"),
    ],
)
def test_what_cannot_be_read_is_named_with_a_remedy(tmp_path, name, data, kind, words):
    with pytest.raises(kind, match=words) as caught:
        load_bytes(tmp_path, name, data)
    assert caught.value.source == name
    assert caught.value.remedy
    assert name in str(caught.value)


def test_a_zip_that_is_no_document_is_refused(tmp_path):
    path = tmp_path / "资料.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "x")
    with pytest.raises(UnsupportedFormat, match="压缩包"):
        load(path, "资料.docx")


def test_a_folder_or_a_missing_file_is_refused(tmp_path):
    for path in (tmp_path, tmp_path / "没有.txt"):
        with pytest.raises(UnreadableSource):
            load(path, path.name)


def test_a_web_page_saved_as_pdf_or_txt_is_read_as_a_page(tmp_path):
    page = "<!DOCTYPE html><html><body><p>普惠性幼儿园覆盖率达到92%。</p><script>x</script></body></html>"
    for name in ("a.pdf", "a.txt", "a.doc"):
        loaded = load_bytes(tmp_path, name, page)
        assert loaded.loader == "html"
        assert loaded.text.strip() == "普惠性幼儿园覆盖率达到92%。"


def test_a_text_that_speaks_of_html_is_still_a_text():
    assert sniff("网页以<html>开头。".encode()) == "text"
    assert sniff(codecs.BOM_UTF8 + b"<html><body>") == "html"


def test_suffixes_tell_what_is_picked_up(tmp_path):
    assert all(supported(tmp_path / f"a{suffix.upper()}") for suffix in SUFFIXES)
    assert not supported(tmp_path / "a.exe")


def test_front_matter_is_metadata_and_stays_in_the_text(tmp_path):
    text = '---\n标题: "青石县方案"\nregion: 河北省\n发文字号：青政发〔2025〕7号\ntags:\n  - 教育\n  - 学位\n---\n# 正文\n'
    loaded = load_bytes(tmp_path, "a.md", text)
    assert loaded.text == text
    assert loaded.loader == "markdown"
    assert loaded.metadata == {
        "title": "青石县方案",
        "region": "河北省",
        "number": "青政发〔2025〕7号",
        "tags": "教育、学位",
    }
    assert set(loaded.metadata_origin.values()) == {"front_matter"}


@pytest.mark.parametrize(
    "text",
    ["---\n正文里的一句话。\n---\n再一句。", "--- \n没有结尾的横线\n标题：x\n", "正文\n---\na: b\n---\n"],
)
def test_dashes_alone_are_no_front_matter(tmp_path, text):
    assert load_bytes(tmp_path, "a.txt", text).metadata == {}


def test_the_identity_of_the_file_is_kept(tmp_path):
    loaded = load_bytes(tmp_path, "a.txt", "一行。")
    assert loaded.size == 9
    assert len(loaded.sha256) == 64
    assert loaded.path == "a.txt"
