"""The region that a paragraph opens with, as the subject of its first sentence."""

from __future__ import annotations

import re
from collections.abc import Collection

from kb.regions.find import find_regions
from kb.regions.mentions import Mention
from kb.regions.tree import NATION, tree

REACH = 60
_SENTENCE_END = re.compile(r"[。!?！？\n]")
# A name after one of these is whom the subject deals with, not the subject.
_OBJECT_BEFORE = re.compile(
    r"(?:与|同|和|跟|向|赴|到|援助|支援|帮扶|对口支援|对口|来自|学习|借鉴|联合|访问|考察|《|前往|抵达|携手|毗邻|邻近)$"
)
_DEEPER = 18


def opening_mention(text: str, *, known: Collection[str] = ()) -> Mention | None:
    """The mention that the first sentence of ``text`` is about, looked for in its first 60 characters.

    :param known: codes that the document names elsewhere, as evidence for short names (:func:`survey`).
    """
    end = _SENTENCE_END.search(text, 0, REACH)
    head = text[: end.start() if end else REACH]
    later: Mention | None = None
    for mention in find_regions(text[: REACH * 2], known=known):
        if mention.start >= len(head):
            break
        if mention.kind != "region" or not mention.code or mention.code == NATION:
            continue
        if mention.role == "partner" or (mention.role == "source" and mention.start > _DEEPER):
            continue
        if _OBJECT_BEFORE.search(head[: mention.start]):
            continue
        if mention.role != "masked":
            return mention
        later = later or mention
    return later if later is not None and later.start == 0 and len(later.surface) > 2 else None


def opening_region(text: str, *, known: Collection[str] = ()) -> str:
    """The code of the region that a paragraph opens with, as its subject and not as a partner; "" if none.

    >>> opening_region("近年来,江苏省深入学习贯彻党中央决策部署")
    '320000'
    """
    mention = opening_mention(text, known=known)
    return mention.code if mention else ""


def related(one: str, other: str) -> bool:
    """Whether one region is the other, or lies above or below it; False if either is unknown ("")."""
    return bool(one and other) and tree().related(one, other)
