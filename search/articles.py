"""Articles of laws and rules by number: 第十二条 and 第12条 are one."""

from __future__ import annotations

import re

from kb.store import StoredPassage
from kb.text.numerals import magnitude
from search.query.model import Query

_ARTICLE = re.compile(r"(?m)^\s*第([0-9]{1,4}|[零〇一二两三四五六七八九十百千]{1,7})条")


def articles_in(text: str) -> frozenset[int]:
    """The numbers of the articles that begin in ``text`` (canonical reading), at the start of a line."""
    return frozenset(int(magnitude(number)) for number in _ARTICLE.findall(text))


def named_articles(query: Query) -> frozenset[int]:
    """The numbers of the articles that a question names."""
    return frozenset().union(*(articles_in(r.value) for r in query.references if r.kind == "article"))


def articles_of(stored: StoredPassage) -> frozenset[int]:
    """The numbers of the articles that a passage stands in or begins."""
    return articles_in("\n".join((*stored.path, stored.passage.text)))
