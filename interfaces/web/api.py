"""The workbench's endpoints for programs: the same tools as over MCP, JSON in and out. See ``docs/api.md``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import gradio as gr
from gradio.events import api as endpoint

from interfaces.tools import Tools
from interfaces.workspace import Workspace
from kb.errors import PolicyKBError

Given = TypeVar("Given")


def build(workspace: Workspace) -> None:
    """Register the endpoints; called inside the page's ``gr.Blocks``."""
    tools = Tools(workspace)

    def search(
        query: str,
        count: int = 10,
        regions: list[str] | None = None,
        levels: list[str] | None = None,
        years: list[int] | None = None,
        kinds: list[str] | None = None,
    ) -> list[dict[str, Any]]:
        """检索段落，最相关的在前。"""
        return _given(
            lambda: tools.search(query, count, regions or (), levels or (), years or (), kinds or ())
        )

    def ask(
        question: str,
        regions: list[str] | None = None,
        levels: list[str] | None = None,
        years: list[int] | None = None,
    ) -> dict[str, Any]:
        """回答问题，每一句都带引文；不能回答时说明原因。"""
        return _given(lambda: tools.ask(question, regions or (), levels or (), years or ()))

    def facts(
        indicator: str = "",
        regions: list[str] | None = None,
        document: str = "",
        kind: str = "",
        count: int = 200,
    ) -> list[dict[str, Any]]:
        """列出数据项。"""
        return _given(lambda: tools.facts(indicator, regions or (), document, kind, count))

    def table(indicators: list[str], regions: list[str] | None = None) -> list[dict[str, Any]]:
        """地区与指标的对照表。"""
        return _given(lambda: tools.table(indicators, regions or ()))

    def compare(local: str, references: list[str] | None = None) -> dict[str, Any]:
        """把一份地方文件与参照文献逐条对照。"""
        return _given(lambda: tools.compare(local, references or ()))

    def cases(
        topic: str, count: int = 0, with_numbers: bool = False, regions: list[str] | None = None
    ) -> list[dict[str, Any]]:
        """收集一个主题的案例。"""
        return _given(lambda: tools.cases(topic, count, with_numbers, regions or ()))

    def documents(
        regions: list[str] | None = None, levels: list[str] | None = None, title: str = ""
    ) -> list[dict[str, Any]]:
        """列出文献。"""
        return _given(lambda: tools.documents(regions or (), levels or (), title))

    def show(document: str, start: int = -1, end: int = -1) -> dict[str, Any]:
        """读一篇文献。"""
        return _given(lambda: tools.show(document, start, end))

    for function in (search, ask, facts, table, compare, cases, documents, show):
        endpoint(function, api_name=function.__name__, api_description=function.__doc__)


def _given(call: Callable[[], Given]) -> Given:
    """What a tool gives; an expected error as Gradio reports it, in plain Chinese."""
    try:
        return call()
    except PolicyKBError as error:
        raise gr.Error(str(error), print_exception=False) from error
