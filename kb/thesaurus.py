"""The policy thesaurus: terms that mean the same, for naming indicators, and terms that belong together, for search.

One table, ``kb/data/thesaurus.tsv``, one group a line; a knowledge base may add its own file of the same form
(:data:`USER_FILE` in its folder). ``=`` groups are merged when indicators are compared, ``~`` groups only widen a
search. What differs in its subject or scope (小学 and 初中, 市级 and 区级, 公办 and 民办) is never in an ``=`` group.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kb.errors import SettingsError
from kb.text.shadow import fold

DATA = Path(__file__).parent / "data" / "thesaurus.tsv"
USER_FILE = "thesaurus.tsv"


@dataclass(frozen=True, slots=True)
class Group:
    """Terms of one line; the first stands for all. ``same``: they mean the same thing; else they are only related."""

    terms: tuple[str, ...]
    same: bool
    domain: str = ""


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A term of the thesaurus at ``text[start:end]`` and what else may be said for it, the same meaning first."""

    start: int
    end: int
    term: str
    synonyms: tuple[str, ...]


_SCOPE = re.compile(
    r"^(?:全[省市县区州旗师国盟](?!域)|[我本该][省市县区州旗师]|各地|各级|其中|共有(?!产权)|累计|已|实现|全年)+"
)
_NOISE = re.compile(r"[、,。;:“”\"'《》()\[\]〔〕·\s]|的|及其|累计|共计")
_COUNT_TAIL = re.compile(r"(?<![系指参倍分常函次])(?:个数|总数|数量|总量|数)$")
_PEOPLE_TAIL = re.compile(r"(?<=[师生员长工者家才民友女童户])(?:人数|总人数)$")
_SHARE = re.compile(r"^(?P<part>.{2,}?)(?:数量?)?占(?P<whole>(?!比).{2,}?)(?:占?比[例重]|占比)$")
_TOTAL_TAIL = re.compile(r"(?:总数|总量|总额)$")
_MORE = "新增加|新增|增加|增设|扩增|增长数"
_LESS = "减少|核减|缩减"
_CHANGE_TAIL = re.compile(
    rf"^(?P<what>.{{2,}}?)(?:(?P<more>{_MORE})|(?P<less>{_LESS}))(?:数量|数|量|额|个数)?$"
)
_CHANGE_HEAD = re.compile(rf"^(?:(?P<more>{_MORE})|(?P<less>{_LESS}))(?P<what>.{{2,}})$")


