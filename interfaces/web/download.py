"""A button that makes a file and hands it to the browser in one click."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from kb.errors import PolicyKBError

Make = Callable[..., Path | None]
"""Writes a file into the folder that is its first argument; None where there is nothing to write."""

# The link is new once its address has changed; it is followed then, not before.
_FOLLOW = """() => {
  const look = (left) => {
    const link = document.querySelector('#%s-file a, a#%s-file');
    const address = link && link.getAttribute('href');
    if (address && address !== link.dataset.followed) { link.dataset.followed = address; link.click(); }
    else if (left) setTimeout(() => look(left - 1), 100);
  };
  look(50);
}"""


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
    button = gr.Button(label, size="sm", elem_id=elem_id, min_width=80)
    link = gr.DownloadButton(label, visible="hidden", elem_id=f"{elem_id}-file")

    def run(*values: Any) -> Any:
        folder = Path(tempfile.mkdtemp(prefix="policykb-"))
        try:
            path = make(folder, *values)
        except PolicyKBError as error:
            gr.Warning(str(error), title="没有导出")
            return gr.skip()
        if path is None:
            gr.Warning("这里还没有可以导出的内容。", title="没有导出")
            return gr.skip()
        return str(path)

    limit = 1 if concurrency_id else "default"
    button.click(
        run,
        list(inputs),
        [link],
        api_visibility="private",
        concurrency_id=concurrency_id,
        concurrency_limit=limit,
    ).then(
        None, None, None, js=_FOLLOW % (elem_id, elem_id)
    )
    return button
