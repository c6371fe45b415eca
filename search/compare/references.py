"""Which documents a local text is reviewed against when nobody names them.

The national ones on its topic that are in force, then those of the province above it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from kb.model import Document, Filters
from kb.regions import NATION, tree
from kb.store import Reader
from search.analysis import analyse
from search.compare.material import Material, from_library

NATIONAL, PROVINCIAL = 3, 2
"""How many of each are taken at most."""
_STATUSES = ("effective", "amended", "partly_repealed", "unknown")
_NO_POLICY = ("案例", "解读", "报告", "新闻", "工作总结", "经验")
_READ = 6000  # characters of a candidate that are looked at
_CANDIDATES = 40
_CLOSE = 0.33  # of the best candidate's likeness: further ones are on another topic
_LEAST = 0.08


def default_references(reader: Reader, local: Material) -> tuple[Material, ...]:
    """The references for a local document, national ones first, the closest of each first; may be empty."""
    document = local.document
    above = [code for code in _above(document.region_code) if code != NATION]
    national = reader.documents(Filters(levels=("national",), statuses=_STATUSES))
    provincial = (
        [
            found
            for found in reader.documents(Filters(levels=("provincial",), statuses=_STATUSES))
            if found.region_code in above
        ]
        if above
        else []
    )
    chosen = [
        *_closest(reader, local, national, NATIONAL),
        *_closest(reader, local, provincial, PROVINCIAL),
    ]
    return tuple(from_library(reader, found.id) for found in chosen)


def _above(code: str) -> Sequence[str]:
    return tree().ancestors(code) if code and code in tree() else ()


def _closest(reader: Reader, local: Material, documents: Iterable[Document], most: int) -> list[Document]:
    """The policies whose topic is the local text's, the closest first."""
    mine = Counter(analyse(local.text[local.document.start : local.document.end]))
    title = frozenset(analyse(local.document.title))
    policies = [
        found
        for found in documents
        if found.kind not in _NO_POLICY
        and found.id != local.document.id
        and found.source != local.document.source
    ]
    # Titles alone choose whom to read where there are many.
    policies.sort(key=lambda found: (-len(title & frozenset(analyse(found.title))), found.id))
    texts = {
        found.id: Counter(analyse(reader.source_text(found.source)[found.start : found.start + _READ]))
        for found in policies[:_CANDIDATES]
    }
    spread = Counter(term for text in texts.values() for term in text)
    total = len(texts) + 1
    scored = [(_likeness(mine, texts[found.id], spread, total), found) for found in policies[:_CANDIDATES]]
    scored.sort(key=lambda item: (-item[0], item[1].id))
    if not scored:
        return []
    floor = max(_LEAST, _CLOSE * scored[0][0])
    return [found for score, found in scored[:most] if score >= floor]


def _likeness(mine: Counter[str], other: Counter[str], spread: Counter[str], total: int) -> float:
    """Cosine of two texts' terms with dampened counts; terms of most candidates count less."""

    def weights(text: Counter[str]) -> dict[str, float]:
        return {
            term: (1 + math.log(count)) * math.log(1 + (total + 1) / (1 + spread[term]))
            for term, count in text.items()
        }

    left, right = weights(mine), weights(other)
    shared = sum(weight * right[term] for term, weight in left.items() if term in right)
    norm = math.sqrt(sum(w * w for w in left.values()) * sum(w * w for w in right.values()))
    return shared / norm if norm else 0.0
