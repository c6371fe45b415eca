"""A real browser for the tests: system Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

REQUIRED = bool(os.environ.get("POLICYKB_REQUIRE_BROWSER"))
IMAGES = Path(__file__).parent.parent.parent / "docs" / "images"
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def executable() -> str:
    """The path of Chromium; without one the test is skipped, or fails where browsers are required."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found:
        return found
    if REQUIRED:
        pytest.fail("没有 Chromium，而这里不允许跳过浏览器测试")
    pytest.skip("没有 Chromium：跳过浏览器测试")


def launch_options() -> dict[str, Any]:
    """Options for Playwright's ``chromium.launch``."""
    return {"executable_path": executable(), "args": _ARGUMENTS}
