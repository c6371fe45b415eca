"""Putting the outline of a document together: head, closing, attachments, headings, tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.cleaning.model import CleanSource
from ingest.draft import Draft
from ingest.outline.closing import Annex, find_annexes, mark_closing
from ingest.outline.contents import mark_contents
from ingest.outline.front import line_role, read_front
from ingest.outline.headings import Heading, Headings
from ingest.outline.laws import read_law
from ingest.outline.lines import Line, read_lines
from ingest.outline.marks import Rank
from ingest.outline.model import Outline, Role
from ingest.outline.numbered import numbered
from ingest.outline.ranks import rank_layout, rank_own_lines
from ingest.outline.series import inline_series
from ingest.outline.tails import Turn, find_turns
from ingest.outline.tree import Tree
from ingest.outline.unnumbered import own_lines, own_sentences, run_ins


@dataclass(frozen=True, slots=True)
class Segment:
    """Lines ``[first, last)`` with a numbering of their own: the document proper, or one attachment."""

    first: int
    last: int
    annex: Annex | None = None


def build_outline(clean: CleanSource, draft: Draft) -> Outline:
    """Read the structure of one draft.

    :returns: the heading tree (source offsets), a role for each paragraph, and the text of each paragraph cut
        where the section changes (shadow offsets).
    """
    lines = read_lines(clean, draft.first, draft.last)
    roles: list[Role | None] = ["table" if line.row else None for line in lines]
    body = _mark_head(clean, draft, lines, roles)
    mark_contents(lines, roles, body)
    mark_closing(lines, roles, body)
    segments = _segments(lines, roles, body)
    tree = Tree(clean, len(lines))
    peers = sum(1 for s in segments if s.annex is not None and not s.annex.labelled) > 1
    for segment in segments:
        _read_segment(tree, lines, roles, segment, peers=peers)
    return _finish(lines, roles, tree, segments)


def _mark_head(clean: CleanSource, draft: Draft, lines: Sequence[Line], roles: list[Role | None]) -> int:
    known = clean.loaded.metadata.get("title", "") if draft.role == "document" else ""
    front = read_front(lines, known or draft.title)
    for i, role in enumerate(front.roles):
        if roles[i] is None or role == "info":
            roles[i] = role
    return front.body


def _segments(lines: Sequence[Line], roles: list[Role | None], body: int) -> list[Segment]:
    annexes = find_annexes(lines, roles, body)
    edges = [annex.first for annex in annexes] + [len(lines)]
    segments = [Segment(body, edges[0])]
    for annex, end in zip(annexes, edges[1:], strict=True):
        for i in range(annex.first, annex.body):
            roles[i] = "heading" if annex.labelled else "title"
        start = annex.body
        while start < end and (role := line_role(lines[start], roles[start - 1])) in (
            "note",
            "number",
            "addressee",
        ):
            roles[start] = role
            start += 1
        segments.append(Segment(start, end, annex))
    return segments


def _read_segment(
    tree: Tree, lines: Sequence[Line], roles: list[Role | None], segment: Segment, *, peers: bool
) -> None:
    first, last = segment.first, segment.last
    found = numbered(lines, roles, first, last)
    law, articles = read_law(lines, roles, first, last)
    prose_end = last
    if law is not None:
        found = {i: h for i, h in found.items() if i < law.first or h.rank < Rank.ARTICLE}
        found.update(articles)
        prose_end = law.first
    found.update(own_lines(lines, roles, first, prose_end, found))
    found.update(own_sentences(lines, roles, first, prose_end, found))
    found.update(run_ins(lines, roles, first, prose_end, found))
    rank_layout(lines, found)
    rank_own_lines(found)
    turns = find_turns(lines, roles, first, last, found) if law is None else {}
    annex = segment.annex
    tree.reset()
    if annex is not None:
        titled = annex.labelled or peers or _has_peer_titles(found)
        tree.annex(lines, annex, titled=titled)
        if titled and not annex.labelled:
            for i in range(annex.first, annex.body):
                roles[i] = "heading"
    _grow(tree, lines, roles, segment, found, turns)


def _has_peer_titles(found: Headings) -> bool:
    """Unnumbered headings that stand above 一、: the titles of further documents after the first."""
    return any(h.rank < Rank.CN and h.mark is None for h in found.values())


def _grow(
    tree: Tree,
    lines: Sequence[Line],
    roles: list[Role | None],
    segment: Segment,
    found: Headings,
    turns: dict[int, Turn],
) -> None:
    for i in range(segment.first, segment.last):
        line = lines[i]
        turn = turns.get(i)
        if turn is not None:
            if turn.heading is not None:
                tree.add(turn.heading)
            else:
                tree.climb(turn.rank)
        if roles[i] is not None and roles[i] not in ("table", "contents"):
            continue
        heading = found.get(i)
        if heading is not None:
            tree.add(heading)
            if not heading.run_in:
                roles[i] = "heading"
                continue
        if roles[i] == "contents":
            tree.apart(i, line)
            continue
        tree.text(i, line, _inline(line, heading) if roles[i] is None else [])


def _inline(line: Line, heading: Heading | None) -> list[Heading]:
    if heading is not None and heading.item:
        return []
    after = heading.end - line.start if heading is not None and heading.rank < Rank.ORDINAL else 0
    return [
        Heading(-1, rank, line.start + start, line.start + end, True)
        for start, end, rank in inline_series(line.text, after)
        if heading is None or line.start + start > heading.start
    ]


def _finish(
    lines: Sequence[Line], roles: list[Role | None], tree: Tree, segments: Sequence[Segment]
) -> Outline:
    attached: set[int] = set()
    for segment in segments:
        if segment.annex is not None and segment.annex.labelled:
            attached.update(range(segment.first, segment.last))
    final: list[Role] = []
    for i, role in enumerate(roles):
        final.append(role if role is not None else "attachment" if i in attached else "body")
    return tree.outline(lines, final)
