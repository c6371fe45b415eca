"""Why a question is refused, as a code and as a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.answer.model import Reason
from search.answer.numbers import Reply
from search.hits import SearchResult
from search.query.model import Query

_NEAR = 0.5  # a reply's score from which its indicator is the one that was asked for


@dataclass(frozen=True, slots=True)
class Refusal:
    """The reason and the sentence that states it."""

    reason: Reason
    sentence: str


def refuse(query: Query, result: SearchResult, replies: Sequence[Reply]) -> Refusal:
    """Why ``result`` does not answer ``query``.

    :param replies: the facts that came nearest, with how well each fits.
    """
    notes = {note.kind: note.message for note in result.notes}
    if not query.has_content:
        return Refusal(
            "no_content", notes.get("no_content", "问题里没有可以检索的内容，请写明想了解的事项。")
        )
    if "unknown_region" in notes and ("named_within" in notes or not result.hits):
        return Refusal("unknown_region", f"不能回答：{notes['unknown_region']}")
    if "empty_filter" in notes and not result.hits:
        return Refusal("empty_filter", f"不能回答：{notes['empty_filter']}")
    if "unknown_article" in notes and not result.hits:
        return Refusal("absent_topic", f"不能回答：{notes['unknown_article']}")
    if "unknown_document" in notes:
        return Refusal("absent_topic", f"不能回答：{notes['unknown_document']}")
    missing = missing_words(query)
    years = [span for span in query.spans if span.absolute]
    outside = [reply for reply in replies if reply.year_fits is False]
    if years and outside and not missing:
        best = max(reply.score for reply in outside)
        found = dict.fromkeys(r.fact.fact.time for r in outside if r.fact.fact.time and r.score >= 0.9 * best)
        told = f"，有的是{'、'.join(list(found)[:3])}的数据" if found else ""
        return Refusal("year_outside", f"不能回答：资料里没有“{years[0].surface}”的这项内容{told}。")
    if missing and not (query.form == "numeric" and query.regions):
        words = "、".join(f"“{word}”" for word in missing[:3])
        return Refusal("absent_topic", f"不能回答：资料库里没有提到{words}的内容。")
    if query.form == "numeric":
        if missing:
            words = "、".join(f"“{word}”" for word in missing[:3])
            return Refusal("no_indicator" if len(missing) < len(query.terms) else "absent_topic",
                           f"不能回答：资料里没有这项数据（没有提到{words}）。")  # fmt: skip
        return Refusal("no_indicator", "不能回答：资料里没有这项数据。")
    return Refusal("absent_topic", "不能回答：资料里没有足以回答这个问题的内容。")


def missing_words(query: Query) -> list[str]:
    """The content words of the question that the library holds nowhere, under no other name."""
    return [term.text for term in query.terms if not term.df and not term.optional]
