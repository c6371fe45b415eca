"""Line rules: which single lines are no prose, by what they look like and where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ingest.cleaning.model import Reason
from ingest.data import rows

Zone = Literal["head", "body", "tail"]

LONGEST = 170
"""A longer line is never tried against the rules for lines without a sentence."""
LONGEST_SENTENCE = 420
"""A longer line is never tried against the few rules for lines with a sentence (captions, credits)."""

_ANYWHERE = ("any", "any!")
_ZONES: dict[Zone, tuple[str, ...]] = {
    "head": (*_ANYWHERE, "edge", "head"),
    "body": _ANYWHERE,
    "tail": (*_ANYWHERE, "edge", "tail"),
}
# What a caption or a credit line must have; spares the slow patterns on ordinary sentences.
_SENTENCE_CUE = re.compile(
    r"图为|[摄影片图制发][)）〕\]】。\s]*$|供稿|执笔|撰稿|研制|作者|通讯员|记者|课题组|摘编"
)
_SEPARATORS = re.compile(r"[\s|/·:,、【】\[\]()<>》《»›+\-—_*]+")


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Patterns of one zone as a single alternation; each alternative is a group of its own."""

    pattern: re.Pattern[str]
    reasons: tuple[str, ...]

    def reason(self, text: str) -> str:
        """The reason of the first pattern that matches all of ``text``, or nothing."""
        match = self.pattern.fullmatch(text)
        return self.reasons[int((match.lastgroup or "r0")[1:])] if match else ""


@lru_cache(maxsize=8)
def _rule_set(zones: tuple[str, ...]) -> RuleSet:
    chosen = [(reason, pattern) for reason, zone, pattern in rows("line_rules.tsv") if zone in zones]
    return _alternation(chosen)


def _alternation(rules: list[tuple[str, str]]) -> RuleSet:
    pattern = "|".join(f"(?P<r{number}>{pattern})" for number, (_, pattern) in enumerate(rules))
    return RuleSet(re.compile(pattern), tuple(reason for reason, _ in rules))


@lru_cache(maxsize=1)
def _tail_triggers() -> RuleSet:
    return _alternation([(reason, pattern) for reason, pattern in rows("tail_triggers.tsv")])


@lru_cache(maxsize=1)
def _toolbar_words() -> tuple[frozenset[str], frozenset[str]]:
    """Strong and weak words of buttons and menus."""
    words = [fields[0].strip() for fields in rows("toolbar_words.txt")]
    cut = words.index("~")
    return frozenset(words[:cut]), frozenset(words[cut + 1 :])


@lru_cache(maxsize=2)
def footer_cue(strength: Literal["strong", "weak"]) -> re.Pattern[str]:
    """Finds what stands in the footer of a site."""
    return re.compile(
        "|".join(f"(?:{pattern})" for kind, pattern in rows("footer_lines.tsv") if kind == strength)
    )


@lru_cache(maxsize=1)
def licence_openings() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Opening lines of licence notices, each with the words that must follow."""
    return tuple((re.compile(opening), re.compile(words)) for opening, words in rows("licences.tsv"))


def sentence_reason(text: str) -> str:
    """Why a line with a sentence in it is removed (a caption, a credit), or nothing."""
    if len(text) > LONGEST_SENTENCE or not _SENTENCE_CUE.search(text):
        return ""
    return _rule_set(("any!",)).reason(text)


def line_reason(text: str, zone: Zone) -> str:
    """Why a line without a sentence is removed, or nothing. ``text`` is its folded reading."""
    if len(text) > LONGEST:
        return sentence_reason(text)
    if zone != "body" and toolbar(text) == "strong":
        return Reason.TOOLBAR
    return _rule_set(_ZONES[zone]).reason(text)


def toolbar(text: str) -> Literal["strong", "weak", ""]:
    """Whether the line is made of words of buttons and menus only, or of signs only (weak)."""
    if len(text) > 60:
        return ""
    words = [word for word in _SEPARATORS.split(text) if word]
    strong, weak = _toolbar_words()
    if text in strong or (words and all(word in strong or word in weak for word in words)):
        return "strong" if text in strong or any(word in strong for word in words) else "weak"
    return "" if words else "weak"


def tail_trigger(text: str) -> str:
    """The reason of the tail that the line opens, or nothing."""
    return _tail_triggers().reason(text) if len(text) <= 60 else ""
