"""Structure against a gold made by hand: headings with their levels, cases with their spans, metadata.

The gold holds offsets and the first characters of headings only; the texts are read from the shared material.
A heading is found when a section begins where the gold says (give or take two characters), and right when its
level is right too. Numbered items of articles (第三条 (一)) are left out on both sides.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path

from ingest.cases import split_cases
from ingest.clean import clean
from ingest.cleaning.model import CleanSource
from ingest.draft import Draft
from ingest.locate import locate
from ingest.metadata import read_metadata
from ingest.outline import build_outline
from kb.model import LoadedSource
from kb.status import title_key

GOLD = Path(__file__).parent / "gold" / "structure"
SHARED = Path(__file__).resolve().parents[2] / "shared"
SLACK = 2
FIELDS = ("title", "kind", "issuer", "number", "published", "effective_from", "expires", "repeals")


@dataclass(slots=True)
class HeadingRow:
    """One source: headings in the gold, sections of the program, how many are found, and found at the right level."""

    source: str
    expected: int
    sections: int
    found: int = 0
    right: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of the gold's headings that are found at the right level."""
        return self.right / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        """The share of the sections that are headings of the gold at the right level."""
        return self.right / self.sections if self.sections else 1.0


@dataclass(slots=True)
class CaseRow:
    """One source: the cases in the gold, the program's, and how many begin, end and are at home where they should."""

    source: str
    expected: int
    documents: int
    starts: int = 0
    ends: int = 0
    regions: int = 0
    errors: list[str] = field(default_factory=list)


@dataclass(slots=True)
class MetadataRow:
    """One field over all documents: how often the gold fills it, how often the program does, and how often right."""

    name: str
    expected: int = 0
    given: int = 0
    right: int = 0
    errors: list[str] = field(default_factory=list)


def load_source(name: str, shared: Path = SHARED) -> CleanSource:
    """A source of the shared material after cleaning: ``seeds/<file>`` or ``policies/<id>``."""
    folder, _, key = name.partition("/")
    text = (
        (shared / folder / key).read_text(encoding="utf-8") if folder == "seeds" else _policies(shared)[key]
    )
    return clean(LoadedSource(path=name, sha256="", size=len(text.encode()), loader="text", text=text))


@lru_cache(maxsize=2)
def _policies(shared: Path) -> dict[str, str]:
    path = shared / "policies" / "policies.jsonl"
    with path.open(encoding="utf-8") as lines:
        return {row["id"]: row["text"] for row in map(json.loads, lines)}


def _gold(name: str) -> Iterator[dict[str, object]]:
    with (GOLD / name).open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def headings(shared: Path = SHARED) -> list[HeadingRow]:
    """Compare the headings of each source of the gold."""
    return [_heading_row(str(row["source"]), row["headings"], shared) for row in _gold("headings.jsonl")]


def _heading_row(name: str, gold: object, shared: Path) -> HeadingRow:
    assert isinstance(gold, list)
    source = load_source(name, shared)
    mine: list[tuple[int, int, str]] = []
    for draft in split_cases(source):
        outline = build_outline(source, draft)
        mine.extend(
            (s.start, s.level, s.title) for n, s in enumerate(outline.sections) if n not in outline.items
        )
    row = HeadingRow(name, len(gold), len(mine))
    free = list(mine)
    for start, level, words in gold:
        match = next((one for one in free if abs(one[0] - start) <= SLACK), None)
        if match is None:
            row.errors.append(f"漏 {start} 第{level}级 {words}")
            continue
        free.remove(match)
        row.found += 1
        if match[1] == level:
            row.right += 1
        else:
            row.errors.append(f"级 {start} 应为{level}，得{match[1]} {match[2][:24]}")
    row.errors.extend(f"多 {start} 第{level}级 {title[:24]}" for start, level, title in free)
    return row


def cases(shared: Path = SHARED) -> list[CaseRow]:
    """Compare the cases of the collections, and see that every policy stays one document."""
    rows: list[CaseRow] = []
    for gold in _gold("cases.jsonl"):
        source = load_source(str(gold["source"]), shared)
        expected = gold["cases"]
        assert isinstance(expected, list)
        rows.append(_case_row(str(gold["source"]), source, expected))
    rows.extend(
        _case_row(f"policies/{key}", load_source(f"policies/{key}", shared), []) for key in _policies(shared)
    )
    return rows


def _case_row(name: str, source: CleanSource, expected: list[dict[str, object]]) -> CaseRow:
    drafts = [draft for draft in split_cases(source) if draft.role not in ("preface", "credits")]
    row = CaseRow(name, max(1, len(expected)), len(drafts))
    if len(drafts) != row.expected:
        row.errors.append(f"应为{row.expected}篇，得{len(drafts)}篇")
    spans = {_span(source, draft)[0]: draft for draft in drafts}
    for one in expected:
        draft = spans.get(int(str(one["start"])))
        if draft is None:
            row.errors.append(f"漏 {one['start']} {one['region']}")
            continue
        row.starts += 1
        row.ends += _span(source, draft)[1] == one["end"]
        home = locate(source, draft, read_metadata(source, draft))
        row.regions += home.region_code == one["region"]
        if home.region_code != one["region"]:
            row.errors.append(f"地区 {one['start']} 应为{one['region']}，得{home.region_code or '无'}")
    return row


