"""What of a draft holds: every sentence cited, every number and quotation in what it cites, no region mixed up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kb.text.sentences import sentences
from search.drafting.claims import fault
from search.drafting.model import DraftSentence, Removed, Source

_MARK = r"[\[【［](?:资料)?\s*\d+(?:\s*[,，、]\s*\d+)*\s*[\]】］]"
_MARKS = re.compile(rf"{_MARK}(?:\s*{_MARK})*")
_NUMBER = re.compile(r"\d+")
_END = "。！？!?；;"
_AFTER_END = re.compile(rf"([{_END}]+)\s*({_MARKS.pattern})")
_LIST = re.compile(r"^\s*(?:[-*•·]+\s+|\d{1,2}[.、)）]\s*(?!\d)|#+\s+|>\s+)")
_EMPHASIS = re.compile(r"\*\*|__|`")
_CLOSED = re.compile(rf"[{_END}]\s*[”’）)]*\s*$")
_PUNCTUATION = re.compile(r"[\s，,、；;。.！!？?：:”’）)]*")


def check(
    text: str, sources: Sequence[Source], *, cut: bool = False
) -> tuple[tuple[DraftSentence, ...], tuple[Removed, ...]]:
    """The sentences that hold and those that don't, in order.

    :param text: what the model wrote; taken as data, whatever it says. :param cut: it stopped before it was done.
    """
    known = {source.number: source for source in sources}
    kept: list[DraftSentence] = []
    removed: list[Removed] = []
    lines = [line for line in text.splitlines() if line.strip()]
    for paragraph, line in enumerate(lines):
        plain = _EMPHASIS.sub("", _LIST.sub("", line)).strip()
        # Models often set the number after the full stop; it belongs to the sentence before.
        moved = _AFTER_END.sub(lambda match: f"{match[2]}{match[1]}", plain)
        spans = [moved[start:end].strip() for start, end in sentences(moved)]
        spans = [span for span in spans if span]
        for place, sentence in enumerate(spans):
            last = paragraph == len(lines) - 1 and place == len(spans) - 1
            if last and cut and not _CLOSED.search(sentence):
                removed.append(Removed(sentence, "没有写完"))
                continue
            reason, numbers = _judge(sentence, known)
            if reason:
                removed.append(Removed(sentence, reason))
            else:
                kept.append(DraftSentence(_uniform(sentence), numbers, paragraph))
    return tuple(kept), tuple(removed)


def _judge(sentence: str, known: Mapping[int, Source]) -> tuple[str, tuple[int, ...]]:
    """Why a sentence does not hold (empty where it does), and the numbers that it cites.

    What stands before a citation number is held against the passages of that number alone, so that two regions
    in one sentence cannot trade their figures.
    """
    at = 0
    cited: list[int] = []
    for marks in _MARKS.finditer(sentence):
        numbers = [int(number) for number in _NUMBER.findall(marks.group())]
        unknown = [number for number in numbers if number not in known]
        if unknown:
            return f"引文编号 [{unknown[0]}] 不存在", ()
        part = sentence[at : marks.start()]
        if not _PUNCTUATION.fullmatch(part):
            reason = fault(part, [known[number].citation for number in numbers])
            if reason:
                return reason, ()
        elif not cited:
            return "只有引文编号，没有内容", ()
        cited.extend(numbers)
        at = marks.end()
    if not cited:
        return "没有引文编号", ()
    if not _PUNCTUATION.fullmatch(sentence[at:]):
        return "引文编号之后的文字没有引文", ()
    return "", tuple(dict.fromkeys(cited))


def _uniform(sentence: str) -> str:
    """The sentence with its citation numbers all written ``[1][2]``."""
    return _MARKS.sub(
        lambda match: "".join(f"[{int(number)}]" for number in _NUMBER.findall(match.group())), sentence
    )
