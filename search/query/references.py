"""Documents that a question names: 《titles》, document numbers, articles."""

from __future__ import annotations

import re

from search.query.lexicon import Lexicon
from search.query.model import Reference

_TITLE = re.compile(r"《([^《》\n]{2,80})》")
_NUMBER = re.compile(r"([㐀-䶿一-鿿]{1,10})[〔\[(【]((?:19|20)[0-9]{2})[〕\])】]第?0*([0-9]{1,5})号")
_BEFORE_ISSUER = re.compile(r"[和与及照据对条在是按]")
_ARTICLE = re.compile(r"第([0-9]{1,4}|[零〇一二两三四五六七八九十百千]{1,7})条")


_TITLED = re.compile(r"(?:办法|意见|计划|规划|方案|条例|纲要|细则|规定|决定|通知|标准|报告)")
_SHORTEST, _LONGEST = 5, 24


def read_references(text: str, lexicon: Lexicon | None = None) -> tuple[Reference, ...]:
    """The documents and articles named in ``text`` (canonical reading), in order.

    :param lexicon: tells which titles the library has, for names without 《》: 督导评估办法.
    """
    found = [Reference("title", match.group(1), *match.span()) for match in _TITLE.finditer(text)]
    for match in _NUMBER.finditer(text):
        issuer = _BEFORE_ISSUER.split(match.group(1))[-1]
        number = f"{issuer}〔{match.group(2)}〕{match.group(3)}号"
        found.append(Reference("number", number, match.end(1) - len(issuer), match.end()))
    found.extend(
        Reference("article", match.group(), *match.span())
        for match in _ARTICLE.finditer(text)
        if not any(ref.start <= match.start() < ref.end for ref in found)
    )
    if lexicon is not None and not found:
        found.extend(_unmarked(text, lexicon))
    return tuple(sorted(found, key=lambda reference: reference.start))


def _unmarked(text: str, lexicon: Lexicon) -> list[Reference]:
    """Parts of titles of the library: the longest that ends with each word for a kind of document."""
    found: list[Reference] = []
    for match in _TITLED.finditer(text):
        for start in range(max(0, match.end() - _LONGEST), match.end() - _SHORTEST + 1):
            name = text[start : match.end()]
            if lexicon.in_title(name):
                found.append(Reference("title", name, start, match.end()))
                break
    return found
