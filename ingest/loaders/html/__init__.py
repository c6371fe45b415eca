"""Web pages: the visible text of the whole page, with everything outside the article marked as page furniture."""

from __future__ import annotations

import re

from lxml import etree

from ingest.loaders.base import Loaded, RawFile, TextBuilder
from ingest.loaders.encoding import decode
from ingest.loaders.html.article import find_article
from ingest.loaders.html.lines import PageLine, read_lines
from ingest.loaders.html.meta import find_info_tables, read_metadata
from kb.errors import UnreadableSource
from kb.model import Dropped

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE)
_XML_HEADER = re.compile(r"^\s*<\?xml[^>]*\?>")
_FURNITURE = "网页导航"
_INFO = "信息表"


def load_html(raw: RawFile) -> Loaded:
    """Read a web page, saved from whatever site, in whatever encoding it declares or has.

    :raises kb.errors.UnreadableSource: when nothing on the page can be read.
    """
    declared = _DECLARED.search(raw.data[:4096])
    text, _ = decode(raw.data, raw.name, hint=declared.group(1).decode("ascii") if declared else "")
    root = _parse(_XML_HEADER.sub("", text.replace("\x00", "")), raw.name)
    info = find_info_tables(root)
    article = find_article(root, text)
    lines, hidden = read_lines(root, article, info)
    if not lines:
        raise UnreadableSource("网页里没有可见文字", source=raw.name, remedy="请确认网页已完整保存")
    metadata, origin = read_metadata(root, info)
    title = _title_line(lines, metadata.get("title", ""))
    builder = TextBuilder()
    for index, line in enumerate(lines):
        _put(builder, line, is_title=index == title)
    dropped = tuple(Dropped(text, "页面上不显示的内容") for text in hidden)
    return Loaded(
        "html",
        builder.text(),
        blocks=tuple(builder.blocks),
        dropped=dropped,
        metadata=metadata,
        metadata_origin=origin,
    )


def _parse(text: str, name: str) -> etree._Element:
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError as error:
        raise UnreadableSource("网页结构损坏，无法读取", source=name, remedy="请重新保存网页") from error
    if root is None:
        raise UnreadableSource("网页里没有内容", source=name, remedy="请确认网页已完整保存")
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise UnreadableSource(
            "网页嵌套过深，无法完整读取", source=name, remedy="请在浏览器里另存为文本或 PDF"
        )
    return root


def _title_line(lines: list[PageLine], title: str) -> int:
    """Index of the line above the article that is its title, or -1: the title may stand in the article itself."""
    first = next((index for index, line in enumerate(lines) if line.inside), len(lines))
    if first == len(lines):
        return -1
    wanted = _squeezed(title)
    opening = [_squeezed(line.text) for line in lines[first : first + 6] if line.inside]
    if wanted and any(wanted in line or (len(line) > 8 and line in wanted) for line in opening):
        return -1
    above = range(first - 1, -1, -1)
    for index in above:
        line = _squeezed(lines[index].text)
        if wanted and (line == wanted or (len(line) >= 8 and (line in wanted or wanted in line))):
            return index
    return next((index for index in above if lines[index].level == 1), -1)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _put(builder: TextBuilder, line: PageLine, *, is_title: bool) -> None:
    if line.info:
        builder.marked(line.text, "chrome", _INFO)
    elif is_title:
        builder.heading(line.text, 1, "网页标题")
    elif not line.inside:
        builder.marked(line.text, "chrome", _FURNITURE)
    elif line.cells:
        builder.row(line.cells, line.table, header=line.header)
    elif line.level:
        builder.heading(line.text, line.level)
    else:
        builder.line(line.text)
