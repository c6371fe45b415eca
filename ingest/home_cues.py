"""The cues by which a document's home region is told, one function each; :mod:`ingest.locate` puts them in order."""

from __future__ import annotations

import re
from collections.abc import Collection

from kb.errors import QueryError
from kb.model import Evidence
from kb.regions import NATION, Mention, find_regions, opening_mention, resolve_name, tree
from kb.regions.issuers import (
    first_region,
    is_national_body,
    is_national_title,
    issuer_region,
    licence_region,
    number_region,
    site_region,
)
from kb.regions.vote import vote

HEAD = 16
"""Paragraphs at the top in which an opening is looked for."""

Found = tuple[str, Evidence] | None
"""A region's code with the words that tell it; ``Evidence.start`` is an offset into the text, -1 elsewhere."""

_FRONT = re.compile(r"[\s《“(]*(?:关于(?:印发|转发|发布|公布))?[《“]?(?:[(]?\d{4}[)]?年(?:度)?,?)?")
_TO_ALL = re.compile(
    r"现在,?我代表(?:国务院|第.{1,4}届中央|中共中央)|各省、自治区、直辖市|国务院各部委|"
    r"(?:国务院|全国人民代表大会|中央委员会)[^。\n]{0,20}(?:第[一二三四五六七八九十]+次(?:会议|常务会议))?(?:通过|批准|公布|听取)"
)
_CONGRESS = re.compile(
    r"在(.{2,20}?)第.{1,4}届(?:人民代表大会|委员会)|([一-鿿]{2,16})(?:省长|市长|县长|区长|州长|主席)\s?[一-鿿]{1,2}\s?[一-鿿]{1,2}\s*$"
)
_NATIONAL_CONGRESS = re.compile(
    r"中国共产党(?:第.{1,4}次)?全国代表大会|全国人民代表大会|中国人民政治协商会议全国委员会"
)
_ADDRESSEE = re.compile(r"(?:人民政府|部门|单位|机构|厅|局|委|会|公司|院校|学校|同志)[^,。;]{0,12}[:：]\s*$")
_LEAD = re.compile(r"\s*(?:(?:近日|日前|近期|\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?,?)?(?:记者)?从?")
_DATE = re.compile(r"\s*[(]?(?:[12]\d{3}|二[〇○零O][〇○零O一二三四五六七八九][〇○零O一二三四五六七八九])年")
_BODY = re.compile(r"(?:局|厅|委|委员会|政府|办公室|办公厅|部|中心|处|院|党组|办|小组)(?:\(.*\))?$")
_HOST = re.compile(r"主办(?:单位)?[:：]?\s*([一-鿿]{4,24})")
_OWN_CITY = re.compile(r"[我本]市(?!场)|市直")
_CITY_WORDS = re.compile(r"全市(?!场)|市委|市属")
_PROVINCE_WORDS = re.compile(r"[我全本]省|省委|省直")
_JUNK = " >-—|·"
_PROSE = re.compile(r"[,。;]")


def from_hint(region: str) -> Found:
    """What the file's own metadata says."""
    if not region.strip():
        return None
    try:
        return resolve_name(region), Evidence("front_matter", region)
    except QueryError:
        mention = first_region(region)
        return (mention.code, Evidence("front_matter", region)) if mention else None


def from_issuer(issuer: str, known: Collection[str]) -> Found:
    """The issuing body, where its name tells a place or that it is a national one."""
    code = issuer_region(issuer, known=known)
    return (code, Evidence("issuer", issuer)) if code else None


def from_title_start(title: str, known: Collection[str]) -> Found:
    """国务院关于…, 2026年上海市政府工作报告, 济源示范区教体局:…, 铁门关市华山中学:…"""
    if not title:
        return None
    start = _FRONT.match(title)
    at = start.end() if start else 0
    if is_national_body(title[at:]) or is_national_title(title[at:]):
        return NATION, Evidence("title", title)
    mention = first_region(title, known=known)
    if mention is not None and mention.start <= at + 1:
        return mention.code, Evidence("title", mention.surface)
    return None


