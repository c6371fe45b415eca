"""The block of labels at the head of a document: 发文机关:…, 文号:…, as lines or as a table of two columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ingest.loaders.frontmatter import KEYS
from ingest.outline.lines import Line

REACH = 24
FEWEST = 2
NOTE = "note"
_FIELD = re.compile(r"^(?P<label>[一-鿿]{2,6})\s*(?:[::]\s*|\t\s*)(?P<value>\S.{0,400})$")
_NOTES = frozenset({"说明", "备注", "按语"})
# 日期 on a page is when it was put there; only 成文日期 is when the document was drawn up.
_BARE = {"日期": "issued"}
_MEANT = frozenset(KEYS.values()) - {"author", "subject"}


def find_info(lines: Sequence[Line]) -> Mapping[int, tuple[str, str]]:
    """The labelled lines at the head, by index: the metadata key (``note`` for 说明) and the value.

    Only two or more labels within a few lines of each other are such a block; one alone may be prose.
    """
    found: dict[int, tuple[str, str]] = {}
    last = -1
    for i, line in enumerate(lines[:REACH]):
        field = _FIELD.match(line.text) if line.mark is None else None
        if field is None:
            if found and i - last > 2:
                break
            continue
        label = field["label"]
        key = NOTE if label in _NOTES else _BARE.get(label) or KEYS.get(label, "")
        if key in _MEANT or (key == NOTE and found):
            found[i] = (key, field["value"].strip())
            last = i
    return found if sum(key != NOTE for key, _ in found.values()) >= FEWEST else {}
