"""Values as JSON records: one shape each, the same on the command line, in the API and for MCP clients."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kb.regions import tree

# For their types alone: a search answers sooner without the modules that compare, tabulate and draft.
if TYPE_CHECKING:
    from kb.model import Citation, Document, Section
    from kb.store import StoredFact
    from search.answer.model import Answer
    from search.casebook import CaseCard
    from search.checkup import Finding
    from search.compare.model import ClauseChange, ClauseResult, NumberResult
    from search.drafting import Draft
    from search.hits import Hit
    from search.table import Table

Record = dict[str, Any]


def region(code: str) -> Record:
    """A region as ``{code, name}``, the name with all its parents; both empty where it is unknown."""
    return {"code": code, "name": tree().get(code).full_name if code else ""}


def document(value: Document) -> Record:
    """A document with its metadata; ``start`` and ``end`` are offsets into its source text."""
    return {
        "id": value.id,
        "title": value.title,
        "source": value.source,
        "start": value.start,
        "end": value.end,
        "region": region(value.region_code),
        "level": value.level,
        "kind": value.kind,
        "issuer": value.issuer,
        "number": value.number,
        "published": value.published,
        "status": value.status,
    }


def sections(values: Sequence[Section]) -> list[Record]:
    """The heading tree in document order, each heading with its path from the top."""
    paths: list[list[str]] = []
    for value in values:
        above = paths[value.parent] if value.parent >= 0 else []
        paths.append([*above, value.title])
    return [
        {
            "path": path,
            "level": value.level,
            "start": value.start,
            "end": value.end,
            "run_in": value.run_in,
        }
        for value, path in zip(values, paths, strict=True)
    ]


def fact(value: StoredFact) -> Record:
    """A fact; ``start`` and ``end`` span its surface in the source text."""
    item = value.fact
    return {
        "document": value.document,
        "source": value.source,
        "surface": item.surface,
        "start": item.start,
        "end": item.end,
        "quote": item.quote,
        "quote_start": item.quote_start,
        "indicator": item.indicator,
        "value": item.value,
        "unit": item.unit,
        "comparator": item.comparator,
        "time": item.time,
        "time_inherited": item.time_inherited,
        "region": region(item.region_code),
        "kind": item.kind,
    }


def citation(value: Citation) -> Record:
    """A citation: its document, place and exact quote."""
    return {
        "document": value.document,
        "title": value.title,
        "source": value.source,
        "region": region(value.region_code),
        "section": list(value.section),
        "page": value.page,
        "start": value.start,
        "end": value.end,
        "quote": value.quote,
    }


def place(value: Citation) -> str:
    """Where a quote stands, in one line: region, title, heading path, page."""
    parts = [region(value.region_code)["name"] or "地区不明", value.title, " › ".join(value.section)]
    parts.append(f"第 {value.page} 页" if value.page is not None else "")
    return " · ".join(part for part in parts if part)


def hit(value: Hit) -> Record:
    """A search hit with its scores, its document's date and state."""
    return {
        "rank": value.rank,
        "score": round(value.score, 6),
        "lexical": round(value.lexical, 6),
        "semantic": round(value.semantic, 6),
        **citation(value.citation),
        "published": value.document.published,
        "status": value.document.status,
        "types": list(value.types),
        "copies": [citation(copy) for copy in value.copies],
    }


def answer(value: Answer) -> Record:
    """An answer or a refusal with its reason and the nearest material."""
    return {
        "question": value.question,
        "answered": value.answered,
        "reason": value.reason,
        "answer": value.text,
        "regions": [region(code) for code in value.regions],
        "citations": [
            {
                "number": item.number,
                "rank": item.rank,
                "score": round(item.score, 6),
                "lexical": round(item.lexical, 6),
                "semantic": round(item.semantic, 6),
                **citation(item.citation),
            }
            for item in value.citations
        ],
        "facts": [fact(item) for item in value.facts],
        "nearest": [hit(item) for item in value.nearest],
    }


