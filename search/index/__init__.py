"""The index of a knowledge base, derived from its store and published generation by generation.

Readers open the generation that the index folder names and read the store at that same generation, so a document
appears with its index or not at all.
"""

from search.index.fields import ANALYSIS, Analysis, BodyAndHeading, heading_of, passage_for_embedding
from search.index.following import Following, Refreshed, recipe_of
from search.index.refreshing import open_index, published_generation, refresh

__all__ = [
    "ANALYSIS",
    "Analysis",
    "BodyAndHeading",
    "Following",
    "Refreshed",
    "heading_of",
    "open_index",
    "passage_for_embedding",
    "published_generation",
    "recipe_of",
    "refresh",
]
