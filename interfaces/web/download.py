"""A button that makes a file and hands it to the browser in one click."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from kb.errors import PolicyKBError

Make = Callable[..., Path | None]
"""Writes a file into the folder that is its first argument; None where there is nothing to write."""

_UNSAFE = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')
_FOLLOW = """(file) => {
  if (!file || !file.url) return;
  const link = document.createElement('a');
  link.href = file.url;
  link.download = file.orig_name || '';
  link.click();
}"""


def file_name(title: str, suffix: str) -> str:
    """A file name that every system takes."""
    return f"{_UNSAFE.sub('', title)[:60] or '导出'}{suffix}"


def download_button(
    label: str,
    make: Make,
    inputs: Sequence[gr.components.Component],
    *,
    elem_id: str,
    concurrency_id: str | None = None,
) -> gr.Button:
    """Build the button; ``make(folder, *inputs)`` writes the file when it is clicked.

    :param concurrency_id: events that must be done, in their order, before the file is made.

    What keeps a file from being written is said to the person in a passing notice.
    """
    button = gr.Button(label, size="sm", elem_id=elem_id, min_width=110, scale=0)
    made = gr.File(visible=False)

    def run(*values: Any) -> str | None:
        folder = Path(tempfile.mkdtemp(prefix="policykb-"))
        try:
            path = make(folder, *values)
        except PolicyKBError as error:
            gr.Warning(str(error), title="没有导出")
            return None
        if path is None:
            gr.Warning("这里还没有可以导出的内容。", title="没有导出")
            return None
        return str(path)

    limit = 1 if concurrency_id else "default"
    button.click(
        run,
        list(inputs),
        [made],
        api_visibility="private",
        concurrency_id=concurrency_id,
        concurrency_limit=limit,
    ).then(None, [made], None, js=_FOLLOW)
    return button
