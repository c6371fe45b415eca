"""The region that a text as a whole speaks of, by its mentions and home words: the last resort."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from kb.regions.find import find_regions
from kb.regions.homewords import home_node
from kb.regions.mentions import Mention
from kb.regions.tree import NATION, tree

_WEIGHT = {"mention": 1.0, "home": 1.0, "masked": 0.4, "source": 0.2, "partner": 0.2}
_OWN = re.compile(r"[我本全]([省市县区旗州盟师])")
# A local text speaks of 全国 too, and of what the State wants; only a national one says 我国 again and again.
_NATIONAL = {"我国": 1.0, "各省、自治区": 3.0, "全党": 1.0, "全国": 0.25, "国务院": 0.25}
# What speaks of the whole country in a text that names no region at all.
_NATION_ONLY = re.compile(r"中共|中国共产党|中华人民共和国|党中央|国务院|我国|全国|各省、自治区")
_CITED = re.compile(r"《[^》\n]{2,60}》")
_CITED_WEIGHT = 0.3
# Less than one plain mention is no ground: a school's name, a partner, a cited title.
_LEAST = 0.7
_SPREAD = 5


def home_units(mentions: Sequence[Mention]) -> Counter[str]:
    """How often a text says 我省, 我市, 本县 …, by the level word."""
    found = (_OWN.fullmatch(mention.surface) for mention in mentions if mention.kind == "home_word")
    return Counter(match.group(1) for match in found if match)


@dataclass(slots=True)
class _Tally:
    """Weights by region: ``own`` for its own mentions, ``all`` with half of those below it; and its words."""

    own: dict[str, float] = field(default_factory=dict)
    all: dict[str, float] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)


def _tally(text: str, mentions: Sequence[Mention]) -> _Tally:
    regions = tree()
    tally = _Tally()
    plain: set[str] = set()
    early = len(text) / 5
    titles = [found.span() for found in _CITED.finditer(text)]
    for mention in mentions:
        code = mention.code
        if mention.kind != "region" or not code:
            continue
        weight = _WEIGHT[mention.role] * (1.5 if mention.start < early else 1.0)
        if _inside(mention.start, titles):
            weight *= _CITED_WEIGHT
        tally.own[code] = tally.own.get(code, 0) + weight
        if mention.role != "masked" and code not in plain:
            plain.add(code)
            tally.words[code] = mention.surface
        for above in (code, *regions.ancestors(code)[:-1]):
            tally.all[above] = tally.all.get(above, 0) + weight
            tally.words.setdefault(above, mention.surface)
            weight /= 2
    return tally


def vote(text: str, *, known: Collection[str] = ()) -> tuple[str, str]:
    """The region that most of a text is about, and the words that speak for it most; ("", "") if none does.

    Each mention counts for its region and, by half, for those above it; names of schools and partners count
    little, the first fifth of the text more. Home words tell the level: a text that says 我市 is a city's.
    """
    mentions = find_regions(text, known=known)
    tally = _tally(text, mentions)
    national = sum(text.count(word) * weight for word, weight in _NATIONAL.items())
    units = home_units(mentions)
    unit, said = units.most_common(1)[0] if units else ("", 0)
    if said and said >= national:
        code = _at_unit(tally.all, unit)
        if code:
            return code, tally.words[code]
    if not tally.own:
        spoken = None if said else _NATION_ONLY.search(text)
        return (NATION, spoken.group()) if spoken else ("", "")
    return _most_named(tally, national)


def _most_named(tally: _Tally, national: float) -> tuple[str, str]:
    regions = tree()
    provinces = {(regions.ancestors(code)[:-1] or (code,))[-1] for code in tally.own}
    best, most = max(tally.own.items(), key=lambda item: (item[1], tally.all[item[0]]))
    share = most / sum(tally.own.values())
    spread = len(provinces) >= _SPREAD
    if national >= 3 and (national > sum(tally.own.values()) or (spread and share < 0.5)):
        return NATION, ""
    if spread and share < 0.34:
        return (NATION, "") if national else ("", "")
    return (best, tally.words[best]) if most >= _LEAST else ("", "")


def _inside(place: int, spans: list[tuple[int, int]]) -> bool:
    index = bisect_right(spans, (place, place)) - 1
    return index >= 0 and spans[index][0] <= place < spans[index][1]


def _at_unit(scores: Mapping[str, float], unit: str) -> str:
    """The best region of the level that 我市 or 我县 tells."""
    fitting = {code: score for code, score in scores.items() if home_node(unit, code) == code}
    return max(fitting, key=lambda code: fitting[code]) if fitting else ""
