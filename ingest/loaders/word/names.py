"""Names of WordprocessingML elements and attributes."""

from __future__ import annotations

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATIVES, CHOICE, FALLBACK = f"{_MC}AlternateContent", f"{_MC}Choice", f"{_MC}Fallback"


def w(name: str) -> str:
    """The full name of a ``w:`` element or attribute."""
    return _W + name


def local(element: etree._Element) -> str:
    """The name of a ``w:`` element without its namespace, or its full name if it is of another."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag.removeprefix(_W)


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """An attribute of ``element``; None where the element or the attribute is missing."""
    return None if element is None else element.get(w(name))


def number(element: etree._Element | None, name: str = "val") -> int | None:
    """An attribute that holds an integer; None where it is missing or is none."""
    text = value(element, name)
    try:
        return int(text) if text is not None else None
    except ValueError:
        return None


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch such as ``w:vanish`` is there and not turned off."""
    return element is not None and value(element) not in {"0", "false", "off", "none"}


def transitional(root: etree._Element) -> etree._Element:
    """``root`` with the names of strict documents replaced by the usual ones."""
    if isinstance(root.tag, str) and root.tag.startswith(_STRICT):
        for element in root.iter():
            if isinstance(element.tag, str) and element.tag.startswith(_STRICT):
                element.tag = _W + element.tag[len(_STRICT) :]
            for key in list(element.attrib):
                if isinstance(key, str) and key.startswith(_STRICT):
                    element.attrib[_W + key[len(_STRICT) :]] = element.attrib.pop(key)
    return root
