"""A local document against reference documents, clause by clause and number by number; an old version against a new."""

from search.compare.material import Material, from_library, from_source, identity
from search.compare.model import (
    CHANGE_NAMES,
    CLAUSE_KIND_NAMES,
    CLAUSE_STATUS_NAMES,
    NUMBER_CHANGE_NAMES,
    VERDICT_NAMES,
    ChapterCoverage,
    Clause,
    ClauseChange,
    ClauseResult,
    Comparison,
    NumberChange,
    NumberResult,
    VersionComparison,
)
from search.compare.references import default_references
from search.compare.review import compare
from search.compare.summary import by_attention, chapters, numbers_first, summary_line, versions_line
from search.compare.versions import compare_versions
from search.compare.wording import WordingPiece, wording_changes

__all__ = [
    "CHANGE_NAMES",
    "CLAUSE_KIND_NAMES",
    "CLAUSE_STATUS_NAMES",
    "NUMBER_CHANGE_NAMES",
    "VERDICT_NAMES",
    "ChapterCoverage",
    "Clause",
    "ClauseChange",
    "ClauseResult",
    "Comparison",
    "Material",
    "NumberChange",
    "NumberResult",
    "VersionComparison",
    "WordingPiece",
    "by_attention",
    "chapters",
    "compare",
    "compare_versions",
    "default_references",
    "from_library",
    "from_source",
    "identity",
    "numbers_first",
    "summary_line",
    "versions_line",
    "wording_changes",
]
