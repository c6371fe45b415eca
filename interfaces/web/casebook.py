"""案例汇编: cited cases on a topic, chosen, put in order, written beside, exported."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import gradio as gr

from interfaces.web import casebook_html, html
from interfaces.web.download import download_button, file_name
from interfaces.web.filters import choices
from interfaces.web.reading import SourcePanel, source_panel
from interfaces.web.theme import asset
from interfaces.workspace import Workspace
from kb.errors import PolicyKBError, QueryError
from kb.model import Filters
from search.casebook import CaseBook, CaseCard, build_casebook, read_request
from search.export import export_casebook

EXAMPLES = ("找三个教师交流轮岗的案例，要有数字", "集团化办学", "乡村教师待遇保障")
_WELCOME = "写一个主题后回车，例如“找三个教师交流轮岗的案例，要有数字”。案例里的每一句都是原文，可以选用、排序、改写和导出。"
_COUNTS = [("按主题（默认 3 个）", 0), *((f"{n} 个", n) for n in (1, 2, 3, 5, 8, 10, 20))]
_TITLE = 80  # characters of a title at most
# One at a time and in the order they came: what was typed last is in the file that is exported next.
_IN_ORDER: dict[str, Any] = {
    "api_visibility": "private",
    "trigger_mode": "multiple",
    "concurrency_id": "casebook",
    "concurrency_limit": 1,
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A case book that is being written; ``chosen`` are the documents whose cards are exported."""

    book: CaseBook
    chosen: frozenset[str]

    @classmethod
    def of(cls, book: CaseBook) -> Draft:
        """A fresh one, every card chosen."""
        return cls(book, frozenset(card.document.id for card in book.cards))

    @property
    def selection(self) -> CaseBook:
        """The case book that is exported."""
        return replace(self.book, cards=tuple(c for c in self.book.cards if c.document.id in self.chosen))

    def choose(self, card: str, chosen: bool) -> Draft:
        """With a card chosen or left out."""
        return replace(self, chosen=self.chosen | {card} if chosen else self.chosen - {card})

    def move(self, card: str, step: int) -> Draft:
        """With a card moved by ``step`` places; at an end it stays."""
        cards = list(self.book.cards)
        at = next((i for i, c in enumerate(cards) if c.document.id == card), -1)
        to = at + step
        if at < 0 or not 0 <= to < len(cards):
            return self
        cards[at], cards[to] = cards[to], cards[at]
        return replace(self, book=replace(self.book, cards=tuple(cards)))

    def word(self, card: str, text: str) -> Draft:
        """With a person's wording beside the quotes of a card."""
        return self._change(card, lambda c: replace(c, wording=text.strip()))

    def rename(self, card: str, title: str) -> Draft:
        """With another title of a card; an empty one gives it its document's."""
        return self._change(card, lambda c: replace(c, title=" ".join(title.split())[:_TITLE]))

    def reword(self, card: str, quote: int, text: str) -> Draft:
        """With a quote reworded; an empty text, or the source's own, restores it."""

        def change(found: CaseCard) -> CaseCard:
            quotes = [q.reworded(text) if i == quote else q for i, q in enumerate(found.quotes)]
            cut = len(found.measures)
            return replace(found, measures=tuple(quotes[:cut]), results=tuple(quotes[cut:]))

        return self._change(card, change)

    def drop(self, card: str, quote: int) -> Draft:
        """Without a quote; the last one of a card stays."""

        def change(found: CaseCard) -> CaseCard:
            if len(found.quotes) < 2:
                return found
            cut = len(found.measures)
            return replace(
                found,
                measures=tuple(q for i, q in enumerate(found.measures) if i != quote),
                results=tuple(q for i, q in enumerate(found.results) if i + cut != quote),
            )

        return self._change(card, change)

    def _change(self, card: str, change: Any) -> Draft:
        cards = tuple(change(c) if c.document.id == card else c for c in self.book.cards)
        return replace(self, book=replace(self.book, cards=cards))


def collect(
    workspace: Workspace,
    topic: str,
    regions: list[str],
    count: int = 0,
    with_numbers: bool = False,
    collections: list[str] | None = None,
) -> CaseBook:
    """The cases on a topic. :raises QueryError: there is no topic."""
    if not (topic or "").strip():
        raise QueryError("还没有写主题", remedy="例如：找三个教师交流轮岗的案例，要有数字")
    request = read_request(topic, count=count or None, with_numbers=with_numbers or None)
    filters = Filters(regions=tuple(regions or ()), collections=tuple(collections or ()))
    return build_casebook(workspace.searcher, workspace.library.snapshot().reader, request, filters)


