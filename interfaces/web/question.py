"""A question box with filters, the result below it and the source panel beside it; shared by 问答 and 检索."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import gradio as gr

from interfaces.web import html
from interfaces.web.filters import FilterRow, filter_row, shown, to_filters
from interfaces.web.permalink import FIRST, MOST, Asked, with_again, without
from interfaces.web.reading import SourcePanel, source_panel
from interfaces.web.theme import asset
from interfaces.workspace import Workspace
from kb.errors import PolicyKBError
from kb.model import Filters
from search.facets import FIELDS, FacetField, toggled
from search.grouping import GROUPING_NAMES

Render = Callable[[Asked], str]


class QuestionTab:
    """One tab: what it asks for is an :class:`Asked`, what it shows is ``render`` of it.

    :ivar outputs: the components that :meth:`restored` gives values for.
    """

    def __init__(
        self,
        workspace: Workspace,
        *,
        name: str,
        placeholder: str,
        button: str,
        welcome: Callable[[], str],
        render: Render,
        prefix: str,
    ) -> None:
        self._workspace = workspace
        self._render = render
        self._welcome = welcome
        with gr.Row():
            with gr.Column(scale=6, min_width=360):
                with gr.Row(elem_classes="pk-asking"):
                    self.question = gr.Textbox(
                        label=name,
                        placeholder=placeholder,
                        lines=1,
                        scale=5,
                        elem_id=f"{prefix}-question",
                        elem_classes="pk-question",
                    )
                    self.button = gr.Button(
                        button, variant="primary", scale=1, min_width=90, elem_id=f"{prefix}-go"
                    )
                self.filters: FilterRow = filter_row(workspace)
                self.output = gr.HTML(
                    "",
                    js_on_load=asset("actions.js"),
                    apply_default_css=False,
                    elem_id=f"{prefix}-output",
                )
            with gr.Column(scale=5, min_width=340, elem_classes="pk-side"):
                self.panel: SourcePanel = source_panel(workspace, elem_id=f"{prefix}-source")
        self.asked = gr.State(Asked())
        self.outputs = [self.question, self.output, self.asked, *self.filters.components]
        self._wire()

    def _wire(self) -> None:
        inputs = [self.question, *self.filters.components]
        for listen in (self.question.submit, self.button.click):
            listen(self._run, inputs, [self.output, self.asked], api_visibility="private")
        self.output.click(self._act, [self.asked], [*self.outputs, self.panel.view], api_visibility="private")

    def restored(self, asked: Asked | None) -> list[Any]:
        """Values of :attr:`outputs` when a page is opened: with a question asked, or without.

        Without one the box is left alone: a person may be typing already.
        """
        question = gr.skip() if asked is None else asked.question
        asked = asked or Asked()
        output = self._html(asked) if asked.question else self._welcome()
        return [question, output, asked, *shown(self._workspace, asked.filters, refresh=True)]

    def _run(self, question: str, *filters: Any) -> tuple[str, Asked]:
        asked = Asked((question or "").strip(), to_filters(*filters))
        return (self._html(asked) if asked.question else self._welcome()), asked

    def _html(self, asked: Asked) -> str:
        try:
            return self._render(asked)
        except PolicyKBError as error:
            return html.notice(str(error), "error")

    def _act(self, event: gr.EventData, asked: Asked) -> list[Any]:
        """What a click in the result asks for: open a source, or the same question a little otherwise."""
        data = event._data or {}
        if data.get("act") == "open":
            view = self.panel.show(str(data["document"]), int(data["start"]), int(data["end"]))
            return [*(gr.skip() for _ in self.outputs), view]
        if data.get("act") == "example":
            changed: Asked | None = Asked(str(data.get("key", "")))
        else:
            changed = acted(asked, data, self._workspace.region_chips)
        if changed is None:
            return [gr.skip() for _ in range(len(self.outputs) + 1)]
        refiltered = changed.filters != asked.filters or data.get("act") == "example"
        filters = (
            shown(self._workspace, changed.filters, refresh=True)
            if refiltered
            else [gr.skip() for _ in self.filters.components]
        )
        return [changed.question, self._html(changed), changed, *filters, gr.skip()]


def acted(asked: Asked, data: dict[str, Any], region_chips: Callable[[str], tuple[str, ...]]) -> Asked | None:
    """The question after a click in its result; None for a click that means nothing here.

    :param region_chips: the keys of the chips by which a question names regions.
    """
    act, key = data.get("act"), str(data.get("key", ""))
    if act == "dismiss":
        return without(asked, key)
    if act == "restore":
        return with_again(asked, key)
    if act == "region":
        # The question's own region stands in the way of the one that was chosen instead of it.
        dismissed = tuple(dict.fromkeys((*asked.dismissed, *region_chips(asked.question))))
        return replace(asked, filters=replace(asked.filters, regions=(key,)), dismissed=dismissed)
    if act == "facet" and data.get("field") in FIELDS:
        filters = toggled(asked.filters, cast(FacetField, data["field"]), key)
        return replace(asked, filters=filters, count=FIRST, expanded=())
    if act == "clear":
        return replace(asked, filters=Filters(), count=FIRST, expanded=())
    if act == "group" and key in GROUPING_NAMES:
        return replace(asked, grouping=key)
    if act == "more":
        return replace(asked, expanded=tuple(dict.fromkeys((*asked.expanded, key))))
    if act == "longer":
        return replace(asked, count=min(asked.count + FIRST, MOST))
    return None