def _span(source: CleanSource, draft: Draft) -> tuple[int, int]:
    first, last = source.paragraphs[draft.first], source.paragraphs[draft.last - 1]
    return source.shadow.source_span(first.start, last.end)


def metadata(shared: Path = SHARED) -> list[MetadataRow]:
    """Compare the metadata fields; a document whose text has no title is not judged by it."""
    rows = {name: MetadataRow(name) for name in FIELDS}
    for gold in _gold("metadata.jsonl"):
        source = load_source(str(gold["source"]), shared)
        found = asdict(read_metadata(source, split_cases(source)[0]))
        for name, row in rows.items():
            if name == "title" and name not in gold:
                continue
            want, got = _value(name, gold.get(name, "")), _value(name, found[name])
            row.expected += bool(want)
            row.given += bool(got)
            if want == got:
                row.right += bool(want)
            else:
                row.errors.append(f"{gold['source']} 应为{gold.get(name, '')}，得{found[name]}")
    return list(rows.values())


def _value(name: str, value: object) -> object:
    if name == "title":
        return title_key(str(value))
    if name == "repeals":
        value = value or ()
        assert isinstance(value, list | tuple)
        return tuple(sorted(str(one) for one in value))
    return value


def main(argv: Sequence[str] | None = None) -> int:
    """Print the three comparisons; ``--json`` prints one line per row.

    :returns: 0, or 1 where the shared material is not at hand.
    """
    parser = argparse.ArgumentParser(prog="policykb eval --structure", description="结构、分篇与元数据评测")
    parser.add_argument("--shared", type=Path, default=SHARED, help="共享材料的文件夹")
    parser.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    parser.add_argument("--errors", action="store_true", help="列出每一处错误")
    options = parser.parse_args(argv)
    if not (options.shared / "seeds").is_dir():
        print(f"没有找到评测材料：{options.shared}", file=sys.stderr)
        return 1
    heading_rows, case_rows = headings(options.shared), cases(options.shared)
    metadata_rows = metadata(options.shared)
    if options.json:
        _print_json({"headings": heading_rows, "cases": case_rows, "metadata": metadata_rows})
    else:
        _print_tables(heading_rows, case_rows, metadata_rows, errors=options.errors)
    return 0


def _print_json(tables: dict[str, Sequence[HeadingRow | CaseRow | MetadataRow]]) -> None:
    for table, rows in tables.items():
        for row in rows:
            print(json.dumps({"table": table, **asdict(row)}, ensure_ascii=False))


def _print_tables(
    heading_rows: Sequence[HeadingRow],
    case_rows: Sequence[CaseRow],
    metadata_rows: Sequence[MetadataRow],
    *,
    errors: bool,
) -> None:
    print("标题层级")
    print(f"{'来源':<40}{'金标':>6}{'识别':>6}{'准确率':>8}{'召回率':>8}")
    for label, rows in (("seeds", "seeds/"), ("policies", "policies/"), ("合计", "")):
        part = [row for row in heading_rows if row.source.startswith(rows)]
        if rows:
            for row in part:
                print(
                    f"{row.source:<40}{row.expected:>6}{row.sections:>6}{row.precision:>8.3f}{row.recall:>8.3f}"
                )
                _print_errors(row.errors, errors)
        total = HeadingRow(label, sum(r.expected for r in part), sum(r.sections for r in part))
        total.right = sum(r.right for r in part)
        print(f"{label:<40}{total.expected:>6}{total.sections:>6}{total.precision:>8.3f}{total.recall:>8.3f}")
    print("\n分篇")
    split = [row for row in case_rows if row.expected > 1]
    for case in split:
        print(
            f"{case.source}  应{case.expected}篇 得{case.documents}篇  起点{case.starts} 终点{case.ends} 地区{case.regions}"
        )
        _print_errors(case.errors, errors)
    single = [row for row in case_rows if row.expected == 1]
    broken = [row for row in single if row.documents != 1]
    print(f"单篇来源 {len(single)} 个，误拆 {len(broken)} 个")
    _print_errors((f"{row.source} {row.errors[0]}" for row in broken), errors)
    print("\n元数据")
    for one in metadata_rows:
        precision = one.right / one.given if one.given else 1.0
        recall = one.right / one.expected if one.expected else 1.0
        print(
            f"{one.name:<16}金标{one.expected:>4}  给出{one.given:>4}  准确率{precision:.3f}  召回率{recall:.3f}"
        )
        _print_errors(one.errors, errors)


def _print_errors(errors: Iterable[str], wanted: bool) -> None:
    if wanted:
        for error in errors:
            print(f"    {error}")


if __name__ == "__main__":
    raise SystemExit(main())
