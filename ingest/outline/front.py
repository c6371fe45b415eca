"""The head of a document: letterhead, number, title lines, the note under the title, byline, addressee."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.outline.contents import CONTENTS
from ingest.outline.info import find_info
from ingest.outline.lines import (
    DATE,
    TITLE_END,
    Line,
    close_spaces,
    is_date,
    is_number,
    is_organisation,
    joined,
)
from ingest.outline.marks import Rank
from ingest.outline.model import Role
from kb.text.shadow import fold

LONGEST = 30
"""A head has no more lines than this."""

_LETTERHEAD = re.compile(
    r"^(?:.{2,40}文\s?件|\S{2,10}(?:日报|晚报|晨报|时报|周报|周刊)|附\s*件\s*\d{0,2}\s*:?|(?:内部|特急|急件|加急|平急|秘密|机密).{0,12})$"
)
_NOTE = re.compile(
    rf"^[—―–-]{{1,3}}\s*{DATE}|^\({DATE}[^)]{{0,40}}$|^[(—―–-]*{DATE}\s*(?:在|于|经|由)?.{{0,90}}?(?:会议|大会|通过|批准|修订|修正|公布|发布|上)"
    rf".{{0,40}}[)上过订正布行]$|^\((?:{DATE}|.{{2,30}}(?:审议通过|讨论通过|征求意见稿|审议稿|草案)).{{0,60}}\)$"
)
_ISSUE = re.compile(
    rf"^(?:{DATE}\s*星期[一二三四五六日]|[(]?(?:(?:19|20)\d{{2}}年)?第\s*\d{{1,3}}\s*期).{{0,30}}$"
)
_SPOKEN = re.compile(rf"^[(]?{DATE}在.{{4,60}}(?:会议|大会)上\s.{{2,24}}$")
_PASSED = re.compile(rf"^\((?:{DATE}.{{6,400}}|[^()。]{{2,30}}{DATE})\)$")
_NOTE_GOES_ON = re.compile(r"(?:会议|大会)?上\)?$|(?:通过|修订|修正|批准|施行)\)$")
LEADER = re.compile(
    r"^.{0,24}(?:省长|市长|县长|区长|州长|盟长|旗长|主席|主任|总理|书记|院长|检察长|厅长|局长|部长|校长|同志)\s*"
    r"(?:[一-鿿]{2,4}|[一-鿿]\s+[一-鿿]{1,2}|[一-鿿]{1,8}[·•][一-鿿·•]{1,10})$"
)
BYLINE = re.compile(
    r"^(?:来源|稿源|时间|日期|发布时间|发表时间|发布日期|发布机构|作者|记者|通讯员|责任编辑|编辑|供稿|撰文|文/|图/|阅读量)\s*[:|/]?"
    r"|^.{0,24}记者\s*[^。,]{2,24}$|[(].{2,40}(?:供稿|撰稿|报道)[)]$|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
    r"|^□|(?:通讯员|特约记者)[^。]{2,20}$|(?:记者|通讯员).{1,14}摄$"
)
_EDITORIAL = re.compile(r"^(?:编者按|编者的话|.{0,4}编说|导语|导读|核心提示|摘要|提要|内容提要)\s*:?$")
_ADDRESSEE = re.compile(
    r"^(?:各|本|你|市|省|区|县|全体|尊敬的)?[^。;]{1,260}"
    r"(?:各|局|政府|部|委|厅|办|院|署|处|室|单位|机构|机关|部门|同志|代表|委员|企业|银行|学校|中心|公司|大学|会|军区|总部|团|社|"
    r"朋友|市民|家长|老师|同学|们|人|村|镇|街道)\s*(?:\([^()]{1,40}\))?:$"
)
SALUTE = re.compile(
    r"^(?:各位代表|同志们|各位委员|各位同志|朋友们|各位领导|代表同志们)[,、!:。]?(?:各位委员|同志们|朋友们)?[!:。]?$"
)
_OFFICE = re.compile(r"^.{0,16}(?:省长|市长|县长|区长|州长|主席|总理)$")
_HAN = re.compile(r"[一-鿿]")
_PERSON = re.compile(r"^[一-鿿][一-鿿·\s]{1,9}$")
_OPENS_WITH = re.compile(r"^(?:关于|印发|转发|的|和|及|与|暨|对|进一步|——|――)")
_GOES_ON = re.compile(r"(?:关于|印发|转发|的|和|及|与|暨|、|》|》等)$")


@dataclass(frozen=True, slots=True)
class Front:
    """The head of a document: a role for each of its first lines, and which of them make up the title."""

    roles: tuple[Role, ...]
    title: tuple[int, ...]
    subtitle: int | None = None

    @property
    def body(self) -> int:
        """The index of the first line after the head."""
        return len(self.roles)

    def text(self, lines: Sequence[Line]) -> str:
        """The title, its lines joined."""
        return title_text([lines[i].text for i in self.title])


def title_text(parts: Sequence[str]) -> str:
    """The lines of a title as one line; letters spread out over the line are closed up."""
    if len(parts) == 1 and sum(c == " " for c in parts[0]) < len(parts[0]) // 3:
        return re.sub(r"\s+", " ", parts[0]).strip()
    return joined([close_spaces(part) if _spread(part) else part for part in parts])


def _spread(text: str) -> bool:
    return text.count(" ") >= max(2, len(text) // 4)


def _plain(text: str) -> str:
    return re.sub(r"[\s《》“”\"|—―-]", "", text)


def line_role(line: Line, before: Role | None) -> Role | None:
    """What a line of a document's head is, title lines excepted; ``before`` is the role of the line above."""
    text = line.text
    if _LETTERHEAD.match(text) or (len(text) <= 40 and not _HAN.search(text)):
        return "letterhead"
    if is_number(text):
        return "number"
    if _is_note(line, before):
        return "note"
    if SALUTE.match(text) or (text[-1] == ":" and line.mark is None and _ADDRESSEE.match(text)):
        return "addressee"
    if _EDITORIAL.match(text):
        return "remark"
    return "byline" if _is_byline(text, before) else None


