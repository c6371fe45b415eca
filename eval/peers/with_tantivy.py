"""tantivy, a search library in the manner of Lucene, with its index in memory."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from eval.datasets import CorpusPassage
from eval.peers.base import Entrant, load, our_tokens, reading, spaced


class Tantivy:
    """One text field, any of the question's tokens may match.

    :param ours: our tokens instead of its default ones (runs of letters, lower case).
    """

    def __init__(self, *, ours: bool) -> None:
        self._ours = ours
        self._tantivy = load("tantivy")

    def build(self, passages: Sequence[CorpusPassage]) -> None:
        """Index the passages."""
        schema = self._tantivy.SchemaBuilder()
        schema.add_integer_field("place", stored=True, indexed=False)
        schema.add_text_field("text", tokenizer_name="whitespace" if self._ours else "default")
        self._schema = schema.build()
        self._index = self._tantivy.Index(self._schema)
        writer = self._index.writer()
        for place, one in enumerate(passages):
            text = reading(one)
            writer.add_document(
                self._tantivy.Document(place=place, text=spaced(text) if self._ours else text)
            )
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, question: str, k: int) -> list[int]:
        """The best passages."""
        if self._ours:
            term, should = self._tantivy.Query.term_query, self._tantivy.Occur.Should
            tokens = [token.replace(" ", "_") for token in our_tokens(question)]
            query = self._tantivy.Query.boolean_query(
                [(should, term(self._schema, "text", token)) for token in tokens]
            )
        else:
            query, _ = self._index.parse_query_lenient(question, ["text"])
        found = self._searcher.search(query, k)
        return [int(self._searcher.doc(address)["place"][0]) for _, address in found.hits]


def _default(_: Path) -> Tantivy:
    return Tantivy(ours=False)


def _ours(_: Path) -> Tantivy:
    return Tantivy(ours=True)


ENTRANTS = (
    Entrant("tantivy 默认词元", "tantivy", _default),
    Entrant("tantivy 本项目词元", "tantivy", _ours),
)
