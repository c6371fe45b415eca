"""The front matter of a Markdown or text file: ``key: value`` lines between two lines of dashes at its top."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Keys as people write them → the key of LoadedSource.metadata.
KEYS: dict[str, str] = {
    "title": "title", "标题": "title", "名称": "title", "题名": "title",
    "region": "region", "地区": "region", "区域": "region", "行政区划": "region",
    "issuer": "issuer", "发文机关": "issuer", "发布机构": "issuer", "发文单位": "issuer", "发布单位": "issuer",
    "制定机关": "issuer", "发文机构": "issuer", "机关": "issuer",
    "number": "number", "文号": "number", "发文字号": "number", "发文号": "number",
    "published": "published", "date": "published", "成文日期": "published", "日期": "published",
    "生成日期": "published",
    "issued": "issued", "发布日期": "issued", "发文日期": "issued", "印发日期": "issued", "发布时间": "issued",
    "公布日期": "issued",
    "effective": "effective", "施行日期": "effective", "生效日期": "effective", "实施日期": "effective",
    "expires": "expires", "失效日期": "expires", "有效期至": "expires", "有效期": "expires", "废止日期": "expires",
    "level": "level", "层级": "level", "级别": "level",
    "kind": "kind", "type": "kind", "文种": "kind", "类型": "kind", "体裁": "kind", "公文种类": "kind",
    "status": "status", "时效": "status", "时效性": "status", "有效性": "status", "效力状态": "status",
    "source": "source", "来源": "source", "出处": "source", "信息来源": "source",
    "digest_of": "digest_of", "摘编自": "digest_of", "摘自": "digest_of",
    "collection": "collection", "专题": "collection", "文集": "collection",
    "author": "author", "作者": "author",
    "index_number": "index_number", "索引号": "index_number",
    "subject": "subject", "主题分类": "subject", "主题词": "subject",
}  # fmt: skip

_FENCE = re.compile(r"\A\s*---[ \t]*\r?\n")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_FIELD = re.compile(r"([A-Za-z_][\w -]{0,30}|[一-鿿]{1,8})[ \t]*[:：][ \t]*(.*)")
_LONGEST = 8000


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields of a front matter, verbatim, and where it ends in the text (it starts at 0)."""

    metadata: dict[str, str]
    end: int


def read_front_matter(text: str) -> FrontMatter | None:
    """The front matter at the top of ``text``, or None when there is none."""
    opening = _FENCE.match(text)
    if opening is None:
        return None
    closing = _CLOSE.search(text, opening.end(), opening.end() + _LONGEST)
    if closing is None:
        return None
    fields: dict[str, str] = {}
    key = ""
    for line in text[opening.end() : closing.start()].splitlines():
        field = _FIELD.fullmatch(line.rstrip())
        if field and not line[:1].isspace():
            key = canonical_key(field.group(1))
            fields[key] = _plain(field.group(2))
        elif key and line.strip() and not line.lstrip().startswith("#"):
            fields[key] = _continued(fields[key], line.strip())
    if not fields:
        return None
    return FrontMatter({key: value for key, value in fields.items() if value}, closing.end())


def canonical_key(label: str) -> str:
    """The metadata key for a label as written; an unknown label stays, in lower case."""
    plain = re.sub(r"\s+", "", label) if not label.isascii() else label.strip().lower().replace(" ", "_")
    return KEYS.get(plain, plain)


def _plain(value: str) -> str:
    value = value.strip()
    if value in {">", "|", ">-", "|-"}:
        return ""
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def _continued(value: str, line: str) -> str:
    """A list item or a wrapped line added to what the field has so far."""
    if line.startswith("- "):
        item = _plain(line[2:])
        return f"{value}、{item}" if value else item
    joint = " " if value and value[-1].isascii() and line[0].isascii() else ""
    return value + joint + _plain(line)
