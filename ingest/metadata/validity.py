"""From when to when a document is in force, and which documents it abolishes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.metadata.dates import find_dates, years_after
from ingest.outline.lines import NUMBER

_SELF = (
    r"(?:本|此|该)(?:[一-鿿]{0,6})(?:通知|意见|办法|条例|规定|细则|方案|决定|规则|规程|公告|通告|措施|制度|"
    r"标准|指引|要点|章程|法|文件|令|批复|预案|指南)"
)
_FORCE = re.compile(
    rf"(?P<self>{_SELF})?[^。;]{{0,20}}?自(?P<when>[^。;,]{{2,24}}?)(?:之日)?起(?:正式)?(?:施行|实施|执行|生效|试行)"
)
_ON_ISSUE = re.compile(r"(?:发布|印发|公布|下发|颁布|发文|签发|通过)")
_TERM = re.compile(
    r"(?:有效期|试行期|执行期限?|实施期限?)(?:限)?(?:为|至|到|:)?\s*(?P<years>\d{1,2}|[一二三四五六七八九十])\s*年"
)
_UNTIL = re.compile(r"有效期(?:限)?(?:至|到|截至|截止到|自[^。;]{2,40}?(?:至|到))\s*(?P<date>[^。;,]{4,24})")
_REPEAL = re.compile(
    r"同时(?:予以)?废止|(?:同时|即行|一并|予以|相应)(?:废止|失效|停止执行)|不再(?:执行|施行|适用)"
)
_ABOLISH = re.compile(r"废止(?=《|[^。;]{0,12}《)")
_NAMED = re.compile(rf"《(?P<title>[^《》]*(?:《[^《》]*》[^《》]*)*)》\s*(?:\((?P<number>{NUMBER})\))?")
_NUMBER_ONLY = re.compile(rf"\((?P<number>{NUMBER})\)")
_DEAD = re.compile(
    r"(?:已|现已|予以)\s*(?:废止|失效)|(?:有效性|时效性|状态)\s*[::]?\s*(?:失效|废止|已失效|已废止)|\((?:已)?(?:失效|废止)\)"
)
_FIGURES = {c: i for i, c in enumerate("一二三四五六七八九十", 1)}


@dataclass(frozen=True, slots=True)
class Said:
    """A value with the words that say it and their place in the text that was searched."""

    value: str
    start: int
    end: int


def find_force(text: str) -> Said | None:
    """From when the document is in force: a date, or ``"issue"`` where it says from its publication on."""
    if "起" not in text:
        return None
    best: Said | None = None
    for match in _FORCE.finditer(text):
        when = match["when"]
        dates = [iso for _, _, iso in find_dates(when)]
        value = dates[0] if dates else "issue" if _ON_ISSUE.search(when) else ""
        if value and (match["self"] or best is None):
            best = Said(value, match.start(), match.end())
            if match["self"]:
                break
    return best


def find_expiry(text: str, start_day: str) -> Said | None:
    """Until when it is in force; a term of years counts from ``start_day`` (ISO, "" if unknown)."""
    if "期" not in text:
        return None
    until = _UNTIL.search(text)
    if until:
        for _, _, iso in find_dates(until["date"]):
            return Said(iso, until.start(), until.end())
    term = _TERM.search(text)
    if term and start_day:
        years = int(term["years"]) if term["years"].isdigit() else _FIGURES.get(term["years"], 0)
        day = years_after(start_day, years)
        if years and day:
            return Said(day, term.start(), term.end())
    return None


def find_repeals(text: str, start: int = 0, end: int | None = None) -> tuple[list[str], int, int]:
    """The titles and numbers that ``text`` abolishes, and the span of the first sentence that does."""
    stop = len(text) if end is None else end
    named: list[str] = []
    first = (-1, -1)
    for match in (*_REPEAL.finditer(text, start, stop), *_ABOLISH.finditer(text, start, stop)):
        begin = (
            max(text.rfind("。", start, match.start()), text.rfind("\n", start, match.start()), start - 1) + 1
        )
        finish = text.find("。", match.end(), stop)
        finish = stop if finish < 0 else finish
        window = (begin, match.start()) if match.re is _REPEAL else (match.end(), finish)
        found = _names(text[window[0] : window[1]])
        for name in found:
            if name not in named:
                named.append(name)
        if found and first[0] < 0:
            first = (begin, min(finish + 1, stop))
    return named, first[0], first[1]


def _names(text: str) -> list[str]:
    force = text.rfind("施行")
    # 依照《甲法》制定的本办法自…起施行,《乙办法》同时废止: only what stands after 施行 is abolished.
    tail = text[force:] if force >= 0 and "《" in text[force:] else text
    names: list[str] = []
    for match in _NAMED.finditer(tail):
        if match["title"]:
            names.append(match["title"])
        if match["number"]:
            names.append(re.sub(r"\s", "", match["number"]))
    if not names:
        names = [re.sub(r"\s", "", m["number"]) for m in _NUMBER_ONLY.finditer(tail)]
    return names


def is_dead(text: str) -> bool:
    """The page says that the document is no longer in force."""
    return _DEAD.search(text) is not None
