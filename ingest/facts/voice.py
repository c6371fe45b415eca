"""How a stretch of text speaks: of what is done, of what is intended, or of what is required."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kb.periods import PLANS, plan_years

Mood = Literal["report", "plan", "norm"]
"""What a text does: a report tells, a plan intends, a norm requires."""

_PLAN_TITLE = re.compile(
    r"(?:意见|方案|规划|纲要|计划|要点|若干措施|行动|举措|工作安排|任务清单|建议|批复)(?:的通知|[(（].{0,12}[)）]|》)*$"
)
_NORM_TITLE = re.compile(
    r"(?:办法|条例|细则|规定|标准|准则|规程|规则|指引|指南|通告|公告|须知|清单|问答|解答|问题|目录|法|简介|流程|详解|"
    r"攻略|条件|标准的通知)(?:的通知|[(（].{0,12}[)）]|》|\s)*$"
)
_REPORT_TITLE = re.compile(
    r"工作报告|(?:报告|综述|案例|总结|情况|纪实|经验|做法|侧记|解读|成效|通报|实践|探索)[^,。]{0,4}$"
)
_QUESTION_TITLE = re.compile(r"如何|怎[么样]|能否|[吗?]|问答|申领|请查收|一文")
_NOTICE_TITLE = re.compile(r"(?:通知|决定|公告|通告)\s*$")
_PLAN_HEADING = re.compile(
    r"(?:(?:主要|发展|预期|工作|总体|建设|任务|具体)目标|^[^,]{0,8}目标(?:任务|要求)?$|今年工作|重点工作|工作安排|"
    r"下一步|主要任务|工作任务|总体要求|预期(?=目标|指标)|任务举措|工作重点|工作部署|重点抓好|工作打算|未来|奋斗|做好.{0,6}工作|"
    r"重点任务|对今年|主要考虑|开好局|起好步|政府工作的建议|年工作|民生实事|政策取向|目标任务|奋斗目标|工作建议|工作思路)"
)
_DONE_HEADING = re.compile(
    r"(?:回顾|过去|完成情况|主要成效|取得|总结|成就|成效|进展|发展基础|发展现状|现状|面临形势|发展环境|年工作(?:回顾|情况)|历程)"
)
_AHEAD_HEADING = re.compile(
    r"(?:目标|预期(?=目标|指标)|今年|下一步|工作安排|工作部署|打算|未来|工作建议|开好局|起好步|的建议|重点任务$|主要任务$|总体要求|主要考虑)"
)
_STAGED_TITLE = re.compile(r"报告|总结|汇报|讲话")
_STILL_DONE = re.compile(r"回顾|过去|完成情况|发展基础|现状|成就")
_PLAN_NAME = re.compile(
    "“(十[一二三四五六七八九]?)五”|(?<!第)(十[一二三四五六七八九])五(?=时期|规划|期间|末)"
)
_FORWARD = re.compile(r"(?:今后|未来)(?:五|几|一个)|(?:主要|发展|奋斗|预期|总体)目标|展望20\d\d年")
_YEAR = re.compile(r"(20\d{2})年")
_SPOKEN = re.compile(r"(?<![到至向前])(20\d{2})年(?:以来|起|\d{1,2}月(?!底?前)|被|获)")
_OPENING_MONTHS = ("", "01", "02", "03", "04")


@dataclass(frozen=True, slots=True)
class Voice:
    """The mood of a paragraph, and when its document speaks.

    :ivar published: ISO date of the document, or the latest year that it speaks of as past, or "".
    :ivar guessed: ``published`` is such a year, so the document may be later.
    :ivar section_year: the year that its headings name, 0 for none.
    :ivar looking_back: a heading says that the section reviews what has been done.
    :ivar mixed: its heading announces both, first what has been done and then what is to be done.
    """

    mood: Mood
    published: str = ""
    section_year: int = 0
    title: str = ""
    guessed: bool = False
    looking_back: bool = False
    mixed: bool = False

    @property
    def year(self) -> int:
        """The year of ``published``, 0 if unknown."""
        return int(self.published[:4]) if self.published[:4].isdigit() else 0

    @property
    def opens_the_year(self) -> bool:
        """Whether the document may be a report of the first months of its year."""
        return self.published[5:7] in _OPENING_MONTHS


def voice(title: str, kind: str, headings: Sequence[str], published: str, stage: Mood | None = None) -> Voice:
    """How a paragraph speaks, from its heading path, else from the document's title and kind.

    :param stage: what the part of a report is whose own heading doesn't tell (see :func:`stages`).
    """
    section_year = 0
    mood: Mood | None = None
    back = mixed = False
    for heading in headings:
        years = _years_of(heading)
        if years:
            section_year = max(years)
        if _DONE_HEADING.search(heading) and (mood != "plan" or _STILL_DONE.search(heading)):
            mood, back, mixed = "report", True, _AHEAD_HEADING.search(heading) is not None
        elif back and not _AHEAD_HEADING.search(heading):
            continue
        elif _is_plan(heading, published):
            mood, back, mixed = "plan", False, False
    mood = mood or stage
    back = back or (stage == "report" and mood == "report")
    mood = mood or _title_mood(title, kind)
    return Voice(mood, published, section_year, title, looking_back=back, mixed=mixed)


def turns_forward(text: str, start: int, end: int, published: str) -> bool:
    """Whether a paragraph of a section of both kinds is where it begins to speak of what is to be done."""
    if _FORWARD.search(text, start, end):
        return True
    year = published[:4]
    return bool(year) and any(
        plan_years(PLANS[f"{m[1] or m[2]}五"])[0] >= int(year) for m in _PLAN_NAME.finditer(text, start, end)
    )


def stages(title: str, paths: Sequence[Sequence[str]], published: str) -> dict[str, Mood]:
    """What each outermost section of a report does: it looks back first, and from its first plan on it plans.

    :param paths: the heading paths of the document in order.
    """
    found: dict[str, Mood] = {}
    if not _STAGED_TITLE.search(title):
        return found
    planning = False
    for path in paths:
        if not path or path[0] in found:
            continue
        done = _DONE_HEADING.search(path[0]) is not None
        planning = not done and (planning or _is_plan(path[0], published))
        if done or planning:
            found[path[0]] = "report" if done else "plan"
    return found


def _years_of(heading: str) -> list[int]:
    """The years that a heading names, those of a five-year plan by its last."""
    years = [int(y) for y in _YEAR.findall(heading)]
    return years + [plan_years(PLANS[f"{a or b}五"])[1] for a, b in _PLAN_NAME.findall(heading)]


def _is_plan(heading: str, published: str) -> bool:
    """Whether a heading announces what is to be done: 主要预期目标, or 2026年重点工作 in a report of early 2026."""
    years = _years_of(heading)
    year = int(published[:4]) if published[:4].isdigit() else 0
    if _PLAN_HEADING.search(heading):
        return not (years and year and max(years) < year)
    return bool(years and year and max(years) >= year and published[5:7] in _OPENING_MONTHS)


def latest_year(text: str, start: int, end: int) -> str:
    """The latest year that ``text[start:end]`` speaks of as past or present, "" if it dates nothing so."""
    return max(_SPOKEN.findall(text, start, end), default="")


def _title_mood(title: str, kind: str) -> Mood:
    for words in (title.strip(), kind):
        if _REPORT_TITLE.search(words):
            return "report"
        if _NORM_TITLE.search(words):
            return "norm"
        if _PLAN_TITLE.search(words):
            return "plan"
    return "norm" if _NOTICE_TITLE.search(title) or _QUESTION_TITLE.search(title) else "report"
