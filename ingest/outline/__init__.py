"""The structure of a document: its heading tree, and what each of its paragraphs is."""

from ingest.outline.build import build_outline
from ingest.outline.model import REMOVED, Outline, Part, Role

__all__ = ["REMOVED", "Outline", "Part", "Role", "build_outline"]
