"""检索: passages with facets, in groups, with their place, their scores and more of their documents."""

from __future__ import annotations

from dataclasses import replace

from interfaces.web import hits_html
from interfaces.web.examples import welcome_to_search
from interfaces.web.permalink import Asked
from interfaces.web.question import QuestionTab
from interfaces.workspace import Workspace
from search.hits import Hit, SearchResult

_MORE = 5  # further passages of a document


def build(workspace: Workspace) -> QuestionTab:
    """The tab 检索."""

    def render(asked: Asked) -> str:
        found = workspace.search(
            asked.question, k=asked.count, filters=asked.filters, dismissed=asked.dismissed
        )
        facets = workspace.facets(found.query, asked.filters)
        more = {
            hit.key: _further(asked, hit.document.id, found)
            for hit in found.hits
            if str(hit.key) in asked.expanded
        }
        return hits_html.result(found, asked, facets, more)

    def _further(asked: Asked, document: str, found: SearchResult) -> tuple[Hit, ...]:
        """Passages of a document that are not among the hits."""
        filters = replace(asked.filters, documents=(document,))
        known = {hit.key for hit in found.hits}
        more = workspace.search(
            asked.question, k=_MORE + len(known), filters=filters, dismissed=asked.dismissed
        )
        return tuple(hit for hit in more.hits if hit.key not in known)[:_MORE]

    return QuestionTab(
        workspace,
        name="检索词",
        placeholder="例如：教师交流轮岗 县管校聘",
        button="检索",
        welcome=lambda: welcome_to_search(workspace),
        render=render,
        prefix="search",
    )
