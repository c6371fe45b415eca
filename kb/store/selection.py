"""Filters as SQL conditions. Values travel as parameters only, sets as one JSON array."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from kb.model import Filters
from kb.store.records import dump

# Of a document row ``d``: what readers see in generation :at, or in the published one.
_AT = "coalesce(:at, (SELECT published FROM state))"
VISIBLE = f"d.added_generation <= {_AT} AND (d.removed_generation IS NULL OR d.removed_generation > {_AT})"
VISIBLE_SOURCE = VISIBLE.replace("d.", "s.")
# Of a document row ``d`` of a source ``s``: a person took it out of the collection that its own file names.
TAKEN_OUT = (
    "EXISTS (SELECT 1 FROM memberships o WHERE o.source_path = s.path AND o.ordinal = d.ordinal "
    "AND o.collection = d.collection AND NOT o.inside)"
)


@dataclass(slots=True)
class Conditions:
    """Conditions that must all hold, and the values of their parameters."""

    parts: list[str] = field(default_factory=list)
    values: dict[str, object] = field(default_factory=dict)

    def among(self, column: str, values: Collection[object] | None) -> None:
        """``column`` holds one of ``values``; None restricts nothing, an empty collection admits nothing."""
        if values is not None:
            self.parts.append(f"{column} IN (SELECT value FROM json_each({self._bind(dump(list(values)))}))")

    def holds(self, condition: str, *values: object) -> None:
        """A condition with a ``{}`` for each value."""
        self.parts.append(condition.format(*map(self._bind, values)))

    def _bind(self, value: object) -> str:
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    @property
    def sql(self) -> str:
        """The conditions as ``AND …`` to follow another condition."""
        return "".join(f" AND {part}" for part in self.parts)


def with_descendants(codes: Iterable[str]) -> frozenset[str]:
    """The region codes and those of all regions below them; a code that the tree lacks stands for itself."""
    from kb.regions import tree

    regions = tree()
    found: set[str] = set()
    for code in codes:
        found.add(code)
        if code in regions:
            found.update(regions.descendants(code))
    return frozenset(found)


def document_conditions(filters: Filters) -> Conditions:
    """The conditions that ``filters`` put on a document row ``d`` of a source row ``s``."""
    conditions = Conditions()
    if filters.regions:
        conditions.among("d.region_code", sorted(with_descendants(filters.regions)))
    conditions.among("d.level", filters.levels or None)
    conditions.among("d.kind", filters.kinds or None)
    conditions.among("d.id", filters.documents or None)
    conditions.among("d.status", filters.statuses or None)
    if filters.collections:
        names = dump(list(filters.collections))
        conditions.holds(
            "((d.collection IN (SELECT value FROM json_each({0})) AND NOT " + TAKEN_OUT + ") OR "
            "EXISTS (SELECT 1 FROM memberships m WHERE m.source_path = s.path AND m.ordinal = d.ordinal "
            "AND m.inside AND m.collection IN (SELECT value FROM json_each({0}))))",
            names,
        )
    # The same rule as records.publication_year: published, else signed, else in force.
    year = (
        "CAST(substr(CASE WHEN d.published != '' THEN d.published WHEN d.issued != '' THEN d.issued "
        "ELSE d.effective_from END, 1, 4) AS INTEGER)"
    )
    conditions.among(year, filters.years or None)
    if filters.types:
        tests = " OR ".join(["instr(' ' || p.types || ' ', {}) > 0"] * len(filters.types))
        conditions.holds(
            f"EXISTS (SELECT 1 FROM passages p WHERE p.document_row = d.row AND ({tests}))",
            *(f" {name} " for name in filters.types),
        )
    return conditions
