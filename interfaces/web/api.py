"""The workbench's endpoints for programs: the same tools as over MCP, JSON in and out. See ``docs/api.md``."""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
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
    for function in (*_asking(tools), *_reviewing(tools), *_library(tools)):
        endpoint(function, api_name=function.__name__, api_description=function.__doc__)


def _asking(tools: Tools) -> tuple[FunctionType, ...]:
    """Questions, figures and tables."""

    def search(
        query: str,
        count: int = 10,
        regions: list[str] | None = None,
        levels: list[str] | None = None,
        years: list[int] | None = None,
        kinds: list[str] | None = None,
        collections: list[str] | None = None,
    ) -> list[dict[str, Any]]:
        """检索段落，最相关的在前。"""
        return _given(
            lambda: tools.search(
                query, count, regions or (), levels or (), years or (), kinds or (), collections or ()
            )
        )

    def ask(
        question: str,
        regions: list[str] | None = None,
        levels: list[str] | None = None,
        years: list[int] | None = None,
        collections: list[str] | None = None,
    ) -> dict[str, Any]:
        """回答问题，每一句都带引文；不能回答时说明原因。"""
        return _given(
            lambda: tools.ask(question, regions or (), levels or (), years or (), collections or ())
        )

    def facts(
        indicator: str = "",
        regions: list[str] | None = None,
        document: str = "",
        kind: str = "",
        count: int = 200,
        collections: list[str] | None = None,
    ) -> list[dict[str, Any]]:
        """列出数据项。"""
        return _given(lambda: tools.facts(indicator, regions or (), document, kind, count, collections or ()))

    def table(
        indicators: list[str],
        regions: list[str] | None = None,
        kinds: list[str] | None = None,
        collections: list[str] | None = None,
    ) -> list[dict[str, Any]]:
        """地区与指标的对照表。"""
        return _given(lambda: tools.table(indicators, regions or (), kinds or (), collections or ()))

    return (search, ask, facts, table)  # type: ignore[return-value]


def _reviewing(tools: Tools) -> tuple[FunctionType, ...]:
    """What is made from documents: reviews, drafts, cases, files."""

    def compare(local: str, references: list[str] | None = None) -> dict[str, Any]:
        """把一份地方文件与参照文献逐条对照。"""
        return _given(lambda: tools.compare(local, references or ()))

    def versions(old: str, new: str) -> dict[str, Any]:
        """把同一文件的旧版与新版逐条对照。"""
        return _given(lambda: tools.versions(old, new))

    def set_aside(local: str, clauses: list[str], aside: bool = True) -> dict[str, Any]:
        """搁置与本级无关的条款，或取消搁置；以后的审查都记得。"""
        return _given(lambda: tools.set_aside(local, clauses, aside))

    def draft(
        question: str,
        regions: list[str] | None = None,
        levels: list[str] | None = None,
        years: list[int] | None = None,
        collections: list[str] | None = None,
        from_cases: bool = False,
    ) -> dict[str, Any]:
        """用设置的起草接口，依据引文起草并逐句核对。"""
        return _given(
            lambda: tools.draft(
                question, regions or (), levels or (), years or (), collections or (), from_cases
            )
        )

    def cases(
        topic: str,
        count: int = 0,
        with_numbers: bool = False,
        regions: list[str] | None = None,
        collections: list[str] | None = None,
    ) -> list[dict[str, Any]]:
        """收集一个主题的案例。"""
        return _given(lambda: tools.cases(topic, count, with_numbers, regions or (), collections or ()))

    def export(
        what: str,
        suffix: str = ".docx",
        documents: list[str] | None = None,
        topic: str = "",
        indicators: list[str] | None = None,
        regions: list[str] | None = None,
    ) -> dict[str, Any]:
        """导出 Word、Excel 等文件，内容为 base64。"""
        return _given(
            lambda: tools.export(what, suffix, documents or (), topic, indicators or (), regions or ())
        )

    return (compare, versions, set_aside, draft, cases, export)  # type: ignore[return-value]


def _library(tools: Tools) -> tuple[FunctionType, ...]:
    """What the library holds."""

    def documents(
        regions: list[str] | None = None,
        levels: list[str] | None = None,
        title: str = "",
        collections: list[str] | None = None,
    ) -> list[dict[str, Any]]:
        """列出文献。"""
        return _given(lambda: tools.documents(regions or (), levels or (), title, collections or ()))

    def collections() -> list[dict[str, Any]]:
        """列出专题和其中的文献。"""
        return _given(tools.collections)

    def show(document: str, start: int = -1, end: int = -1) -> dict[str, Any]:
        """读一篇文献。"""
        return _given(lambda: tools.show(document, start, end))

    def check() -> list[dict[str, Any]]:
        """知识库体检。"""
        return _given(tools.check)

    return (documents, collections, show, check)  # type: ignore[return-value]


def _given(call: Callable[[], Given]) -> Given:
    """What a tool gives; an expected error as Gradio reports it, in plain Chinese."""
    try:
        return call()
    except PolicyKBError as error:
        raise gr.Error(str(error), print_exception=False) from error
