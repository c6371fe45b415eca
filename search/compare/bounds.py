"""Numbers that a norm states with a bound and no unit of their own, which the facts of a text may leave out.

“小学均不高于0.50，初中均不高于0.45” names its indicator a clause earlier; “至少有六项达标” counts in words. Both are
what a reviewer checks, so a comparison reads them itself where no fact stands at the place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.model import Comparator, Fact
from kb.text.numerals import magnitude
from kb.text.shadow import fold

_BOUND = {
    "不低于": ">=", "不少于": ">=", "不小于": ">=", "至少有": ">=", "至少": ">=",
    "不高于": "<=", "不超过": "<=", "不大于": "<=", "不多于": "<=", "低于": "<", "小于": "<",
}  # fmt: skip
_WITH_BOUND = re.compile(
    rf"(?P<bound>{'|'.join(_BOUND)})(?:(?P<decimal>\d+\.\d+)(?![\d%‰:]|个百分点)(?P<more>(?:、\d+\.\d+)*)"
    r"|(?P<words>[一二三四五六七八九十两]+)(?P<unit>项|个|所|名|次|门|人))"
)
_MORE = re.compile(r"\d+\.\d+")
_RATIO = re.compile(
    rf"(?:(?P<bound>{'|'.join(_BOUND)})|(?P<said>之?比例?(?:达到|为|按|控制在|不)?|按|达到))"
    r"(?:了)?(?P<ratio>\d+(?:\.\d+)?:\d+(?:\.\d+)?)(?![\d:])"
)
"""A ratio of two numbers (专任教师与幼儿之比不低于1:15); a time of day follows none of these words."""
_UNITS_AFTER = re.compile(r"[^\s、，,；;。）)”的以且并和与至到]")


def bounded_numbers(text: str, start: int, end: int, facts: Sequence[Fact]) -> Iterator[Fact]:
    """The numbers with a bound, and the ratios, in ``text[start:end]`` at whose place no fact stands.

    They are requirements without an indicator.
    """
    folded = fold(text[start:end])
    if len(folded) != end - start:
        return
    for match in _WITH_BOUND.finditer(folded):
        comparator: Comparator = _BOUND[match["bound"]]  # type: ignore[assignment]
        if match["decimal"] is None:
            spans = [(match.start("words"), match.end())]
        elif _UNITS_AFTER.match(folded, match.end()):
            continue
        else:
            spans = [
                (number.start(), number.end())
                for number in _MORE.finditer(folded, match.start("decimal"), match.end("more"))
            ]
        for left, right in spans:
            value = float(folded[left:right]) if match["decimal"] else float(magnitude(match["words"]))
            yield from _new(text, (start, end), (left, right), value, match["unit"] or "", comparator, facts)
    for match in _RATIO.finditer(folded):
        comparator = _BOUND[match["bound"]] if match["bound"] else "="  # type: ignore[assignment]
        yield from _new(text, (start, end), match.span("ratio"), match["ratio"], "", comparator, facts)


def _new(
    text: str,
    sentence: tuple[int, int],
    place: tuple[int, int],
    value: float | str,
    unit: str,
    comparator: Comparator,
    facts: Sequence[Fact],
) -> Iterator[Fact]:
    """The number at ``place`` of the sentence as a fact, unless one stands there."""
    start, end = sentence
    at, stop = start + place[0], start + place[1]
    if any(fact.start < stop and at < fact.end for fact in facts):
        return
    quote = text[start:end]
    yield Fact(
        surface=text[at:stop],
        start=at,
        end=stop,
        quote=quote.strip(),
        quote_start=start + len(quote) - len(quote.lstrip()),
        indicator="",
        indicator_key="",
        value=value,
        unit=unit,
        comparator=comparator,
        kind="requirement",
    )
