"""How the workbench looks: system fonts only, nothing from the network."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

ASSETS = Path(__file__).parent / "assets"
_FONTS = ("system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")


def theme() -> gr.themes.Base:
    """The theme, light and dark."""
    soft = gr.themes.Soft(primary_hue="blue", neutral_hue="slate", font=_FONTS, font_mono=("monospace",))
    # Blue that reads on white as text and white that reads on it (WCAG 2: 4.5 and more); labels as plain text.
    plain = {
        "color_accent": "*primary_600",
        "button_primary_background_fill": "*primary_600",
        "button_primary_background_fill_hover": "*primary_700",
        "button_primary_text_color": "white",
        "checkbox_label_background_fill_selected": "*primary_600",
        "block_title_background_fill": "transparent",
        "block_title_padding": "0",
        "block_title_text_color": "*body_text_color",
        "block_label_background_fill": "transparent",
        "block_label_text_color": "*body_text_color",
        "input_border_width": "1px",
        "input_border_color": "*neutral_300",
        "button_secondary_background_fill": "white",
        "button_secondary_border_color": "*neutral_300",
        "button_border_width": "1px",
        "checkbox_border_color": "*neutral_500",
        "link_text_color": "*primary_600",
    }
    dark = {
        f"{name}_dark": value
        for name, value in plain.items()
        if name
        not in ("color_accent", "block_title_padding", "link_text_color", "button_secondary_background_fill")
        and not name.endswith("border_color")
    }
    dark |= {
        "input_border_color_dark": "*neutral_600",
        "button_secondary_background_fill_dark": "*neutral_700",
        "button_secondary_border_color_dark": "*neutral_500",
        "checkbox_border_color_dark": "*neutral_400",
        "link_text_color_dark": "*primary_400",
    }
    return soft.set(**plain, **dark)


def asset(name: str) -> str:
    """The text of a style sheet or script that ships with the workbench."""
    return (ASSETS / name).read_text(encoding="utf-8")