def from_head(text: str, known: Collection[str]) -> Found:
    """The issuing body in the lines above the first paragraph: 国务院办公厅, 广州市教育局关于…的通知."""
    at = 0
    for line in text.split("\n", HEAD)[: HEAD // 2]:
        start, at = at, at + len(line) + 1
        plain = line.strip(_JUNK)
        if len(plain) > 60 or _PROSE.search(plain) or _ADDRESSEE.search(plain):
            break
        if is_national_body(plain) or (_BODY.search(plain) and "·" not in plain) or "关于" in plain:
            code = issuer_region(plain, known=known)
            if code:
                return code, Evidence("head", plain, start + line.find(plain))
    return None


def from_opening(title: str, text: str, known: Collection[str]) -> Found:
    """The subject of the first paragraph of prose; a region that the title names inside it is more exact."""
    at = 0
    for number, line in enumerate(text.split("\n", HEAD)[:HEAD]):
        start, at = at, at + len(line) + 1
        if line.strip() == title.strip():
            continue
        to_all = _TO_ALL.search(line, 0, 200)
        if to_all:
            return NATION, Evidence("opening", to_all.group(), start + to_all.start())
        congress = _CONGRESS.search(line) if len(line) < 60 else None
        if congress:
            code = issuer_region(congress.group(1) or congress.group(2), known=known)
            if code:
                return code, Evidence("opening", congress.group(), start + congress.start())
        if len(line) < 20 or not _PROSE.search(line) or _ADDRESSEE.search(line):
            continue
        mention = opening_mention(line, known=known)
        if mention is None:
            if len(line) < 40 and number < HEAD - 1:
                continue
            return None
        evidence = Evidence("opening", mention.surface, start + mention.start)
        named = from_title(title, known)
        if named and tree().contains(mention.code, named[0]):
            return named
        return mention.code, evidence
    return None


def from_title(title: str, known: Collection[str]) -> Found:
    """The first region that the title names anywhere."""
    congress = _NATIONAL_CONGRESS.search(title)
    if congress:
        return NATION, Evidence("title", congress.group())
    mention = first_region(title, known=known, masked=False)
    return (mention.code, Evidence("title", mention.surface)) if mention else None


def from_signature(text: str, known: Collection[str]) -> Found:
    """The body that stands above the date at the end."""
    lines: list[tuple[int, str]] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            lines.append((at + len(line) - len(line.lstrip()), line.strip()))
        at += len(line) + 1
    for index in range(len(lines) - 1, max(0, len(lines) - 15), -1):
        if not _DATE.match(lines[index][1]) or len(lines[index][1]) > 24:
            continue
        start, line = lines[index - 1]
        if len(line) <= 60 and _BODY.search(line):
            code = issuer_region(_first_signer(lines, index - 1), known=known)
            if code:
                return code, Evidence("signature", line, start)
    return None


def _first_signer(lines: list[tuple[int, str]], last: int) -> str:
    """Of several bodies that sign one under the other, the first."""
    first = last
    while first > 0 and len(lines[first - 1][1]) <= 40 and _BODY.search(lines[first - 1][1]):
        if _PROSE.search(lines[first - 1][1]):
            break
        first -= 1
    return lines[first][1]


def from_number(text: str) -> Found:
    """The document number under the title: 京政办发〔2021〕4号."""
    code = number_region(text)
    return (code, Evidence("document_number", text[:600].strip().split("\n")[0][:40])) if code else None


def from_lead(text: str) -> Found:
    """近日,教育部印发…: the first words of the first paragraph of prose name a national body."""
    at = 0
    for line in text.split("\n", HEAD)[:HEAD]:
        start, at = at, at + len(line) + 1
        if len(line) < 40 or not _PROSE.search(line) or _ADDRESSEE.search(line):
            continue
        lead = _LEAD.match(line)
        begin = lead.end() if lead else 0
        if is_national_body(line[begin:]):
            return NATION, Evidence("opening", line[begin : begin + 12], start + begin)
        return None
    return None


def from_page(page: str) -> Found:
    """The government site that the page comes from: its site number, its host."""
    code, words = site_region(page)
    if code:
        return code, Evidence("site_number", words)
    host = _HOST.search(page)
    if host:
        code = issuer_region(host.group(1))
        if code:
            return code, Evidence("site_host", host.group())
    return None


def from_vote(text: str, known: Collection[str]) -> Found:
    """What most of the text is about."""
    code, words = vote(text, known=known)
    return (code, Evidence("vote", words, text.find(words) if words else -1)) if code else None


def from_licence(page: str) -> Found:
    """The province of the site's ICP licence."""
    code, words = licence_region(page)
    return (code, Evidence("licence", words)) if code else None


def narrowed(code: str, evidence: Evidence, text: str, known: Collection[str]) -> tuple[str, Evidence]:
    """A text that opens with a province but says 全市 is of one of its cities: the one whose counties it names
    without their city, as only their own people do.
    """
    regions = tree()
    if regions.get(code).level != "provincial" or not regions.get(code).name.endswith(("省", "自治区")):
        return code, evidence
    if not _OWN_CITY.search(text) and (not _CITY_WORDS.search(text) or _PROVINCE_WORDS.search(text)):
        return code, evidence
    cities: dict[str, Mention] = {}
    for mention in find_regions(text, known=known):
        if mention.kind == "region" and mention.code and regions.contains(code, mention.code):
            region = regions.get(mention.code)
            city = mention.code if region.level == "municipal" else region.parent
            if regions.get(city).level == "municipal" and mention.surface.startswith(region.name[:2]):
                cities.setdefault(city, mention)
    if len(cities) != 1:
        return code, evidence
    city, mention = cities.popitem()
    return city, Evidence(evidence.origin, mention.surface, mention.start)
