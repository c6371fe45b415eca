"""Word: order, numbering, merged cells, notes, text boxes, tracked changes, damage."""

import io
import zipfile

import pytest

from ingest.loaders.word.numbering import formatted
from kb.errors import SourceError, UnreadableSource
from tests.ingest.fixtures.files import cells_of, lines, load_bytes, text_of
from tests.ingest.fixtures.words import cell, docx, level, lists, numbered, paragraph, run, table


def read(tmp_path, body, **parts):
    return load_bytes(tmp_path, "a.docx", docx(body, **parts))


def test_paragraphs_and_tables_come_in_document_order(tmp_path):
    body = (
        paragraph("表前。")
        + table(cell("年份") + cell("学位"), cell("2025年") + cell("800个"))
        + paragraph("表后。")
    )
    loaded = read(tmp_path, body)
    assert lines(loaded) == ["表前。", "年份\t学位", "2025年\t800个", "表后。"]
    assert [(block.header, cells_of(loaded, block)) for block in loaded.blocks] == [
        (True, ["年份", "学位"]),
        (False, ["2025年", "800个"]),
    ]


def test_merged_cells_are_read_once_and_columns_stay_aligned(tmp_path):
    body = table(
        cell("地区") + cell("学位", '<w:gridSpan w:val="2"/>'),
        cell("青石县", '<w:vMerge w:val="restart"/>') + cell("小学") + cell("800个"),
        cell("", "<w:vMerge/>") + cell("初中") + cell("300个"),
    )
    loaded = read(tmp_path, body)
    assert [cells_of(loaded, block) for block in loaded.blocks] == [
        ["地区", "学位", ""],
        ["青石县", "小学", "800个"],
        ["", "初中", "300个"],
    ]


def test_a_frame_around_text_is_no_table(tmp_path):
    loaded = read(tmp_path, table(cell("框里的一段文字，说明申报条件。")))
    assert lines(loaded) == ["框里的一段文字，说明申报条件。"]
    assert loaded.blocks == ()


def test_automatic_numbers_are_part_of_the_text_and_restart_below_their_parents(tmp_path):
    definition = (
        level(0, "chineseCountingThousand", "%1、")
        + level(1, "chineseCounting", "（%2）")
        + level(2, "decimal", "%3.")
    )
    body = "".join(
        numbered(text, 1, depth)
        for text, depth in (("总体要求", 0), ("重点任务", 0), ("扩大资源", 1), ("新建", 2), ("改建", 2), ("配强教师", 1),
                            ("招聘", 2), ("保障措施", 0), ("加强领导", 1))
    )  # fmt: skip
    assert lines(read(tmp_path, body, numbering=lists(definition))) == [
        "一、总体要求", "二、重点任务", "（一）扩大资源", "1.新建", "2.改建", "（二）配强教师", "1.招聘", "三、保障措施",
        "（一）加强领导",
    ]  # fmt: skip


def test_numbers_of_chapters_and_articles_run_on_and_stand_apart(tmp_path):
    never = '<w:lvlRestart w:val="0"/>'
    definition = level(0, "chineseCounting", "第%1章") + level(1, "chineseCounting", "第%2条", never)
    body = "".join(
        numbered(t, 1, d) for t, d in (("总则", 0), ("为了规范。", 1), ("附则", 0), ("自印发之日起施行。", 1))
    )
    assert lines(read(tmp_path, body, numbering=lists(definition))) == [
        "第一章 总则", "第一条 为了规范。", "第二章 附则", "第二条 自印发之日起施行。",
    ]  # fmt: skip


def test_two_lists_of_one_definition_count_on_unless_one_restarts(tmp_path):
    numbers = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )
    body = "".join(numbered(text, n) for text, n in (("甲", 1), ("乙", 2), ("丙", 3), ("丁", 3)))
    assert lines(read(tmp_path, body, numbering=lists(level(0, "decimal", "%1."), numbers=numbers))) == [
        "1.甲", "2.乙", "1.丙", "2.丁",
    ]  # fmt: skip


