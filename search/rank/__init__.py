"""Ranking: features of a passage for a question, and their few weights."""

from search.rank.model import Mode, Ranked, RankQuery, RankText, Reader
from search.rank.ranker import Ranker
from search.rank.weights import Weights, load_weights

__all__ = ["Mode", "RankQuery", "RankText", "Ranked", "Ranker", "Reader", "Weights", "load_weights"]
