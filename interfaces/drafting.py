"""Drafts as the faces ask for them: from the answer to a question, or from the cases on a topic."""

from __future__ import annotations

from collections.abc import Collection

from interfaces.workspace import Workspace
from kb.errors import DraftError
from kb.model import Filters
from search.answer.model import Answer
from search.casebook import build_casebook, read_request
from search.drafting import Draft, sources_of_answer, sources_of_casebook, write_draft


def draft_answer(workspace: Workspace, answer: Answer) -> Draft:
    """A draft from the passages that an answer cites.

    :raises DraftError: drafting is off, the question has no answer, or the endpoint fails.
    """
    if not answer.answered:
        raise DraftError("这个问题没有答案，没有可以起草的引文", remedy="请换一个问法，或放宽筛选条件")
    return write_draft(workspace.settings, answer.question, sources_of_answer(answer))


def draft_question(
    workspace: Workspace, question: str, filters: Filters | None = None, dismissed: Collection[str] = ()
) -> Draft:
    """A draft from the passages that answer a question. :raises DraftError: see :func:`draft_answer`."""
    return draft_answer(workspace, workspace.ask(question, filters=filters, dismissed=dismissed))


def draft_cases(workspace: Workspace, topic: str, filters: Filters | None = None) -> Draft:
    """A draft from the quotes of the cases on a topic.

    :raises DraftError: drafting is off, there are no cases, or the endpoint fails.
    """
    reader = workspace.library.snapshot().reader
    book = build_casebook(workspace.searcher, reader, read_request(topic), filters)
    return write_draft(workspace.settings, topic, sources_of_casebook(book))
