"""The visible lines of a web page: one for each block element, table rows with their cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from ingest.loaders.html.article import SKIPPED
from ingest.loaders.html.tables import is_data_table, read_table

_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
    }
    | {
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
    }
    | {
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
    }
    | {"tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|table|flex|grid)", re.IGNORECASE)
_CJK = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…"
_WRAP = re.compile(rf"(?<=[{_CJK}])[ \t]*[\r\n]+[ \t]*(?=[{_CJK}])")
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
_LONGEST_HIDDEN = 500


@dataclass(frozen=True, slots=True)
class PageLine:
    """A visible line. ``inside``: it belongs to the article; ``info``: to the table that describes it."""

    text: str
    inside: bool
    info: bool = False
    level: int = 0
    cells: list[str] = field(default_factory=list)
    header: bool = False
    table: int = -1


def read_lines(
    root: etree._Element, article: etree._Element | None, info: list[etree._Element]
) -> tuple[list[PageLine], list[str]]:
    """The visible lines of the page in order, and the text of what it hides.

    What is hidden by ``visibility`` is read: WeChat pages show their article by a script. What is hidden by
    ``display: none`` is not, unless the article itself stands in it.
    """
    reader = _Reader(article, info)
    reader.walk(root)
    return reader.lines, reader.hidden


def plain(text: str) -> str:
    """``text`` as a browser shows it: runs of blanks as one space, none where Chinese was wrapped."""
    return _SPACES.sub(" ", _WRAP.sub("", text)).strip().strip("\u3000\u200b\ufeff").strip()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the reader stands: in the article, in its description, in a heading of some rank, in <pre>."""

    inside: bool
    info: bool = False
    level: int = 0
    pre: bool = False
    block: bool = False


class _Reader:
    """Walks the tree without recursion: old pages nest hundreds of tags that nobody closed."""

    def __init__(self, article: etree._Element | None, info: list[etree._Element]) -> None:
        self.lines: list[PageLine] = []
        self.hidden: list[str] = []
        self._article = article
        self._above = set() if article is None else {article, *article.iterancestors()}
        self._info = set(info)
        self._tables = 0
        self._buffer: list[str] = []

    def walk(self, root: etree._Element) -> None:
        places = [_Place(inside=self._article is None)]
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if event == "start":
                place = self._enter(element, places[-1])
                if place is None:
                    walker.skip_subtree()
                    place = places[-1]
                    places.append(_Place(place.inside, place.info, place.level, place.pre))
                else:
                    places.append(place)
                    self._text(element.text, place)
            else:
                left = places.pop()
                if left.block:
                    self._flush(left)
                self._text(element.tail, places[-1])
        self._flush(places[-1])

    def _enter(self, element: etree._Element, place: _Place) -> _Place | None:
        """The place inside ``element``; None when nothing in it is read, or all has been read."""
        tag = element.tag
        if tag in SKIPPED or tag == "input" or self._hides(element, place):
            return None
        if tag == "br":
            self._flush(place)
            return None
        within = _Place(
            place.inside or element is self._article,
            place.info or element in self._info,
            _HEADINGS.get(tag, place.level),
            place.pre or tag == "pre",
            tag in _BLOCKS or bool(_BLOCK_STYLE.search(element.get("style", ""))),
        )
        if within.block:
            self._flush(place)
        if tag == "table" and element not in self._above and is_data_table(element):
            self._rows(element, within)
            return None
        if within.block:
            self._buffer.append(_list_number(element))
        return within

    def _hides(self, element: etree._Element, place: _Place) -> bool:
        """Whether ``element`` is not shown; its text is kept as hidden."""
        shown = element.get("hidden") is None and not _HIDDEN.search(element.get("style", ""))
        if shown or element in self._above:
            return False
        text = plain("".join(element.itertext()))
        if text:
            self.hidden.append(text[:_LONGEST_HIDDEN])
        return True

    def _flush(self, place: _Place) -> None:
        text = plain("".join(self._buffer))
        self._buffer.clear()
        if text:
            self.lines.append(PageLine(text, place.inside, place.info, place.level))

    def _text(self, text: str | None, place: _Place) -> None:
        if not text:
            return
        if not place.pre:
            self._buffer.append(text)
            return
        for index, line in enumerate(text.split("\n")):
            if index:
                self._flush(place)
            self._buffer.append(line)

    def _rows(self, table: etree._Element, place: _Place) -> None:
        number = self._tables
        self._tables += 1
        for cells, header in read_table(table, plain):
            text = "\t".join(cells).strip()
            if text:
                self.lines.append(PageLine(text, place.inside, place.info, 0, cells, header, number))


def _list_number(element: etree._Element) -> str:
    """The number that a browser puts before an item of an ordered list."""
    parent = element.getparent()
    if element.tag != "li" or parent is None or parent.tag != "ol" or "none" in parent.get("style", ""):
        return ""
    start = parent.get("start", "1")
    first = int(start) if start.isdecimal() else 1
    position = [item for item in parent if item.tag == "li"].index(element)
    return f"{first + position}."
