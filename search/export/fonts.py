"""A Chinese font of this machine, for pictures; none is shipped."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

from kb.errors import ExportError

_NAMES = (
    "NotoSansCJK-Regular", "NotoSansCJKsc-Regular", "NotoSansSC-Regular", "SourceHanSansSC-Regular",
    "SourceHanSansCN-Regular", "msyh", "Microsoft YaHei", "PingFang", "Hiragino Sans GB", "STHeiti Light",
    "wqy-microhei", "wqy-zenhei", "DroidSansFallbackFull", "simhei", "simsun", "NotoSerifCJK-Regular",
)  # fmt: skip
_SUFFIXES = (".ttc", ".ttf", ".otf")


def _folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", str(home))
        return [
            Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts",
            Path(local) / r"Microsoft\Windows\Fonts",
        ]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    return [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
    ]


@lru_cache(maxsize=1)
def font_file() -> Path | None:
    """The font file: the one that ``POLICYKB_FONT`` names, else the first known one; None where there is none."""
    named = os.environ.get("POLICYKB_FONT")
    if named and Path(named).is_file():
        return Path(named)
    found: dict[str, Path] = {}
    for folder in _folders():
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.suffix.lower() in _SUFFIXES:
                found.setdefault(path.stem.lower(), path)
    return next((found[name.lower()] for name in _NAMES if name.lower() in found), None)


@lru_cache(maxsize=16)
def font(size: int) -> ImageFont.FreeTypeFont:
    """The font in a size (pixels), of a file with several faces the one for simplified Chinese.

    :raises ExportError: this machine has no Chinese font.
    """
    path = font_file()
    if path is None:
        raise ExportError(
            "这台电脑上没有找到中文字体，画不了图片",
            remedy="请安装思源黑体等中文字体，或用环境变量 POLICYKB_FONT 指明字体文件；也可以改为导出 .xlsx",
        )
    try:
        if path.suffix.lower() == ".ttc":
            for index in range(12):
                face = ImageFont.truetype(str(path), size, index=index)
                if (face.getname()[0] or "").endswith((" SC", "CN")):
                    return face
    except OSError:
        pass  # no more faces: the first one will do
    try:
        return ImageFont.truetype(str(path), size)
    except OSError as error:
        raise ExportError(
            "中文字体文件打不开", source=str(path), remedy="用环境变量 POLICYKB_FONT 指明另一个字体文件"
        ) from error
