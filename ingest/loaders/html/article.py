"""Where the article of a web page stands: the container of a known system, else where the prose is densest."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from lxml import etree

from ingest.data import rows

SKIPPED = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "head",
        "iframe",
        "object",
        "select",
        "textarea",
        "button",
    }
)
_PROSE = re.compile(r"[。；，,;！？]")
_SENTENCE = re.compile(r"[^。|\n]{8,}。")
_ENOUGH = 60
"""Characters of prose below which an element is no article."""
_STEPS_UP = 30
_SHARE = 0.85
"""Part of a page's prose that its densest element must hold."""


def find_article(root: etree._Element, text: str) -> etree._Element | None:
    """The element that holds the article of a page, or None where everything is to be read.

    :param text: the page's source, for the second opinion of an extractor where no container is known.
    """
    prose = _prose_by_element(root)
    total = prose.get(root, 0)
    if total < _ENOUGH:
        return None
    known = _known_container(root, prose, total)
    if known is not None:
        return known
    densest = _densest(root, prose, total)
    return _agreed(densest, text)


def _prose_by_element(root: etree._Element) -> dict[etree._Element, int]:
    """Characters of prose below each element; what stands in a link counts for nothing."""
    prose: dict[etree._Element, int] = {}
    below: list[int] = [0]
    links = 0
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "start":
            links += element.tag == "a"
            below.append(0)
            if element.tag in SKIPPED:
                walker.skip_subtree()
            elif not links:
                below[-1] += _weight(element.text)
            continue
        links -= element.tag == "a"
        weight = below.pop()
        prose[element] = weight
        below[-1] += weight + (0 if links else _weight(element.tail))
    return prose


def _weight(text: str | None) -> int:
    if not text:
        return 0
    plain = text.strip()
    return len(plain) if len(plain) >= 20 or (len(plain) >= 8 and _PROSE.search(plain)) else 0


@lru_cache(maxsize=1)
def _container_names() -> dict[str, int]:
    return {fields[0].strip().lower(): rank for rank, fields in enumerate(rows("content_containers.txt"))}


def _known_container(
    root: etree._Element, prose: dict[etree._Element, int], total: int
) -> etree._Element | None:
    """The element with a container's name that holds the most prose; of equals the innermost."""
    names = _container_names()
    best: etree._Element | None = None
    for element in root.iter("div", "td", "section", "article", "main", "span", "font", "table"):
        labels = [element.get("id", ""), *element.get("class", "").split()]
        named = any(label.lower() in names for label in labels) or element.tag in {"article", "main"}
        weight = prose.get(element, 0)
        if named and weight >= _ENOUGH and (best is None or weight >= 0.95 * prose[best]):
            best = element
    # A teaser may carry a container's name too; an article holds a good part of its page's prose.
    return best if best is not None and prose[best] >= 0.3 * total else None


def _densest(root: etree._Element, prose: dict[etree._Element, int], total: int) -> etree._Element:
    """The innermost element that still holds most of the prose."""
    element = root
    while True:
        inner = max(element, key=lambda child: prose.get(child, 0), default=None)
        if inner is None or prose.get(inner, 0) < _SHARE * total or inner.tag in {"p", "span", "font"}:
            return element
        element = inner


def _agreed(element: etree._Element, text: str) -> etree._Element:
    """``element``, or the nearest ancestor that holds nearly all that trafilatura takes for the article."""
    import trafilatura

    extracted = trafilatura.extract(text, favor_precision=True, include_comments=False)
    sentences = [_squeezed(sentence) for sentence in _SENTENCE.findall(extracted or "")]
    best, most = element, _held(element, sentences)
    for ancestor in islice(element.iterancestors(), _STEPS_UP):
        held = _held(ancestor, sentences)
        if held > most + 0.1 * sum(map(len, sentences)):
            best, most = ancestor, held
    return best


def _held(element: etree._Element, sentences: list[str]) -> int:
    """Characters of those sentences that stand in ``element``."""
    inside = _squeezed("".join(element.itertext()))
    return sum(len(sentence) for sentence in sentences if sentence in inside)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
