"""What cleaning hands on: paragraphs of a shadow copy, the removals with their reasons, and the damage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kb.model import Block, LoadedSource, Removal
from kb.text.shadow import Shadow

DamageKind = Literal["number", "wording"]


class Reason:
    """The reasons a removal may give. What stands in a removal of the first group can still tell metadata."""

    BYLINE: Final = "署名"
    ORIGIN: Final = "来源"
    EDITOR: Final = "编辑"
    DATELINE: Final = "发布时间"
    FRONT_MATTER: Final = "文件头信息"
    FOOTER: Final = "网站页脚"
    DATA_TABLE: Final = "信息表"
    CHROME: Final = "网页导航"
    TOOLBAR: Final = "网页按钮"
    WECHAT: Final = "公众号附言"
    RELATED: Final = "推荐阅读"
    ADVERTISEMENT: Final = "广告"
    CAPTION: Final = "图片说明"
    MARKUP: Final = "排版符号"
    PAGE_NUMBER: Final = "页码"
    RULE: Final = "分隔线"
    NOTE_MARK: Final = "注释序号"
    LICENCE: Final = "版权声明"
    REPEATED: Final = "重复内容"


INFORMATIVE: frozenset[str] = frozenset(
    {
        Reason.BYLINE,
        Reason.ORIGIN,
        Reason.EDITOR,
        Reason.DATELINE,
        Reason.FRONT_MATTER,
        Reason.FOOTER,
        Reason.DATA_TABLE,
    }
)
"""Reasons whose text says who wrote the page, when and where; metadata and home region may read it."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: ``shadow.text[start:end]``, without its line break.

    :ivar block: what the loader or the Markdown syntax tells of its layout (heading, table row), else None.
    """

    start: int
    end: int
    block: Block | None = None


@dataclass(frozen=True, slots=True)
class Damage:
    """A place (shadow offsets) where copying destroyed the text: a lost number, or respun wording."""

    start: int
    end: int
    kind: DamageKind


@dataclass(frozen=True, slots=True)
class CleanSource:
    """A source after cleaning.

    Paragraphs follow each other in ``shadow.text``, separated by exactly one inserted line break. Every source
    character is in the source span of exactly one paragraph, in exactly one removal, or is whitespace.
    """

    loaded: LoadedSource
    shadow: Shadow
    paragraphs: tuple[Paragraph, ...]
    removals: tuple[Removal, ...]
    damage: tuple[Damage, ...]

    def text_of(self, paragraph: Paragraph) -> str:
        """The paragraph's cleaned reading."""
        return self.shadow.text[paragraph.start : paragraph.end]

    def removed(self, *reasons: str) -> Sequence[Removal]:
        """The removals that give one of ``reasons``, in order of the text."""
        return [removal for removal in self.removals if removal.reason in reasons]
