"""The one entry for questions and filters: names, groups, 全国 and 各地, and what is near a wrong name."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kb.errors import QueryError
from kb.regions.edges import word_edges
from kb.regions.find import region_mentions
from kb.regions.masks import mask_end
from kb.regions.mentions import Mention, Role
from kb.regions.names import Name, lookup
from kb.regions.resolve import CONTESTED, Resolver
from kb.regions.tree import NATION, tree
from kb.text.shadow import fold

_EVERYWHERE = re.compile(
    r"全国各地|各(?:个)?(?:地区|地方|地市|省份|省市|省区市|省|市县|市|区县|县区|县|地)(?![级方])|"
    r"(?:哪些|哪几个|哪个|哪一个|什么|不同)(?:地区|地方|省份|省市|省|城市|地市|市县|市|区县|县区|县|区|州)|哪里|哪儿"
)
# Abbreviations of provinces that are no words by themselves; 新, 宁, 云, 贵, 吉, 黑, 甘, 青, 港, 台 are.
_ABBREVIATION = "京津沪渝冀晋辽苏浙皖闽赣鲁豫鄂湘粤桂琼川黔滇陕"
_RUN = re.compile(
    rf"[{_ABBREVIATION}](?:[、和与及]?[{_ABBREVIATION}])+|(?:^|(?<=\s))[{_ABBREVIATION}](?=$|[\s的省市两地])"
)
_HELPED = re.compile(r"(?:帮扶|支援|援助|结对|协作|对口)(?:了|的)?$")
_DIRECTIONS = re.compile("[东西中]部|[东西][北南]|华[北东中南]|关中|南疆|京津|云贵|江浙|省会|自治区")


def resolve_query(text: str) -> list[Mention]:
    """The regions that a question names, in order: regions, groups, 全国 (``nation``), 各地 (``everywhere``), 我市.

    Short names stand without evidence: 济源, 包头, 莲池. 吉林 is the province and 吉林市 the city. A name that
    fits several regions (朝阳区) has no code, and its candidates. Names inside institutions are ``masked``.

    >>> [(m.surface, m.code) for m in resolve_query("厦门市的名校跨岛怎么做？")]
    [('厦门市', '350200')]
    """
    resolution = Resolver(text, query=True).run()
    found = [_asked_role(text, mention) for mention in region_mentions(text, resolution.hits, "")]
    _add(
        found,
        (Mention(*m.span(), m.group(), "", (), "mention", "everywhere") for m in _EVERYWHERE.finditer(text)),
    )
    _add(
        found,
        (
            _of_name(start, end, name)
            for start, end, name in resolution.others
            if _stands(text, start, end, name)
        ),
    )
    _add(found, _abbreviations(text))
    return sorted(found, key=lambda mention: mention.start)


def _add(found: list[Mention], more: Iterable[Mention]) -> None:
    """Add the mentions that overlap none of those found before."""
    for mention in more:
        if all(mention.end <= other.start or other.end <= mention.start for other in found):
            found.append(mention)


def _of_name(start: int, end: int, name: Name) -> Mention:
    if name.kind == "group":
        return Mention(start, end, name.surface, "", name.codes, "mention", "group")
    if name.kind == "nation":
        return Mention(start, end, name.surface, NATION, (), "mention", "nation")
    return Mention(start, end, name.surface, "", (), "mention", "home_word")


def _abbreviations(text: str) -> Iterator[Mention]:
    """京沪, 苏、浙、皖: provinces by one character, where several stand together or one stands alone."""
    for run in _RUN.finditer(text):
        if all(word_edges(text, *run.span())):
            for at in range(run.start(), run.end()):
                if text[at] in _ABBREVIATION:
                    yield Mention(at, at + 1, text[at], lookup()[text[at]][0])


def _asked_role(text: str, mention: Mention) -> Mention:
    """宁波对口帮扶凉山 asks about 宁波; 凉山 is the partner."""
    if mention.role == "masked":
        return mention
    role: Role = "partner" if _HELPED.search(text, 0, mention.start) else "mention"
    return replace(mention, role=role)


def _stands(text: str, start: int, end: int, name: Name) -> bool:
    """Whether a short word such as 西部 stands as a word of its own."""
    if name.kind == "block":
        return False
    if name.kind == "group" and mask_end(text, end, full=False) > 0:
        return False
    if name.kind == "group" and (len(name.surface) <= 2 or _DIRECTIONS.fullmatch(name.surface)):
        return all(word_edges(text, start, end))
    return name.kind != "home" or text[start - 1 : start] not in ("安", "健", "完", "周")


def resolve_name(name: str) -> str:
    """The code of a region given by name, path or code: 保定, 河北省保定市莲池区, 130606.

    :raises QueryError: no region has this name, or several have; the message says which come near.
    """
    codes = _codes(name)
    if len(codes) > 1:
        paths = "、".join(tree().full_name(code) for code in codes[:6])
        raise QueryError(f"“{name}”可以指多个地区：{paths}", remedy="请写全称，例如写明所属的省、市")
    return codes[0]


def resolve_names(name: str) -> tuple[str, ...]:
    """The codes of a region or of the members of a group (京津冀).

    :raises QueryError: as :func:`resolve_name`.
    """
    wanted = fold(name).strip()
    for group in tree().groups.values():
        if wanted in (group.name, *group.aliases):
            return group.members
    return (resolve_name(name),)


def _codes(name: str) -> tuple[str, ...]:
    """The codes that a name may mean, the likeliest first where one outranks the others."""
    regions = tree()
    wanted = re.sub(r"\s+", "", fold(name))
    if wanted in regions:
        return (wanted,)
    exact = lookup().get(wanted, ())
    if exact:
        named = tuple(code for code in exact if regions.get(code).name == wanted)
        if named or wanted in CONTESTED:
            return named or exact
        return tuple(code for code in exact if regions.get(code).level == regions.get(exact[0]).level)
    mentions = [m for m in region_mentions(wanted, Resolver(wanted, query=True).run().hits, "")]
    if len(mentions) == 1 and mentions[0].surface == wanted and mentions[0].role != "masked":
        return (mentions[0].code,) if mentions[0].code else mentions[0].candidates
    for group in regions.groups.values():
        if wanted in (group.name, *group.aliases):
            raise QueryError(f"“{name}”是一组地区，不是一个地区", remedy="请分别写出其中的省、市")
    near = _near_names(wanted)
    remedy = f"名称相近的有：{'、'.join(near)}" if near else "请写全称，如“河北省保定市”，或写 6 位地区代码"
    raise QueryError(f"没有叫“{name}”的地区", remedy=remedy)


def _near_names(wanted: str) -> list[str]:
    """Up to five full names that look like a wrong one."""
    regions = tree()
    close = difflib.get_close_matches(wanted, lookup(), n=5, cutoff=0.6)
    if not close and len(wanted) >= 2:
        close = [name for name in lookup() if len(name) > 1 and name[:2] == wanted[:2]][:5]
    return list(dict.fromkeys(regions.full_name(lookup()[name][0]) for name in close))
