"""The one entry for texts: every place that names a region, with the region it means and the part it plays."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from kb.regions.homewords import resolve_home_word
from kb.regions.masks import ends_full, in_dateline, mask_end
from kb.regions.mentions import Mention, Role
from kb.regions.names import Name
from kb.regions.resolve import Hit, Resolver
from kb.regions.roles import role_of
from kb.regions.tree import NATION, tree

# 保定高新区 and 济源示范区 are run by their city, and are read as the city.
_ZONE = re.compile(
    r"(?:(?!争创|建设|国家|创建|打造|推进|和|与|及|等|、)[一-鿿]){0,4}?(?:高新技术产业|高新技术|经济技术|高新|经济|产城融合|旅游度假)?"
    r"(?:开发区|高新区|经开区|示范区|新区|工业园区|自贸区|管理区)(?![域划间])"
)
_HOME_WORD_BEFORE = frozenset("安健完齐周保自")  # 安全市, 健全县, 完全省, 自我省
_ANOTHER_WORD_AFTER = re.compile(r"[场域](?!内)|级市|[面局集]")


def find_regions(text: str, *, home: str = "", known: Collection[str] = ()) -> list[Mention]:
    """All mentions of regions in ``text``, in order, none overlapping.

    :param home: the code of the document's region, if known: it resolves ambiguous names and home words (我市),
        and tells home from partner.
    :param known: codes that the document names elsewhere (:func:`survey`), when ``text`` is only a part of it.
    :returns: mentions with offsets into ``text``. An ambiguous name has no code, and its candidates.

    >>> [(m.surface, m.code) for m in find_regions("河北省保定市与甘肃合作办学")]
    [('河北省保定市', '130600'), ('甘肃', '620000')]
    """
    resolution = Resolver(text, home, known).run()
    mentions = region_mentions(text, resolution.hits, home)
    others = [other for other in resolution.others if other[2].kind in ("home", "nation")]
    if others:
        masked = [(m.start, m.end) for m in mentions if m.role == "masked"]
        mentions.extend(_home_mentions(text, others, mentions, masked, home))
        mentions.sort(key=lambda mention: mention.start)
    return mentions


def survey(text: str, *, home: str = "") -> frozenset[str]:
    """The codes that ``text`` names beyond doubt: what :func:`find_regions` on a part of it should know."""
    return frozenset(Resolver(text, home).run().named)


def region_mentions(text: str, hits: list[Hit], home: str) -> list[Mention]:
    """Mentions from resolved hits: chains joined to one mention, institutions masked, roles told."""
    chains: list[list[Hit]] = []
    for hit in hits:
        if hit.head is not None and chains and chains[-1][-1] is hit.head:
            chains[-1].append(hit)
        else:
            chains.append([hit])
    mentions: list[Mention] = []
    free = 0
    for chain in chains:
        first, last = chain[0], chain[-1]
        if first.start < free:
            continue
        end = last.end
        beyond = mask_end(text, end, full=ends_full(last.name.surface))
        role: Role
        if beyond > 0 or in_dateline(text, first.start):
            end, role = max(end, beyond), "masked"
        else:
            zone = _ZONE.match(text, end)
            if zone and tree().get(last.code or last.candidates[0]).level == "municipal":
                end = zone.end()
            role = role_of(text, first.start, end, last.code, home) if last.code else "mention"
        free = end
        mentions.append(Mention(first.start, end, text[first.start : end], last.code, last.candidates, role))
    return _with_known_roles(mentions) if home else mentions


def _with_known_roles(mentions: list[Mention]) -> list[Mention]:
    """A region that is a partner once stays one where it is only named: the part is played in the document."""
    parts: dict[str, Role] = {}
    for mention in mentions:
        if mention.role in ("partner", "source"):
            parts.setdefault(mention.code, mention.role)
    if not parts:
        return mentions
    return [
        replace(mention, role=parts[mention.code])
        if mention.role == "mention" and mention.code in parts
        else mention
        for mention in mentions
    ]


def _home_mentions(
    text: str,
    others: list[tuple[int, int, Name]],
    mentions: list[Mention],
    masked: list[tuple[int, int]],
    home: str,
) -> list[Mention]:
    """我市, 全国 and their like; ``mentions`` tell which region was named before 该市."""
    found: list[Mention] = []
    name_ends = {mention.end for mention in mentions}
    for start, end, name in others:
        if any(low <= start < high for low, high in masked):
            continue
        if name.kind == "nation":
            found.append(Mention(start, end, name.surface, NATION, (), "mention", "nation"))
            continue
        before = text[start - 1 : start]
        if (before in _HOME_WORD_BEFORE and start not in name_ends) or _ANOTHER_WORD_AFTER.match(text, end):
            continue
        paragraph = text.rfind("\n", 0, start)
        earlier = [
            mention.code
            for mention in reversed(mentions)
            if paragraph < mention.start < start and mention.code and mention.role != "masked"
        ]
        code = resolve_home_word(name, home, earlier)
        role: Role = "home" if code and home and tree().contains(home, code) else "mention"
        found.append(Mention(start, end, name.surface, code, (), role, "home_word"))
    return found
