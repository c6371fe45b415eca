"""From an answer or a case book to a draft: ask the endpoint, then keep only what holds."""

from __future__ import annotations

from kb.errors import DraftError
from kb.settings import Settings
from search.answer.model import Answer
from search.casebook import CaseBook
from search.drafting.check import check
from search.drafting.client import complete
from search.drafting.endpoint import endpoint_of
from search.drafting.model import Draft, Source
from search.drafting.prompt import fitting, messages


def sources_of_answer(answer: Answer) -> tuple[Source, ...]:
    """The passages that an answer cites, under its numbers."""
    return tuple(Source(item.number, item.citation) for item in answer.citations)


def sources_of_casebook(book: CaseBook) -> tuple[Source, ...]:
    """The quotes of a case book that stand as they are in their sources, numbered from 1."""
    quotes = [quote.citation for card in book.cards for quote in card.quotes if quote.exact]
    return tuple(Source(number, citation) for number, citation in enumerate(dict.fromkeys(quotes), 1))


def write_draft(settings: Settings, question: str, sources: tuple[Source, ...]) -> Draft:
    """A draft on the question from the passages.

    :raises DraftError: drafting is off, there is nothing to write from, or the endpoint fails.
    :raises SettingsError: the settings of drafting do not fit.
    """
    endpoint = endpoint_of(settings)
    if endpoint is None:
        raise DraftError(
            "没有设置起草接口",
            remedy="在 settings.json 里写 draft_base_url 和 draft_model；见 docs/drafting.md",
        )
    if not sources:
        raise DraftError("没有可以起草的引文", remedy="请先得到一个有引文的答案")
    sent = fitting(sources)
    reply = complete(endpoint, messages(question, sent))
    kept, removed = check(reply.text, sent, cut=reply.cut)
    notes = []
    if len(sent) < len(sources):
        notes.append(f"资料太长，只用了前 {len(sent)} 条引文。")
    if reply.cut:
        notes.append("模型没有写完就停了，最后不完整的一句已删去。")
    if not kept:
        notes.append("模型写的内容都没有通过核对，没有可用的句子。")
    cited = {number for sentence in kept for number in sentence.numbers}
    return Draft(
        question,
        endpoint.host,
        endpoint.model,
        kept,
        removed,
        tuple(source for source in sent if source.number in cited),
        tuple(notes),
    )
