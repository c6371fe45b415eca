"""The regions of a question: those it names, groups, 各地 and 全国, and names that no gazetteer has."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.regions import NATION, Mention, resolve_query, tree
from kb.words import words
from search.query.lexicon import Lexicon

_ASKED = "标准|要求|规定|底线|目标|规划|口径|政策|文件|意见"
# 国家标准, 国务院关于营商环境的要求: the national documents are asked for. 全国首个 and 国家级 only praise. What
# stands between who asks and what is asked for is the subject and stays one.
_NATIONAL = re.compile(
    rf"(?:国家|全国|中央|国务院|教育部|部委)(?:的|对|到底|现行|层面)?(?:{_ASKED})"
    rf"|(?:国家(?!级)|全国|中央|国务院|教育部|部委)(?:的|对|到底|现行|层面)?(?=[^,。;?!有是]{{1,8}}?(?:{_ASKED}))"
    r"|(?:国务院|中央|国家|教育部)(?=对|关于|到底)"
    r"|国家层面|达到国家|国家的?[0-9.]+%|国标|部颁"
)
_PRAISE = re.compile(
    r"全国(?:首|第一|率先|领先|前列|试点|先进|示范|优秀|排名|最)|居全国|在全国|全国各地|全国(?:有)?哪"
)
_EVERYWHERE = re.compile(
    r"全国各地|各个?(?:地方|地区|省份?|市县|区县|地|省市|城市)(?!级)|(?:哪些|哪几个|哪个|哪一个|有什么)(?:地区|地方|省份?|市县?|城市|区县|县市?|县区|区)|不同(?:地区|地方|省份|城市)"
    r"|哪里|哪儿|谁(?:家)?(?=提前|率先|最|先|的|把|在|做)|其[他它](?:地区|地方|城市|省份?|市|县)|别的(?:地区|地方|城市|省|市|县)|兄弟(?:省市|城市|县区)"
    r"|(?<=的)(?:省份?|地区|地方|城市|市县|区县|县)(?=(?:有哪些|是哪些|有哪几个|名单)?[?。]?$)"
)
_HAN = re.compile(r"[㐀-䶿一-鿿]")
_INSTITUTION = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}|实验|外国语|附属|师范|中心|职业|技术|理工|医科|农业|财经|广播|电视|人民|中医|北京|上海)*"
    r"(?:中学|小学|大学|学院|幼儿园|学校|高中|[中小](?![学小心])|医院|东?西?南?北?[路街]|大道|机场|日报|晚报)"
)
_ISLAND = re.compile(r"([㐀-䶿一-鿿]{2,3}?)[岛湾](?=[内外上的居里]|$)")
_SUFFIXES = "省市县州盟旗"
_UNKNOWN = re.compile(
    rf"(?:^|(?<=[,。;:!?、 ])|(?<=请问)|(?<=关于)|(?<=想问))([㐀-䶿一-鿿]{{2,5}}?)([{_SUFFIXES}]|特别行政区|自治区)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Regions that a few words of the question mean; several codes for a group or an ambiguous name."""

    surface: str
    start: int
    end: int
    codes: tuple[str, ...]
    ambiguous: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """What a question says about regions. Spans are of the words that ask for 各地 and for national documents."""

    named: tuple[Place, ...]
    unknown: tuple[Place, ...]
    everywhere: tuple[int, int] | None
    national: tuple[int, int] | None


def read_places(text: str, lexicon: Lexicon | None = None) -> Places:
    """The regions in ``text`` (canonical reading).

    :param lexicon: words of the library; without it no name is called unknown.
    """
    named: list[Place] = []
    everywhere = _span(_EVERYWHERE.search(text))
    national = _span(_NATIONAL.search(text))
    for mention in resolve_query(text):
        if mention.kind == "home_word":
            continue
        if mention.role == "masked":
            named.extend(_unmasked(text, mention))
            continue
        if mention.kind == "everywhere":
            everywhere = everywhere or (mention.start, mention.end)
        elif mention.kind == "nation" or mention.code == NATION:
            if national is None and everywhere is None and not _praises(text, mention):
                national = (mention.start, mention.end)
        else:
            named.append(_place(mention))
    if not named:
        named.extend(_islands(text))
    if everywhere and national and everywhere[0] <= national[0] < everywhere[1]:
        national = None
    unknown = () if lexicon is None else tuple(_unknown(text, named, lexicon))
    return Places(tuple(named), unknown, everywhere, national)


def _unmasked(text: str, mention: Mention) -> list[Place]:
    """A name that only seems part of an institution's: 保定上初中 is 保定 and 上初中, 厦门大学 is not 厦门."""
    if not mention.code or (mention.start and _HAN.match(text, mention.start - 1)):
        return []
    region = tree().get(mention.code)
    name = max(
        (n for n in (region.name, *region.aliases) if mention.surface.startswith(n)), key=len, default=""
    )
    rest = text[mention.start + len(name) :]
    if not name or words(text[mention.start :])[0] != name or _INSTITUTION.match(rest):
        return []
    return [Place(name, mention.start, mention.start + len(name), (mention.code,))]


def _islands(text: str) -> list[Place]:
    """厦门岛内 is 厦门, though dictionaries have 厦门岛 as one word."""
    found = []
    for match in _ISLAND.finditer(text):
        inner = resolve_query(match.group(1))
        if len(inner) == 1 and inner[0].code and inner[0].surface == match.group(1):
            found.append(Place(match.group(1), match.start(), match.end(1), (inner[0].code,)))
    return found


def _span(match: re.Match[str] | None) -> tuple[int, int] | None:
    return match.span() if match else None


def _praises(text: str, mention: Mention) -> bool:
    return any(match.start() <= mention.start < match.end() for match in _PRAISE.finditer(text))


def _place(mention: Mention) -> Place:
    if mention.kind == "group":
        return Place(mention.surface, mention.start, mention.end, mention.candidates, group=mention.surface)
    if mention.code:
        return Place(mention.surface, mention.start, mention.end, (mention.code,))
    return Place(mention.surface, mention.start, mention.end, mention.candidates, ambiguous=True)


def _unknown(text: str, named: list[Place], lexicon: Lexicon) -> list[Place]:
    """Names that end like regions where no region is known: 火星市. Ordinary words that do (城市) are not."""
    found = []
    edges = set()
    at = 0
    for word in words(text):
        at += len(word)
        edges.add(at)
    for match in _UNKNOWN.finditer(text):
        stem = match.group(1)
        if match.end() not in edges or any(p.start < match.end() and match.start() < p.end for p in named):
            continue
        if any(lexicon.pair_frequencies([stem[-2:]])) or re.search(
            r"[全本我该各每哪几某外这那个的是有在和]", stem
        ):
            continue
        found.append(Place(match.group(), match.start(), match.end(), ()))
    return found