def _is_note(line: Line, before: Role | None) -> bool:
    text = line.text
    if is_date(text) or _PASSED.match(text) or _SPOKEN.match(text) or _ISSUE.match(text):
        return True
    if len(text) < 130 and _NOTE.match(text):
        return True
    return (
        before == "note" and len(text) <= 40 and line.mark is None and _NOTE_GOES_ON.search(text) is not None
    )


def _is_byline(text: str, before: Role | None) -> bool:
    if len(text) <= 60 and (BYLINE.search(text) or LEADER.match(text) or _OFFICE.match(text)):
        return True
    return (
        before == "byline"
        and len(text) <= 8
        and _PERSON.match(text) is not None
        and not TITLE_END.search(text)
    )


def _could_be_title(line: Line) -> bool:
    text = line.text
    if line.row or line.mark is not None or len(text) > 110 or (text[0] == "(" and text[-1] == ")"):
        return False
    if (len(text) > 60 and not TITLE_END.search(text)) or len(_HAN.findall(text)) < 2:
        return False
    return (line.open or text[-1] in "!?…") and not CONTENTS.match(text)


def read_front(lines: Sequence[Line], known: str = "") -> Front:
    """Read the head of a document.

    :param lines: the document's paragraphs.
    :param known: the title that the file's own metadata gives, "" if none.
    """
    wanted = _plain(fold(known))
    roles = _head(lines, wanted)
    titles = [i for i, role in enumerate(roles) if role == "title" and not _is_subtitle(lines[i])]
    chosen = _choose(lines, roles, titles, wanted)
    if chosen and not wanted and is_organisation(joined([lines[i].text for i in chosen])):
        # A body's name alone is its letterhead, not the title.
        for i in chosen:
            roles[i] = "letterhead"
        return Front(tuple(roles[: chosen[-1] + 1]), ())
    roles = _settle(lines, roles, chosen)
    subtitles = (i for i, role in enumerate(roles) if role == "title" and _is_subtitle(lines[i]))
    return Front(tuple(roles), tuple(chosen), next(subtitles, None))


