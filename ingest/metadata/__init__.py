"""What a document says about itself: title, issuer, number, dates, kind, status, and what it abolishes."""

from ingest.metadata.model import Metadata
from ingest.metadata.read import read_metadata

__all__ = ["Metadata", "read_metadata"]