def read_groups(path: Path) -> Iterator[Group]:
    """The groups of a thesaurus file.

    :raises SettingsError: a line is not of the form ``=或~<TAB>领域<TAB>首词<TAB>其余各词``.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) < 4 or cells[0] not in ("=", "~"):
            raise SettingsError(
                f"词表第 {number} 行看不懂：{line[:30]}",
                source=str(path),
                remedy="每行四列，用制表符分开：= 或 ~、领域、首词、其余各词",
            )
        terms = tuple(dict.fromkeys(fold(t) for t in [cells[2], *cells[3].split()] if t))
        yield Group(terms, cells[0] == "=", cells[1])


class Thesaurus:
    """Groups of terms, with lookup by term and by text."""

    def __init__(self, groups: Iterable[Group]) -> None:
        self.groups = tuple(groups)
        self._same: dict[str, str] = {}
        self._all: dict[str, dict[str, None]] = {}
        for group in self.groups:
            if group.same:
                head = self._same.get(group.terms[0], group.terms[0])
                for term in group.terms:
                    self._same[term] = head
        for group in sorted(self.groups, key=lambda g: not g.same):
            for term in group.terms:
                self._all.setdefault(term, {}).update(dict.fromkeys(t for t in group.terms if t != term))
        # Keys are made of names without brackets and 、, so the terms are looked for without them too.
        self._plain = {_NOISE.sub("", term): _NOISE.sub("", head) for term, head in self._same.items()}
        self._lengths: dict[str, list[int]] = {}  # of the terms by their first character, the longest first
        for term in sorted(filter(None, self._plain), key=len, reverse=True):
            lengths = self._lengths.setdefault(term[0], [])
            if len(term) not in lengths:
                lengths.append(len(term))
        self._any_pattern = _alternation(self._all)
        self._keys: dict[str, str] = {}

    def synonyms(self, term: str) -> tuple[str, ...]:
        """What else may be said for ``term``: terms of the same meaning first, then related ones."""
        return tuple(self._all.get(fold(term), ()))

    def canonical(self, term: str) -> str:
        """The term that stands for ``term``'s ``=`` group, or ``term``."""
        folded = fold(term)
        return self._same.get(folded, folded)

    def find(self, text: str) -> list[TermMatch]:
        """The thesaurus terms in ``text`` (in shadow form), the longest at each place, without overlap."""
        return [
            TermMatch(m.start(), m.end(), m.group(), self.synonyms(m.group()))
            for m in self._any_pattern.finditer(text)
        ]

    def normalise_indicator(self, text: str) -> str:
        """The key under which an indicator meets others that mean the same (学位增加数, 新增学位 → 新增学位).

        Scope words (全市, 我省), 的 and a counting 数 fall away, synonyms become their group's first term, and a
        change stands before what changes. Every other word stays, so what differs in a qualifier differs in its key.
        """
        return self.key_of(fold(text))

    def key_of(self, text: str) -> str:
        """:meth:`normalise_indicator` of a text in shadow form."""
        key = self._keys.get(text)
        if key is None:
            if len(self._keys) > 50_000:
                self._keys.clear()
            key = self._keys[text] = self._normalise(text)
        return key

    def _normalise(self, text: str) -> str:
        key = _NOISE.sub("", text)
        key = _SCOPE.sub("", key) or key
        key = self._replace(self._plain.get(key) or _part_in_whole(key))
        key = _COUNT_TAIL.sub("", _PEOPLE_TAIL.sub("", key)) or key
        key = self._replace(key)
        change = _CHANGE_TAIL.match(key) or _CHANGE_HEAD.match(key)
        if change:
            key = ("新增" if change["more"] else "减少") + _COUNT_TAIL.sub("", change["what"])
            key = self._replace(key)
        return key.lower()

    def _replace(self, text: str) -> str:
        """The terms in ``text``, the longest at each place, by what stands for them."""
        if self._lengths.keys().isdisjoint(text):
            return text
        parts: list[str] = []
        at = copied = 0
        while at < len(text):
            lengths = self._lengths.get(text[at], ())
            term = next((text[at : at + n] for n in lengths if text[at : at + n] in self._plain), None)
            if term is None:
                at += 1
                continue
            parts += (text[copied:at], self._plain[term])
            at = copied = at + len(term)
        return "".join((*parts, text[copied:]))


def _part_in_whole(key: str) -> str:
    """骨干教师占交流轮岗教师总数比例 in the form 交流轮岗教师中骨干教师占比."""
    share = _SHARE.match(key)
    if share is None:
        return key
    part, whole = share["part"], _COUNT_TAIL.sub("", _TOTAL_TAIL.sub("", share["whole"]))
    return f"{whole}中{part_of(part, whole)}占比"


def part_of(part: str, whole: str) -> str:
    """``part`` without the words that it begins with like ``whole``: (交流轮岗骨干教师, 交流轮岗教师) → 骨干教师."""
    shared = 0
    for left, right in zip(part, whole, strict=False):
        if left != right:
            break
        shared += 1
    return part[shared:] if shared >= 2 and len(part) - shared >= 2 else part


def _alternation(terms: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(terms, key=lambda t: (-len(t), t))
    return re.compile("|".join(map(re.escape, ordered)) or r"(?!)")


@lru_cache(maxsize=8)
def load_thesaurus(folder: Path | None = None) -> Thesaurus:
    """The thesaurus of the program, with the groups of ``folder``'s own :data:`USER_FILE` where there is one.

    :raises SettingsError: the user's file has a line that cannot be read.
    """
    groups = list(read_groups(DATA))
    if folder is not None and (folder / USER_FILE).is_file():
        groups.extend(read_groups(folder / USER_FILE))
    return Thesaurus(groups)


def normalise_indicator(text: str, thesaurus: Thesaurus | None = None) -> str:
    """:meth:`Thesaurus.normalise_indicator` of the given or the program's own thesaurus."""
    return (thesaurus or load_thesaurus()).normalise_indicator(text)


def synonyms(term: str, thesaurus: Thesaurus | None = None) -> tuple[str, ...]:
    """:meth:`Thesaurus.synonyms` of the given or the program's own thesaurus."""
    return (thesaurus or load_thesaurus()).synonyms(term)
