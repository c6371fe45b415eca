"""The indicator: naming what a quantity measures, from the words around it and from what was named before.

A count ends in 数, a rate keeps its 率 or 占比, growth becomes 增速, money keeps its noun or gets 资金. What a clause
leaves out (减幅18.54%, 占比73%, 立项54个) is taken from the clauses before it.
"""

from __future__ import annotations

import re

from ingest.facts import durations, rates
from ingest.facts.counts import name_count
from ingest.facts.named import Named, Slot, tidy
from ingest.facts.phrases import is_metric

_COUNTED = re.compile("(?:人口|人数|人员|人|户|家庭|群众)(?:减少|增加|新增|累计|达到?|超过?|突破|共)*$")
_HAN = re.compile("[一-鿿]")


def build(slot: Slot, before: Named | None) -> Named:
    """Name the quantity of ``slot``; ``before`` is what was named last in the sentence, if anything."""
    unit = slot.quantity.unit
    if unit in rates.UNITS and not _uncounted(slot):
        named = rates.name_rate(slot, before)
    elif unit in durations.UNITS:
        named = durations.name_duration(slot, before)
    else:
        named = name_count(slot, before)
    if slot.header and slot.base_unit in ("元", "%", "") and named.subject and not is_metric(named.subject):
        named.indicator = named.subject + slot.header
    named.indicator = tidy(named.indicator)
    if slot.part and before:
        named.whole = before.subject
    return named


def _uncounted(slot: Slot) -> bool:
    """近7万随迁子女: a count whose counting word was left out."""
    quantity = slot.quantity
    if quantity.unit or not isinstance(quantity.value, float):
        return False
    return bool(_HAN.match(slot.right)) or (quantity.value >= 10_000 and bool(_COUNTED.search(slot.left)))
