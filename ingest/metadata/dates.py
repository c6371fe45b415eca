"""Calendar dates in official texts: 2021年7月30日, 二〇〇四年十月十五日, 2024-04-05 → ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_HAN = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "O": 0, "Ｏ": 0, "元": 1}
_YEAR = r"(?P<year>(?:19|20)\d{2}|[一二][〇○零O九]?[一二三四五六七八九〇○零O]{2,3})"
_PART = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_WRITTEN = re.compile(rf"{_YEAR}\s*年\s*(?P<month>{_PART})\s*月(?:\s*(?P<day>{_PART})\s*日)?")
_FIGURES = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})\s*(?P<sep>[-/.])\s*(?P<month>\d{1,2})(?:\s*(?P=sep)\s*(?P<day>\d{1,2}))?(?!\d)"
)
_YEAR_ALONE = re.compile(r"^\s*((?:19|20)\d{2})\s*年?\s*$")


def _figure(text: str) -> int:
    if text.isdigit():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_HAN.get(tens, 1) if tens else 1) * 10 + (_HAN.get(ones, 0) if ones else 0)
    value = 0
    for char in text:
        value = value * 10 + _HAN.get(char, 0)
    return value


def _iso(match: re.Match[str]) -> str:
    year, month = _figure(match["year"]), _figure(match["month"])
    day = _figure(match["day"]) if match["day"] else 0
    try:
        date(year, month, day or 1)
    except ValueError:
        return ""
    return f"{year:04}-{month:02}-{day:02}" if day else f"{year:04}-{month:02}"


def find_dates(text: str) -> Iterator[tuple[int, int, str]]:
    """The dates in a text as ``(start, end, iso)``; a date without a day is ``2024-05``."""
    for match in sorted((*_WRITTEN.finditer(text), *_FIGURES.finditer(text)), key=lambda m: m.start()):
        iso = _iso(match)
        if iso:
            yield match.start(), match.end(), iso


def parse_date(text: str) -> str:
    """The first date in ``text`` as ISO 8601, a year alone as ``2024``; "" if there is none."""
    for _, _, iso in find_dates(text):
        return iso
    alone = _YEAR_ALONE.match(text)
    return alone[1] if alone else ""


def years_after(iso: str, years: int) -> str:
    """The day ``years`` years after a full date, the last one that a term of that many years covers."""
    if len(iso) != 10 or not iso[:4].isdigit():
        return ""
    day = date.fromisoformat(iso)
    try:
        later = day.replace(year=day.year + years)
    except ValueError:
        later = day.replace(year=day.year + years, day=28)
    return later.isoformat()
