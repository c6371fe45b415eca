"""What one line of an official document looks like: its mark, its ending, and the plain tells of its kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.cleaning.model import CleanSource
from ingest.outline.marks import Mark, read_mark

_DAY = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
DATE = rf"(?:\d{{4}}|[一二三四五六七八九〇○ＯO零0]{{4}})\s*年\s*(?:{_DAY})\s*月(?:\s*(?:{_DAY})\s*日)?"
NUMBER = (
    r"(?:[一-鿿]{1,14}(?:〔(?:19|20)\d{2}〕|\[(?:19|20)\d{2}\]|\((?:19|20)\d{2}\)|【(?:19|20)\d{2}】)\s*第?\s*\d{1,5}\s*号"
    r"|[一-鿿]{0,20}(?:令|公告|通告)?\s*\(?(?:〔[一-鿿\d]{2,6}〕)?\s*第\s*(?:\d{1,5}|[一二三四五六七八九十百〇零]{1,6})\s*号\)?)"
)
_ENDS = frozenset("。!?;:,、…")
_PROSE_END = re.compile(r"[。!?;:…][”’」』》)\]】〕\"']*$")
DATE_LINE = re.compile(rf"^\(?{DATE}\)?$")
NUMBER_LINE = re.compile(rf"^{NUMBER}$")
ORGANISATION = re.compile(
    r"(?:人民政府|政府|国务院|办公厅|办公室|[政审改网信组宣]办|委员会|常委会|党委|省委|市委|县委|区委|州委|党组|军委|[部委局厅署院会团处社司]|"
    r"中心|小组|指挥部|公司|集团|学校|大学|学院|中学|小学|协会|联合会|法院|检察院|工会|银行|支队|街道|管委会|总局|"
    r"\(代章\)|\(印章\)|\(章\))\)?$"
)
_NOT_ORGANISATION = re.compile(r"[。;:!?“”《》]|^[(]?(?:一|二|三|四)、|^\d")
KIND_WORDS = (
    "通知|意见|办法|方案|规划|通报|报告|条例|规定|决定|决议|批复|复函|函|公告|通告|公报|纲要|细则|规则|规程|章程|准则|"
    "指南|指引|要点|计划|措施|答复|命令|令|议案|提案|清单|目录|名单|标准|规范|预案|制度|解读|综述|简介|说明|总结|讲话|纪要|"
    "倡议书|白皮书|建议|工作安排|安排|案例|建设方案|请示|法"
)
TITLE_END = re.compile(rf"(?:{KIND_WORDS})(?:\s*[(〔].{{1,24}}[)〕])?(?:的补充|\s*全文)?$")
_SPACED = re.compile(r"(?<=[一-鿿])\s+(?=[一-鿿])")


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph as the outline sees it; ``start`` and ``end`` are shadow offsets.

    :ivar layout: the loader's heading rank, 0 for a heading of unknown rank, -1 for plain text.
    :ivar row: a table row.
    :ivar prose: the line ends as a sentence does.
    """

    text: str
    start: int
    end: int
    mark: Mark | None
    layout: int
    row: bool
    prose: bool

    @property
    def open(self) -> bool:
        """The line ends without any stop, as titles and headings do."""
        return self.text[-1] not in _ENDS and not self.prose

    def short(self, limit: int = 30) -> bool:
        """A line without a stop and of at most ``limit`` characters."""
        return len(self.text) <= limit and self.open


def read_lines(clean: CleanSource, first: int, last: int) -> list[Line]:
    """The paragraphs ``[first, last)`` of a cleaned source."""
    shadow, origin, source = clean.shadow.text, clean.shadow.origin, clean.loaded.text
    lines: list[Line] = []
    for paragraph in clean.paragraphs[first:last]:
        text = shadow[paragraph.start : paragraph.end]
        circled = text.startswith("(") and "①" <= source[origin[paragraph.start]] <= "⑳"
        block = paragraph.block
        lines.append(
            Line(
                text=text,
                start=paragraph.start,
                end=paragraph.end,
                mark=read_mark(text, circled=circled),
                layout=block.level if block is not None and block.kind == "heading" else -1,
                row=block is not None and block.kind == "row",
                prose=_PROSE_END.search(text, max(0, len(text) - 6)) is not None,
            )
        )
    return lines


def spelled(clean: CleanSource, start: int, end: int) -> str:
    """The source characters behind ``shadow.text[start:end]``: as the document writes it, what was cut left out."""
    source = clean.loaded.text
    places = dict.fromkeys(clean.shadow.origin[start:end])
    return "".join([source[place] for place in places])


def is_date(text: str) -> bool:
    """A line that is a date and nothing else."""
    return len(text) <= 24 and DATE_LINE.match(text) is not None


def is_number(text: str) -> bool:
    """A line that is a document number (文号) and nothing else."""
    return len(text) <= 45 and text.endswith(("号", "号)")) and NUMBER_LINE.match(text) is not None


def is_organisation(text: str) -> bool:
    """A line that could be the name of one or several issuing bodies."""
    return (
        2 <= len(text) <= 60 and ORGANISATION.search(text) is not None and not _NOT_ORGANISATION.search(text)
    )


def close_spaces(text: str) -> str:
    """Titles are spread with spaces (总　则, 几 个 问 题): drop those between Chinese characters."""
    return _SPACED.sub("", text)


def joined(lines: Sequence[str]) -> str:
    """The lines of one title as one; a space stays where both sides are whole names."""
    return "".join(line.strip() for line in lines)