def draft(value: Draft) -> Record:
    """A draft with the passages it cites, and what was taken out with the reasons."""
    return {
        "question": value.question,
        "host": value.host,
        "model": value.model,
        "text": value.text,
        "sentences": [{"text": item.text, "citations": list(item.numbers)} for item in value.sentences],
        "citations": [{"number": item.number, **citation(item.citation)} for item in value.sources],
        "removed": [{"text": item.text, "reason": item.reason} for item in value.removed],
        "notes": list(value.notes),
    }


def unanswered(question: str) -> Record:
    """The record of a question that could not be asked at all."""
    return {
        "question": question,
        "answered": False,
        "reason": "no_content",
        "answer": "这个问题无法理解。",
        "regions": [],
        "citations": [],
        "facts": [],
        "nearest": [],
    }


def table_rows(value: Table) -> list[Record]:
    """A table region × indicator, one record a region; a cell without facts is missing."""
    return [
        {
            "region": region(row.region_code),
            "cells": [
                {
                    "indicator": cell.indicator,
                    "unit": unit,
                    "missing": cell.missing,
                    "conflicting": cell.conflicting,
                    "facts": [
                        {
                            **fact(entry.fact),
                            "aligned_value": entry.value,
                            "aligned_unit": entry.unit,
                            "citation": citation(entry.citation),
                        }
                        for entry in cell.entries
                    ],
                }
                for cell, unit in zip(row.cells, value.units, strict=True)
            ],
        }
        for row in value.rows
    ]


def compare_clause(value: ClauseResult) -> Record:
    """A clause of a reference with its status, the local passages that answer it, and its numbers."""
    place = value.clause.citation
    return {
        "clause": {
            "document": place.document,
            "start": place.start,
            "end": place.end,
            "quote": place.quote,
            "title": place.title,
            "source": place.source,
            "section": list(place.section),
            "page": place.page,
            "key": value.clause.key,
            "kind": value.clause.kind,
        },
        "status": value.status,
        "set_aside": value.set_aside,
        "reason": value.reason,
        "matches": [citation(match) for match in value.matches],
        "numbers": [compare_number(number) for number in value.numbers],
    }


def compare_number(value: NumberResult) -> Record:
    """A number of a reference beside the local one; both are facts."""
    return {
        "indicator": value.indicator,
        "stage": value.stage,
        "reference": fact(value.reference),
        "local": fact(value.local),
        "verdict": value.verdict,
        "reason": value.reason,
        "reported": value.reported,
    }


def version_change(value: ClauseChange) -> Record:
    """A clause in an old and a new version, the words that differ, and the numbers that moved."""
    old, new = value.old, value.new
    from search.compare.wording import wording_changes

    pieces = wording_changes(old.citation.quote, new.citation.quote) if old and new else ()
    return {
        "change": value.change,
        "old": citation(old.citation) if old else None,
        "new": citation(new.citation) if new else None,
        "pieces": [{"kind": piece.kind, "text": piece.text} for piece in pieces],
        "numbers": [
            {
                "indicator": number.indicator,
                "stage": number.stage,
                "old": fact(number.old),
                "new": fact(number.new),
                "change": number.change,
            }
            for number in value.numbers
        ],
    }


def finding(value: Finding) -> Record:
    """What is wrong with some documents."""
    return {
        "finding": value.kind,
        "label": value.label,
        "count": len(value.documents),
        "documents": list(value.documents),
    }


def case_card(value: CaseCard) -> Record:
    """A case with its quotes; a quote that was edited has no citation."""
    return {
        "document": value.document.id,
        "heading": value.heading,
        "title": value.document.title,
        "region": region(value.document.region_code),
        "source": value.document.source,
        "wording": value.wording,
        "quotes": [
            {
                "role": quote.role,
                "text": quote.text,
                "exact": quote.exact,
                "citation": citation(quote.citation) if quote.exact else None,
                "facts": [fact(item) for item in quote.facts] if quote.exact else [],
            }
            for quote in value.quotes
        ],
    }
