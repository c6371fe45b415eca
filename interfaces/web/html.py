"""Pieces of HTML that the pages share. Everything that comes from a text or a person is escaped here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from kb.model import STATUS_NAMES, Citation, Document
from kb.regions import tree
from search.citations import gb7714, official
from search.hits import Nearby, Note
from search.query.model import Chip, Query


def region_name(code: str) -> str:
    """A region's full name, or a word for its absence."""
    return tree().get(code).full_name if code else "地区不明"


def attribute(text: str) -> str:
    """``text`` as the value of an attribute in double quotes."""
    return escape(text, quote=True)


def marked(text: str, words: Iterable[str]) -> str:
    """``text`` escaped, with the ``words`` in it marked; longer words first, without overlap."""
    wanted = sorted({word for word in words if word.strip()}, key=len, reverse=True)
    if not wanted:
        return escape(text)
    pattern = re.compile("|".join(map(re.escape, wanted)), re.IGNORECASE)
    pieces: list[str] = []
    at = 0
    for match in pattern.finditer(text):
        pieces += [escape(text[at : match.start()]), f"<mark>{escape(match.group())}</mark>"]
        at = match.end()
    pieces.append(escape(text[at:]))
    return "".join(pieces)


def notice(text: str, kind: str = "plain") -> str:
    """A line that explains a state: empty, refused, failed."""
    return f'<div class="pk-notice pk-{kind}" role="status">{escape(text)}</div>'


def understood(query: Query) -> str:
    """What was read in a question: what it was restricted to, typos that were mended, what was taken out."""
    return (
        _chips([chip for chip in query.chips if chip.kind != "correction"])
        + "".join(_corrected(chip) for chip in query.chips if chip.kind == "correction")
        + _removed(query.removed)
    )


def _chips(values: Sequence[Chip]) -> str:
    """What was understood of a question; each part can be taken out again."""
    if not values:
        return ""
    buttons = "".join(
        f'<button class="pk-chip" data-act="dismiss" data-key="{attribute(chip.key)}" '
        f'title="来自问题中的“{attribute(chip.surface)}”，点击取消这一条">'
        f"{escape(chip.label)}<span aria-hidden='true'> ×</span></button>"
        for chip in values
    )
    return f'<div class="pk-chips"><span class="pk-label">理解为</span>{buttons}</div>'


def _corrected(chip: Chip) -> str:
    written, _, read = chip.value.partition(">")
    return (
        f'<div class="pk-chips"><span>已按“{escape(read)}”查找，</span>'
        f'<button class="pk-chip" data-act="dismiss" data-key="{attribute(chip.key)}">'
        f"仍查“{escape(written)}”</button></div>"
    )


def _removed(values: Sequence[Chip]) -> str:
    """What the person took out, with the way back."""
    lines = []
    for chip in values:
        written, _, read = chip.value.partition(">")
        said = f"已取消“{chip.label}”，结果不再受它限制。"
        back = "恢复"
        if chip.kind == "correction":
            said, back = f"已按“{written}”原样查找。", f"改查“{read}”"
        lines.append(
            f'<div class="pk-chips pk-gone" role="status"><span>{escape(said)}</span>'
            f'<button class="pk-chip" data-act="restore" data-key="{attribute(chip.key)}">'
            f"{escape(back)}</button></div>"
        )
    return "".join(lines)


def notes(values: Sequence[Note]) -> str:
    """What a person should know about a result. Corrections are told by :func:`understood`."""
    pieces = []
    for note in values:
        if note.kind == "corrected":
            continue
        pieces.append(notice(note.message, "hint") + nearby_chips(note.nearby, "附近有资料的地区"))
    return "".join(pieces)


def nearby_chips(values: Sequence[Nearby], label: str) -> str:
    """Regions that can be chosen instead of one that has nothing; empty without any."""
    if not values:
        return ""
    chips = "".join(
        f'<button class="pk-chip" data-act="region" data-key="{attribute(near.code)}">'
        f"{escape(near.name)}（{near.documents} 篇）</button>"
        for near in values
    )
    return f'<div class="pk-chips"><span class="pk-label">{escape(label)}</span>{chips}</div>'


def open_attributes(citation: Citation) -> str:
    """Attributes of an element that opens the citation's place when it is clicked."""
    return (
        f'data-act="open" data-document="{attribute(citation.document)}" '
        f'data-start="{citation.start}" data-end="{citation.end}"'
    )


def state(document: Document) -> str:
    """Whether a document is in force; one that is not stands out."""
    name = STATUS_NAMES[document.status]
    if document.status in ("effective", "unknown"):
        return f'<span class="pk-inforce">{escape(name)}</span>'
    return f'<span class="pk-old">{escape(name)}</span>'


def digest(document: Document) -> str:
    """The mark of a digest whose title doesn't say that it is one."""
    wanted = document.is_digest and "摘编" not in document.title
    return '<span class="pk-digest">摘编</span>' if wanted else ""


def place(citation: Citation, document: Document) -> str:
    """Where a quote stands: region, title, heading path, page, date, state."""
    parts = [
        f'<span class="pk-region">{escape(region_name(citation.region_code))}</span>',
        f'<span class="pk-title">{escape(citation.title)}{digest(document)}</span>',
    ]
    if citation.section:
        parts.append(f'<span class="pk-path">{escape(" › ".join(citation.section))}</span>')
    if citation.page is not None:
        parts.append(f"<span>第 {citation.page} 页</span>")
    parts.append(
        f'<span class="pk-date">{escape(document.published or document.issued or "日期不明")}</span>'
    )
    parts.append(state(document))
    return f'<div class="pk-place">{" ".join(parts)}</div>'


def citation_text(citation: Citation, document: Document) -> str:
    """What is copied in the national standard's style: the quote with its entry for a reference list."""
    return f"“{citation.quote}”\n{gb7714(document, page=citation.page)}"


def official_text(citation: Citation, document: Document) -> str:
    """What is copied in the style of official texts: the quote with 《标题》（文号）."""
    return f"“{citation.quote}”——{official(document)}"


def copy_buttons(citation: Citation, document: Document) -> str:
    """The buttons that copy a quote with its source, in both styles."""
    return _copy("复制引文（公文）", "原文加《标题》（文号）", official_text(citation, document)) + _copy(
        "复制引文（国标）", "原文加 GB/T 7714 著录格式", citation_text(citation, document)
    )


def _copy(label: str, title: str, text: str) -> str:
    return (
        f'<button class="pk-small" data-act="copy" title="{attribute(title)}" '
        f'data-text="{attribute(text)}">{escape(label)}</button>'
    )


def link_button(query: str) -> str:
    """The button that copies the address of what is shown."""
    return (
        f'<button class="pk-small" data-act="link" data-query="{attribute(query)}" '
        'title="复制这次提问的网址，发给同事打开就是同样的问题和条件">复制链接</button>'
    )
