"""What a web page says about its article: <meta> fields of government sites, the 索引号 table, the title."""

from __future__ import annotations

import re

from lxml import etree

from ingest.loaders.frontmatter import KEYS, canonical_key
from ingest.loaders.html.lines import plain

# Names of <meta> fields → keys; government sites follow one standard, news sites and WeChat use Open Graph.
_META = {
    "articletitle": "title", "og:title": "title", "twitter:title": "title",
    "pubdate": "issued", "og:article:published_time": "issued", "article:published_time": "issued",
    "publishdate": "issued", "firstpublishedtime": "issued",
    "contentsource": "source", "source": "source",
    "author": "author", "og:article:author": "author", "article:author": "author",
    "sitename": "site", "og:site_name": "site", "sitedomain": "site_domain",
    "columnname": "column", "keywords": "keywords", "siteidcode": "site_code",
}  # fmt: skip
_LABELS = frozenset(key for key in KEYS if not key.isascii()) | {
    "公开方式", "公开范围", "公开形式", "主题", "组配分类", "体裁分类", "服务对象", "效力", "关键词", "废止时间", "信息名称",
}  # fmt: skip
_LABELLED = re.compile(r"[\[【(（]?\s*((?:[一-鿿]\s*){2,6})[\]】)）]?\s*[:：]\s*(.{0,200})")
_SITE_TAIL = re.compile(r"\s*[-_—|–]{1,2}\s*[^-_—|–]{2,30}$")
_PAIR_CUE = re.compile(r"[:：】\]]|^\s*(?:[一-鿿]\s*){2,6}$")
_LEAVES = ("td", "th", "li", "dt", "dd", "p", "div", "span")
_HOLDERS = ("table", "ul", "dl", "div", "tbody")
_LARGEST = 2000


def find_info_tables(root: etree._Element) -> list[etree._Element]:
    """The innermost elements that describe the article by at least three known labels (索引号, 发文机关 …)."""
    labels: dict[etree._Element, int] = {}
    for leaf in root.iter(*_LEAVES):
        if (
            _is_leaf(leaf)
            and _PAIR_CUE.search(text := "".join(leaf.itertext())[:240])
            and _pairs([plain(text)])
        ):
            for ancestor in leaf.iterancestors(*_HOLDERS):
                labels[ancestor] = labels.get(ancestor, 0) + 1
    found: list[etree._Element] = []
    for element in root.iter(*_HOLDERS):
        if labels.get(element, 0) < 3:
            continue
        texts = _pieces(element)
        if sum(map(len, texts)) <= _LARGEST and len(_pairs(texts)) >= 3:
            found = [each for each in found if each not in set(element.iterancestors())]
            found.append(element)
    return found


def read_metadata(root: etree._Element, info: list[etree._Element]) -> tuple[dict[str, str], dict[str, str]]:
    """Fields by key, and where each was read: ``html_table``, ``html_meta`` or ``html_title``."""
    values: dict[str, str] = {}
    origin: dict[str, str] = {}

    def keep(key: str, value: str, where: str) -> None:
        value = plain(value)
        if value and value not in {"无", "-", "--", "/"} and key not in values:
            values[key] = value
            origin[key] = where

    for element in info:
        for label, value in _pairs(_pieces(element)):
            keep(canonical_key(label), value, "html_table")
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().lower()
        if name in _META:
            keep(_META[name], meta.get("content", ""), "html_meta")
    for name, key in (("activity-name", "title"), ("js_name", "source"), ("publish_time", "issued")):
        for element in root.xpath("//*[@id=$name]", name=name)[:1]:
            keep(key, "".join(element.itertext()), "html_meta")
    for element in root.iter("title"):
        keep("title", _SITE_TAIL.sub("", plain("".join(element.itertext()))), "html_title")
        break
    return values, origin


def _pieces(element: etree._Element) -> list[str]:
    """The texts of an element's innermost cells, items or lines."""
    leaves = [leaf for leaf in element.iter(*_LEAVES) if _is_leaf(leaf)]
    texts = [plain("".join(leaf.itertext())) for leaf in leaves]
    return [text for text in texts if text]


def _is_leaf(element: etree._Element) -> bool:
    inner = next(element.iterdescendants("td", "th", "li", "dt", "dd", "p", "div"), None)
    if element.tag != "span":
        return inner is None
    above = next(element.iterancestors("td", "th", "li", "dt", "dd", "p"), None)
    return inner is None and above is None and next(element.iterancestors("span"), None) is None


def _pairs(texts: list[str]) -> list[tuple[str, str]]:
    """Label and value, in one piece (索引号：000014349/2019) or in two that follow each other."""
    pairs: list[tuple[str, str]] = []
    index = 0
    while index < len(texts):
        text = texts[index]
        following = texts[index + 1] if index + 1 < len(texts) else ""
        bare = _label(text)
        if bare:
            if following and not _label(following) and not _LABELLED.match(following):
                pairs.append((bare, following))
                index += 1
            else:
                pairs.append((bare, ""))
        elif (match := _LABELLED.fullmatch(text)) and (label := _label(match.group(1))):
            pairs.append((label, match.group(2)))
        index += 1
    return pairs


def _label(text: str) -> str:
    """The label that ``text`` is, without its colon and the blanks inside (索 引 号：), or nothing."""
    if len(text) > 16:
        return ""
    bare = re.sub(r"[\s:：\[\]【】]+", "", text)
    return bare if bare in _LABELS else ""
