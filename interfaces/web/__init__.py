"""The workbench: a Gradio page in Chinese that works with no network at all."""

from __future__ import annotations

import os
from typing import Any

# Before gradio is imported: no look-up leaves this machine.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import gradio as gr
from starlette.middleware import Middleware

from interfaces.web import api, ask, casebook, find, indicators, library, opening, read, review
from interfaces.web.chinese import ChinesePage
from interfaces.web.filters import offered
from interfaces.web.theme import asset, theme
from interfaces.workspace import Workspace

_HEAD = """
<div class="pk-head"><h1>政策知识库</h1>
<p>按地区检索政策文献与地方案例，每一句引文都与原文逐字一致。</p></div>
"""


def build(workspace: Workspace) -> gr.Blocks:
    """The page with its tabs, over one knowledge base."""
    page = gr.Blocks(title="政策知识库", analytics_enabled=False, delete_cache=(3600, 86400))
    with page:
        gr.HTML(_HEAD)
        with gr.Tabs() as tabs:
            with gr.Tab("问答", id="ask"):
                asking = ask.build(workspace)
            with gr.Tab("检索", id="search"):
                finding = find.build(workspace)
            with gr.Tab("文献阅读", id="read") as read_tab:
                reader = read.build(workspace)
            read_tab.select(reader.refresh, None, [reader.chosen], api_visibility="private")
            with gr.Tab("指标对比", id="table"):
                table = indicators.build(workspace)
            with gr.Tab("案例汇编", id="cases"):
                cases = casebook.build(workspace)
            with gr.Tab("对标审查", id="review") as review_tab:
                reviewing = review.build(workspace)
            review_tab.select(reviewing.refresh, None, reviewing.choosers, api_visibility="private")
            with gr.Tab("资料库", id="library"):
                shelf = library.build(workspace)
        shelf.changed.change(
            lambda: [*offered(workspace), *offered(workspace), *table.refreshed(), *cases.refreshed()],
            None,
            [
                *asking.filters.components,
                *finding.filters.components,
                *table.offering,
                *cases.offering,
            ],
            api_visibility="private",
        )
        opening.wire(page, tabs, asking, finding, reader)
        api.build(workspace)
    return page


def launch(workspace: Workspace, *, host: str = "127.0.0.1", port: int = 7860, **options: Any) -> gr.Blocks:
    """Serve the page. Files are served from Gradio's own upload folder only; nothing else is reachable."""
    page = build(workspace)
    page.queue(default_concurrency_limit=4)
    page.launch(
        server_name=host,
        server_port=port,
        theme=theme(),
        css=asset("style.css"),
        head=f"<style>{asset('page.css')}</style>",
        app_kwargs={"middleware": [Middleware(ChinesePage, script=asset("page.js"))]},
        footer_links=[],
        share=False,
        ssr_mode=False,
        quiet=True,
        **options,
    )
    return page