def test_compound_and_legal_numbers(tmp_path):
    definition = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    body = numbered("总体要求", 1) + numbered("范围", 1, 1)
    assert lines(read(tmp_path, body, numbering=lists(definition))) == ["一、总体要求", "1.1 范围"]


def test_numbering_through_a_style_and_a_number_typed_as_well(tmp_path):
    styles = (
        '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        '<w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="我的标题"/><w:basedOn w:val="H"/></w:style>'
    )
    body = "".join(paragraph(t, properties='<w:pStyle w:val="H2"/>') for t in ("总体要求", "二、重点任务"))
    loaded = read(tmp_path, body, styles=styles, numbering=lists(level(0, "chineseCounting", "%1、")))
    assert lines(loaded) == ["一、总体要求", "二、重点任务"]
    assert [(block.kind, block.level, text_of(loaded, block)) for block in loaded.blocks] == [
        ("heading", 1, "一、总体要求"),
        ("heading", 1, "二、重点任务"),
    ]


def test_bullets_and_switched_off_numbers_add_nothing(tmp_path):
    body = numbered("一项", 1) + numbered("没有编号", 0)
    assert lines(read(tmp_path, body, numbering=lists(level(0, "bullet", "\uf0b7")))) == ["一项", "没有编号"]


@pytest.mark.parametrize(
    ("number", "style", "shown"),
    [
        (10, "chineseCounting", "十"), (11, "chineseCounting", "十一"), (20, "chineseCounting", "二十"),
        (105, "chineseCounting", "一百零五"), (110, "chineseCountingThousand", "一百一十"), (21, "japaneseCounting", "二十一"),
        (24, "ideographDigital", "二四"), (3, "chineseLegalSimplified", "叁"), (3, "ideographTraditional", "丙"),
        (2, "ideographZodiac", "丑"), (3, "decimalEnclosedCircle", "③"), (2, "decimalEnclosedParen", "⑵"),
        (1, "ideographEnclosedCircle", "㊀"), (4, "lowerRoman", "iv"), (28, "upperLetter", "BB"), (7, "decimalZero", "07"),
        (12, "decimalFullWidth", "１２"), (5, "unheard of", "5"),
    ],
)  # fmt: skip
def test_number_formats(number, style, shown):
    assert formatted(number, style) == shown


def test_headings_titles_and_contents_are_marked(tmp_path):
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in (("T", "Title"), ("1", "heading 1"), ("2", "标题 2"), ("C", "toc 1"))
    )
    body = "".join(
        paragraph(text, properties=f'<w:pStyle w:val="{key}"/>')
        for key, text in (
            ("T", "青石县方案"),
            ("C", "一、总体目标 1"),
            ("1", "一、总体目标"),
            ("2", "（一）学位"),
            ("X", "正文。"),
        )
    )
    loaded = read(tmp_path, body, styles=styles)
    assert [(b.kind, b.level, b.reason, text_of(loaded, b)) for b in loaded.blocks] == [
        ("heading", 0, "文档标题", "青石县方案"),
        ("paragraph", 0, "目录", "一、总体目标 1"),
        ("heading", 1, "标题样式", "一、总体目标"),
        ("heading", 2, "标题样式", "（一）学位"),
    ]


def test_tracked_deletions_and_hidden_text_are_left_out_insertions_are_read(tmp_path):
    inner = (
        run("新增学位")
        + '<w:del w:id="1"><w:r><w:delText>2000</w:delText></w:r></w:del>'
        + f'<w:ins w:id="2">{run("2400")}</w:ins>'
        + run("个。")
        + run("批注", "<w:vanish/>")
        + run("显示", '<w:vanish w:val="0"/>')
    )
    assert lines(read(tmp_path, paragraph(inner=inner))) == ["新增学位2400个。显示"]


