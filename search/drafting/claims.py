"""What a stretch of a draft claims, held against the passages that it cites."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.model import Citation
from kb.regions import find_regions, tree
from kb.text.shadow import fold
from search.analysis import analyse_fields
from search.drafting.figures import figures, stands_in

_QUOTED = re.compile(r"“([^“”]*)”|「([^「」]*)」|『([^『』]*)』|\"([^\"]*)\"")
_QUOTE_MARKS = re.compile(r"[“”「」『』\"]")
_TITLED = re.compile(r"《([^《》]+)》")
_NOT = re.compile(
    r"没有|尚未|不再|取消|停止|禁止|严禁|不得|无需|不必|并未|未能|未(?!来|成年)|拒绝|减少|下降|降低|暂停|废止"
)
_HAN = re.compile(r"[一-鿿]")
_SPACE = re.compile(r"\s+")
SUPPORTED = 0.5
"""Share of a stretch's words that the cited passages must have; what a model adds of its own has fewer."""


def fault(text: str, cited: Sequence[Citation]) -> str:
    """Why the stretch does not hold against the passages, in Chinese; empty where nothing stands against it."""
    for find in (_markup, _number, _quotation, _region, _turned, _unsupported):
        reason = find(text, cited)
        if reason:
            return reason
    return ""


def _markup(text: str, cited: Sequence[Citation]) -> str:
    del cited
    return "含有网页代码或链接" if re.search(r"<[^>]*>|https?://|!\[|\]\(", text) else ""


def _number(text: str, cited: Sequence[Citation]) -> str:
    for figure in figures(fold(text)):
        if not any(stands_in(figure, citation.quote) for citation in cited):
            return f"引文里没有“{figure.surface}”这个数"
    return ""


def _quotation(text: str, cited: Sequence[Citation]) -> str:
    for match in _QUOTED.finditer(text):
        words = next(group for group in match.groups() if group is not None)
        if not any(words in citation.quote for citation in cited):
            return f"引号里的“{words}”与引文不是逐字相同"
    if _QUOTE_MARKS.search(_QUOTED.sub("", text)):
        return "引号不成对"
    for match in _TITLED.finditer(text):
        title = match[1]
        if not any(title in citation.quote or title in citation.title for citation in cited):
            return f"引文里没有《{title}》"
    return ""


def _region(text: str, cited: Sequence[Citation]) -> str:
    """A region that no cited passage is about and none names; one stretch on the passages of several regions."""
    named = [
        mention for mention in find_regions(text) if mention.role != "masked" and mention.kind == "region"
    ]
    for mention in named:
        if not any(_fits(mention.code, mention.candidates, mention.surface, citation) for citation in cited):
            return f"引文不是{mention.surface}的"
    if any(mention.kind == "nation" for mention in find_regions(text)) and not any(
        citation.region_code == "100000" or re.search("全国|国家", citation.quote) for citation in cited
    ):
        return "引文说的不是全国"
    homes = {citation.region_code for citation in cited}
    if len(homes) > 1 and any(figures(fold(text))):
        return "一处引了几个地区的资料，数字属于哪个地区分不清"
    return ""


def _fits(code: str, candidates: Sequence[str], surface: str, citation: Citation) -> bool:
    home = citation.region_code
    if surface in citation.quote or (home and home in (code, *candidates)):
        return True
    # 江苏省 may stand for 江苏省苏州市 nowhere; a home's own full name is one mention with the home's code.
    return bool(home) and home in tree() and surface == tree().full_name(home)


def _turned(text: str, cited: Sequence[Citation]) -> str:
    """A negation, or a turn for less, that no cited passage has."""
    for match in _NOT.finditer(text):
        if not any(match.group() in citation.quote for citation in cited):
            return f"引文里没有“{match.group()}”的意思"
    return ""


def _unsupported(text: str, cited: Sequence[Citation]) -> str:
    words = _words(text)
    if not words:
        return ""
    there: set[str] = set()
    for citation in cited:
        name = tree().full_name(citation.region_code) if citation.region_code in tree() else ""
        there |= _words(" ".join((citation.quote, citation.title, name)))
    share = len(words & there) / len(words)
    return "" if share >= SUPPORTED else "引文里没有这些内容"


def _words(text: str) -> set[str]:
    plain = _SPACE.sub("", fold(text))
    return {word for word in analyse_fields(plain).words if len(word) > 1 and _HAN.search(word)}
