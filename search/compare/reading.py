"""A document taken apart for a comparison: what it says point by point, its numbers, and its dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.model import Citation, Fact
from kb.store import StoredFact
from kb.text.sentences import sentences
from kb.thesaurus import Thesaurus
from search.compare.clauses import Stretch, stretches
from search.compare.deadlines import Deadline, deadlines_of
from search.compare.material import Material
from search.compare.points import Point, points_of, terms_of
from search.compare.quantities import Quantity, quantities_of


@dataclass(frozen=True)
class Reading:
    """A document taken apart: its points, quantities and deadlines, and the stretch that each stands in."""

    material: Material
    points: tuple[Point, ...]
    stretches: tuple[Stretch, ...]
    quantities: tuple[Quantity, ...]
    deadlines: tuple[Deadline, ...]

    @classmethod
    def of(cls, material: Material, thesaurus: Thesaurus, *, asking: bool = False) -> Reading:
        """Take a document apart.

        :param asking: it is a reference, whose deadlines hold for the whole clause that they open.
        """
        points: list[Point] = []
        owners: list[Stretch] = []
        quantities: list[Quantity] = []
        deadlines: list[Deadline] = []
        base = material.document.published or material.document.issued
        for stretch in stretches(material):
            found = points_of(material.text, stretch.start, stretch.end, thesaurus)
            points.extend(found)
            owners.extend([stretch] * len(found))
            quantities.extend(quantities_of(material, stretch.start, stretch.end, stretch.passage, thesaurus))
            deadlines.extend(deadlines_of(material.text, stretch.start, stretch.end, base, beyond=asking))
        points = _continued(material.text, points, owners, deadlines)
        return cls(material, tuple(points), tuple(owners), tuple(quantities), tuple(deadlines))

    def cite_around(self, start: int, end: int) -> Citation:
        """The citation of the sentence that ``[start, end)`` stands in."""
        owner = next((s for s in self.stretches if s.start <= start < s.end), None)
        text = self.material.text
        left, right = (owner.start, owner.end) if owner else (start, end)
        for first, last in sentences(text, left, right):
            if first <= start < last:
                left, right = first, last
                break
        while right > left and text[right - 1].isspace():
            right -= 1
        section = owner.passage.section if owner else -1
        return self.material.cite(left, right, section)

    def states_share(self, point: Point) -> bool:
        """Whether a point states a percentage."""
        return any(point.start <= q.fact.start < point.end and q.fact.unit == "%" for q in self.quantities)


def stored(material: Material, fact: Fact, quantity: Quantity | None = None) -> StoredFact:
    """A fact with its document; one that was read here takes its name from the words around it."""
    if quantity is not None and not fact.indicator:
        fact = replace(fact, indicator=quantity.subject, indicator_key=quantity.subject)
    if not fact.region_code:
        fact = replace(fact, region_code=material.document.region_code)
    return StoredFact(0, material.document.id, material.document.source, None, fact)


_ELLIPSIS = re.compile(r"(?:达到|通过|符合|实现)(?:[^，,；;。]{0,6}(?:标准|评估|验收|认定|目标|要求))|达标")
_SHORT = 8  # characters of a wording that names nothing of its own


def _continued(
    text: str, points: Sequence[Point], owners: Sequence[Stretch], deadlines: Sequence[Deadline]
) -> list[Point]:
    """The points, with what is left out after a second date filled in from the clause before it.

    到2025年，60%的县达到国家优质均衡评估标准；到2030年，所有县达到国家评估标准: both speak of 优质均衡.
    """
    filled = list(points)
    for place, point in enumerate(points):
        if not place or owners[place] is not owners[place - 1]:
            continue
        dates = [d for d in deadlines if d.governs(point)]
        earlier = [d for d in deadlines if d.governs(points[place - 1])]
        short = len(point.wording) <= _SHORT and _ELLIPSIS.search(text, point.start, point.end)
        if short and dates and earlier and dates != earlier:
            wording = points[place - 1].wording + point.wording
            filled[place] = replace(point, wording=wording, terms=terms_of(wording))
    return filled