class CasebookTab:
    """The tab 案例汇编."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        with gr.Row():
            with gr.Column(scale=7, min_width=360):
                with gr.Row(elem_classes="pk-asking"):
                    self.topic = gr.Textbox(
                        label="主题",
                        placeholder="例如：找三个教师交流轮岗的案例，要有数字",
                        lines=1,
                        scale=5,
                        elem_id="cases-topic",
                    )
                    self.button = gr.Button("收集案例", variant="primary", scale=1, elem_id="cases-go")
                with gr.Row(elem_classes="pk-options"):
                    self.regions = gr.Dropdown(
                        choices(workspace)[0],
                        label="地区（含下级）",
                        multiselect=True,
                        value=[],
                        min_width=180,
                    )
                    self.count = gr.Dropdown(
                        _COUNTS, label="数量", value=0, min_width=140, elem_id="cases-count"
                    )
                    names = list(workspace.store.collections())
                    self.collections = gr.Dropdown(
                        names,
                        label="专题",
                        multiselect=True,
                        value=[],
                        min_width=140,
                        visible=bool(names),
                        elem_id="cases-collections",
                    )
                    self.numbers = gr.Checkbox(label="要有数字", value=False, min_width=140)
                gr.Examples(
                    [[text] for text in EXAMPLES],
                    inputs=[self.topic],
                    label="可以这样写",
                    api_visibility="private",
                )
                self.state = gr.State(None)
                with gr.Row(visible=False) as self.tools:
                    for label, suffix in (("Word", ".docx"), ("Markdown", ".md"), ("Excel", ".xlsx")):
                        download_button(
                            f"导出 {label}", _writer(suffix), [self.state], elem_id=f"cases-{suffix[1:]}",
                            concurrency_id="casebook",
                        )  # fmt: skip
                self.output = gr.HTML(
                    html.notice(_WELCOME),
                    js_on_load=asset("casebook.js"),
                    apply_default_css=False,
                    elem_id="cases-output",
                )
            with gr.Column(scale=5, min_width=340, elem_classes="pk-side"):
                self.panel: SourcePanel = source_panel(workspace, elem_id="cases-source")
        self._wire()

    def _wire(self) -> None:
        inputs = [self.topic, self.regions, self.count, self.numbers, self.collections]
        for start in (self.topic.submit, self.button.click):
            start(self._run, inputs, [self.output, self.state, self.tools], api_visibility="private")
        self.output.click(self._act, [self.state], [self.output, self.state, self.panel.view], **_IN_ORDER)

    @property
    def offering(self) -> list[gr.components.Component]:
        """The components whose choices follow the library."""
        return [self.regions, self.collections]

    def refreshed(self) -> list[Any]:
        """Updates of :attr:`offering` after the library has changed; what was chosen stays."""
        names = list(self._workspace.store.collections())
        return [
            gr.update(choices=choices(self._workspace)[0]),
            gr.update(choices=names, visible=bool(names)),
        ]

    def _run(
        self, topic: str, regions: list[str], count: int, numbers: bool, collections: list[str]
    ) -> tuple[Any, ...]:
        try:
            draft = Draft.of(collect(self._workspace, topic, regions, count, numbers, collections))
        except PolicyKBError as error:
            return html.notice(str(error), "error"), None, gr.update(visible=False)
        return _shown(draft), draft, gr.update(visible=bool(draft.book.cards))

    def _act(self, event: gr.EventData, draft: Draft | None) -> tuple[Any, ...]:
        data = event._data or {}
        act, card = data.get("act"), str(data.get("card", ""))
        if act == "open":
            return (
                gr.skip(),
                gr.skip(),
                self.panel.show(data["document"], int(data["start"]), int(data["end"])),
            )
        if draft is None:
            return gr.skip(), gr.skip(), gr.skip()
        if act == "wording":
            # The person is still typing in the page; drawing it anew would take the cursor away.
            return gr.skip(), draft.word(card, str(data.get("text", ""))), gr.skip()
        quote = int(data.get("quote", -1))
        changed = {
            "choose": lambda: draft.choose(card, bool(data.get("chosen"))),
            "up": lambda: draft.move(card, -1),
            "down": lambda: draft.move(card, 1),
            "title": lambda: draft.rename(card, str(data.get("text", ""))),
            "reword": lambda: draft.reword(card, quote, str(data.get("text", ""))),
            "restore": lambda: draft.reword(card, quote, ""),
            "drop": lambda: draft.drop(card, quote),
        }.get(str(act), lambda: draft)()
        return _shown(changed), changed, gr.skip()


def _shown(draft: Draft) -> str:
    return casebook_html.casebook(draft.book, draft.chosen)


def _writer(suffix: str) -> Any:
    def write(folder: Path, draft: Draft | None) -> Path | None:
        if draft is None:
            return None
        path = folder / file_name(f"{draft.book.topic}案例汇编", suffix)
        export_casebook(draft.selection, path)
        return path

    return write


def build(workspace: Workspace) -> CasebookTab:
    """The tab 案例汇编."""
    return CasebookTab(workspace)
