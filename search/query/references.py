"""Documents that a question names: 《titles》, document numbers, articles."""

from __future__ import annotations

import re

from search.query.model import Reference

_TITLE = re.compile(r"《([^《》\n]{2,80})》")
_NUMBER = re.compile(r"([㐀-䶿一-鿿]{1,10})[〔\[(【]((?:19|20)[0-9]{2})[〕\])】]第?0*([0-9]{1,5})号")
_ARTICLE = re.compile(r"第([0-9]{1,4}|[零〇一二两三四五六七八九十百千]{1,7})条")


def read_references(text: str) -> tuple[Reference, ...]:
    """The documents and articles named in ``text`` (canonical reading), in order."""
    found = [Reference("title", match.group(1), *match.span()) for match in _TITLE.finditer(text)]
    found.extend(
        Reference("number", f"{match.group(1)}〔{match.group(2)}〕{match.group(3)}号", *match.span())
        for match in _NUMBER.finditer(text)
    )
    found.extend(
        Reference("article", match.group(), *match.span())
        for match in _ARTICLE.finditer(text)
        if not any(ref.start <= match.start() < ref.end for ref in found)
    )
    return tuple(sorted(found, key=lambda reference: reference.start))
