"""OFD: text by its place on the page, pages, metadata."""

import io
import zipfile

import pytest

from kb.errors import NeedsOCR, UnreadableSource
from tests.ingest.fixtures.files import lines, load_bytes

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
HEAD = (
    f"<ofd:OFD {NS}><ofd:DocBody><ofd:DocInfo><ofd:Title>青石县方案</ofd:Title></ofd:DocInfo>"
    "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
)
FIRST = "各乡镇人民政府要把学前教育扩容列入重要议事日程，建立主要负责同志亲自抓的"
SECOND = "工作机制，逐项明确时间表。"


def text(x, y, content, size=5.0):
    return (
        f'<ofd:TextObject Boundary="{x} {y} 180 8" Size="{size}"><ofd:TextCode X="0" Y="5" DeltaX="g {len(content)} {size}">'
        f"{content}</ofd:TextCode></ofd:TextObject>"
    )


def ofd(pages):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("OFD.xml", HEAD)
        listed = "".join(
            f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))
        )
        package.writestr(
            "Doc_0/Document.xml",
            f"<ofd:Document {NS}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
            f"</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        )
        for number, content in enumerate(pages):
            package.writestr(
                f"Doc_0/Pages/Page_{number}/Content.xml",
                f"<ofd:Page {NS}><ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>",
            )
    return buffer.getvalue()


def test_lines_are_put_in_order_and_joined(tmp_path):
    first = text(20, 60, "二、保障措施") + text(10, 40, FIRST) + text(10, 48, SECOND)
    second = text(10, 40, "本方案自印发之日起施行。")
    loaded = load_bytes(tmp_path, "a.ofd", ofd([first, second]))
    assert lines(loaded) == [FIRST + SECOND, "二、保障措施", "本方案自印发之日起施行。"]
    assert loaded.pages == (0, loaded.text.index("本方案"))
    assert loaded.metadata == {"title": "青石县方案"}


def test_pictures_only_need_ocr_and_damage_is_refused(tmp_path):
    with pytest.raises(NeedsOCR):
        load_bytes(tmp_path, "扫描.ofd", ofd([""]))
    with pytest.raises(UnreadableSource):
        load_bytes(tmp_path, "坏.ofd", ofd(["<ofd:TextObject"]))
