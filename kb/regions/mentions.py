"""What the resolver returns: a mention of a region in a text or a query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["home", "partner", "source", "mention", "masked"]
Kind = Literal["region", "home_word", "nation", "group", "everywhere"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text that names a region, or stands for one.

    :ivar start: offset in the text that was read; ``surface`` is the text between ``start`` and ``end``.
    :ivar code: the region; "" where it stays ambiguous, for a group, and for a home word without a home.
    :ivar candidates: the codes it may mean when ambiguous; the members of a group.
    :ivar role: ``home``: the document's region or a part of it; ``partner``: works with the document's region or
        is helped by it; ``source``: help comes from there; ``masked``: part of the name of an institution, a
        road or an event; ``mention``: any other.
    :ivar kind: ``region`` is a name, ``home_word`` 我市 or 该区, ``nation`` 全国, ``group`` 京津冀,
        ``everywhere`` 各地 or 哪些省 (queries only).
    """

    start: int
    end: int
    surface: str
    code: str
    candidates: tuple[str, ...] = ()
    role: Role = "mention"
    kind: Kind = "region"