def _head(lines: Sequence[Line], wanted: str) -> list[Role]:
    """The roles of the lines that may be head, as far as they go."""
    roles: list[Role] = []
    layouts = Counter(line.layout for line in lines if line.layout > 1)
    info = find_info(lines)
    for i, line in enumerate(lines[:LONGEST]):
        role = "info" if i in info else line_role(line, roles[-1] if roles else None)
        if role != "info" and _is_wanted(line, wanted):
            role = "title"
        if role is None and (
            (line.layout == 1 and line.mark is None)
            or ("title" in roles and _is_subtitle(line))
            or (layouts[line.layout] < 2 and _could_be_title(line))
        ):
            role = "title"
        if role is None:
            break
        roles.append(role)
        if role == "addressee":
            break
    return roles


def _is_wanted(line: Line, wanted: str) -> bool:
    """The line is the known title, or a part of it."""
    mine = _plain(line.text)
    if len(wanted) < 4 or len(mine) < 4:
        return False
    return mine == wanted or (len(mine) < 60 and mine in wanted and line.mark is None)


def _is_subtitle(line: Line) -> bool:
    """——某县教育发展纪实, under the title."""
    return line.mark is not None and line.mark.rank == Rank.DASH and len(line.text) <= 50 and line.open


def _choose(lines: Sequence[Line], roles: list[Role], titles: list[int], wanted: str) -> list[int]:
    """Of the lines that could be a title, those that are it: runs of neighbours, the best of the runs."""
    runs: list[list[int]] = []
    for i in titles:
        if runs and runs[-1][-1] == i - 1 and _belongs(lines, runs[-1], i, roles):
            runs[-1].append(i)
        else:
            runs.append([i])
    if not runs:
        return []

    def worth(run: list[int]) -> float:
        text = joined([lines[i].text for i in run])
        after = roles[run[-1] + 1] if run[-1] + 1 < len(roles) else None
        score = 0.0
        if wanted and (_plain(text) == wanted or _plain(text) in wanted or wanted in _plain(text)):
            score += 5 + min(len(_plain(text)), len(wanted)) / max(len(_plain(text)), len(wanted))
        if lines[run[0]].layout == 1:
            score += 3
        if TITLE_END.search(text):
            score += 2
        if after in ("number", "note", "byline", "addressee"):
            score += 1
        if 8 <= len(text) <= 80:
            score += 1
        return score - run[0] / 100

    return max(runs, key=worth)


def _belongs(lines: Sequence[Line], run: list[int], i: int, roles: list[Role]) -> bool:
    """Whether line ``i`` continues the title that ``run`` has begun."""
    so_far = joined([close_spaces(lines[j].text) for j in run])
    text = close_spaces(lines[i].text)
    if len(run) >= 4 or len(so_far) + len(text) > 140:
        return False
    if so_far.count("《") > so_far.count("》"):
        return True
    if _plain(text).startswith(_plain(so_far)) or (is_organisation(so_far) and text.startswith(so_far[:5])):
        return False
    if _OPENS_WITH.match(text) or _GOES_ON.search(so_far):
        return True
    if TITLE_END.search(so_far):
        return False
    if TITLE_END.search(text) and not re.match(r"^\d{4}年", text):
        return True
    # A title broken over lines is followed by the rest of a head; an ordinary heading is followed by prose.
    ahead = i + 1
    while ahead < len(roles) and roles[ahead] == "title" and ahead - i < 3:
        ahead += 1
    joint = joined([lines[j].text for j in range(run[0], min(ahead, len(roles)))])
    return TITLE_END.search(joint) is not None


def _settle(lines: Sequence[Line], roles: list[Role], chosen: list[int]) -> list[Role]:
    """Cut the head after its last sure line: a short line between title and prose is a heading, not head."""
    if not chosen:
        sure = [i for i, role in enumerate(roles) if role != "title"]
        return roles[: sure[-1] + 1 if sure else 0]
    last = chosen[-1]
    repeat = _plain(joined([lines[i].text for i in chosen]))
    for i, role in enumerate(roles):
        if i > last and (role != "title" or lines[i].mark is not None or _plain(lines[i].text) in repeat):
            last = i
    return roles[: last + 1]
