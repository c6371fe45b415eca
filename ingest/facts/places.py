"""The region of a quantity: the document's, unless the subject of its clause is another region."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ingest.facts.clauses import Clause, Sentence
from ingest.facts.model import Quantity
from ingest.facts.phrases import is_relational, is_verb_first, strip_lead
from kb.regions import NATION, Mention, find_regions, tree

_BESIDE = re.compile(
    r"(?:与|同|和|及|、|跟|对|向|为|从|到|至|赴|去|于|援|帮扶|支持|推动|加快|建设|推进|支援|选派|借助|依托|来自|由|经|"
    r"等|以|建成|打造)$"
)
_SEATED = re.compile(r"(?:属于?|位于|地处|隶属于?)(?:[一-鿿]{2,8})?$")
_LISTED = re.compile(r"^(?:、|和|与|及|等|至|—|-|~|到|以及|/)")
_OWN_SCOPE = re.compile(r"\s*(?:全[省市县区州旗国]|我[省市县区])")
_SPLIT = re.compile(
    r"^(?:省|市|县|区)?(?:港|站|路|线|段|机场|大桥|高铁|铁路|高速|号|籍|人|话|菜|版|造|产|杯|奖|大学|学院|中学|小学|医院)"
)
_LEADING = re.compile(
    r"^(?:[\s在仅,《]|每年|今年|去年|当年|目前|截至目前|据介绍|其中|同时|近年来|已|一是|二是|三是|四是|五是|例如|如|比如|以|自|"
    r"[(（][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十\d]+[、.]|——|\d+月|\d+年|\d+日|初|底|以来|末)*$"
)


class Places:
    """The regions named in one paragraph, looked up by clause."""

    def __init__(self, text: str, start: int, end: int, home: str) -> None:
        self.home = home
        self._last = home
        self._start = start
        self._text = text
        found = find_regions(text[start:end], home=home)
        linked = _linked(home)
        self._topic = next((m.code for m in found if m.code and self._is_seat(m, start)), "")
        self._mentions = [
            m for m in found if m.role != "masked" and m.code and m.code != home and m.code not in linked
        ]

    def of(self, quantity: Quantity, clause: Clause, sentence: Sentence) -> str:
        """The code of the region that ``quantity`` is about."""
        if not self._mentions:
            return self.home
        if self._text.startswith("其中", sentence.start):
            return self._last
        self._last = self._governing(quantity, clause, sentence)
        return self._last

    def _governing(self, quantity: Quantity, clause: Clause, sentence: Sentence) -> str:
        at = clause.index
        for index in range(at, -1, -1):
            here = sentence.clauses[index]
            stop = quantity.start if index == at else here.end
            subject = self._subject(here.start, stop)
            if subject and index != at and not self._carries(here, clause, quantity):
                break
            if subject:
                return subject
            if self._other_subject(here, stop):
                return self.home
        return self._topic or self.home

    def _is_seat(self, mention: Mention, start: int) -> bool:
        """马鬃山村属湖北省巴东县: a paragraph that begins so is about a place of that region."""
        before = self._text[start : start + mention.start]
        if len(before) > 16 or not _SEATED.search(before) or mention.role == "masked":
            return False
        if not self.home:  # nobody knows what the document is about
            return False
        return self.home == NATION or mention.code in tree().descendants(self.home)

    def aligned(self, run: Sequence[Quantity], sentence: Sentence) -> list[str]:
        """黄埔区、番禺区、南沙区 … 分别为 three values: one region each; [] where the lists don't match."""
        lists: list[list[Mention]] = []
        for mention in self._mentions:
            start = self._start + mention.start
            if not sentence.start <= start < run[0].start or mention.kind != "region":
                continue
            if lists and self._text[self._start + lists[-1][-1].end : start] in ("、", "和", "与", "及"):
                lists[-1].append(mention)
            else:
                lists.append([mention])
        for group in reversed(lists):
            if len(group) == len(run):
                return [m.code for m in group]
        return []

    def _carries(self, earlier: Clause, clause: Clause, quantity: Quantity) -> bool:
        """Whether the subject of an earlier clause is still that of this one: 在常山, or a clause without a subject."""
        if earlier.end - earlier.start <= 10:
            return True
        left = strip_lead(self._text[clause.start : quantity.start])
        return not left or is_relational(left) or is_verb_first(left)

    def _subject(self, start: int, stop: int) -> str:
        for mention in self._mentions:
            begin, end = self._start + mention.start, self._start + mention.end
            if not start <= begin < stop or end > stop:
                continue
            before = self._text[start:begin]
            if not _LEADING.match(before):
                return ""
            after = self._text[end : end + 6]
            if (
                mention.role in ("partner", "source")
                or _BESIDE.search(before)
                or _LISTED.match(after)
                or self._text.endswith("等", begin, stop)
                or _SPLIT.match(after)
            ):
                return ""
            if any(
                o is not mention
                and o.code != NATION
                and start <= self._start + o.start < stop
                and not self._within(o.code, mention.code)
                for o in self._mentions
            ):
                return ""
            if mention.code == NATION and self.home != NATION:
                return ""
            return mention.code
        return ""

    @staticmethod
    def _within(code: str, other: str) -> bool:
        return code == other or code in tree().descendants(other) or other in tree().descendants(code)

    def _other_subject(self, clause: Clause, stop: int) -> bool:
        return _OWN_SCOPE.match(self._text, clause.start, stop) is not None


@lru_cache(maxsize=64)
def _linked(home: str) -> frozenset[str]:
    """Codes that stand for the same people as ``home`` elsewhere in the tree (第二师 for 铁门关市)."""
    if not home or home not in tree():
        return frozenset()
    here = tree().get(home)
    return frozenset({*here.links, *(r.code for r in tree() if home in r.links)})


def region_names(code: str) -> tuple[str, ...]:
    """What a region is called, long names first, for taking it off the front of an indicator."""
    region = tree().get(code) if code and code in tree() else None
    if region is None:
        return ()
    names = {region.full_name, region.name, *region.aliases}
    return tuple(sorted((n for n in names if len(n) > 1), key=len, reverse=True))
