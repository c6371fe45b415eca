"""From a document to its clauses: the statements of targets, requirements and measures that can be answered.

A clause is a paragraph without its number and run-in heading; a long paragraph is cut into its sentences. Purposes,
definitions, scopes and introductions to a list ask nothing of anyone and are no clauses.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.model import Fact, Passage, Section
from kb.periods import find_periods
from kb.text.sentences import sentences
from kb.text.shadow import fold
from search.compare.material import Material, head_row, identity
from search.compare.model import Clause, ClauseKind

LONGEST = 140
"""Characters above which a paragraph of several sentences is cut into clauses of one sentence each."""
_SHORTEST = 8

_ENDED = re.compile(r"[。!?！？;；:：…”」)）]\s*$")
_NUMBERING = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零〇\d]+[条款项]|[(（][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+、|"
    r"\d{1,3}(?:[.．、](?!\d)|(?=[)）])[)）])|[①-⑳])[\s　]*"
)
_SECTION_NUMBER = re.compile(r"\s*第[一二三四五六七八九十百零〇\d]+[编章节条款项][\s　]*")
_SKIPPED = re.compile(
    r"(?:制定(?:本|此|了本)[^,，。]{1,8}[。.]?$|^本[^,，。]{1,6}适用|^本[^,，。]{1,6}所称|^评估内容包括"
    r"|自[^,，。]{1,16}起(?:施行|实施|执行)|由[^,，。]{2,20}负责解释|(?:要点|现将[^。]*|有关事项通知)如下[。:：]?$"
    r"|[:：]$|^本文[是为]|^(?:附件|抄送|来源|说明|体裁|层级|时效|地区|标题|发文机关|文号|成文日期)[:：\t])"
)
_NORM = re.compile(
    r"应当|应该|必须|不得|不低于|不少于|不超过|不高于|不大于|不小于|至少|严禁|禁止|以上|以下|以内|达到|统一|确保|须"
)
_AIM = re.compile(r"力争|目标|基本建成|基本形成|基本实现|显著提升|明显提高|初步建立|全面建成")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A clause before it is judged: source offsets, and the passage it stands in."""

    start: int
    end: int
    passage: Passage


def clauses_of(material: Material) -> tuple[Clause, ...]:
    """The clauses of a document, in order."""
    found = []
    for stretch in stretches(material):
        text = fold(material.text[stretch.start : stretch.end])
        if _SKIPPED.search(text) or _is_head(material.text, stretch):
            continue
        citation = material.cite(stretch.start, stretch.end, stretch.passage.section)
        found.append(Clause(clause_key(material, text), citation, _kind(material, stretch, text)))
    return tuple(found)


def _is_head(text: str, stretch: Stretch) -> bool:
    """Whether this is the head of a table: the first of several rows."""
    row = text[stretch.start : stretch.end]
    below = text[stretch.end + 1 :].partition("\n")[0] if "\t" in row else ""
    return "\t" in below and head_row(text, stretch.start).strip() == row.strip()


def clause_key(material: Material, text: str) -> str:
    """The key of a clause: the identity of its document and its wording, white space aside."""
    wording = re.sub(r"\s+", "", fold(text))
    name = identity(material.document)
    return f"{name}:{hashlib.sha256(wording.encode()).hexdigest()[:16]}"


def facts_in(material: Material, start: int, end: int) -> tuple[Fact, ...]:
    """The facts whose number stands in ``text[start:end]``."""
    return tuple(fact for fact in material.facts if start <= fact.start < end)


def stretches(material: Material) -> Iterator[Stretch]:
    """The body of a document in pieces of the size of a clause, headings and numbering left out."""
    seen = -1
    for passage in material.passages:
        if passage.role in ("contents", "preface"):
            continue
        for start, end in _paragraphs(material, passage):
            begin = _after_heading(material, max(start, seen), end)
            for first, last in _pieces(material.text, begin, end, table=passage.role == "table"):
                if last - first >= _SHORTEST and last > seen:
                    yield Stretch(first, last, passage)
        seen = max(seen, passage.end)


def _paragraphs(material: Material, passage: Passage) -> Iterator[tuple[int, int]]:
    """The lines of a passage; a line broken in the middle of a sentence is joined with the next."""
    heads = {section.start for section in material.sections}
    start = -1
    for match in re.finditer(r"[^\n]+", material.text[passage.start : passage.end]):
        left, right = passage.start + match.start(), passage.start + match.end()
        if start < 0:
            start = left
        line = material.text[left:right]
        following = material.text[right + 1 : right + 40].lstrip()
        stop = right >= passage.end or any(right < head <= right + 4 for head in heads)
        if stop or "\t" in line or len(line) < 20 or _ENDED.search(line) or _NUMBERING.match(following):
            yield start, right
            start = -1
    if start >= 0:
        yield start, passage.end


_SENTENCE_MARK = re.compile(r"[，,；;：:。](?=.{2})")


def _after_heading(material: Material, start: int, end: int) -> int:
    """Where the text begins after headings and numbering.

    A heading that is a statement itself (每名督学负责4所幼儿园。) is text: it has a number, or it is a sentence that
    the text only goes on from.
    """
    for section in material.sections:
        if (
            section.start < end
            and start <= section.start
            and material.text[start : section.start].strip() == ""
        ):
            start = _after_title(material, section, min(section.end, end))
    numbering = _NUMBERING.match(material.text, start, end)
    if numbering:
        start = numbering.end()
    while start < end and (material.text[start].isspace() or material.text[start] in "。．.、，,:：　"):
        start += 1
    return start


def _after_title(material: Material, section: Section, stop: int) -> int:
    """The end of the title that a heading opens with; its start, numbering aside, where all of it is a statement."""
    begin = section.start
    title = material.text[begin:stop]
    states = any(begin <= fact.start < stop for fact in material.facts)
    if not states and not (section.run_in and _SENTENCE_MARK.search(title)) and "。" not in title:
        return stop
    # 第二节 物业服务。到2025年，… has a title of its own before its statement.
    whole, _, _ = title.partition("。")
    short = len(whole) < len(title) and not _SENTENCE_MARK.search(whole)
    if short and not any(begin <= fact.start < begin + len(whole) for fact in material.facts):
        return begin + len(whole)
    numbering = _SECTION_NUMBER.match(title)
    return begin + (numbering.end() if numbering else 0)


def _pieces(text: str, start: int, end: int, *, table: bool) -> Iterator[tuple[int, int]]:
    if table or end - start <= LONGEST:
        yield _trimmed(text, start, end)
        return
    for left, right in sentences(text, start, end):
        yield _trimmed(text, left, right)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _kind(material: Material, stretch: Stretch, text: str) -> ClauseKind:
    facts = facts_in(material, stretch.start, stretch.end)
    if any(period.role == "deadline" for period in find_periods(text)) or _AIM.search(text):
        return "target"
    if any(fact.kind == "target" for fact in facts):
        return "target"
    if any(fact.kind == "requirement" for fact in facts) or _NORM.search(text):
        return "requirement"
    return "measure"
