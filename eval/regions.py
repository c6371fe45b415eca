"""How well home regions and mentions are read, against gold made by hand.

``gold/regions.jsonl`` gives the home region of 279 policies and of the seed files (the cases of a collection in
order), ``gold/regions_mentions.jsonl`` every mention in some windows of them. Each item says whether it belongs
to the half on which the rules were written (``rules``) or to the half that was only read afterwards
(``held_out``). Policies are located by title and text alone, and once more with their issuer.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ingest.cases import split_cases
from ingest.clean import clean
from ingest.loaders import load
from ingest.locate import locate, locate_text
from ingest.metadata import read_metadata
from ingest.outline import build_outline
from kb.model import LoadedSource
from kb.regions import Mention, find_regions, survey, tree
from kb.text.shadow import Shadow, fold

GOLD = Path(__file__).parent / "gold"
SHARED = Path(__file__).parents[2] / "shared"


@dataclass(frozen=True, slots=True)
class Error:
    """Something read wrong: what the gold says, what was found, and where."""

    where: str
    gold: str
    found: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the result: ``right`` of ``total``, and for mentions how many were ``found`` at all."""

    measure: str
    half: str
    right: int
    total: int
    found: int
    errors: tuple[Error, ...] = ()

    @property
    def recall(self) -> float:
        """Share of the gold that was read right."""
        return self.right / self.total if self.total else 1.0

    @property
    def precision(self) -> float:
        """Share of what was read that is right."""
        return self.right / self.found if self.found else 1.0


def _lines(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def _seed(shared: Path, name: str) -> Path:
    return next(iter(sorted((shared / "seeds").glob(f"{name.removeprefix('seed_')}_*.txt"))))


def _named(code: str) -> str:
    return f"{code} {tree().full_name(code)}" if code else "—"


def home_rows(shared: Path) -> Iterator[Row]:
    """Home regions of the policies, without and with their issuers, by half."""
    policies = {policy["id"]: policy for policy in _lines(shared / "policies" / "policies.jsonl")}
    gold = [item for item in _lines(GOLD / "regions.jsonl") if item["id"] in policies]
    for measure, with_issuer in (("home: title and text", False), ("home: with issuer", True)):
        for half in ("rules", "held_out"):
            errors = []
            items = [item for item in gold if item["half"] == half]
            for item in items:
                policy = policies[item["id"]]
                issuer = fold(policy["issuer"]) if with_issuer else ""
                home = locate_text(fold(policy["title"]), fold(policy["text"]), issuer)
                if home.region_code != item["code"]:
                    errors.append(Error(item["id"], _named(item["code"]), _named(home.region_code)))
            yield Row(measure, half, len(items) - len(errors), len(items), len(items), tuple(errors))


def ingested_rows(shared: Path) -> Iterator[Row]:
    """Home regions of the policies as files: title line and text, through cleaning, case split and metadata.

    A file that is cut into several documents counts as wrong unless all of them are at home in the region.
    """
    policies = {policy["id"]: policy for policy in _lines(shared / "policies" / "policies.jsonl")}
    gold = [item for item in _lines(GOLD / "regions.jsonl") if item["id"] in policies]
    for half in ("rules", "held_out"):
        errors = []
        items = [item for item in gold if item["half"] == half]
        for item in items:
            policy = policies[item["id"]]
            text = f"{policy['title']}\n{policy['text']}"
            homes = _homes(LoadedSource(f"{item['id']}.txt", "", len(text), "text", text))
            if set(homes) != {item["code"]}:
                found = "、".join(map(_named, dict.fromkeys(homes)))
                errors.append(Error(item["id"], _named(item["code"]), found))
        yield Row("home: as files", half, len(items) - len(errors), len(items), len(items), tuple(errors))


def _homes(loaded: LoadedSource) -> list[str]:
    source = clean(loaded)
    homes = []
    for draft in split_cases(source):
        if draft.role in ("document", "case"):
            metadata = read_metadata(source, draft, build_outline(source, draft))
            homes.append(locate(source, draft, metadata).region_code)
    return homes


def seed_rows(shared: Path) -> Iterator[Row]:
    """Home regions of the seed files through the real cleaning and case split."""
    errors = []
    total = 0
    for item in _lines(GOLD / "regions.jsonl"):
        if not item["id"].startswith("seed_"):
            continue
        path = _seed(shared, item["id"])
        homes = _homes(load(path, path.name))
        wanted = item.get("cases") or [item["code"]]
        total += len(wanted)
        for number, code in enumerate(wanted):
            found = homes[number] if number < len(homes) else ""
            if found != code:
                errors.append(Error(f"{item['id']}#{number + 1}", _named(code), _named(found)))
    yield Row("home: seeds and cases", "rules", total - len(errors), total, total, tuple(errors))


def mention_rows(shared: Path) -> Iterator[Row]:
    """Mentions in the gold's windows: region right at the right place; and the role, where the region is right."""
    policies = {policy["id"]: policy["text"] for policy in _lines(shared / "policies" / "policies.jsonl")}
    windows = _lines(GOLD / "regions_mentions.jsonl")
    for half in ("rules", "held_out"):
        total = found = right = role_right = 0
        errors: list[Error] = []
        role_errors: list[Error] = []
        for window in (window for window in windows if window["half"] == half):
            name = window["id"]
            raw = policies.get(name) or _seed(shared, name).read_text(encoding="utf-8")
            text = Shadow.of(raw).text
            low, high = window["from"], window["to"]
            part = find_regions(text[low:high], home=window["home"], known=survey(text))
            read = {m.start + low: m for m in part if m.kind == "region" and m.role != "masked"}
            for place, _ in window["ignore"]:
                read.pop(place, None)
            total += len(window["mentions"])
            found += len(read)
            for place, surface, code, role in window["mentions"]:
                mention: Mention | None = read.pop(place, None)
                at = f"{name}@{place} {surface}"
                if mention is None or mention.code != code:
                    errors.append(Error(at, _named(code), _named(mention.code if mention else "")))
                    continue
                right += 1
                role_right += mention.role == role
                if mention.role != role:
                    role_errors.append(Error(at, role, mention.role))
            errors.extend(Error(f"{name}@{at} {m.surface}", "—", _named(m.code)) for at, m in read.items())
        yield Row("mentions", half, right, total, found, tuple(errors))
        yield Row("roles of mentions", half, role_right, right, right, tuple(role_errors))


def measure(shared: Path = SHARED) -> list[Row]:
    """All rows.

    :param shared: the folder that holds ``policies`` and ``seeds``.
    :raises FileNotFoundError: the folder is not there.
    """
    return [*home_rows(shared), *ingested_rows(shared), *seed_rows(shared), *mention_rows(shared)]


def main(argv: list[str] | None = None) -> list[Row]:
    """Print the results (``--json``: one line each) and return them."""
    parser = argparse.ArgumentParser(prog="policykb eval --regions", description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, help="资料文件夹，内有 policies 和 seeds")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args(argv)
    rows = measure(arguments.shared)
    for row in rows:
        if arguments.json:
            line = {**asdict(row), "precision": row.precision, "recall": row.recall}
            print(json.dumps(line, ensure_ascii=False))
            continue
        print(
            f"{row.measure:24}{row.half:10}{row.right:>5}/{row.total:<5} P {row.precision:.3f}  R {row.recall:.3f}"
        )
        for error in row.errors:
            print(f"    {error.where}: {error.gold} ← {error.found}")
    return rows


if __name__ == "__main__":
    main()
