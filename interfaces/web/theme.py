"""How the workbench looks: system fonts only, nothing from the network."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

ASSETS = Path(__file__).parent / "assets"
_FONTS = ("system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")


def theme() -> gr.themes.Base:
    """The theme, light and dark."""
    return gr.themes.Soft(primary_hue="blue", neutral_hue="slate", font=_FONTS, font_mono=("monospace",))


def asset(name: str) -> str:
    """The text of a style sheet or script that ships with the workbench."""
    return (ASSETS / name).read_text(encoding="utf-8")