def test_a_text_box_is_read_once_after_its_paragraph(tmp_path):
    content = f"<w:txbxContent>{paragraph('框中文字。')}</w:txbxContent>"
    box = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(read(tmp_path, paragraph(inner=run("正文。") + box) + paragraph("下一段。"))) == [
        "正文。", "框中文字。", "下一段。",
    ]  # fmt: skip


def test_footnotes_are_appended_and_line_breaks_make_lines(tmp_path):
    inner = (
        run("第一行") + "<w:r><w:br/></w:r>" + run("第二行") + '<w:r><w:footnoteReference w:id="2"/></w:r>'
    )
    notes = f'<w:footnote w:id="2">{paragraph("数据截至2025年底。")}</w:footnote>'
    loaded = read(tmp_path, paragraph(inner=inner), footnotes=notes)
    assert lines(loaded) == ["第一行", "第二行", "注1：数据截至2025年底。"]
    assert [(block.reason, text_of(loaded, block)) for block in loaded.blocks] == [
        ("脚注", "注1：数据截至2025年底。")
    ]


def test_properties_headers_and_content_controls(tmp_path):
    core = (
        "<dc:title>青石县行动方案</dc:title><dc:creator>县教育局</dc:creator>"
        "<dcterms:created>2025-03-12T08:00:00Z</dcterms:created>"
    )
    body = f"<w:sdt><w:sdtContent>{paragraph('控件里的正文。')}</w:sdtContent></w:sdt>"
    loaded = read(tmp_path, body, core=core, header1=paragraph("青石县文件"))
    assert lines(loaded) == ["控件里的正文。"]
    assert loaded.metadata == {"title": "青石县行动方案", "author": "县教育局", "created": "2025-03-12"}
    assert [(dropped.text, dropped.reason) for dropped in loaded.dropped] == [("青石县文件", "页眉页脚")]


@pytest.mark.parametrize(
    "data",
    [
        docx(paragraph("正文。"))[:400],
        docx("<w:p>"),
        docx("<w:p>&undefined;</w:p>"),
        docx(paragraph("")),
    ],
)
def test_broken_files_are_refused(tmp_path, data):
    with pytest.raises(UnreadableSource) as caught:
        load_bytes(tmp_path, "坏.docx", data)
    assert caught.value.remedy


def archive(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return buffer.getvalue()


def test_entities_are_refused(tmp_path):
    bomb = '<!DOCTYPE d [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><d>&b;</d>'
    with pytest.raises(UnreadableSource, match="实体"):
        load_bytes(tmp_path, "a.docx", archive({"word/document.xml": bomb}))


def test_a_zip_bomb_is_refused_without_unpacking_it(tmp_path, monkeypatch):
    monkeypatch.setattr("ingest.loaders.container.MAX_UNPACKED", 1_000_000)
    data = archive({"word/document.xml": docx("")[:0] + b"<d/>", "word/media/a.bin": b"\0" * 2_000_000})
    with pytest.raises(UnreadableSource, match="庞大"):
        load_bytes(tmp_path, "a.docx", data)


def test_a_size_that_the_archive_lies_about_is_not_believed(tmp_path, monkeypatch):
    monkeypatch.setattr("ingest.loaders.container.MAX_UNPACKED", 100_000)
    body = paragraph("正文。") + "<!--" + "x" * 500_000 + "-->"
    data = bytearray(docx(body))
    end = data.rfind(b"PK\x01\x02")
    while end >= 0:  # the sizes in the central directory, which is all that is known before unpacking
        data[end + 24 : end + 28] = (10).to_bytes(4, "little")
        end = data.rfind(b"PK\x01\x02", 0, end)
    with pytest.raises(SourceError):
        load_bytes(tmp_path, "a.docx", bytes(data))


def test_the_main_part_may_carry_a_number(tmp_path):
    data = docx(paragraph("正文。"))
    files = {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        files = {
            name.replace("document.xml", "document2.xml"): package.read(name) for name in package.namelist()
        }
    assert lines(load_bytes(tmp_path, "a.docx", archive(files))) == ["正文。"]
