"""The workbench: a Gradio page in Chinese that works with no network at all."""

from __future__ import annotations

import os
from typing import Any

# Before gradio is imported: no look-up leaves this machine.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import gradio as gr

from interfaces.web import api, ask, casebook, find, indicators, library, review
from interfaces.web.theme import asset, theme
from interfaces.workspace import Workspace

_HEAD = """
<div class="pk-head"><h1>政策知识库</h1>
<p>按地区检索政策文献与地方案例，每一句引文都与原文逐字一致。</p></div>
"""


def build(workspace: Workspace) -> gr.Blocks:
    """The page with its tabs, over one knowledge base."""
    page = gr.Blocks(title="政策知识库", analytics_enabled=False)
    with page:
        gr.HTML(_HEAD)
        with gr.Tabs():
            with gr.Tab("问答", id="ask"):
                ask.build(workspace)
            with gr.Tab("检索", id="search"):
                find.build(workspace)
            with gr.Tab("指标对比", id="table"):
                indicators.build(workspace)
            with gr.Tab("案例汇编", id="cases"):
                casebook.build(workspace)
            with gr.Tab("对标审查", id="review") as review_tab:
                reviewing = review.build(workspace)
            review_tab.select(
                reviewing.refresh, None, [reviewing.local, reviewing.references], api_visibility="private"
            )
            with gr.Tab("资料库", id="library"):
                library.build(workspace)
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
        footer_links=[],
        share=False,
        ssr_mode=False,
        quiet=True,
        **options,
    )
    return page
