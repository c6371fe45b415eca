"""What a document says about itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kb.model import Evidence, Level, Status


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields of one document; empty where nothing says them. Dates are ISO 8601, a year or month may do.

    :ivar published: when it was drawn up (成文日期): from its signature or the note under its title, else the
        best other date, as ``evidence["published"].origin`` tells.
    :ivar issued: when it was printed or put online (印发, 发布).
    :ivar effective_from: when it comes into force (施行); ``expires``: when it ceases to be.
    :ivar level: a hint from the issuer's name; the home region decides.
    :ivar status: as of the day of reading.
    :ivar repeals: titles and numbers of the documents that this one abolishes.
    :ivar region: the region as the file's own metadata names it, verbatim.
    :ivar digest_of: what it is a digest of, if it says so.
    :ivar evidence: per filled field where it was read.
    """

    title: str = ""
    issuer: str = ""
    number: str = ""
    published: str = ""
    issued: str = ""
    effective_from: str = ""
    expires: str = ""
    level: Level | Literal[""] = ""
    kind: str = ""
    status: Status = "unknown"
    repeals: tuple[str, ...] = ()
    region: str = ""
    collection: str = ""
    digest_of: str = ""
    evidence: dict[str, Evidence] = field(default_factory=dict)
