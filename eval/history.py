"""The figures of the last run, kept to compare the next one with.

One JSON file for each thing measured, in ``policykb/eval`` of the user's cache folder (``$XDG_CACHE_HOME``,
``%LOCALAPPDATA%`` or ``~/.cache``); ``$POLICYKB_EVAL_HISTORY`` names another folder.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from hashlib import sha256
from pathlib import Path

from eval.metrics import Interval, bootstrap
from eval.retrieval import Row

_LOG = logging.getLogger(__name__)
_FEWEST = 8  # questions in common, below which a difference says nothing
_VERDICTS = {"better": "变好", "worse": "变差", "same": "无显著变化", "new": "新指标"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure with its value for each question.

    :ivar values: by the question's id and text, so that a question that was rewritten counts as another one.
    :ivar less_is_better: for false answers and the like.
    """

    name: str
    values: Mapping[str, float]
    less_is_better: bool = False

    @property
    def interval(self) -> Interval:
        """The mean with its 95% bootstrap interval over questions."""
        return bootstrap(list(self.values.values()))


@dataclass(frozen=True, slots=True)
class Change:
    """A figure beside that of the last run.

    :ivar before: the last run's mean; None without one. :ivar difference: over the questions in both runs, paired.
    """

    figure: Figure
    before: float | None
    difference: Interval | None

    @property
    def verdict(self) -> str:
        """``better`` or ``worse`` where the paired 95% interval leaves 0 out, else ``same``; ``new`` without a past."""
        if self.difference is None:
            return "new"
        sign = -1 if self.figure.less_is_better else 1
        low, high = sorted((sign * self.difference.low, sign * self.difference.high))
        return "better" if low > 0 else "worse" if high < 0 else "same"

    def as_json(self) -> dict[str, object]:
        """The line that ``eval --json`` prints."""
        now = self.figure.interval
        line: dict[str, object] = {
            "figure": self.figure.name,
            "value": round(now.mean, 4),
            "low": round(now.low, 4),
            "high": round(now.high, 4),
            "questions": len(self.figure.values),
            "previous": None if self.before is None else round(self.before, 4),
            "verdict": self.verdict,
        }
        if self.difference is not None:
            line["difference"] = round(self.difference.mean, 4)
            line["difference_low"] = round(self.difference.low, 4)
            line["difference_high"] = round(self.difference.high, 4)
        return line

    def __str__(self) -> str:
        assert self.difference is not None
        low, high = self.difference.low, self.difference.high
        return (
            f"{_VERDICTS[self.verdict]}：{self.figure.name} {self.before:.4f} → {self.figure.interval.mean:.4f}，"
            f"相差 {self.difference.mean:+.4f} [{low:+.4f}, {high:+.4f}]"
        )


def history_folder() -> Path:
    """Where the figures of the last runs are."""
    own = os.environ.get("POLICYKB_EVAL_HISTORY")
    if own:
        return Path(own)
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or str(Path.home() / ".cache")
    return Path(base) / "policykb" / "eval"


def compared(name: str, figures: Sequence[Figure]) -> list[Change]:
    """The figures beside those of the last run of ``name``, whose place they then take."""
    path = history_folder() / f"{name}.json"
    changes = [_change(figure, last) for figure, last in zip(figures, _last(path, figures), strict=True)]
    _save(path, figures)
    return changes


def compared_with_last(dataset: Path, rows: Sequence[Row]) -> list[str]:
    """What changed in the measures of a retrieval set since it was measured last, in lines for a person."""
    content = b"".join((dataset / name).read_bytes() for name in ("queries.jsonl", "qrels/test.tsv"))
    figures = [
        Figure(f"{row.system} {name}", {str(place): value for place, value in enumerate(values)})
        for row in rows
        for name, values in row.values.items()
    ]
    return against_last(compared(f"{dataset.resolve().name}-{sha256(content).hexdigest()[:8]}", figures))


def _change(figure: Figure, last: Mapping[str, float]) -> Change:
    both = [key for key in figure.values if key in last]
    if len(both) < _FEWEST:
        return Change(figure, None, None)
    paired = bootstrap([figure.values[key] - last[key] for key in both])
    return Change(figure, sum(last.values()) / len(last), paired)


def _last(path: Path, figures: Sequence[Figure]) -> list[Mapping[str, float]]:
    """The values of the last run for each figure; empty ones where there was none or its file cannot be read."""
    try:
        known = json.loads(path.read_text(encoding="utf-8"))["figures"] if path.exists() else {}
        return [{key: float(value) for key, value in known.get(f.name, {}).items()} for f in figures]
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        _LOG.warning("上次的测量结果读不出来，这次不比较：%s（%s）", path, error)
        return [{} for _ in figures]


def _save(path: Path, figures: Sequence[Figure]) -> None:
    now = datetime.now(timezone.utc).isoformat(timespec="seconds")
    data = {"at": now, "figures": {figure.name: dict(figure.values) for figure in figures}}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".new")
        beside.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        _LOG.warning("这次的测量结果没能存下，下次不能比较：%s", error)


def against_last(changes: Sequence[Change]) -> list[str]:
    """What changed beyond noise since the last run, worse ones first; one line says what didn't."""
    known = [change for change in changes if change.difference is not None]
    if not known:
        return [f"没有上次的结果可比；这次的存在 {history_folder()}。"]
    lines = [str(change) for change in known if change.verdict == "worse"]
    lines += [str(change) for change in known if change.verdict == "better"]
    same = sum(change.verdict == "same" for change in known)
    return [*lines, f"与上次相比，{same} 项无显著变化（按题配对自助法，95% 区间含 0）。"]
