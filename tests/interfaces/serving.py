"""The workbench served for a test, and a page of it that must need nothing from the network."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect, sync_playwright

from interfaces.workspace import Workspace
from tests.interfaces.browser import IMAGES, launch_options

READY = "#ask-output .pk-notice"
"""What stands on the first page once everything on it has been put in its place; until then it may be put over."""


@contextmanager
def served(workspace: Workspace) -> Iterator[str]:
    """The address of the workbench over a library."""
    from interfaces.web import launch

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    page = launch(workspace, port=port, prevent_thread_lock=True)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        page.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        yield browser
        browser.close()


@contextmanager
def tab(browser: Browser, address: str, name: str, *, width: int = 1280) -> Iterator[Page]:
    """A fresh page with one tab of the workbench opened."""
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN")
    page = context.new_page()
    elsewhere: list[str] = []
    page.on(
        "request",
        lambda r: elsewhere.append(r.url) if not r.url.startswith((address, "data:", "blob:")) else None,
    )
    page.goto(address)
    expect(page.locator(READY).first).to_be_visible(timeout=20_000)
    button = page.get_by_role("tab", name=name, exact=True)
    if not (button.count() and button.first.is_visible()):
        page.locator(".overflow-menu > button").first.click()
        button = page.locator(".overflow-dropdown button", has_text=name)
    button.first.click()
    yield page
    assert elsewhere == []
    context.close()


def save(page: Page, name: str) -> None:
    """Keep the screenshot for the README when asked to; a test run alone changes no file."""
    if os.environ.get("POLICYKB_SAVE_IMAGES"):
        IMAGES.mkdir(parents=True, exist_ok=True)
        page.wait_for_timeout(600)
        page.screenshot(path=IMAGES / f"{name}.png")
