"""Who issued a document: signature, letterhead, the beginning of its title, the one who reports."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from ingest.outline.lines import is_organisation
from kb.model import Level

_STAMP = re.compile(r"\s*\([^()]{0,40}(?:代章|印章|盖章|公章|章)\)")
_TITLE = re.compile(
    r"^(?P<who>[一-鿿、\s·“”]{2,90}?)(?:关于|印发|转发|公布|发布|对(?=.{2,40}(?:提案|建议|议案)))(?!的$)"
)
_MANY = re.compile(r"等\s*(?:[一二三四五六七八九十\d]{1,3}\s*)?(?:部门|单位|个部门|家单位|委办局)$")
_LETTERHEAD = re.compile(r"^(?P<who>.{2,40}?)(?:文\s?件|公告|令)$")
_PRINTED = re.compile(r"^(?P<who>.{4,40}?)(?:秘书[处局]|办公室)?\s*\d{4}年")
_SPEAKER = re.compile(r"代表(?P<who>国务院|[一-鿿]{0,14}?(?:人民)?政府)")
_CONGRESS = re.compile(
    r"在(?P<region>[一-鿿]{2,14}?(?:省|自治区|市|州|盟|县|区|旗))第?[一二三四五六七八九十]{1,4}届"
)
_CLIPPED = re.compile(r"^(?:省|自治区|市|州|县|区)")
_SUPPLIER = re.compile(
    r"[(（]\s*(?P<who>[^()（）\s:：]{2,30})\s*供稿\s*[)）]|供稿(?:单位)?\s*[:：|]\s*(?P<other>[^\s,，。]{2,30})"
)
_ORGANISATION_WORD = re.compile(
    r"(?:人民政府|政府|国务院|办公厅|办公室|委员会|常委会|委|部|局|厅|署|院|会|中心|小组|公司|学校|大学|学院|中学|小学|团队|集团|法院|检察院|军委|部门|单位|当局|管委会|处|站|所|社)$"
)
_NATIONAL = re.compile(
    r"^(?:中共中央|国务院|全国人民?代|全国人大|全国政协|中央|国家|中华人民共和国|最高人民|教育部|财政部|公安部|民政部|司法部|科技部|科学技术部|"
    r"工业和信息化部|工信部|人力资源社?会?和?社会保障部|自然资源部|生态环境部|住房和?城乡建设部|交通运输部|水利部|农业农村部|商务部|文化和旅游部|"
    r"应急管理部|退役军人事务部|外交部|国防部|人民银行|中国人民银行|审计署|海关总署|税务总局|市场监管总局|中国气象局|中国证监会)"
)


def from_title(title: str) -> str:
    """The issuing bodies that a title begins with (某局关于…的通知); "" if it names none."""
    match = _TITLE.match(title)
    if match is None:
        return ""
    who = match["who"].strip(" 、")
    whole = _MANY.sub("", who)
    if not all(_ORGANISATION_WORD.search(name) for name in re.split(r"[\s、]+", whole) if name):
        return ""
    return joined_names([who])


def joined_names(lines: Sequence[str]) -> str:
    """The names of several lines, one after the other with 、; stamps (代章) left out."""
    names: list[str] = []
    for line in lines:
        text = _STAMP.sub("", line).strip()
        parts = re.split(r"\s+", text)
        whole = len(parts) > 1 and all(len(part) >= 3 and _ORGANISATION_WORD.search(part) for part in parts)
        for name in parts if whole else [re.sub(r"\s+", "", text)]:
            if name and name not in names:
                names.append(name)
    return "、".join(names)


def from_signature(lines: Sequence[str]) -> str:
    """The names above the date of a signature."""
    bare = [_STAMP.sub("", line).strip() for line in lines]
    return joined_names([line for line in bare if is_organisation(line)])


def from_letterhead(line: str) -> str:
    """The body whose letterhead it is (某某文件)."""
    match = _LETTERHEAD.match(line.strip())
    if match is None or not _ORGANISATION_WORD.search(match["who"]):
        return ""
    return match["who"].strip().replace("中华人民共和国国务院", "国务院")


def from_printing(line: str) -> str:
    """The body in the line at the foot that says who printed it and when (…办公室 2021年12月6日印发)."""
    match = _PRINTED.match(line.strip())
    return match["who"].strip() if match and _ORGANISATION_WORD.search(match["who"].strip()) else ""


def from_speech(opening: str, note: str) -> str:
    """The government that a report speaks for; its region comes from the note under the title."""
    match = _SPEAKER.search(opening)
    if match is None:
        return ""
    who = match["who"]
    if _CLIPPED.match(who) or who.endswith(("省政府", "市政府", "区政府")) or who == "人民政府":
        congress = _CONGRESS.search(note)
        if congress is None:
            return ""
        return congress["region"] + "人民政府"
    return who


def supplier(text: str) -> str:
    """The body that supplied a report (…供稿)."""
    match = _SUPPLIER.search(text)
    return (match["who"] or match["other"]) if match else ""


def level_of(issuer: str) -> Level | Literal[""]:
    """The level that an issuer's name shows; "" where it shows none."""
    first = re.split(r"[、\s]", issuer, maxsplit=1)[0]
    if not first:
        return ""
    if _NATIONAL.match(first):
        return "national"
    if re.search(r"(?:大学|学院|中学|小学|幼儿园|学校)$", first):
        return "school"
    match = re.match(
        r"^(?:中共)?(?P<names>.*?(?:省|自治区|市|自治州|州|地区|盟|县|区|旗|师))(?:人民|委|教|政|发|财|.{0,12})",
        first,
    )
    if match is None:
        return ""
    name = match["names"]
    if re.search(r"(?:北京|天津|上海|重庆)市$|省$|自治区$", name):
        return "provincial"
    return ""
