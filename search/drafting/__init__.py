"""Drafting through an OpenAI-compatible endpoint, off by default: from cited passages only, and checked afterwards."""

from search.drafting.endpoint import Endpoint, endpoint_of
from search.drafting.model import Draft, DraftSentence, Removed, Source
from search.drafting.write import sources_of_answer, sources_of_casebook, write_draft

__all__ = [
    "Draft",
    "DraftSentence",
    "Endpoint",
    "Removed",
    "Source",
    "endpoint_of",
    "sources_of_answer",
    "sources_of_casebook",
    "write_draft",
]
